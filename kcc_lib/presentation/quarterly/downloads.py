"""The data files of a quarterly report, in which a provisional figure says that it is one."""

import pandas as pd

from kcc_lib.periods import Period
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL
from kcc_lib.records.observations import held_columns
from kcc_lib.vocabulary import Flag


def provisional(points: pd.DataFrame, year: Period) -> pd.Series:
    """Which points have a value of the financial year, or one marked provisional."""
    start, end = pd.Timestamp(year.start), pd.Timestamp(year.end)
    marked = points["flags"].astype(str).str.split().map(lambda f: Flag.PROVISIONAL in f)
    return (points["period_end"].between(start, end) | marked) & points["value"].notna()


def figures_file(shown: pd.DataFrame, year: Period) -> pd.DataFrame:
    """The figures shown, each provisional one with its flag and with the words in its note."""
    soft = provisional(shown, year)
    file = shown[[c for c in held_columns(shown) if c in shown]].copy()
    flags = file["flags"].astype(str)
    unmarked = soft & ~flags.str.split().map(lambda f: Flag.PROVISIONAL in f)
    file["flags"] = flags.where(~unmarked, (f"{Flag.PROVISIONAL.value} " + flags).str.strip())
    if "note" not in file:
        file["note"] = ""
    note = file["note"].fillna("").astype(str)
    said = note.where(note == "", note + "; ") + PROVISIONAL
    file["note"] = note.where(~soft, said)
    return file


def with_status(rows: pd.DataFrame, shown: pd.DataFrame, year: Period) -> pd.DataFrame:
    """Rows that rest on figures up to `period_to`, with a status where the last is provisional."""
    at = ["measure", "area", "period"]
    soft = shown[provisional(shown, year)][at].astype(str)
    known = set(soft.itertuples(index=False, name=None))
    keys = rows[["measure", "area", "period_to"]].astype(str)
    found = [key in known for key in keys.itertuples(index=False, name=None)]
    return rows.assign(status=[PROVISIONAL if f else "" for f in found])

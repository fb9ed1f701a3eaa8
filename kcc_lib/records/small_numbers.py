"""Small-number suppression at the door: what is left out of observations before anybody sees them.

Nothing behind this module ever holds a number that a rule withholds. A row is left out whole:
its numbers, and the words beside them, which may repeat them.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault
from kcc_lib.measures import RARE_NUMBERS, Measure
from kcc_lib.records.concealing import conceal
from kcc_lib.records.rules import has_flag
from kcc_lib.records.series_sums import sums_of
from kcc_lib.records.small_counts import find_small, numerators
from kcc_lib.records.suppression import Rule, Subject, Suppression, Withheld
from kcc_lib.vocabulary import Flag

_NUMBERS = (
    "value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size", *RARE_NUMBERS
)  # fmt: skip


def suppress(
    frame: pd.DataFrame, measures: Mapping[str, Measure], suppression: Suppression
) -> tuple[pd.DataFrame, list[Withheld], list[Fault]]:
    """Leave small numbers out of a tidy frame, and whatever would give one away.

    Parameters
    ----------
    frame
        Observations in order, with `_file` and `_line` of each row.
    measures
        What makes a value of its counts.

    Returns
    -------
    (frame, withheld, faults)
        The frame without them, each row flagged `c`; which rows they are; and a fault for
        each row of which nobody can tell whether it counts too few. None quotes a number.
    """
    rules = suppression.of(Subject.MEASURE)
    if not rules:
        return frame, [], []
    by: dict[int, str] = {}
    faults: list[Fault] = []
    for rule in rules:
        places = np.flatnonzero(_under(frame, rule))
        rows = frame.iloc[places]
        small = find_small(rows, rule, measures.get(rule.name))
        by |= dict.fromkeys(places[small.rows].tolist(), rule.name)
        for column, unknown in small.untold.items():
            faults += [_untold(rows, at, column, rule) for at in np.flatnonzero(unknown).tolist()]
    counts = frame.assign(numerator=_numerators(frame, measures, rules))
    before = set(np.flatnonzero(has_flag(frame["flags"].astype(str), Flag.CONFIDENTIAL)).tolist())
    least = min(rule.least for rule in rules)
    hidden = conceal(sums_of(counts, measures, suppression), {*by, *before}, least=least)
    out = sorted(hidden - before)
    files, lines = frame["_file"].astype(str).tolist(), frame["_line"].astype(int).tolist()
    withheld = [Withheld(files[at], lines[at], str(Subject.MEASURE), by.get(at, "")) for at in out]
    return left_out(frame, np.asarray(out, dtype=np.int64)), withheld, faults


def left_out(frame: pd.DataFrame, rows: NDArray[np.int64]) -> pd.DataFrame:
    """The frame with some rows blank and flagged `c`.

    Notes and the details of a source may repeat a number, and go with it.
    """
    if not len(rows):
        return frame
    frame = frame.copy()
    for name in (n for n in _NUMBERS if n in frame):
        values = frame[name].to_numpy(np.float64).copy()
        values[rows] = np.nan
        frame[name] = values
    texts: dict[str, list[str]] = {c: frame[c].astype(str).tolist() for c in ("flags", "source")}
    texts["note"] = frame["note"].astype(str).tolist()
    for at in rows.tolist():
        marks = {*texts["flags"][at].split(), Flag.CONFIDENTIAL.value}
        texts["flags"][at] = " ".join(sorted(marks))
        texts["source"][at] = texts["source"][at].split(";")[0].strip()
        texts["note"][at] = ""
    return frame.assign(**{name: pd.array(told, dtype="str") for name, told in texts.items()})


def under_rules(frame: pd.DataFrame, rules: Sequence[Rule]) -> set[tuple[str, int]]:
    """File and line of every row that a rule is of: messages quote nothing of them."""
    found: set[tuple[str, int]] = set()
    for rule in rules:
        rows = frame[(frame["measure"] == rule.name).to_numpy(bool)]
        found |= set(zip(rows["_file"].astype(str), rows["_line"].astype(int), strict=True))
    return found


def _under(frame: pd.DataFrame, rule: Rule) -> NDArray[np.bool_]:
    found = (frame["measure"] == rule.name).to_numpy(bool)
    return found & frame["area"].isin(rule.only).to_numpy(bool) if rule.only else found


def _untold(rows: pd.DataFrame, at: int, column: str, rule: Rule) -> Fault:
    problem = f"is blank, so nobody can tell whether it counts fewer than {rule.threshold:.0f}"
    remedy = "give the count, name in suppression.csv the areas it is of, or suppress the row (c)"
    row = rows.iloc[at]
    return Fault(str(row["_file"]), int(row["_line"]), column, "", problem, remedy)


def _numerators(
    frame: pd.DataFrame, measures: Mapping[str, Measure], rules: Sequence[Rule]
) -> NDArray[np.float64]:
    """The numerators that a reader has, those of rules worked back where they are blank."""
    found = frame["numerator"].to_numpy(np.float64).copy()
    for rule in rules:
        places = np.flatnonzero((frame["measure"] == rule.name).to_numpy(bool))
        found[places] = numerators(frame.iloc[places], measures.get(rule.name))
    return found

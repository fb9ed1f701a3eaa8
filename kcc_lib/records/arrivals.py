"""How measures' figures come: which are later than the rest, which have ended: `arrivals.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import Measure
from kcc_lib.records.cells import check_repeated, read_dates, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file

FILE = "arrivals.csv"
ARRIVALS = Contract(
    "arrivals", ("measure", "quarters_late", "ended", "basis", "source"), ("locator",)
)
_QUARTERS = {str(n): n for n in range(1, 9)}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of how one measure's figures come.

    A report of a quarter holds its figure of `quarters_late` quarters before; no period that
    ends after the day `ended` will come.
    """

    measure: str
    quarters_late: int = 0
    ended: date | None = None
    basis: str = ""


def read_arrivals(raw: Path, measures: Mapping[str, Measure], *, shown: str) -> dict[str, Arrival]:
    """Read what is known, by measure; nothing where there is no file.

    Raises
    ------
    DataError
        With every fault in it.
    """
    found, faults = check_arrivals(raw, measures, shown=shown)
    if faults:
        raise DataError(faults)
    return found


def check_arrivals(
    raw: Path, measures: Mapping[str, Measure], *, shown: str
) -> tuple[dict[str, Arrival], list[Fault]]:
    """Read the file as far as it can be, with every fault."""
    if not (raw / FILE).exists():
        return {}, []
    lines, faults = open_file(raw, FILE, ARRIVALS, f"{shown}/{FILE}")
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("measure", "basis", "source"))
    faults += check_repeated(lines, "measure")
    ended, more = read_dates(lines, "ended")
    faults += more + _check_rows(lines, measures)
    late = [_QUARTERS.get(text, 0) for text in lines.text("quarters_late")]
    rows = zip(lines.text("measure"), late, ended, lines.text("basis"), strict=True)
    return {row[0]: Arrival(*row) for row in rows}, faults


def _check_rows(lines: Lines, measures: Mapping[str, Measure]) -> list[Fault]:
    """Each row names a measure and says one thing of it, the quarters in whole numbers."""
    faults = []
    columns = (lines.text(c) for c in ("measure", "quarters_late", "ended"))
    for row, (code, late, ended) in enumerate(zip(*columns, strict=True)):
        if code and code not in measures:
            remedy = nearest(code, list(measures))
            faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
        if late and late not in _QUARTERS:
            remedy = "write how many quarters, from 1 to 8, or leave it blank"
            faults.append(lines.fault(row, "quarters_late", "is no number of quarters", remedy))
        if bool(late) == bool(ended):
            problem = "and ended are both filled in" if late else "is blank, and so is ended"
            faults.append(lines.fault(row, "quarters_late", problem, "fill in one of the two"))
    return faults

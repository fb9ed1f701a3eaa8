"""What went wrong in a notebook, in one line: cell, measure, rows of data and cause."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from kcc_lib.presentation.naming import NOTE
from kcc_lib.records.folders import listed

_INJECTED = "injected-parameters"
_MARKER = "papermill-error-cell-tag"
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_NOTE = re.compile(rf"^{NOTE}(\w+) (\S+)$", re.MULTILINE)
_HEAD = re.compile(r"\d+ faults? found")
#: A fault of the data says where it stands.
_PLACED = re.compile(r"\S+\.(csv|toml|md)(, line \d+)?[,:]")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Raised:
    """What a cell raised, as the notebook keeps it."""

    name: str
    value: str
    traceback: Sequence[str] = ()


def cell_number(cells: Sequence[NotebookNode], index: int) -> int:
    """Which cell of the notebook as it is opened a cell of the executed one is, from 1.

    The executed one holds more: the parameters that were given, and where it failed.
    """
    added = {_INJECTED, _MARKER}
    before = [c for c in cells[: index + 1] if added & set(c.metadata.get("tags", []))]
    return index + 1 - len(before)


def first_error(nb: NotebookNode) -> tuple[int, Raised] | None:
    """The cell that failed, by its place in an executed notebook, and what it raised."""
    for index, cell in enumerate(nb.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                return index, Raised(output.ename, output.evalue, output.traceback)
    return None


def cell_failure(cell: int, raised: Raised, observations: Path, shown: str) -> str:
    """One line of what a cell raised.

    Parameters
    ----------
    cell
        Its number in the notebook.
    observations
        The folder of the figures, to say which rows a measure has.
    shown
        That folder as messages print it.
    """
    cause = _cause(raised)
    place = [f"cell {cell}"]
    noted = _NOTE.search(plain("\n".join(raised.traceback)))
    if noted:
        place.append(f"{noted[1]} {noted[2]}")
        if not _PLACED.search(cause):
            place += rows_of(noted[2], observations, shown)
    return f"{', '.join(place)}: {cause}"


def plain(text: str) -> str:
    """Text without the colours of a terminal."""
    return _ESCAPES.sub("", text)


def _cause(raised: Raised) -> str:
    if raised.name == "SystemExit":
        return "it ended the notebook (SystemExit); a cell must not call exit or quit"
    lines = [line.strip() for line in plain(raised.value).splitlines() if line.strip()]
    if lines and _HEAD.fullmatch(lines[0]) and len(lines) > 1:
        more = f" (and {len(lines) - 2} more; kcc check lists them)" if len(lines) > 2 else ""
        return f"{raised.name}: {lines[1]}{more}"
    said = " ".join(lines)
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
    return f"{raised.name}: {said}" if said else raised.name


def rows_of(measure: str, observations: Path, shown: str) -> list[str]:
    """Where a measure's figures stand, a line for each file: `…/outcome_3.csv, lines 12 to 20`."""
    found = []
    for path in listed(observations, "*.csv"):
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                rows = csv.DictReader(file)
                at = [rows.line_num for row in rows if row.get("measure") == measure]
        except (OSError, ValueError, csv.Error):
            continue  # what is wrong with the file is told elsewhere
        if at:
            lines = f"line {at[0]}" if len(at) == 1 else f"lines {at[0]} to {at[-1]}"
            found.append(f"{shown}/{path.name}, {lines}")
    return found

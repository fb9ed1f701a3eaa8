"""Statistical neighbours: the areas most like ours, as listed at a date.

Neighbours are worked out anew from time to time, so every list is a version with its date,
and several versions may stand in the file.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Neighbours
from kcc_lib.periods import Period, PeriodError, parse_period
from kcc_lib.records.cells import read_numbers, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.vocabulary import PeriodType

NEIGHBOURS = Contract("neighbours", ("area", "neighbour", "rank", "as_of", "source"))
FILE = "neighbours.csv"
#: One version: an area and the date of its list.
Version = tuple[str, Period]


def read_neighbours(
    raw: Path, shown: str, areas: Mapping[str, str]
) -> tuple[tuple[Neighbours, ...], list[Fault]]:
    """Read every version of every area's neighbours, in order of area and date.

    A workbook without the file has no neighbours, and no edition of it may name any.

    Returns
    -------
    (neighbours, faults)
        The versions, nearest neighbour first, and every fault of the file.
    """
    if not (raw / FILE).exists():
        return (), []
    lines, faults = open_file(raw, FILE, NEIGHBOURS, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, NEIGHBOURS.required)
    faults += _check_areas(lines, areas)
    dates, more = _read_dates(lines)
    faults += more
    ranks, more = _read_ranks(lines)
    faults += more
    versions: dict[Version, list[int]] = {}
    for row, (area, as_of) in enumerate(zip(lines.text("area"), dates, strict=True)):
        if area and as_of:
            versions.setdefault((area, as_of), []).append(row)
    for version, rows in versions.items():
        faults += _check_version(lines, version, rows, ranks)
    if faults:
        return (), faults
    names, sources = lines.text("neighbour"), lines.text("source")
    found = [
        Neighbours(
            area, as_of, tuple(names[r] for r in sorted(rows, key=lambda r: ranks[r] or 0)),
            sources[rows[0]],
        )
        for (area, as_of), rows in versions.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda n: (n.area, n.as_of.end))), faults


def _check_areas(lines: Lines, areas: Mapping[str, str]) -> list[Fault]:
    """Both areas exist, and they are two."""
    faults = []
    for row, (area, neighbour) in enumerate(
        zip(lines.text("area"), lines.text("neighbour"), strict=True)
    ):
        faults += [
            lines.fault(row, column, "is no area", nearest(code, list(areas)))
            for column, code in (("area", area), ("neighbour", neighbour))
            if areas and code and code not in areas
        ]
        if area and area == neighbour:
            remedy = "name another area, or remove the row"
            faults.append(lines.fault(row, "neighbour", "is the area itself", remedy))
    return faults


def _read_dates(lines: Lines) -> tuple[list[Period | None], list[Fault]]:
    """The month of each list; a blank is told as such elsewhere."""
    dates: list[Period | None] = []
    faults = []
    for row, text in enumerate(lines.text("as_of")):
        try:
            dates.append(parse_period(text, PeriodType.MONTH) if text else None)
        except PeriodError:
            dates.append(None)
            remedy = "write the month of the list, such as May 2025"
            faults.append(lines.fault(row, "as_of", "is not a month", remedy))
    return dates, faults


def _read_ranks(lines: Lines) -> tuple[list[int | None], list[Fault]]:
    numbers, faults = read_numbers(lines, "rank")
    ranks: list[int | None] = []
    for row, number in enumerate(numbers):
        whole = bool(np.isfinite(number) and number >= 1 and number % 1 == 0)
        ranks.append(int(number) if whole else None)
        if np.isfinite(number) and not whole:
            remedy = "write 1 for the nearest neighbour, then 2, 3 and so on"
            faults.append(lines.fault(row, "rank", "is not a rank", remedy))
    return ranks, faults


def _check_version(
    lines: Lines, version: Version, rows: list[int], ranks: list[int | None]
) -> list[Fault]:
    """One list: no neighbour and no rank twice, ranks from 1 without a gap, one source."""
    faults: list[Fault] = []
    within = f"of the list of {version[1].label}"
    texts = {c: lines.text(c) for c in ("neighbour", "rank", "source")}
    for column in ("neighbour", "rank"):
        first: dict[object, int] = {}
        for row in rows:
            key = ranks[row] if column == "rank" else texts[column][row]
            if key in first:
                problem = f"is already on line {lines.line[first[key]]} {within}"
                faults.append(lines.fault(row, column, problem, "keep one of the two"))
            elif key:
                first[key] = row
    for row in rows:
        if texts["source"][row] and texts["source"][row] != texts["source"][rows[0]]:
            problem = f"is not the source on line {lines.line[rows[0]]} {within}"
            faults.append(lines.fault(row, "source", problem, "give a list one source"))
    given = [rank for row in rows if (rank := ranks[row])]
    missing = next(n for n in range(1, len(given) + 2) if n not in given)
    if not faults and len(given) == len(rows) and missing < max(given):
        last = max(rows, key=lambda r: ranks[r] or 0)
        problem = f"is past a gap: rank {missing} {within} is missing"
        remedy = "add the missing neighbour, or number them from 1"
        faults.append(lines.fault(last, "rank", problem, remedy))
    return faults

"""Secondary suppression: what else must be left out so that nothing left out can be worked out.

Cells stand in known sums. A cell that is left out alone in a sum is the total less the rest, so
another goes with it, the smallest, until a reader with every sum in hand can settle none.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

#: Nearer than this, two sums are one.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells of one known sum, by their numbers."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@dataclass(slots=True)
class Cells:
    """The cells that stand in known sums.

    `unit` is what is left out together with the cell, such as a row of a file (NEVER where
    the cell can be left out by nobody); `value` its count, NaN where none is held;
    `threshold` that of its rule, 0 where it has none.
    """

    unit: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    threshold: list[float] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def add(self, unit: int, value: float, threshold: float = 0.0) -> int:
        """Add a cell; returns its number."""
        self.unit.append(unit)
        self.value.append(value)
        self.threshold.append(threshold)
        return len(self.unit) - 1


#: The unit of a cell that others publish, or that nobody holds.
NEVER = -1


def conceal(cells: Cells, hidden: Iterable[int], *, least: float = 1.0) -> frozenset[int]:
    """The units to leave out so that none of those left out can be worked out.

    Parameters
    ----------
    cells
        Every cell of every known sum.
    hidden
        Units that are left out already, by a rule or by their source.
    least
        What a reader knows a cell left out to be at least: 1 where noughts are told.

    Returns
    -------
    frozenset
        `hidden`, and what must go with it. It depends on nothing but what is told of the
        other cells, so what is left out cannot be guessed from the choice.
    """
    found = set(hidden)
    groups = _groups(cells)
    grown = True
    while grown:
        grown = False
        for group in groups:
            while (more := _next_unit(cells, group, found, least)) is not None:
                found.add(more)
                grown = True
    return frozenset(found)


def _groups(cells: Cells) -> list[list[Sum]]:
    """Sums that share cells, together: what is known of one tells of the others."""
    parent = list(range(len(cells.unit)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for one in cells.sums:
        for cell in one.parts:
            parent[root(cell)] = root(one.total)
    found: dict[int, list[Sum]] = {}
    for one in cells.sums:
        found.setdefault(root(one.total), []).append(one)
    return list(found.values())


def _next_unit(cells: Cells, group: Sequence[Sum], hidden: set[int], least: float) -> int | None:
    """The next unit that must be left out; None where nothing of the group can be worked out."""
    for one in group:
        if _too_narrow(cells, one, hidden, least):
            more = _smallest(cells, [one], group, hidden)
            if more is not None:
                return more
    for cell in _settled(cells, group, hidden, least):
        around = [one for one in group if cell in one.cells]
        more = _smallest(cells, around, group, hidden)
        if more is not None:
            return more
    return None


def _too_narrow(cells: Cells, one: Sum, hidden: set[int], least: float) -> bool:
    """Whether one sum by itself tells too much of what is left out of it.

    It does where one cell alone is left out, and where those left out are together, as a
    reader can work out, below the threshold or the least that they can be.
    """
    out = [c for c in one.cells if cells.unit[c] in hidden]
    if len(out) < 2:
        return bool(out)
    rest = [cells.value[c] for c in one.parts if c not in out]
    if one.total in out or math.isnan(cells.value[one.total]) or any(map(math.isnan, rest)):
        return False
    together = cells.value[one.total] - math.fsum(rest)
    narrowest = max(cells.threshold[c] for c in one.cells)
    return together < narrowest - _SAME or together <= least * len(out) + _SAME


def _settled(cells: Cells, group: Sequence[Sum], hidden: set[int], least: float) -> list[int]:
    """The cells left out of a group that its sums together settle."""
    out = [c for c in dict.fromkeys(c for one in group for c in one.cells)
           if cells.unit[c] in hidden]  # fmt: skip
    if not out:
        return []
    from kcc_lib.inference.feasible import feasible_ranges  # slow to import, and seldom needed

    place = {cell: at for at, cell in enumerate(out)}
    matrix, totals = [], []
    for one in group:
        row, told = np.zeros(len(out)), 0.0
        for cell in one.cells:
            sign = -1.0 if cell == one.total else 1.0
            if cell in place:
                row[place[cell]] += sign
            else:
                told -= sign * cells.value[cell]
        if row.any():
            matrix.append(row)
            totals.append(told)
    known = feasible_ranges(matrix, totals, least=least).known
    return [cell for cell, settled in zip(out, known, strict=True) if settled]


def _smallest(
    cells: Cells, around: Sequence[Sum], group: Sequence[Sum], hidden: set[int]
) -> int | None:
    """The unit of the smallest count told in some sums, else in their group; a nought last.

    One goes before it that stands in another sum where something is left out alone: that
    sum needs a second cell too, and then no third and fourth go.
    """
    lonely = {
        c for one in group if one not in around
        if sum(cells.unit[o] in hidden for o in one.cells) == 1 for c in one.cells
    }  # fmt: skip
    for sums in (around, group):
        told = [
            (c not in lonely, cells.value[c], c == one.total, c)
            for one in sums
            for c in one.cells
            if cells.unit[c] not in hidden
            and cells.unit[c] != NEVER
            and not math.isnan(cells.value[c])
        ]
        counts = [t for t in told if t[1] > 0]
        if counts or (told and sums is group):
            return cells.unit[min(counts or told)[-1]]
    return None

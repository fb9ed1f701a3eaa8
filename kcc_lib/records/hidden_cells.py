"""Small-number suppression of the tables that an edition prints, and of what is said of them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kcc_lib.errors import Fault
from kcc_lib.quarterly import Axis, Claim, Footing, PrintedCell
from kcc_lib.records.concealing import Cells, Sum, conceal
from kcc_lib.records.lines import Lines
from kcc_lib.records.suppression import Rule, Subject, Suppression, Withheld
from kcc_lib.records.veil import veil

_PERCENTAGE = "percentage"


@dataclass(frozen=True, slots=True)
class HiddenCells:
    """The cells of one table, those left out blank, and where they stand."""

    cells: tuple[PrintedCell, ...]
    places: tuple[int, ...] = ()
    first: frozenset[int] = field(default_factory=frozenset)


def hide_cells(
    cells: Sequence[PrintedCell], footings: Sequence[Footing], rule: Rule | None
) -> HiddenCells:
    """Leave out of a printed table what counts too few, and whatever would give it away.

    Sums are its footings, down and across. A percentage in the row of a count that is left
    out goes with it.
    """
    if rule is None:
        return HiddenCells(tuple(cells))
    small = {at for at, cell in enumerate(cells) if _is_small(cell, rule)}
    known = Cells()
    for cell in cells:
        known.add(len(known.unit), cell.value, rule.threshold)
    known.sums += [s for footing in footings for s in _sums(cells, footing)]
    hidden = conceal(known, small, least=rule.least)
    rows = {(cells[at].group, cells[at].row) for at in hidden}
    shares = {at for at, c in enumerate(cells)
              if c.unit == _PERCENTAGE and (c.group, c.row) in rows}  # fmt: skip
    out = hidden | shares
    told = (_blank(c) if at in out else c for at, c in enumerate(cells))
    return HiddenCells(tuple(told), tuple(sorted(out)), frozenset(small))


def _blank(cell: PrintedCell) -> PrintedCell:
    """A cell that tells nothing, in words neither."""
    return replace(cell, value=math.nan, note="", locator="", suppressed=True)


def _is_small(cell: PrintedCell, rule: Rule) -> bool:
    if rule.only and not {cell.row, cell.column, cell.group} & set(rule.only):
        return False
    if cell.unit == _PERCENTAGE or math.isnan(cell.value):
        return False
    return cell.value < rule.threshold and (rule.zeros or cell.value > 0)


def _sums(cells: Sequence[PrintedCell], footing: Footing) -> Iterator[Sum]:
    """The sums of one footing: in each lane, and in each group of rows that has its total."""
    down = footing.axis is Axis.ROWS
    at: dict[tuple[str, str, str], int] = {}
    for n, cell in enumerate(cells):
        along, lane = (cell.row, cell.column) if down else (cell.column, cell.row)
        at.setdefault((cell.group, lane, along), n)
    for (group, lane, along), total in list(at.items()):
        if along != footing.total or (footing.within and lane not in footing.within):
            continue
        parts = [_part(at, group, lane, part) for part in footing.parts]
        held = tuple(p for p in parts if p is not None)
        if held and not math.isnan(cells[total].value):
            yield Sum(total, held)


def _part(at: Mapping[tuple[str, str, str], int], group: str, lane: str, part: str) -> int | None:
    """A part of the same group as its total, else of any."""
    if (group, lane, part) in at:
        return at[group, lane, part]
    return next((n for (_, at_lane, along), n in at.items() if (at_lane, along) == (lane, part)),
                None)  # fmt: skip


def rule_of(suppression: Suppression, table: str) -> Rule | None:
    """The rule of a table, where it has one."""
    return next((r for r in suppression.of(Subject.TABLE) if r.name == table), None)


def withheld_cells(
    lines: Lines, rows: Sequence[int], hidden: HiddenCells, table: str
) -> list[Withheld]:
    """Which rows of the file they stand on."""
    return [
        Withheld(lines.file, int(lines.line[rows[at]]), str(Subject.TABLE),
                 table if at in hidden.first else "")
        for at in hidden.places
    ]  # fmt: skip


def withheld_claims(lines: Lines, tables: set[str]) -> list[Withheld]:
    """The rows of statements about tables with something left out: nothing is said of them."""
    return [
        Withheld(lines.file, int(line), str(Subject.TABLE), "")
        for line, table in zip(lines.line, lines.text("table"), strict=True)
        if table in tables
    ]


def without(claims: Sequence[Claim], tables: set[str]) -> tuple[Claim, ...]:
    """The statements that are about none of some tables: they state what is left out there."""
    return tuple(c for c in claims if c.table not in tables)


def veil_table(faults: list[Fault], lines: Lines, suppression: Suppression) -> list[Fault]:
    """Faults of a file about tables that quote nothing of those under a rule."""
    names = {r.name for r in suppression.of(Subject.TABLE)}
    secret = {
        (lines.file, int(line))
        for line, table in zip(lines.line, lines.text("table"), strict=True)
        if table in names
    }
    return veil(faults, secret, ruled=bool(names))

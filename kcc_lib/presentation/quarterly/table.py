"""One printed table of a quarterly edition, with what is noted and found of it."""

import math
from collections.abc import Sequence

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import SUPPRESSED
from kcc_lib.presentation.quarterly.findings import figure_words, notes_on
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.quarterly import Axis, PrintedCell, PrintedTable

_PROTECTED = "suppressed to protect people: a small number, or one that would give it away."
_UNITS = {"GBP thousand": "£ thousand", "GBP million": "£ million", "percentage": "%",
          "thousand": "thousands", "count": "number", "": ""}  # fmt: skip


def table_with_notes(quarter: Quarter, table: PrintedTable) -> list[Block]:
    """A table with its notes, its own narrative, and what the gate found."""
    found: list[Block] = [printed_table(table)]
    notes = [*table.notes, *_cell_notes(table)]
    if any(c.suppressed for c in table.cells):
        notes.append(f"{SUPPRESSED}: {_PROTECTED}")
    if any(math.isnan(c.value) and not c.suppressed for c in table.cells):
        notes.append("–: a dash or a blank in print.")
    if notes:
        found.append({"kind": "notes", "items": notes})
    found += notes_on(quarter.findings_on(table=table.table))
    if prose := quarter.prose(table.table):
        found.append({"kind": "prose", "markdown": prose})
    return found


def printed_table(table: PrintedTable) -> Block:
    """One table: a head for each row and column, groups of rows, and totals marked."""
    columns = list(dict.fromkeys(c.column for c in table.cells))
    cells = {(c.group, c.row, c.column): c for c in table.cells}
    units = {c.unit for c in table.cells}
    one = next(iter(units)) if len(units) == 1 else None
    totals = {f.total for f in table.footings if f.axis is Axis.ROWS}
    across = {f.total for f in table.footings if f.axis is Axis.COLUMNS}
    rows: list[Block] = []
    group = ""
    for at, name in _rows_in_groups(table):
        if at and at != group:
            rows.append({"group": at})
        group = at
        held = [cells.get((at, name, column)) for column in columns]
        head = name if one is not None else _with_unit(name, held)
        row: Block = {"cells": [head, *(_cell(c, one) for c in held)]}
        rows.append(row | {"total": True} if name in totals else row)
    unit = _UNITS.get(one, one) if one else ""
    heads = {c: c if one is not None else _headed(table, c) for c in columns}
    return {
        "kind": "table",
        "id": f"t-{table.table}",
        "caption": f"{table.title} ({unit})" if unit else table.title,
        "columns": [
            {"name": table.row_heading},
            *({"name": heads[c], "number": True, "total": c in across} for c in columns),
        ],
        "rows": rows,
    }


def _rows_in_groups(table: PrintedTable) -> list[tuple[str, str]]:
    """(group, row) in the order of print; rows of a group that comes again are gathered."""
    found = list(dict.fromkeys((c.group, c.row) for c in table.cells))
    starts = [group for at, (group, _) in enumerate(found) if not at or found[at - 1][0] != group]
    if len(starts) == len(set(starts)):
        return found
    order = list(dict.fromkeys(group for group, _ in found))
    return sorted(found, key=lambda pair: order.index(pair[0]))


def _with_unit(name: str, held: Sequence[PrintedCell | None]) -> str:
    """A row's name with its own unit, where the rows of a table differ in it."""
    units = {c.unit for c in held if c}
    unit = next(iter(units)) if len(units) == 1 else ""
    shown = _UNITS.get(unit, unit)
    return f"{name} ({shown})" if shown else name


def _headed(table: PrintedTable, column: str) -> str:
    """A column's name with its own unit, where the columns of a table differ in it."""
    units = {c.unit for c in table.cells if c.column == column}
    unit = next(iter(units)) if len(units) == 1 else ""
    # a count needs no unit: its column's name says what is counted
    shown = "" if unit == "count" else _UNITS.get(unit, unit)
    return f"{column} ({shown})" if shown else column


def _cell(cell: PrintedCell | None, unit: str | None) -> str:
    if cell is not None and cell.suppressed:
        return SUPPRESSED
    if cell is None or math.isnan(cell.value):
        return "–"
    sign = "%" if cell.unit == "percentage" and unit == "percentage" else ""
    return f"{figure_words(cell.value)}{sign}"


def _cell_notes(table: PrintedTable) -> list[str]:
    """What is noted of cells, each said once, with the rows it is of."""
    noted: dict[str, list[str]] = {}
    for cell in table.cells:
        if cell.note:
            noted.setdefault(cell.note, []).append(cell.row)
    return [f"{', '.join(dict.fromkeys(rows))}: {note}" for note, rows in noted.items()]

"""Tables as an edition prints them: cell by cell, with what should add up to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.quarterly import Axis, Footing, PrintedCell, PrintedTable
from kcc_lib.records.cells import read_numbers, read_words, require_filled, split_parts
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.hidden_cells import (
    hide_cells,
    rule_of,
    veil_table,
    withheld_cells,
)
from kcc_lib.records.lines import Contract, Lines
from kcc_lib.records.listed import check_directorate

LIST = Contract(
    "printed tables", ("edition", "table", "title", "directorate", "row_heading"), ("notes",)
)
CELLS = Contract(
    "cells of printed tables",
    ("edition", "table", "row", "group", "column", "value", "unit", "source", "locator"),
    ("note",),
)
FOOTINGS = Contract(
    "footings", ("edition", "table", "total", "parts", "axis"), ("within", "rounded_to", "note")
)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one table's rows and columns, in the order of print."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def along(self, axis: Axis, *, across: bool = False) -> tuple[str, ...]:
        """What is added along an axis, or what lies across it."""
        return self.rows if (axis is Axis.ROWS) != across else self.columns


def read_printed_tables(
    tables: Tables, edition: str, directorates: list[str]
) -> tuple[tuple[PrintedTable, ...], list[Fault]]:
    """Read every printed table of one edition, in the order of its list."""
    listed, faults = _read_list(tables, edition, directorates)
    lines, rows, cells, more = _read_cells(tables, edition, listed)
    faults += more
    footings, more = _read_footings(tables, edition, cells)
    faults += more
    found = []
    for name, table in listed.items():
        added = tuple(footings.get(name, ()))
        hidden = hide_cells(cells.get(name, ()), added, rule_of(tables.suppression, name))
        if lines is not None:
            tables.withheld.extend(withheld_cells(lines, rows.get(name, ()), hidden, name))
        found.append(replace(table, cells=hidden.cells, footings=added))
    return tuple(found), faults


def _read_list(
    tables: Tables, edition: str, directorates: list[str]
) -> tuple[dict[str, PrintedTable], list[Fault]]:
    """The tables without their cells, by name."""
    lines, faults = tables.open("printed_table_list.csv", LIST, needed=False)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("edition", "table", "title", "row_heading"))
    found = {}
    for row, cells in tables.rows(lines, edition, ("edition", "table"), faults):
        if directorates:
            faults += check_directorate(lines, row, cells["directorate"], directorates)
        found[cells["table"]] = PrintedTable(
            cells["table"], cells["title"], cells["directorate"], cells["row_heading"], (),
            notes=split_parts(cells.get("notes", "")),
        )  # fmt: skip
    return found, faults


def _read_cells(
    tables: Tables, edition: str, listed: Mapping[str, PrintedTable]
) -> tuple[Lines | None, dict[str, list[int]], dict[str, list[PrintedCell]], list[Fault]]:
    """The cells of every table in the order of print, with their rows; each listed has some."""
    name = "printed_tables.csv"
    lines, faults = tables.open(name, CELLS, needed=bool(listed))
    if lines is None:
        return None, {}, {}, faults
    faults += require_filled(lines, ("edition", "table", "row", "column", "source"))
    values, more = read_numbers(lines, "value")
    faults += more
    key = ("edition", "table", "row", "group", "column")
    found: dict[str, list[PrintedCell]] = {}
    rows: dict[str, list[int]] = {}
    for row, cells in tables.rows(lines, edition, key, faults):
        table, note = cells["table"], cells.get("note", "")
        if table and table not in listed:
            remedy = f"add it to printed_table_list.csv; {nearest(table, list(listed))}"
            faults.append(lines.fault(row, "table", "is not in the list of tables", remedy))
        if not cells["value"] and not note:
            remedy = "say in note what print has there, or fill it in"
            faults.append(lines.fault(row, "value", "is blank without a note", remedy))
        rows.setdefault(table, []).append(row)
        found.setdefault(table, []).append(
            PrintedCell(
                cells["row"], cells["group"], cells["column"], float(values[row]), cells["unit"],
                note, cells["source"], cells["locator"],
            )
        )  # fmt: skip
    for table in listed:
        if table not in found:
            remedy = f"add its cells to {name}, or remove it from the list"
            file = f"{tables.shown}/printed_table_list.csv"
            faults.append(Fault(file, 0, "table", table, f"has no cells in {edition}", remedy))
    return lines, rows, found, veil_table(faults, lines, tables.suppression)


def _read_footings(
    tables: Tables, edition: str, cells: Mapping[str, Sequence[PrintedCell]]
) -> tuple[dict[str, list[Footing]], list[Fault]]:
    """What adds up to what in every table; rows and columns named are in it."""
    lines, faults = tables.open("footings.csv", FOOTINGS, needed=False)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("edition", "table", "total", "parts", "axis"))
    axes, more = read_words(lines, "axis", Axis, what="way of adding")
    faults += more
    steps, more = read_numbers(lines, "rounded_to")
    faults += more
    remedy = "write the step that figures were rounded to, such as 1, or nothing"
    faults += lines.faults(steps < 0, "rounded_to", "is below zero", remedy)
    found: dict[str, list[Footing]] = {}
    for row, told in tables.rows(lines, edition, ("edition", "table", "total"), faults):
        table, axis = told["table"], axes[row]
        if table and table not in cells:
            remedy = nearest(table, list(cells), shown=20)
            faults.append(lines.fault(row, "table", "is no table of this edition", remedy))
        if table not in cells or axis is None:
            continue
        names = _Names(
            tuple(dict.fromkeys(c.row for c in cells[table])),
            tuple(dict.fromkeys(c.column for c in cells[table])),
        )
        footing = Footing(
            told["total"], split_parts(told["parts"]), axis, split_parts(told.get("within", "")),
            float(np.nan_to_num(steps[row])), told.get("note", ""),
        )  # fmt: skip
        faults += _check_footing(lines, row, footing, names)
        found.setdefault(table, []).append(footing)
    return found, faults


def _check_footing(lines: Lines, row: int, footing: Footing, names: _Names) -> list[Fault]:
    """The total, its parts and where they add are rows and columns of the table."""
    axis = footing.axis
    along, across = names.along(axis), names.along(axis, across=True)
    what = "row" if axis is Axis.ROWS else "column"
    other = "column" if axis is Axis.ROWS else "row"
    faults = []
    for column, named, known, kind in (
        ("total", (footing.total,), along, what),
        ("parts", footing.parts, along, what),
        ("within", footing.within, across, other),
    ):
        for name in named:
            if name and name not in known:
                problem = f"names no {kind} {name!r} of the table"
                faults.append(lines.fault(row, column, problem, nearest(name, known, shown=20)))
    if footing.total in footing.parts:
        remedy = "take it out of the parts"
        faults.append(lines.fault(row, "parts", "holds the total itself", remedy))
    return faults

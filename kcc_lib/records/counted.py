"""Figures of claims that the program counts from the rows held, so that nobody types them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kcc_lib.errors import Fault, nearest
from kcc_lib.quarterly import PrintedTable
from kcc_lib.records.cells import split_parts
from kcc_lib.records.lines import Lines
from kcc_lib.risks import MitigatingAction, RiskChange, RiskMovement

ROW, RISKS, ACTIONS = "row", "risks", "actions"
_FORMS = f"write {ROW}: and a row of the claim's table, {RISKS}: and a movement, or {ACTIONS}"


@dataclass(frozen=True, slots=True)
class Countable:
    """What of an edition can be counted: its printed tables by name, risks and actions."""

    tables: Mapping[str, PrintedTable] = field(default_factory=dict)
    risks: tuple[RiskChange, ...] = ()
    actions: tuple[MitigatingAction, ...] = ()


def count(
    lines: Lines, row: int, column: str, held: Countable
) -> tuple[tuple[float, ...], list[Fault]]:
    """The figures that a cell names, several separated by ` | `.

    `row: June 2017` is every figure of that row of the claim's table, `risks: new` how many
    risks are new, `actions` how many mitigating actions are held.

    Returns
    -------
    (figures, faults)
        One figure for each cell of a row, and one for each count.
    """
    figures: list[float] = []
    faults: list[Fault] = []
    table = lines.text("table")[row]
    for part in split_parts(lines.text(column)[row]):
        what, _, name = (text.strip() for text in part.partition(":"))
        if what == ROW:
            cells, more = _row(lines, row, column, name, held.tables.get(table))
            figures += cells
            faults += more
        elif what == RISKS and name in list(RiskMovement):
            figures.append(float(sum(r.movement == name for r in held.risks)))
        elif part == ACTIONS:
            figures.append(float(len(held.actions)))
        else:
            problem = f"names nothing that can be counted ({part!r})"
            remedy = nearest(name, list(RiskMovement)) if what == RISKS else _FORMS
            faults.append(lines.fault(row, column, problem, remedy))
    return tuple(figures), faults


def _row(
    lines: Lines, row: int, column: str, name: str, table: PrintedTable | None
) -> tuple[list[float], list[Fault]]:
    """The figures of one row of a printed table, in the order of print."""
    if table is None:
        problem, remedy = "counts a row of no table", "name the table of the claim"
        return [], [lines.fault(row, column, problem, remedy)]
    found = [c.value for c in table.cells if c.row == name]
    if found:
        return found, []
    known = list(dict.fromkeys(c.row for c in table.cells))
    problem = f"names no row {name!r} of the table"
    return [], [lines.fault(row, column, problem, nearest(name, known, shown=20))]

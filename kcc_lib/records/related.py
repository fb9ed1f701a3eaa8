"""Which annual measures and quarterly KPIs are about the same thing: `data/raw/related.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import Measure
from kcc_lib.records.cells import read_words, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.vocabulary import Kind, Relation

FILE = "related.csv"
RELATED = Contract("related measures", ("measure", "kpi", "relation", "why", "source"))


@dataclass(frozen=True, slots=True)
class Related:
    """A measure and a KPI about the same thing, how near they are, and what that rests on."""

    measure: str
    kpi: str
    relation: Relation
    why: str


def read_related(raw: Path, measures: Mapping[str, Measure], *, shown: str) -> tuple[Related, ...]:
    """Read the pairs, in the order of the file; none where there is no file.

    Raises
    ------
    DataError
        With every fault in it.
    """
    found, faults = check_related(raw, measures, shown=shown)
    if faults:
        raise DataError(faults)
    return found


def check_related(
    raw: Path, measures: Mapping[str, Measure], *, shown: str
) -> tuple[tuple[Related, ...], list[Fault]]:
    """Read the pairs as far as they can be, with every fault."""
    if not (raw / FILE).exists():
        return (), []
    lines, faults = open_file(raw, FILE, RELATED, f"{shown}/{FILE}")
    if lines is None:
        return (), faults
    faults += require_filled(lines, RELATED.required)
    relations, more = read_words(lines, "relation", Relation)
    faults += more
    for column, kind in (("measure", Kind.OUTCOME), ("kpi", Kind.KPI)):
        faults += _check_kind(lines, column, kind, measures)
    columns = (lines.text(c) for c in ("measure", "kpi", "why"))
    found, first = [], dict[tuple[str, str], int]()
    for row, (measure, kpi, why) in enumerate(zip(*columns, strict=True)):
        before = first.setdefault((measure, kpi), row)
        if before != row:
            problem = f"is already on line {lines.line[before]} beside {measure}"
            faults.append(lines.fault(row, "kpi", problem, "keep one of the two"))
        if relation := relations[row]:
            found.append(Related(measure, kpi, relation, why))
    return tuple(found), faults


def _check_kind(
    lines: Lines, column: str, kind: Kind, measures: Mapping[str, Measure]
) -> list[Fault]:
    """Each code is in the catalogue, and of the kind that its column is for."""
    known = [code for code, m in measures.items() if m.kind is kind]
    faults = []
    for row, code in enumerate(lines.text(column)):
        if code and code not in measures:
            problem, remedy = "is no measure in the catalogue", nearest(code, known)
            faults.append(lines.fault(row, column, problem, remedy))
        elif code and code not in known:
            problem = f"is of the kind {measures[code].kind}"
            faults.append(lines.fault(row, column, problem, f"name one of the kind {kind}"))
    return faults

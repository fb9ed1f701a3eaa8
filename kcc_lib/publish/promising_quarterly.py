"""What the pages of a quarterly edition promise, from its KPIs and their counts."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.chart import anchor
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import Matrix, Tally
from kcc_lib.publish.promises import MeasurePromise, TablePromise
from kcc_lib.records.editions import PageRecipe
from kcc_lib.risks import ACTIONS_DUE, RISK_LEVELS
from kcc_lib.vocabulary import Rag

#: Measures, tables, and the names of narratives where they are written.
Promised: TypeAlias = tuple[Sequence[MeasurePromise], Sequence[TablePromise], Iterable[str]]


def promised_quarterly(quarter: Quarter, matrix: Matrix, recipe: PageRecipe) -> Promised:
    """What a page of a quarterly edition promises beside its title, by its notebook."""
    if recipe.notebook == "directorate.ipynb":
        return _directorate(quarter, matrix, str(recipe.parameters.get("directorate", "")))
    if recipe.notebook == "quarterly_summary.ipynb":
        return _summary(quarter, matrix)
    if recipe.notebook == "quarterly_tables.ipynb":
        return _tables(quarter)
    found = quarter.findings if recipe.notebook == "reconciliation.ipynb" else ()
    return (), [TablePromise("findings", least=len(found))] if found else [], ()


def _directorate(quarter: Quarter, matrix: Matrix, name: str) -> Promised:
    """A card for each KPI and activity, the directorate's counts, and its list of KPIs."""
    found = quarter.directorate(name)
    kpis, activities = quarter.kpis(name), quarter.activities(name)
    counts = TablePromise("counts", (_counted(matrix.row(name), name),))
    listed = tuple((v.measure.title,) for v in kpis)
    tables = [counts, TablePromise("kpis", listed)] if kpis else [counts]
    written = [found.slug, *(v.measure.measure for v in (*kpis, *activities))]
    return [_card(v) for v in (*kpis, *activities)], tables, written


def _card(view: KpiView) -> MeasurePromise:
    stands = {"RAG status": str(view.rag), "Direction": str(view.direction)}
    if view.activity:
        stands = {"Expected range": str(view.expectation or Rag.NOT_RATED)}
    return MeasurePromise(
        anchor(view),
        view.measure.title,
        tuple(stands.items()),
        tuple(format_period(str(p)) for p in view.points["period"]),
        drawn=bool(view.points["value"].notna().any()),
    )


def _counted(tally: Tally, name: str) -> tuple[str, ...]:
    counts = (*tally.ratings, *tally.directions, tally.kpis)
    return (name, *(str(count) for count in counts))


def _summary(quarter: Quarter, matrix: Matrix) -> Promised:
    """The counts of each directorate and of all, and what is written of each."""
    rows = [_counted(t, t.name) for t in matrix.rows]
    rows.append(_counted(matrix.total, "All directorates"))
    written = [f"summary-{d.slug}" for d in quarter.quarterly.directorates]
    return (), [TablePromise("matrix", tuple(rows))], written


def _tables(quarter: Quarter) -> Promised:
    """Every printed table with all of its rows."""
    tables = [t for t in quarter.quarterly.tables if t.table not in {RISK_LEVELS, ACTIONS_DUE}]
    promised = [
        TablePromise(f"t-{t.table}", least=len({(c.group, c.row) for c in t.cells})) for t in tables
    ]
    return (), promised, [t.table for t in tables]

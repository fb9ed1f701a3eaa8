"""A quarterly edition's KPIs and directorates as tables and objects."""

import math
from collections.abc import Iterable, Sequence

from kcc_lib.presentation.downloads.annual import Record, figure, grounds_of, place, whole
from kcc_lib.presentation.downloads.tables import DataTable, table_of
from kcc_lib.presentation.quarterly.card import caption, notes_of, source_line
from kcc_lib.presentation.quarterly.chart import anchor, chart_title, description
from kcc_lib.presentation.quarterly.grounds import grounds
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.outlook import outlook_sentence
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import Tally, standing
from kcc_lib.vocabulary import Direction, Flag, Rag

OURS = "worked out here"


def every_view(quarter: Quarter, directorate: str = "") -> list[KpiView]:
    """The KPIs of a directorate and then its activity indicators; those of all where ""."""
    named = [d.name for d in quarter.quarterly.directorates if directorate in {"", d.name}]
    return [v for name in named for v in (*quarter.kpis(name), *quarter.activities(name))]


def kpi_figures(quarter: Quarter, views: Iterable[KpiView]) -> DataTable:
    """The figures of the quarters shown, each provisional one saying so."""
    areas = quarter.catalogue.areas
    rows = [
        _identity(v)
        | {"unit": v.measure.unit, "polarity": v.measure.polarity}
        | place(str(row["area"]), areas)
        | figure(_marked(v, row))
        | {"status": _firm(v, row)}
        for v in views
        for row in v.records
    ]
    return table_of("kpi_figures", rows)


def _firm(view: KpiView, row: Record) -> str:
    return PROVISIONAL if not math.isnan(row["value"]) and view.is_provisional(row) else ""


def _marked(view: KpiView, row: Record) -> Record:
    """The figure with the flag that its status calls for, as `observations.csv` has it."""
    flags = str(row.get("flags", ""))
    if not row or not _firm(view, row) or Flag.PROVISIONAL in flags.split():
        return row
    return row | {"flags": f"{Flag.PROVISIONAL} {flags}".strip()}


def kpi_judgements(quarter: Quarter, views: Iterable[KpiView]) -> DataTable:
    """Rating, direction and expectation of every KPI, with what each rests on."""
    return table_of("kpi_judgements", [_judgement(quarter, v) for v in views])


def _judgement(quarter: Quarter, view: KpiView) -> Record:
    aims, latest, before = view.aims, dict(view.latest or {}), dict(view.previous or {})
    row = view.row if not view.activity else {}
    return (
        _identity(view)
        | {"kind": view.measure.kind, "unit": view.measure.unit, "polarity": view.measure.polarity}
        | place(quarter.area, quarter.catalogue.areas)
        | {
            "period": latest.get("period", ""), "value": view.value,
            "flags": _marked(view, latest).get("flags", ""),
            "status": _firm(view, latest) if latest else "",
            "previous_period": before.get("period", ""), "previous_value": before.get("value"),
            "target": aims.target, "floor": aims.floor, "lower_threshold": aims.lower,
            "upper_threshold": aims.upper, "expectation": view.expectation or "",
            "n_points": row.get("n_points"), "p_value": row.get("p_value"),
        }
        | _status(view)
        | grounds_of(row)
    )  # fmt: skip


def _status(view: KpiView) -> Record:
    """Rating and direction that stand, and whose they are."""
    if view.activity:
        return dict.fromkeys(("rag", "rag_basis", "direction", "direction_basis"), "")
    stated = view.listed.direction in view.words
    rag_basis = view.listed.rag_basis if view.listed.rag else OURS
    direction_basis = view.listed.direction_basis if stated else OURS
    return {
        "rag": view.rag, "rag_basis": "" if view.rag is Rag.NOT_RATED else rag_basis,
        "direction": view.direction,
        "direction_basis": "" if view.direction is Direction.NOT_GIVEN else direction_basis,
    }  # fmt: skip


def _identity(view: KpiView) -> Record:
    measure = view.measure
    return {
        "measure": measure.measure, "title": measure.title, "directorate": view.listed.directorate
    }  # fmt: skip


def matrix_counts(quarter: Quarter) -> DataTable:
    """How many KPIs of each directorate have each word, and the total."""
    found = standing(quarter)
    return table_of("matrix", [_counts(t) for t in (*found.rows, found.total)])


def _counts(tally: Tally) -> Record:
    ratings = zip(("green", "amber", "red", "not_rated"), tally.ratings, strict=True)
    ways = zip(("better", "no_change", "worse", "no_direction"), tally.directions, strict=True)
    name = tally.name or "All directorates"
    return {"directorate": name, "kpis": tally.kpis, **dict(ratings), **dict(ways)}


def printed_figures(quarter: Quarter) -> DataTable:
    """Every figure of the printed tables, one a row."""
    rows = [
        {
            "table": table.table, "title": table.title, "directorate": table.directorate,
            "group": c.group, "row": c.row, "column": c.column, "value": c.value, "unit": c.unit,
            "note": c.note,
        }
        for table in quarter.quarterly.tables
        for c in table.cells
    ]  # fmt: skip
    return table_of("printed_tables", rows)


def kpi_object(quarter: Quarter, view: KpiView, tables: Sequence[DataTable]) -> Record:
    """Everything a page shows of one KPI or activity indicator, in one object.

    Parameters
    ----------
    tables
        Its figures and its judgement.
    """
    measure = view.measure
    page = quarter.page_of(view.listed.directorate) or "index.html"
    told = {
        "short_title": measure.short_title, "kind": measure.kind, "statistic": measure.statistic,
        "unit": measure.unit, "polarity": measure.polarity, "decimals": measure.decimals,
        "period_type": measure.period_type, "frequency": measure.frequency,
        "page": f"../../{page}#{anchor(view)}", "caption": caption(view),
        "outlook": "" if view.activity else outlook_sentence(view), "source": source_line(view),
        "notes": notes_of(view),
    }  # fmt: skip
    drawn = None if view.held.empty else (chart_title(view), description(view))
    return whole(table_of("kpi", [_identity(view) | told]), tables, drawn, grounds(view))

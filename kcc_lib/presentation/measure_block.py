"""The block of one measure: chart, judgements, caption, data table, source and evidence."""

import math
from typing import Any

import pandas as pd

from kcc_lib.presentation.account import account_of
from kcc_lib.presentation.addresses import anchor
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.comparisons import beside_line
from kcc_lib.presentation.downloads.links import download_links
from kcc_lib.presentation.elsewhere import Elsewhere
from kcc_lib.presentation.explanations import agreement_words
from kcc_lib.presentation.formats import (
    SUPPRESSED,
    format_number,
    format_period,
    format_value,
    is_suppressed,
)
from kcc_lib.presentation.naming import naming
from kcc_lib.presentation.pictures import picture_of
from kcc_lib.presentation.sentences import (
    break_sentences,
    caption,
    chart_title,
    description,
    polarity_words,
)
from kcc_lib.presentation.views import MeasureView, panel_of, point_notes
from kcc_lib.vocabulary import Label


@naming("measure")
def measure_block(view: MeasureView) -> Block:
    """Everything a page shows of one measure, made from one record so nothing can be missing."""
    noted = [*break_sentences(view, shown=False), view.measure.notes, view.note]
    return {
        "kind": "measure",
        "id": anchor(view.measure.measure),
        "code": view.measure.measure,
        "title": view.measure.title,
        "polarity": polarity_words(view.measure),
        "verdicts": [
            {"heading": v.heading, "label": v.label, "note": agreement_words(v)}
            for v in view.verdicts
        ],
        "caption": caption(view),
        "chart": chart_of(view),
        "table": data_table(view),
        "beside": beside_line(view),
        "elsewhere": [_elsewhere(other) for other in view.elsewhere],
        "downloads": download_links(
            view.measure.measure, view.measure.measure,
            figures=not (view.points.empty and view.other.empty), chart=not view.held.empty,
        ),
        "source": source_line(view),
        "notes": " ".join(s for s in noted if s),
        "evidence": [{"heading": p.heading, "said": list(p.said)} for p in account_of(view)],
    }  # fmt: skip


def _elsewhere(other: Elsewhere) -> Block:
    """The judgements of another edition in words; the shelf leads to its page, if it is built."""
    return {
        "title": other.title,
        "told": [{"heading": t.heading, "label": t.label} for t in other.told],
        "note": other.basis,
        "judged": any(t.label != Label.NOT_JUDGED for t in other.told),
    }


def chart_of(view: MeasureView) -> dict[str, Any] | None:
    """The chart drawn wide and narrow, with its name and description; None without points."""
    panel = panel_of(view)
    if panel is None:
        return None
    title, told = chart_title(view), description(view)
    identifier = f"c-{view.measure.measure.replace('.', '-')}"
    return picture_of(panel, identifier=identifier, title=title, description=told)


def data_table(view: MeasureView) -> Block | None:
    """The figures of the chart, with what is known of each; None without observations."""
    if view.points.empty and view.other.empty:
        return None
    area = view.points.set_index("period")
    other = view.other.set_index("period")
    interval = bool(view.points["lower_ci"].notna().any())
    periods = pd.concat([view.points, view.other]).drop_duplicates("period").sort_values("time")
    columns = [{"name": "Period"}, {"name": view.area, "number": True}]
    if interval:
        columns.append({"name": f"95% interval, {view.area}", "number": True})
    if view.comparator:
        columns.append({"name": view.comparator, "number": True})
    columns.append({"name": "Notes"})
    rows = []
    for period in periods["period"]:
        row = [format_period(period), _cell(view, area, period)]
        if interval:
            row.append(_interval(view, area, period))
        if view.comparator:
            row.append(_cell(view, other, period))
        rows.append([*row, _notes(view, area, other, period)])
    return {
        "kind": "table",
        "id": f"t-{view.measure.measure.replace('.', '-')}",
        "caption": f"{view.measure.measure} {view.measure.short_title}: figures held",
        "columns": columns,
        "rows": rows,
    }


def _cell(view: MeasureView, rows: pd.DataFrame, period: str) -> str:
    if period not in rows.index:
        return "not held"
    value = _number(rows, period, "value")
    if is_suppressed(value, rows["flags"].loc[period]):
        return SUPPRESSED
    if math.isnan(value):
        return "N/A"
    return format_value(view.measure, value)


def _number(rows: pd.DataFrame, period: str, column: str) -> float:
    return float(rows[column].loc[period])


def _interval(view: MeasureView, rows: pd.DataFrame, period: str) -> str:
    if period not in rows.index:
        return "not held"
    if is_suppressed(_number(rows, period, "value"), rows["flags"].loc[period]):
        return SUPPRESSED
    if math.isnan(_number(rows, period, "lower_ci")):
        return "not held"
    low, high = _number(rows, period, "lower_ci"), _number(rows, period, "upper_ci")
    decimals = view.measure.decimals
    return f"{format_number(low, decimals)} to {format_number(high, decimals)}"


def _notes(view: MeasureView, area: pd.DataFrame, other: pd.DataFrame, period: str) -> str:
    """Flags in words, each area named where both have some."""
    said = []
    for name, rows in ((view.area, area), (view.comparator, other)):
        if period in rows.index and (words := point_notes(dict(rows.loc[period]))):
            said.append(f"{name}: {words}")
    return ". ".join(said) or "–"


def source_line(view: MeasureView) -> str:
    """Who the report names as its source, and where the figures held here come from."""
    period = f" ({view.measure.source_period})" if view.measure.source_period else ""
    who = f"Source as the {view.named_in} names it" if view.named_in else "Published source"
    named = f"{who}: {view.measure.source_body}{period}."
    held = view.points["source"].str.split(";").str[0].str.strip()
    sources = [s for s in dict.fromkeys(held) if s]
    if not sources:
        return named
    return f"{named} Figures held here: {'; '.join(sources)}."

"""The card of one KPI or activity: everything a page shows of it, made from one record."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.downloads.links import download_links
from kcc_lib.presentation.formats import (
    SUPPRESSED,
    count_words,
    format_change,
    format_period,
    format_value,
    in_period,
    is_suppressed,
    moved,
)
from kcc_lib.presentation.naming import naming
from kcc_lib.presentation.quarterly.chart import anchor, levels_of, picture
from kcc_lib.presentation.quarterly.grounds import grounds
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.outlook import outlook_sentence
from kcc_lib.presentation.quarterly.words import (
    UNPUBLISHED,
    aim_words,
    better_words,
    full_value,
    latest_words,
    previous_words,
    status_of,
    target_sentence,
    told_value,
)
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Direction, Expectation, Flag, Frequency, Rag

_BASIS_NOTES = {"stated": "as the report states", "implied": "implied by the report's words"}
#: Lines across a chart as the theme draws them.
_LINES = {
    "target": "target (dashed)", "floor": "floor (dotted)",
    "upper": "upper threshold (dashes and dots)", "lower": "lower threshold (dashes in pairs)",
}  # fmt: skip


@naming("KPI")
def kpi_card(view: KpiView, *, commentary: str) -> Block:
    """A KPI's card; `commentary` is Markdown, "" where none is written."""
    return {
        "kind": "kpi",
        "id": anchor(view),
        "title": view.measure.title,
        "status": _status(view),
        "polarity": "" if view.activity else better_words(view.measure),
        "facts": _facts(view),
        "caption": caption(view),
        "chart": picture(view),
        "table": data_table(view),
        "outlook": "" if view.activity else outlook_sentence(view),
        "commentary": commentary,
        "evidence": grounds(view),
        "notes": notes_of(view),
        "downloads": download_links(
            view.measure.measure, view.measure.short_title or view.measure.title,
            figures=not view.points.empty, chart=not view.held.empty,
        ),
        "source": source_line(view),
    }  # fmt: skip


def notes_of(view: KpiView) -> str:
    """What is noted of the KPI in this edition and of its series, each said once."""
    rolling = "Each figure covers the twelve months to the end of its period."
    noted = [view.listed.note, view.measure.notes, rolling if view.measure.rolling else ""]
    said = [n.strip() for n in noted if n.strip()]
    return " ".join(n if n.endswith((".", "?", "!")) else f"{n}." for n in dict.fromkeys(said))


def _status(view: KpiView) -> list[Block]:
    """The statuses that stand, each with its word and, where it is not ours, its basis."""
    if view.activity:
        found = view.expectation
        note = "" if found else "no latest value, or no thresholds are held"
        return [{"heading": "Expected range", "label": str(found or Rag.NOT_RATED), "note": note}]
    listed = view.listed
    rag_note = _BASIS_NOTES.get(listed.rag_basis, "") if listed.rag else "worked out here"
    if not listed.rag and view.rag is Rag.NOT_RATED:
        rag_note = ""
    stated = listed.direction in view.words
    direction_note = _BASIS_NOTES.get(listed.direction_basis, "") if stated else _how_long(view)
    return [
        {"heading": "RAG status", "label": str(view.rag), "note": rag_note},
        {"heading": "Direction", "label": str(view.direction), "note": direction_note},
    ]


def _how_long(view: KpiView) -> str:
    """What our direction looks back on: a trend and the latest change may part company."""
    if view.our_direction is Direction.NOT_GIVEN:
        return next((r.meaning for r in view.reasons), "")
    if view.row.get("basis") != Basis.TREND:
        return "since the period before, worked out here"
    quarterly = view.measure.frequency is Frequency.QUARTERLY
    count, overlap = int(view.row["n_points"]), Reason.OVERLAPPING_PERIODS in view.reasons
    if overlap:
        return f"over {count_words(count, 'period')} that overlap, worked out here"
    return f"over {count_words(count, 'quarter' if quarterly else 'period')}, worked out here"


def _facts(view: KpiView) -> list[Block]:
    """Latest and previous value with their periods, and what is asked of them."""
    measure, aims = view.measure, view.aims
    facts = [
        {"name": "Latest", "value": latest_words(view), "note": _when(view, view.latest)},
        {"name": "Previous", "value": previous_words(view), "note": _when(view, view.previous)},
    ]
    year = format_period(view.financial_year.label)
    named = (
        [("Lower threshold", aims.lower), ("Upper threshold", aims.upper)]
        if view.activity
        else [("Target", aims.target), ("Floor", aims.floor)]
    )
    for name, aim in named:
        note = "" if math.isnan(aim) else f"for {year}"
        facts.append({"name": name, "value": aim_words(measure, aim), "note": note})
    return facts


def _when(view: KpiView, point: Mapping[str, Any] | None) -> str:
    if point is None:
        return ""
    status = status_of(view, point)
    period = format_period(str(point["period"]))
    return f"{period}, {status}" if status else period


def caption(view: KpiView) -> str:
    """What the chart shows, in sentences: the latest value, where from, and against what."""
    if latest_words(view) == SUPPRESSED:
        return f"The latest value is {Flag.CONFIDENTIAL.meaning}; it is counted as N/A."
    if math.isnan(view.value):
        if view.listed.rag:
            return f"{UNPUBLISHED[:1].upper()}{UNPUBLISHED[1:]}; the status is the report's own."
        held = "No latest value is held." if len(view.held) else "No figures are held."
        return f"{held} It is counted as N/A."
    said = (_latest_sentence(view, view.latest or {}), _aim_sentence(view), _marks(view))
    return " ".join(s for s in said if s)


def _latest_sentence(view: KpiView, now: Mapping[str, Any]) -> str:
    before, measure = view.previous, view.measure
    mark = f" ({PROVISIONAL})" if view.is_provisional(now) else ""
    said = f"{view.area} was at {full_value(measure, view.value)} {in_period(now['period'])}{mark}"
    if before is not None and is_suppressed(before["value"], before["flags"]):
        return f"{said}; the value before it is {Flag.CONFIDENTIAL.meaning}."
    if before is None or math.isnan(before["value"]):
        return f"{said}; no value before it is held."
    way = moved(measure, before["value"], view.value)
    then = f"{format_value(measure, before['value'])} {in_period(before['period'])}"
    if way == 0:
        return f"{said}, unchanged from {then}."
    change = format_change(measure, view.value - before["value"])
    return f"{said}, {'up' if way > 0 else 'down'} {change} from {then}."


def _aim_sentence(view: KpiView) -> str:
    """The latest value against its lines, as the rating has it."""
    if not view.activity:
        return target_sentence(view)
    said = {
        Expectation.ABOVE: "That is above the expected range.",
        Expectation.BELOW: "That is below the expected range.",
        Expectation.AS_EXPECTED: "That is as expected.",
    }
    return said[view.expectation] if view.expectation else ""


def _marks(view: KpiView) -> str:
    """What the chart's marks mean; only those that are there."""
    said = []
    if any(view.is_provisional(r) for r in view.records if not math.isnan(r["value"])):
        said.append(f"Hollow points: {PROVISIONAL}.")
    if levels := levels_of(view):
        names = " and ".join(_LINES[level.kind] for level in levels)
        said.append(f"Across: {names} for {format_period(view.financial_year.label)}.")
    return " ".join(said)


def data_table(view: KpiView) -> Block | None:
    """The figures of the chart with what is known of each; None without any."""
    if view.points.empty:
        return None
    title = view.measure.short_title or view.measure.title
    rows = [
        [
            format_period(str(row["period"])),
            told_value(view.measure, row),
            status_of(view, row) or "–",
        ]
        for row in view.records
    ]
    return {
        "kind": "table",
        "id": f"t-{anchor(view)}",
        "caption": f"{title}: figures held",
        "columns": [{"name": "Period"}, {"name": view.area, "number": True}, {"name": "Notes"}],
        "rows": rows,
    }


def source_line(view: KpiView) -> str:
    """Where the figures and the status come from."""
    sources = _sources(view.points["source"])
    said = []
    if sources:
        said.append(f"Figures: {'; '.join(sources)}.")
    stated = view.listed.rag or view.listed.direction
    if view.listed.source and (stated or not sources):
        what = "Status" if stated else "Listed"
        # the words of the report may hold the very number that is suppressed
        told = not any(is_suppressed(r["value"], r["flags"]) for r in view.records)
        where = f" ({view.listed.locator})" if view.listed.locator and told else ""
        said.append(f"{what}: the report itself{where}.")
    return " ".join(said)


def _sources(origins: Iterable[object]) -> list[str]:
    """Each source once; those that differ only in how a figure was read are told together."""
    found: dict[str, list[str]] = {}
    for source in dict.fromkeys(str(s).strip() for s in origins):
        where, how = source, ""
        if source.endswith(")") and " (" in source:
            where, _, how = source[:-1].rpartition(" (")
        found.setdefault(where, []).append(how)
    ways_of = {where: "; ".join(w for w in ways if w) for where, ways in found.items() if where}
    return [f"{where} ({ways})" if ways else where for where, ways in ways_of.items()]

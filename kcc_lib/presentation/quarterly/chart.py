"""The chart of one KPI or activity: up to six quarters, with target and floor as lines."""

import math
import re
from collections.abc import Mapping
from typing import Any

from kcc_lib.presentation.drawing import Level, MarkedPoint, Panel, scale_around
from kcc_lib.presentation.formats import (
    MINUS,
    format_number,
    format_period,
    format_value,
    named_period,
    short_period,
)
from kcc_lib.presentation.pictures import picture_of
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.words import full_value

#: The longest step between neighbouring quarters that a line is drawn over, in years.
_STEP = {"quarterly": 0.375, "monthly": 0.125, "yearly": 1.5, "two-yearly": 3.0}


def anchor(view: KpiView) -> str:
    """The id of a KPI on its page."""
    return anchor_of(view.measure.measure)


def anchor_of(code: str) -> str:
    """The id of the KPI of a code, stable across editions."""
    return "k-" + re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-").lower()


def picture(view: KpiView) -> dict[str, str] | None:
    """The chart drawn wide and narrow; None where no quarter has a value."""
    panel = kpi_panel(view)
    if panel is None:
        return None
    return picture_of(
        panel, identifier=f"c-{anchor(view)}", title=chart_title(view),
        description=description(view),
    )  # fmt: skip


def kpi_panel(view: KpiView) -> Panel | None:
    """Lay out the chart; None where no quarter has a value."""
    if view.held.empty:
        return None
    points = _points(view)
    levels = levels_of(view)
    values = [*(p.value for p in points), *(level.value for level in levels)]
    signed = view.measure.signed
    if len(points) == 1:
        values.append(0.0)  # one quarter shows no course, so its scale shows the whole size
    ceiling = 100.0 if view.measure.percentage and not signed and max(values) <= 100 else None
    domain, ticks = scale_around(values, floor=None if signed else 0.0, ceiling=ceiling)
    decimals = next(d for d in range(10) if all(abs(round(t, d) - t) < 1e-9 for t in ticks))
    times = [p.time for p in points]
    return Panel(
        area=points,
        comparator=(),
        periods=tuple(
            (t, short_period(label), short_period(label, narrow=True))
            for t, label in zip(times, view.held["period"], strict=True)
        ),
        breaks=_breaks(view),
        unit=unit_words(view),
        domain=domain,
        ticks=tuple((t, f"{t:,.{decimals}f}".replace("-", MINUS)) for t in ticks),
        first=min(times),
        last=max(times),
        levels=levels,
    )


def levels_of(view: KpiView) -> tuple[Level, ...]:
    """The lines across: target and floor of a KPI, thresholds of an activity."""
    aims = view.aims
    named = (
        [("upper", "Upper", aims.upper), ("lower", "Lower", aims.lower)]
        if view.activity
        else [("target", "Target", aims.target), ("floor", "Floor", aims.floor)]
    )
    return tuple(
        Level(kind, value, name, format_value(view.measure, value))
        for kind, name, value in named
        if not math.isnan(value)
    )


def _points(view: KpiView) -> tuple[MarkedPoint, ...]:
    """Points with their marks; a new segment starts at a hard break and after a missing quarter."""
    found: list[MarkedPoint] = []
    segment, before = 0, None
    for row in view.records:
        if math.isnan(row["value"]):
            continue
        if before is not None and _parted(view, before, row):
            segment += 1
        found.append(
            MarkedPoint(
                time=row["time"], value=row["value"], low=math.nan, high=math.nan, series="area",
                name=view.area, segment=segment,
                text=format_number(row["value"], view.measure.decimals),
                provisional=view.is_provisional(row),
            )
        )  # fmt: skip
        before = row
    return tuple(found)


def _parted(view: KpiView, before: Mapping[Any, Any], row: Mapping[Any, Any]) -> bool:
    start, end = before["period_end"].date(), row["period_end"].date()
    gap = row["time"] - before["time"] > _STEP[view.measure.frequency]
    return gap or any(start < b.period.end <= end for b in view.measure.breaks)


def _breaks(view: KpiView) -> tuple[float, ...]:
    times = list(view.held["time"])
    found = []
    for b in view.measure.breaks:
        after = [t for t in times if t >= b.period.middle]
        before = [t for t in times if t < b.period.middle]
        if before and after:
            found.append((before[-1] + after[0]) / 2)
    return tuple(found)


def unit_words(view: KpiView) -> str:
    """The unit as the axis names it."""
    words = {"%": "Per cent", "": "Number", "count": "Number"}
    text = words.get(view.measure.unit, view.measure.unit)
    return text[:1].upper() + text[1:]


def chart_title(view: KpiView) -> str:
    """The accessible name of the chart."""
    held = view.held
    span = named_period(held.iloc[0]["period"])
    if len(held) > 1:
        span += f" to {named_period(held.iloc[-1]['period'])}"
    title = view.measure.short_title or view.measure.title
    return f"{title}: chart of {view.area}, {span}{_how_firm(view)}"


def _how_firm(view: KpiView) -> str:
    """Which of the figures drawn are provisional; "" where none is."""
    held = [r for r in view.records if not math.isnan(r["value"])]
    soft = [named_period(r["period"]) for r in held if view.is_provisional(r)]
    if not soft:
        return ""
    if len(soft) == len(held):
        return f" ({PROVISIONAL})"
    span = soft[0] if len(soft) == 1 else f"{soft[0]} to {soft[-1]}"
    return f" ({span} {PROVISIONAL})"


def description(view: KpiView) -> str:
    """Every value and every line of the chart, in words, for those who cannot see it."""
    listed = "; ".join(
        f"{format_period(r['period'])}, {format_value(view.measure, r['value'])}"
        f"{f' ({PROVISIONAL})' if view.is_provisional(r) else ''}"
        for r in view.records
        if not math.isnan(r["value"])
    )
    lines = "".join(
        f" {level.name}: {full_value(view.measure, level.value)}." for level in levels_of(view)
    )
    return f"{view.area}: {listed}.{lines}"

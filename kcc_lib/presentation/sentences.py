"""Plain-English sentences made from the numbers: captions, titles and descriptions."""

from dataclasses import replace

import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import (
    format_change,
    format_number,
    format_period,
    format_value,
    in_period,
    is_suppressed,
    moved,
    named_period,
    named_span,
)
from kcc_lib.presentation.views import MeasureView, panel_of
from kcc_lib.vocabulary import BreakGrade, Flag, Label, Polarity, Statistic

NO_SERIES = "No series of figures is held for this measure."
_PROTECTED = Flag.CONFIDENTIAL.meaning
REMARK_UNJUDGED = "The report shows it for reference and prints no judgement."
OUTSIDE = "Figures are held for this measure, but none from the period of this report."
REMARK_NO_CHART = "The published judgement is shown and has not been recomputed."
REMARK_NO_JUDGEMENT = "The report prints no judgement of it, and none can be worked out here."


def polarity_words(measure: Measure) -> str:
    """Say which way is good, as every graph states."""
    if measure.polarity is Polarity.HIGHER:
        return "Higher is positive"
    if measure.polarity is Polarity.LOWER:
        return "Lower is positive"
    return "Neither higher nor lower is judged"


def caption(view: MeasureView) -> str:
    """What the chart shows: the latest value, where it came from, and the comparator."""
    held = view.held
    if held.empty and suppressed(view.points):
        return f"All figures of {view.area} that could be shown are {_PROTECTED}."
    if held.empty:
        printed = {v.published for v in view.verdicts} - {""}
        remark = REMARK_NO_CHART if printed else REMARK_NO_JUDGEMENT
        if Label.NOT_JUDGED in printed:
            remark = REMARK_UNJUDGED
        return f"{OUTSIDE if view.held_at_all else NO_SERIES} {remark}"
    said = [_suppressed_sentence(view, held), _latest_sentence(view, held)]
    if len(held) > 2:
        said.append(_span_sentence(view, held))
    said += [_comparator_sentence(view, held), *_mark_sentences(view)]
    return " ".join(s for s in said if s)


def suppressed(points: pd.DataFrame) -> list[str]:
    """The periods whose value is suppressed, in order."""
    rows = zip(points["period"], points["value"], points["flags"], strict=True)
    return [str(period) for period, value, flags in rows if is_suppressed(value, flags)]


def _suppressed_sentence(view: MeasureView, held: pd.DataFrame) -> str:
    """That there are later figures than the latest told; "" where there are none."""
    later = suppressed(view.points[view.points["time"] > held.iloc[-1]["time"]])
    if not later:
        return ""
    named = " and ".join(named_period(period) for period in later)
    figures, are = ("figure", "is") if len(later) == 1 else ("figures", "are")
    return f"The {figures} of {view.area} for {named} {are} {_PROTECTED}."


def _full(measure: Measure, value: float) -> str:
    """A value with its whole unit, for the first time it is named: 39.2 per 10,000 population."""
    per = measure.unit.removeprefix("rate ")
    text = format_value(measure, value)
    return f"{text} {per}" if measure.unit.startswith("rate per") else text


def _latest_sentence(view: MeasureView, held: pd.DataFrame) -> str:
    last = held.iloc[-1]
    who = f"The gap in {view.area}" if view.measure.statistic is Statistic.GAP else view.area
    now = f"{_full(view.measure, last['value'])} {in_period(last['period'])}"
    if len(held) == 1:
        return f"{who} was {now}, the only value held for this edition."
    before = held.iloc[-2]
    if _crosses_break(view, before, last):
        return f"{who} was {now}, after a break in series."
    then = f"{format_value(view.measure, before['value'])} {in_period(before['period'])}"
    way = moved(view.measure, before["value"], last["value"])
    if way == 0:
        return f"{who} was {now}, unchanged from {named_period(before['period'])}."
    change = format_change(view.measure, last["value"] - before["value"])
    if view.measure.percentage and view.measure.unit != "%":  # the unit is told once
        change = format_change(replace(view.measure, unit=""), last["value"] - before["value"])
        then = (
            f"{format_number(before['value'], view.measure.decimals)} {in_period(before['period'])}"
        )
    return f"{who} was {now}, {'up' if way > 0 else 'down'} {change} from {then}."


def _span_sentence(view: MeasureView, held: pd.DataFrame) -> str:
    first, last = held.iloc[0], held.iloc[-1]
    then = f"{format_value(view.measure, first['value'])} {in_period(first['period'])}"
    way = moved(view.measure, first["value"], last["value"])
    if _crosses_break(view, first, last):
        return f"It was {then}, before a break in series."
    word = {1: "lower", -1: "higher", 0: "the same"}[way]
    return f"At the start of the period shown it was {word}, {then}."


def _crosses_break(view: MeasureView, first: pd.Series, last: pd.Series) -> bool:
    start, end = first["period_end"].date(), last["period_end"].date()
    return any(start < b.period.end <= end for b in view.measure.breaks)


def _comparator_sentence(view: MeasureView, held: pd.DataFrame) -> str:
    """The comparator in the same period as the latest value, and never another."""
    if not view.comparator:
        return ""
    last = held.iloc[-1]
    same = view.other_held[view.other_held["period"] == last["period"]]
    if same.empty and last["period"] in suppressed(view.other):
        when = named_period(last["period"])
        return f"{view.comparator}'s figure for {when} is {_PROTECTED}."
    if same.empty:
        return f"{view.comparator}'s figure for {named_period(last['period'])} is not held."
    value = same.iloc[0]["value"]
    text = f"{view.comparator} was {format_value(view.measure, value)}"
    side = moved(view.measure, value, last["value"])
    if side == 0:
        return f"{text}, the same as {view.area}."
    where = f"{'lower' if side > 0 else 'higher'} than {view.area}"
    if last["lower_ci"] <= value <= last["upper_ci"]:
        return f"{text}, {where} but within its margin of error."
    return f"{text}, {where}."


def _mark_sentences(view: MeasureView) -> list[str]:
    """What the marks on the chart mean; only those that are there."""
    panel = panel_of(view)
    if panel is None:
        return []
    said = []
    lengths = {len(run) for run in panel.interval_runs}
    if lengths - {1}:
        said.append(f"Shaded: 95% confidence interval of {view.area}.")
    if 1 in lengths:
        said.append(f"Upright line: 95% confidence interval of {view.area}.")
    if any(p.provisional for p in panel.area):
        said.append("(p), hollow: provisional.")
    if any(p.internal for p in panel.area):
        said.append("(i), hollow: from an internal council source.")
    if panel.breaks:
        said += break_sentences(view, shown=True)
    return said


def break_sentences(view: MeasureView, *, shown: bool) -> list[str]:
    """Each break of the measure up to the edition's date: those on the chart, or the others."""
    times = [t for rows in (view.held, view.other_held) for t in rows["time"]]
    said = []
    for b in view.measure.breaks:
        on_chart = bool(times) and min(times) < b.period.middle <= max(times)
        if on_chart is shown and b.period.end <= view.as_of:
            label = format_period(b.period.label)
            hard = b.grade is BreakGrade.HARD
            apart = "Not comparable before" if hard else "Counted in another way before"
            opening = "Break in series before" if shown else apart
            said.append(f"{opening} {label}: {b.reason}.")
    return said


def chart_title(view: MeasureView) -> str:
    """The accessible name of the chart."""
    names = " and ".join(
        n for n in (view.area, view.comparator if len(view.other_held) else "") if n
    )
    held = view.held
    span = named_span(held.iloc[0]["period"], held.iloc[-1]["period"])
    return f"{view.measure.measure} {view.measure.short_title}: chart of {names}, {span}"


def description(view: MeasureView) -> str:
    """Every value on the chart, in words, for those who cannot see it."""
    parts = []
    for name, rows in ((view.area, view.held), (view.comparator, view.other_held)):
        if len(rows):
            listed = "; ".join(
                f"{format_period(p)}, {format_value(view.measure, v)}"
                for p, v in zip(rows["period"], rows["value"], strict=True)
            )
            parts.append(f"{name}: {listed}.")
    return " ".join(parts)

"""What would turn a judgement, and what other rules make of it: sentences from one record."""

import math
from datetime import date

from kcc_lib.judgement.possible import limits_of
from kcc_lib.judgement.series import INTERVAL
from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import (
    beyond,
    format_number,
    format_value,
    named_period,
    next_period,
)
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, Polarity

#: Bases whose rule has no next value that could be told.
_NO_NEXT = {Basis.LAST_PERIOD, Basis.CONTROL_CHART, Basis.WEIGHTED_TREND}
#: Bases that test a count: the edge is that of the first that is called, and is called itself.
_CLOSED = {
    Basis.PROPORTION, Basis.PROPORTION_EXACT, Basis.SAMPLE_SIZE, Basis.RATE, Basis.RATE_EXACT,
    Basis.COUNT, Basis.COUNT_EXACT,
}  # fmt: skip
#: Bases by which nothing follows from there being no value that would be called a movement.
_NO_EDGES = {Basis.NONE, Basis.VARIANCE, Basis.VARIANCE_POINTS}
#: Reasons that have a sentence of their own here, and are not said twice.
TOLD = {
    Reason.TESTS_DISAGREE, Reason.RANKS_DISAGREE, Reason.NOT_STABLE,
    Reason.SENSITIVE_TO_PROVISIONAL,
}  # fmt: skip


def evidence_sentences(view: MeasureView, verdict: Verdict) -> list[str]:
    """What would turn the judgement, and how firmly it stands."""
    if verdict.row["basis"] == Basis.NONE:
        return next_sentences(view, verdict)
    return [
        *_many_tests(verdict),
        *_other_rules(verdict),
        *_without_points(verdict),
        *next_sentences(view, verdict),
    ]


def _many_tests(verdict: Verdict) -> list[str]:
    q = verdict.row["q_value"]
    if math.isnan(q):
        return []
    shown = "below 0.001" if q < 0.001 else f"{q:.3f}"
    if verdict.row["fragile"] == "yes":
        return [
            f"Of so many tests some come out so by chance: allowing for all of this kind, q is "
            f"{shown}, not below 0.05."
        ]
    if verdict.row["fragile"] == "no":
        return [f"It outlasts an allowance for all tests of this kind: q is {shown}."]
    return [f"Allowing for all tests of this kind, q is {shown}."]


def _other_rules(verdict: Verdict) -> list[str]:
    """Where a cross-check gives another answer, or the same."""
    row, said = verdict.row, []
    if row["tests_disagree"] == "yes" and row["basis"] != Basis.INTERVAL_OVERLAP:
        said.append(
            "By the stricter rule that the two intervals must not overlap it would be "
            f"{row['ci_overlap_label']}."
            if row["ci_overlap_label"] in {Label.MAINTAINING, Label.NO_SIGNIFICANT_CHANGE}
            else f"The two intervals do not overlap, which would be {row['ci_overlap_label']}."
        )
    if not math.isnan(row["kendall_p"]):
        differs = Reason.RANKS_DISAGREE in str(row["reasons"]).split()
        answer = "which gives another answer" if differs else "which agrees"
        said.append(
            f"Kendall's test on ranks alone: tau is {format_number(row['kendall_tau'], 2)}, "
            f"p = {row['kendall_p']:.3f}, {answer}."
        )
    return said


def _without_points(verdict: Verdict) -> list[str]:
    """Whether the judgement hangs on one point, or on a provisional one."""
    row, said = verdict.row, []
    if row["loo_stable"] and Reason.CONSTANT not in str(row["reasons"]).split():
        kept = "keeps" if row["loo_stable"] == "yes" else "could turn"
        said.append(f"Leaving out any one point {kept} the direction of the slope.")
    final = row["label_without_provisional"]
    if final and verdict.horizon is Horizon.ONE_YEAR:
        said.append(f"The last two periods without provisional values would be {final}.")
    elif final:
        same = "also " if final == verdict.ours else ""
        said.append(f"Without its provisional values it would {same}be {final}.")
    return said


def next_sentences(view: MeasureView, verdict: Verdict) -> list[str]:
    """Which values of the next period would be a movement, in the measure's unit."""
    row, measure = verdict.row, view.measure
    spans = [_span(measure, verdict, way) for way in ("rise", "fall")]
    found = [text for text in spans if text]
    last, bare = str(row["period_to"]), row["basis"] in _NO_NEXT or not found
    trend = verdict.horizon is not Horizon.ONE_YEAR
    # a quarter is judged over one year beside the same quarter of the year before
    months = INTERVAL[measure.frequency] if trend else max(12, INTERVAL[measure.frequency])
    if not last or _overtaken(view, last, months) or measure.polarity is Polarity.TARGET:
        return []
    if bare and row["basis"] in {*_NO_NEXT, *_NO_EDGES}:
        return []
    after = next_period(last, months)
    due = named_period(after.label) if after else "the next period"
    if bare:
        told = f"Whatever the value for {due}, the trend with it would be {_flat(measure)}."
        return [told] if trend else []
    subject = "the trend with it" if trend else "the next judgement of one year"
    between = "any other value" if trend or len(found) == 1 else "any value between"
    said = f"For {due}, {subject} would be {', '.join(found)}, and {_flat(measure)} with {between}"
    return [f"{said}{_other_sign(measure, verdict)}{_too_far(measure, verdict)}."]


def _overtaken(view: MeasureView, last: str, months: int) -> bool:
    """Whether, by the edition's date, even the period after the next one had ended.

    Then the next figure was out long before, and is one that is not held.
    """
    later = next_period(last, 2 * months)
    return later is not None and later.end <= view.as_of < date.max


def _other_sign(measure: Measure, verdict: Verdict) -> str:
    """That beyond nought a share of the earlier value says nothing, where the rule ends there."""
    if limits_of(measure)[0] >= 0 or verdict.row["basis"] != Basis.VARIANCE:
        return ""
    if verdict.row["next_fall_from"] == 0:
        return ", and not judged below 0"
    return ", and not judged above 0" if verdict.row["next_rise_to"] == 0 else ""


def _too_far(measure: Measure, verdict: Verdict) -> str:
    """Why a value still further off would be called no trend, where that is so."""
    bottom, top = limits_of(measure)
    row, trend = verdict.row, verdict.horizon is not Horizon.ONE_YEAR
    # a missing end is none: no comparison with it holds
    if trend and (row["next_rise_to"] < top or row["next_fall_from"] > bottom):
        return ": one still further off would lie too far from a straight line to be a trend"
    return ""


def _span(measure: Measure, verdict: Verdict, way: str) -> str:
    """The values that would be called a rise or a fall, with the label they would be given."""
    low, high = verdict.row[f"next_{way}_from"], verdict.row[f"next_{way}_to"]
    if math.isnan(low if way == "rise" else high):
        return ""
    low, high = (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    bottom, top = limits_of(measure)
    closed = verdict.row["basis"] in _CLOSED
    # nought is the last value of one sign, and counts
    signed = bottom < 0
    held = {bottom, top, 0.0} if signed else {bottom, top}
    first = low if low in held else beyond(low, measure.decimals, up=True, closed=closed)
    kept = high == top or (high in held and signed)
    last = high if kept else beyond(high, measure.decimals, up=False, closed=closed)
    return (
        ""
        if first > last
        else f"{_moved(measure, up=way == 'rise')} {_range(measure, first, last)}"
    )


def _range(measure: Measure, first: float, last: float) -> str:
    """The values from the first to the last, in words."""
    bottom, top = limits_of(measure)
    start, end = (format_value(measure, v) for v in (first, last))
    if first < last == top:
        return f"with {start} or more"
    if bottom == first < last:
        return f"with {end} or less"
    if start == end:
        return f"with {end}"
    unit = end.removeprefix(format_number(last, measure.decimals))
    if unit.startswith(" "):  # a word is told once
        start = format_number(first, measure.decimals)
    return f"with {start} to {end}"


def _moved(measure: Measure, *, up: bool) -> str:
    if measure.polarity in {None, Polarity.NONE}:
        return (Label.INCREASING if up else Label.DECREASING).value
    good = up == (measure.polarity is Polarity.HIGHER)
    return (Label.IMPROVING if good else Label.NOT_IMPROVING).value


def _flat(measure: Measure) -> str:
    unstated = measure.polarity in {None, Polarity.NONE}
    return (Label.NO_SIGNIFICANT_CHANGE if unstated else Label.MAINTAINING).value

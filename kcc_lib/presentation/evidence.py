"""What would turn a judgement, and what other rules make of it: sentences from one record."""

import math

from kcc_lib.judgement.series import INTERVAL
from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import beyond, format_number, format_value, next_period
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, Polarity

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
    if row["loo_stable"]:
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
    if not row["period_to"] or (row["basis"] == Basis.NONE and not found):
        return []
    due = next_period(str(row["period_to"]), INTERVAL[measure.frequency])
    trend = verdict.horizon is not Horizon.ONE_YEAR
    if row["basis"] in {Basis.LAST_PERIOD, Basis.CONTROL_CHART, Basis.WEIGHTED_TREND}:
        return []
    if not found and trend:
        if row["basis"] in {Basis.VARIANCE, Basis.VARIANCE_POINTS}:
            return []
        return [f"Whatever the value for {due}, the trend with it would be {_flat(measure)}."]
    if not found:
        return []
    subject = "the trend with it" if trend else "the next judgement of one year"
    between = "any other value" if trend else "any value between"
    if len(found) == 1:
        between = "any other value"
    return [
        f"For {due}, {subject} would be {', '.join(found)}, and {_flat(measure)} with {between}."
    ]


def _span(measure: Measure, verdict: Verdict, way: str) -> str:
    """The values that would be called a rise or a fall, with the label they would be given."""
    low, high = verdict.row[f"next_{way}_from"], verdict.row[f"next_{way}_to"]
    if math.isnan(low if way == "rise" else high):
        return ""
    low, high = (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    top = 100.0 if measure.percentage else math.inf
    bottom = -math.inf if measure.signed else 0.0
    first = low if low <= bottom else beyond(low, measure.decimals, up=True)
    last = high if high >= top else beyond(high, measure.decimals, up=False)
    if first > last:
        return ""
    label = _moved(measure, up=way == "rise")
    if last >= top:
        return f"{label} with {format_value(measure, first)} or more"
    if first <= bottom or math.isinf(first):
        return f"{label} with {format_value(measure, last)} or less"
    if format_value(measure, first) == format_value(measure, last):
        return f"{label} with {format_value(measure, first)}"
    return f"{label} with {format_value(measure, first)} to {format_value(measure, last)}"


def _moved(measure: Measure, *, up: bool) -> str:
    if measure.polarity in {None, Polarity.NONE}:
        return (Label.INCREASING if up else Label.DECREASING).value
    good = up == (measure.polarity is Polarity.HIGHER)
    return (Label.IMPROVING if good else Label.NOT_IMPROVING).value


def _flat(measure: Measure) -> str:
    unstated = measure.polarity in {None, Polarity.NONE}
    return (Label.NO_SIGNIFICANT_CHANGE if unstated else Label.MAINTAINING).value

"""How a judgement was reached, as an analyst would say it: for the page and `kcc explain`."""

import math
from collections.abc import Mapping
from typing import Any

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.measures import Measure
from kcc_lib.presentation.evidence import TOLD, evidence_sentences
from kcc_lib.presentation.formats import (
    MINUS,
    format_change,
    format_number,
    format_value,
    in_period,
    named_span,
)
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, Polarity

Row = Mapping[str, Any]
#: Decimals beyond which an end of an interval is taken for nought.
_MOST_PLACES = 6


def agreement_words(verdict: Verdict) -> str:
    """How our judgement stands to the published one, in a few words."""
    if not verdict.published:
        return "Judged here" if verdict.recomputed else "Too little is held to judge"
    if verdict.published == Label.NOT_JUDGED:
        return "Not judged in the published report"
    if verdict.ours == Label.NOT_APPLICABLE and not verdict.recomputed:
        return "As published; no trend can be worked out here"
    if not verdict.recomputed:
        return "As published; not recomputed"
    if verdict.ours == verdict.published:
        return "As published, and as recomputed"
    rule = " by the 5% rule" if verdict.row["basis"] == Basis.VARIANCE else ""
    return f"As published; recomputed{rule}: {verdict.ours}"


def explain_verdict(view: MeasureView, verdict: Verdict) -> list[str]:
    """The evidence behind one judgement, as an analyst would say it."""
    said = []
    if verdict.published:
        said.append(f"Published judgement: {verdict.published}.")
    if verdict.published_note:
        said.append(f"{verdict.published_note}.")
    said.append(f"Worked out here: {verdict.ours}{because_not_judged(verdict)}.")
    return said + judged_sentences(view, verdict)


def judged_sentences(view: MeasureView, verdict: Verdict) -> list[str]:
    """What a judgement rests on, what would turn it, and what to bear in mind."""
    said = []
    if verdict.row["basis"] == Basis.TREND:
        said += _trend_sentences(view.measure, verdict)
    elif verdict.row["basis"] == Basis.CONTROL_CHART:
        said += _chart_sentences(view.measure, verdict)
    elif verdict.row["basis"] == Basis.WEIGHTED_TREND:
        said += _weighted_sentences(verdict)
    elif verdict.row["basis"] != Basis.NONE:
        said += _pair_sentences(view.measure, verdict)
    said += evidence_sentences(view, verdict)
    unsaid = TOLD | {Reason.NO_UNCERTAINTY}
    p = verdict.row["p_value"]
    notes = [r.of(p) for r in _reasons(verdict) if r not in unsaid]
    if notes and verdict.row["basis"] != Basis.NONE:
        said.append(f"To bear in mind: {'; '.join(notes)}.")
    return said


def because_not_judged(verdict: Verdict) -> str:
    """Why there is no judgement, as the tail of a sentence; "" where there is one."""
    if verdict.row["basis"] != Basis.NONE:
        return ""
    reasons = "; ".join(r.meaning for r in _reasons(verdict))
    return f", because {reasons}" if reasons else ""


def _reasons(verdict: Verdict) -> list[Reason]:
    return reason_codes(str(verdict.row["reasons"]))


def _pair_sentences(measure: Measure, verdict: Verdict) -> list[str]:
    row = verdict.row
    then = f"{format_value(measure, row['value_from'])} {in_period(row['period_from'])}"
    now = f"{format_value(measure, row['value_to'])} {in_period(row['period_to'])}"
    change = row["change"]
    way = {1: "a rise of", -1: "a fall of", 0: "a change of"}[
        int(math.copysign(1, change)) if change else 0
    ]
    # a measure that should meet its target is judged by how far from it each value lies
    what = " distances from the target" if measure.polarity is Polarity.TARGET else ""
    said = [f"Compared{what}: {then} with {now}, {way} {format_change(measure, change)}."]
    basis = Basis(row["basis"])
    if basis is Basis.INTERVAL_OVERLAP:
        return said + _overlap_sentences(measure, row)
    said.append(f"Basis: {basis.meaning}{_test_numbers(row)}.")
    if basis is Basis.LAST_PERIOD:
        return said
    if basis is Basis.MOVING_RANGE:
        usual = format_change(measure, row["detectable_change"])
        said.append(f"A change of more than {usual} lies outside those seen before.")
    elif basis is Basis.VARIANCE_POINTS:
        edge = format_change(measure, row["detectable_change"])
        said.append(f"A change of more than {edge} is a movement.")
    elif basis is Basis.VARIANCE:
        share = abs(change / row["value_from"]) * 100
        said.append(f"The change is {format_number(share, 1)}% of the earlier value.")
    elif not _shares_data(row) and not math.isnan(row["detectable_change"]):
        least = format_change(measure, row["detectable_change"])
        said.append(f"A change smaller than about {least} could not be told from chance.")
    return said


def _overlap_sentences(measure: Measure, row: Row) -> list[str]:
    """A survey judged by its intervals, with what a test alone would say."""
    moved = abs(row["change"]) > row["detectable_change"]
    apart = "they do not, so a movement is called" if moved else "they do, so no movement is called"
    least = format_change(measure, row["detectable_change"])
    return [
        f"Basis: {Basis.INTERVAL_OVERLAP.meaning}; {apart}.",
        f"They would part at a change of about {least}.",
        f"A two-sample test alone would {'call' if row['p_value'] < 0.05 else 'not call'} it"
        f"{_test_numbers(row)}.",
    ]


def _chart_sentences(measure: Measure, verdict: Verdict) -> list[str]:
    """The latest point on its control chart."""
    row = verdict.row
    low, high, mean = (format_value(measure, row[c]) for c in ("ci_low", "ci_high", "value_from"))
    odd = {
        Label.MAINTAINING: "shows nothing out of the ordinary",
        Label.NO_SIGNIFICANT_CHANGE: "shows nothing out of the ordinary",
    }.get(Label(verdict.ours), "is out of the ordinary")
    return [
        f"The latest value, {format_value(measure, row['value_to'])} "
        f"{in_period(row['period_to'])}, {odd}: the mean of {row['n_points']} points is {mean}, "
        f"and chance alone keeps nearly all of them between {low} and {high}.",
        f"Basis: {Basis.CONTROL_CHART.meaning}.",
    ]


def _weighted_sentences(verdict: Verdict) -> list[str]:
    """Fingertips' numbers: chi-squared against its own line."""
    row = verdict.row
    span = named_span(row["period_from"], row["period_to"])
    return [
        f"Five points from {span}, each weighted by its interval.",
        f"Basis: {Basis.WEIGHTED_TREND.meaning}; chi-squared is "
        f"{format_number(row['statistic'], 2)}, and above 9.55 would be called if leaving out "
        "any one point kept the direction.",
    ]


def _shares_data(row: Row) -> bool:
    return Reason.OVERLAPPING_PERIODS in str(row["reasons"]).split()


def _trend_sentences(measure: Measure, verdict: Verdict) -> list[str]:
    row = verdict.row
    places = (1 if measure.decimals is None else measure.decimals) + 1
    span = named_span(row["period_from"], row["period_to"])
    said = [
        f"A straight line through the {row['n_points']} points from {span} "
        f"{_slope_words(measure, row['change'], places)}{_interval(row, places)}.",
        f"Basis: {Basis.TREND.meaning}{_test_numbers(row)}.",
    ]
    scattered = not {Reason.CONSTANT, Reason.PERFECT_FIT} & set(str(row["reasons"]).split())
    if scattered and not _shares_data(row) and not math.isnan(row["detectable_change"]):
        least = format_change(measure, row["detectable_change"])
        said.append(
            f"With so few points, only a change of about {least} or more over the whole period "
            "could have been told from chance."
        )
    return said


def _slope_words(measure: Measure, slope: float, places: int) -> str:
    """Which way a line runs and how fast, to one decimal more than the measure is printed with."""
    if slope == 0:
        return "is level"
    unit = " percentage points" if measure.percentage else ""
    return f"{'rises' if slope > 0 else 'falls'} by {abs(slope):,.{places}f}{unit} a year"


def _interval(row: Row, places: int) -> str:
    low, high = row["ci_low"], row["ci_high"]
    if math.isnan(low):
        return ""
    # an end that rounds to nought would not say on which side of it it lies
    while places < _MOST_PLACES and any(0 < abs(n) < 0.5 * 10**-places for n in (low, high)):
        places += 1
    low_text, high_text = (f"{n:,.{places}f}".replace("-", MINUS) for n in (low, high))
    return f" (95% interval {low_text} to {high_text})"


def _test_numbers(row: Row) -> str:
    p, df, statistic = row["p_value"], row["df"], row["statistic"]
    if math.isnan(p):
        return ""
    shown = format_number(statistic, 2)
    if math.isnan(statistic):
        test = ""
    elif math.isnan(df):
        test = f", z = {shown}"
    else:
        test = f", t = {shown} on {format_number(df)} degree{'' if df == 1 else 's'} of freedom"
    tail = "" if p < 0.001 else f", {'below' if p < 0.05 else 'not below'} 0.05"
    return f"{test}, {p_words(p)}{tail}"


def p_words(p: float) -> str:
    """A p-value as it is printed."""
    return "p below 0.001" if p < 0.001 else f"p = {p:.3f}"


_LAST = "The latest period against the one before."
_QUESTIONS = {
    ("significance-2019", Horizon.ONE_YEAR): _LAST,
    ("significance-2019", Horizon.LONG_TERM): "The trend since the period before the Strategic "
    "Statement began.",
    ("variance-2017", Horizon.ONE_YEAR): _LAST,
    ("variance-2017", Horizon.LONG_TERM): "The latest period against the one three years before, "
    "or two where three are not held.",
    ("regression-2020", Horizon.QUARTER): "The trend over the periods shown.",
    ("last-quarter-2017", Horizon.QUARTER): _LAST,
    ("recent-trend", Horizon.LONG_TERM): "The trend of the last five points.",
    ("xmr", Horizon.QUARTER): "The latest point among all of its series.",
}


def question(verdict: Verdict) -> str:
    """What a judgement compares, in a line."""
    return _QUESTIONS[(str(verdict.row["method"]), verdict.horizon)]

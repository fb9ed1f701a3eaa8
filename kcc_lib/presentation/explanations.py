"""How a judgement was reached, as an analyst would say it: for the page and `kcc explain`."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import (
    format_change,
    format_number,
    format_value,
    in_period,
    named_period,
)
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label

Row = Mapping[str, Any]


def agreement_words(verdict: Verdict) -> str:
    """How our judgement stands to the published one, in a few words."""
    if not verdict.published:
        return "Judged here"
    if verdict.published == Label.NOT_JUDGED:
        return "Not judged in the published report"
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
    said.append(f"Worked out here: {verdict.ours}{_because_not_judged(verdict)}.")
    if verdict.row["basis"] == Basis.TREND:
        said += _trend_sentences(view.measure, verdict)
    elif verdict.row["basis"] != Basis.NONE:
        said += _pair_sentences(view.measure, verdict)
    notes = [r.meaning for r in _reasons(verdict)]
    if notes and verdict.row["basis"] != Basis.NONE:
        said.append(f"To bear in mind: {'; '.join(notes)}.")
    return said


def _because_not_judged(verdict: Verdict) -> str:
    if verdict.row["basis"] != Basis.NONE:
        return ""
    reasons = "; ".join(r.meaning for r in _reasons(verdict))
    return f", because {reasons}" if reasons else ""


def _reasons(verdict: Verdict) -> list[Reason]:
    return [Reason(code) for code in str(verdict.row["reasons"]).split()]


def _pair_sentences(measure: Measure, verdict: Verdict) -> list[str]:
    row = verdict.row
    then = f"{format_value(measure, row['value_from'])} {in_period(row['period_from'])}"
    now = f"{format_value(measure, row['value_to'])} {in_period(row['period_to'])}"
    change = row["change"]
    way = {1: "a rise of", -1: "a fall of", 0: "a change of"}[
        int(math.copysign(1, change)) if change else 0
    ]
    said = [f"Compared: {then} with {now}, {way} {format_change(measure, change)}."]
    basis = Basis(row["basis"])
    said.append(f"Basis: {basis.meaning}{_test_numbers(row)}.")
    if basis is Basis.VARIANCE:
        share = abs(change / row["value_from"]) * 100
        said.append(f"The change is {format_number(share, 1)}% of the earlier value.")
    elif not math.isnan(row["detectable_change"]):
        least = format_change(measure, row["detectable_change"])
        said.append(f"A change smaller than about {least} could not be told from chance.")
    return said


def _trend_sentences(measure: Measure, verdict: Verdict) -> list[str]:
    row = verdict.row
    way = "rises" if row["change"] >= 0 else "falls"
    places = (1 if measure.decimals is None else measure.decimals) + 1
    slope = format_change(replace(measure, decimals=places), row["change"])
    span = f"{named_period(row['period_from'])} to {named_period(row['period_to'])}"
    said = [
        f"A straight line through the {row['n_points']} points from {span} {way} by {slope} a year"
        f"{_interval(row, places)}.",
        f"Basis: {Basis.TREND.meaning}{_test_numbers(row)}.",
    ]
    if not math.isnan(row["detectable_change"]):
        least = format_change(measure, row["detectable_change"])
        said.append(
            f"With so few points, only a change of about {least} or more over the whole period "
            "could have been told from chance."
        )
    return said


def _interval(row: Row, places: int) -> str:
    low, high = row["ci_low"], row["ci_high"]
    if math.isnan(low):
        return ""
    return f" (95% interval {format_number(low, places)} to {format_number(high, places)})"


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
    return f"{test}, {p_words(p)}, {'below' if p < 0.05 else 'not below'} 0.05"


def p_words(p: float) -> str:
    """A p-value as it is printed."""
    return "p below 0.001" if p < 0.001 else f"p = {p:.3f}"


def horizon_question(horizon: Horizon) -> str:
    """What a horizon compares, in a line."""
    return {
        Horizon.ONE_YEAR: "The latest period against the one before",
        Horizon.LONG_TERM: "The trend since the period before the Strategic Statement began",
        Horizon.QUARTER: "The latest quarters",
    }[horizon]

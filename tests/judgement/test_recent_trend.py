"""Fingertips' recent trend as a judgement: its own published cases, each a label or a refusal."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kcc_lib.errors import KccError
from kcc_lib.measures import Break
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, Frequency, PeriodType, Polarity, Statistic

from .builders import judged, judged_together, labels_from, measure, reasons, series

CASES = Path(__file__).parent / "cases"
POINTS = pd.read_csv(CASES / "recent_trend_points.csv")
MARKERS = pd.read_csv(CASES / "recent_trend_markers.csv", keep_default_na=False)
SIGNS = pd.read_csv(CASES / "recent_trend_polarity.csv")
#: Chi-squared of one degree of freedom at 99.8%, as the service has it.
SIGNIFICANT = 9.549536
POLARITY = {
    "": Polarity.NONE,
    "no judgement": Polarity.NONE,
    "high is good": Polarity.HIGHER,
    "low is good": Polarity.LOWER,
}
#: Fingertips' markers in our words.
LABEL = {
    "increasing": "Increasing",
    "no_change": "No significant change",
    "cannot_be_calculated": "Not judged",
    "increasing_getting_better": "Improving",
    "increasing_getting_worse": "Not Improving",
    "decreasing_getting_better": "Improving",
    "decreasing_getting_worse": "Not Improving",
}
KIND = {
    "proportion": {"statistic": Statistic.PROPORTION, "unit": "%"},
    "crude rate": {"statistic": Statistic.RATE, "multiplier": 100_000.0},
    "directly standardised rate": {"statistic": Statistic.RATE, "standardised": True},
    "indirectly standardised proportion": {"statistic": Statistic.INDEX},
}
#: Why a case is refused; the service gives a marker only.
REFUSED = {
    "open_prop_set2": "count_is_whole",
    "open_year_range_3": "periods_not_covered",
    "EmergencyReadmissions": "statistic_not_covered",
    "Under75CancerMortality_4pts": "too_few_points",
}
#: Without intervals the service skips every point; we work the intervals out from the counts.
FROM_COUNTS = "GpRegisteredPopulationOver65"


def published(case):
    """One of the service's cases as a series and its measure."""
    rows = POINTS[POINTS["case"] == case]
    told = MARKERS[MARKERS["case"] == case].iloc[0]
    years = [str(y) for y in rows["year"]]
    kind = PeriodType.CALENDAR_YEAR
    if told["year_range"] == 3:
        years, kind = [f"{y - 2} to {y}" for y in rows["year"]], PeriodType.POOLED_YEARS
    frame = series(
        rows["value"], measure=case, periods=years, numerator=rows["count"],
        denominator=rows["denominator"], lower_ci=rows["lower"], upper_ci=rows["upper"],
    )  # fmt: skip
    record = measure(
        case, period_type=kind, polarity=POLARITY[told["polarity"]], **KIND[told["value_type"]]
    )
    return frame, record


@pytest.fixture(scope="module")
def judgements():
    pairs = [published(case) for case in MARKERS["case"]]
    return judged_together(pairs, horizon="long-term", method="recent-trend")


@pytest.mark.parametrize(
    "told", MARKERS[MARKERS["case"] != FROM_COUNTS].to_dict("records"), ids=lambda t: t["case"]
)
def test_a_published_case_has_the_services_marker(told, judgements):
    assert judgements[told["case"]]["label"] == LABEL[told["marker"]]


@pytest.mark.parametrize(("case", "reason"), REFUSED.items())
def test_a_published_refusal_has_its_reason(case, reason, judgements):
    row = judgements[case]

    assert reason in reasons(row)
    assert (row["basis"], row["loo_stable"]) == ("none", "")
    assert np.isnan([row["statistic"], row["p_value"], row["change"]]).all()


def test_the_chi_squared_is_the_services_to_its_two_decimals(judgements):
    assert round(judgements["open_set1"]["statistic"], 2) == 46.77


def test_without_intervals_the_trend_rests_on_those_of_the_counts(judgements):
    """Wilson's limits by hand: the trend is theirs, where the service says nothing."""
    rows = POINTS[POINTS["case"] == FROM_COUNTS]
    x, n, z2 = rows["count"].to_numpy(), rows["denominator"].to_numpy(), 1.959963984540054**2
    width = 2 * np.sqrt(z2 * (z2 + 4 * x * (1 - x / n))) / (2 * (n + z2)) * 100
    weights = (3.92 / width) ** 2
    t = np.arange(1.0, 6.0)
    slope = np.polyfit(t, rows["value"], 1, w=np.sqrt(weights))[0]
    centre = (weights * t).sum() / weights.sum()

    row = judgements[FROM_COUNTS]

    assert row["change"] == pytest.approx(slope)
    assert row["statistic"] == pytest.approx(slope**2 * (weights * (t - centre) ** 2).sum())
    assert row["label"] == "Increasing"


@pytest.mark.parametrize("told", SIGNS.to_dict("records"), ids=lambda t: t["expected"])
def test_polarity_colours_the_movement_as_the_service_does(told):
    values = {
        "increasing": [10, 11, 12, 13, 14.5],
        "decreasing": [14, 13, 12, 11, 9.5],
        "no_change": [12, 13, 12, 13, 12],
        "cannot_be_calculated": [10, 11, 12, 13],
    }[told["trend"]]

    row = trend(values, polarity=POLARITY[told["polarity"]])

    words = LABEL[told["expected"]]
    if words == "No significant change" and told["polarity"] != "no judgement":
        words = "Maintaining"
    assert row["label"] == words


def trend(values, *, half=0.5, periods=None, **told):
    """The judgement of values with intervals of one half-width."""
    values = np.asarray(values, dtype=float)
    frame = series(values, periods=periods, lower_ci=values - half, upper_ci=values + half)
    record = measure(**{"statistic": Statistic.PROPORTION, "unit": "%"} | told)
    return judged(frame, record, method="recent-trend")


def test_the_slope_must_be_significant_at_99_8_per_cent():
    """t = 1 to 5 with equal weights: chi² is 10 b² / SE², and SE is the width over 3.92."""
    slope = 0.1
    edge = np.sqrt(10 * slope**2 / SIGNIFICANT) * 3.92 / 2
    values = 50 + slope * np.arange(5)

    just, not_quite = trend(values, half=edge * (1 - 1e-9)), trend(values, half=edge * (1 + 1e-6))

    assert (just["label"], not_quite["label"]) == ("Improving", "Maintaining")
    assert just["statistic"] == pytest.approx(SIGNIFICANT)


def test_no_one_point_may_make_the_direction():
    row = trend([10, 9.9, 9.8, 9.7, 14])

    assert row["statistic"] > SIGNIFICANT
    assert (row["label"], row["loo_stable"]) == ("Maintaining", "no")


def test_a_level_fit_without_one_point_counts_as_a_rise():
    row = trend([10, 10, 10, 10, 14])

    assert (row["label"], row["loo_stable"]) == ("Improving", "yes")


def test_only_the_last_five_points_are_used():
    whole, last = trend([90, 20, 10, 11, 12, 13, 14.5]), trend([10, 11, 12, 13, 14.5])

    assert whole["statistic"] == last["statistic"]
    assert (whole["n_points"], whole["period_from"]) == (5, "2016")


def test_time_is_numbered_by_point_as_the_service_does():
    gap = trend([10, 11, np.nan, 12, 13, 14.5])

    assert gap["change"] == pytest.approx(trend([10, 11, 12, 13, 14.5])["change"])


@pytest.mark.parametrize(
    ("statistic", "covered"),
    [
        *((s, s in {Statistic.PROPORTION, Statistic.RATE}) for s in Statistic),
        (None, False),
    ],
)
def test_proportions_and_rates_are_covered_and_nothing_else(statistic, covered):
    row = trend([10, 11, 12, 13, 14.5], statistic=statistic)

    assert (row["label"] != "Not judged") == covered
    assert ("statistic_not_covered" in reasons(row)) == (not covered)


@pytest.mark.parametrize(
    ("first", "months", "frequency", "kind"),
    [
        ("2018-19 Q1", 3, Frequency.QUARTERLY, PeriodType.FINANCIAL_QUARTER),
        ("Mar 2018", 1, Frequency.MONTHLY, PeriodType.MONTH),
        ("2012 to 2014", 12, Frequency.YEARLY, PeriodType.POOLED_YEARS),
        ("12 months to Mar 2018", 3, Frequency.QUARTERLY, PeriodType.ROLLING_YEAR),
    ],
)
def test_only_single_years_are_covered(first, months, frequency, kind):
    row = trend([10, 11, 12, 13, 14.5], periods=labels_from(first, 5, months=months),
                frequency=frequency, period_type=kind)  # fmt: skip

    assert row["label"] == "Not judged"
    assert "periods_not_covered" in reasons(row)


def test_a_hard_break_leaves_too_few_points():
    cut = Break(parse_period("2016"), BreakGrade.HARD, "new method")

    row = trend([10, 11, 12, 13, 14.5], breaks=(cut,))

    assert row["label"] == "Not judged"
    assert {"too_few_points", "break_hard"} <= reasons(row)


def test_a_missing_value_is_left_out_and_an_older_point_not_taken_twice():
    row = trend([10, 11, 12, np.nan, 14.5])

    assert (row["label"], row["n_points"]) == ("Not judged", 4)


def test_a_rate_of_unstated_multiplier_is_not_given_an_error_of_per_one():
    counts = {"numerator": [600, 610, 605, 615, 620], "denominator": [100_000] * 5}
    frame = series([6.0, 6.1, 6.05, 6.15, 6.2], **counts)
    known = measure(statistic=Statistic.RATE, multiplier=1000.0)

    row = judged(frame, measure(statistic=Statistic.RATE), method="recent-trend")

    assert judged(frame, known, method="recent-trend")["label"] == "Maintaining"
    assert row["label"] in {"Maintaining", "Not judged"}


def test_an_interval_of_99_8_per_cent_is_not_taken_for_one_of_95():
    values = 50 + 0.1 * np.arange(5)
    frame = series(values, lower_ci=values - 0.3, upper_ci=values + 0.3, confidence=[99.8] * 5)
    record = measure(statistic=Statistic.PROPORTION, unit="%")

    row = judged(frame, record, method="recent-trend")

    assert row["statistic"] == pytest.approx(
        10 * 0.1**2 / (0.3 / 3.0902323061678132) ** 2, rel=1e-3
    )


@pytest.mark.parametrize("option", [{"alpha": 0.05}, {"min_points": 3}, {"shown": 4}])
def test_the_services_own_numbers_are_no_options(option):
    with pytest.raises(KccError, match=f"recent-trend does not heed {next(iter(option))}"):
        judged(series([10, 11, 12, 13, 14.5]), method="recent-trend", options=option)

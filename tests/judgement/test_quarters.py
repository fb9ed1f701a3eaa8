"""The quarterly reports' directions: regression-2020, and last-quarter-2017 before it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.judgement.assess import assess
from kcc_lib.measures import Break
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, Frequency, PeriodType, Polarity

from .builders import judged, labels_from, many_series, measure, reasons, series

QUARTERLY = {"frequency": Frequency.QUARTERLY, "period_type": PeriodType.FINANCIAL_QUARTER}
FIRST = "2020-21 Q1"


def by_quarter(values, *, method="regression-2020", options=None, first=FIRST, flags=None, **told):
    values = np.asarray(values, dtype=float)
    periods = labels_from(first, len(values), months=3)
    columns = {} if flags is None else {"flags": flags}
    frame = series(values, periods=periods, **columns)
    record = measure(**QUARTERLY | told)
    return judged(frame, record, horizon="quarter", method=method, options=options)


# regression-2020

RISING = [61.0, 62.1, 62.0, 63.4, 63.2, 64.9]
LEVEL = [61.0, 62.1, 60.3, 61.4, 62.2, 60.9]


def test_quarters_are_judged_by_those_that_are_shown_a_blank_one_among_them():
    values = [40.0, 60, 60.5, np.nan, 61.2, 61.4, 62]

    row = by_quarter(values, options={"shown": 6}, first="2023-24 Q1")

    assert (row["period_from"], row["n_points"]) == ("2023-24 Q2", 5)


def test_the_slope_is_tested_by_least_squares_over_all_points_shown():
    row = by_quarter(RISING)

    expected = stats.linregress(np.arange(6) / 4, RISING)
    assert row["basis"] == "ols_t"
    assert row["change"] == pytest.approx(expected.slope)
    assert row["se"] == pytest.approx(expected.stderr)
    assert row["p_value"] == pytest.approx(expected.pvalue)
    assert (row["df"], row["n_points"]) == (4, 6)


@pytest.mark.parametrize(
    ("values", "polarity", "direction", "label"),
    [
        (RISING, Polarity.HIGHER, "improving", "Improving"),
        (RISING, Polarity.LOWER, "worsening", "Not Improving"),
        (RISING[::-1], Polarity.LOWER, "improving", "Improving"),
        (RISING[::-1], Polarity.HIGHER, "worsening", "Not Improving"),
        (LEVEL, Polarity.HIGHER, "stable", "Maintaining"),
        (RISING, Polarity.NONE, "N/A", "Increasing"),
        (RISING, None, "N/A", "Increasing"),
        (LEVEL, None, "N/A", "No significant change"),
    ],
)
def test_the_direction_is_in_the_reports_words(values, polarity, direction, label):
    row = by_quarter(values, polarity=polarity)

    assert (row["direction"], row["label"]) == (direction, label)


def test_five_points_are_enough_and_four_are_not():
    five, four = by_quarter(RISING[:5]), by_quarter(RISING[:4])

    assert five["direction"] in {"improving", "stable"}
    assert (four["direction"], four["label"], four["basis"]) == ("N/A", "Not judged", "none")
    assert "too_few_points" in reasons(four)


def test_a_missing_quarter_stays_a_gap():
    row = by_quarter([61.0, 62.1, np.nan, 63.4, 63.2, 64.9])

    times, values = np.array([0, 1, 3, 4, 5]) / 4, [61.0, 62.1, 63.4, 63.2, 64.9]
    assert row["change"] == pytest.approx(stats.linregress(times, values).slope)


def test_only_the_latest_points_shown_are_fitted():
    row = by_quarter([90.0, 80.0, *RISING], options={"shown": "6"})

    assert row["n_points"] == 6
    assert row["p_value"] == pytest.approx(by_quarter(RISING)["p_value"])


def test_points_before_a_hard_break_are_not_fitted():
    cut = Break(parse_period("2020-21 Q3"), BreakGrade.HARD, "new form")

    row = by_quarter([90.0, 80.0, *RISING], breaks=(cut,))

    assert (row["period_from"], row["n_points"]) == ("2020-21 Q3", 6)
    assert row["p_value"] == pytest.approx(by_quarter(RISING)["p_value"])


def test_a_constant_series_is_stable():
    row = by_quarter([80.0] * 6)

    assert (row["direction"], row["change"]) == ("stable", 0)
    assert "constant" in reasons(row)


# Rolling years


def by_rolling_year(values, **told):
    periods = labels_from("12 months to Jun 2018", len(values), months=3)
    record = measure(frequency=Frequency.QUARTERLY, period_type=PeriodType.ROLLING_YEAR, **told)
    frame = series(values, periods=periods)
    return judged(frame, record, horizon="quarter", method="regression-2020")


def test_rolling_years_that_share_data_are_judged_without_a_p_value():
    row = by_rolling_year(RISING)

    assert row["direction"] == "improving"
    assert "overlapping_periods" in reasons(row)
    numbers = ["p_value", "statistic", "ci_low", "ci_high", "kendall_p", "q_value"]
    assert np.isnan(row[numbers].astype(float)).all()


def test_where_enough_rolling_years_share_no_data_only_they_are_fitted():
    rng = np.random.default_rng(4)
    values = 60 + np.arange(17) / 4 + rng.normal(0, 0.2, 17)  # the last of each fourth: 0, 4 … 16

    row = by_rolling_year(values)

    expected = stats.linregress(np.arange(5), values[::4])
    assert row["n_points"] == 5
    assert row["p_value"] == pytest.approx(expected.pvalue)
    assert "points_apart" in reasons(row)
    assert "overlapping_periods" not in reasons(row)


def test_sixteen_rolling_quarters_hold_four_years_apart_and_all_are_fitted():
    row = by_rolling_year(60 + np.arange(16) / 4 + np.tile([0, 0.3], 8))

    assert row["n_points"] == 16
    assert {"overlapping_periods"} <= reasons(row)


# Seasons


def test_fewer_than_twelve_quarters_cannot_tell_a_season_from_a_trend():
    assert "seasonality_unchecked" in reasons(by_quarter(RISING))
    assert "seasonality_unchecked" in reasons(by_quarter([*RISING, *RISING][:11]))
    assert "seasonality_unchecked" not in reasons(by_quarter([*RISING, *RISING]))


def test_a_rolling_year_has_no_season():
    assert "seasonality_unchecked" not in reasons(by_rolling_year(RISING))


def seasonal_p(values, seasons=4):
    """Hirsch and Slack's seasonal Kendall test by hand: S and its variance, season by season."""
    score = variance = 0.0
    for season in range(seasons):
        own = [v for v in values[season::seasons] if not np.isnan(v)]
        n = len(own)
        score += sum(np.sign(own[j] - own[i]) for i in range(n) for j in range(i + 1, n))
        variance += n * (n - 1) * (2 * n + 5) / 18
    z = (score - np.sign(score)) / np.sqrt(variance)
    return 2 * stats.norm.sf(abs(z))


#: A rise of the year under a large season: least squares sees none, season by season all rise.
UNDER_SEASONS = np.tile([0.0, 8.0, 3.0, -6.0], 4) + np.arange(16) * 0.3
#: Three years with no trend in any season but noise.
NO_TREND = [3.0, 7.0, 5.0, 1.0, 2.6, 7.9, 5.5, 0.8, 3.3, 7.2, 4.9, 1.1]


@pytest.mark.parametrize("values", [UNDER_SEASONS, NO_TREND])
def test_from_twelve_quarters_a_test_that_allows_for_seasons_is_set_beside(values):
    row = by_quarter(values)

    differs = (seasonal_p(values) < 0.05) != (row["p_value"] < 0.05)
    assert ("seasonal_test_disagrees" in reasons(row)) == differs


def test_a_rise_hidden_by_its_season_is_said():
    assert "seasonal_test_disagrees" in reasons(by_quarter(UNDER_SEASONS))
    assert "seasonal_test_disagrees" not in reasons(by_quarter(NO_TREND))


def test_a_missing_quarter_does_not_move_the_seasons():
    values = UNDER_SEASONS.copy()
    values[5] = np.nan

    row = by_quarter(values)

    assert seasonal_p(values) < 0.05 < row["p_value"]
    assert "seasonal_test_disagrees" in reasons(row)


# last-quarter-2017


def last(values, decimals=None, **told):
    return by_quarter(values, method="last-quarter-2017", decimals=decimals, **told)


@pytest.mark.parametrize(
    ("start", "end", "decimals", "higher", "lower"),
    [
        (76.0, 77.0, 0, "improved", "worsened"),
        (77.0, 76.0, 0, "worsened", "improved"),
        (76.6, 77.4, 0, "same", "same"),
        (76.4, 76.6, 0, "improved", "worsened"),
        (76.61, 76.64, 1, "same", "same"),
        (76.61, 76.64, 2, "improved", "worsened"),
        (76.61, 76.64, None, "improved", "worsened"),
        (76.61, 76.61, None, "same", "same"),
        (0.1 + 0.2, 0.3, None, "same", "same"),
        (1234.0, 1211.0, -2, "same", "same"),
    ],
)
def test_the_direction_is_the_sign_of_the_change_as_printed(start, end, decimals, higher, lower):
    up = last([70, start, end], decimals, polarity=Polarity.HIGHER)
    down = last([70, start, end], decimals, polarity=Polarity.LOWER)

    assert (up["direction"], down["direction"]) == (higher, lower)
    assert (up["basis"], up["horizon"], up["n_points"]) == ("last_period_sign", "quarter", 2)
    assert up["change"] == pytest.approx(end - start)


@given(st.floats(-200, 200), st.floats(-1, 1), st.integers(0, 3))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_same_is_what_prints_the_same(start, step, decimals):
    end = start + step

    row = last([start, end], decimals)

    shown = [float(f"{v:.{decimals}f}") for v in (start, end)]
    expected = "same" if shown[0] == shown[1] else "improved" if end > start else "worsened"
    assert row["direction"] == expected


@pytest.mark.parametrize("decimals", [0, 2])
def test_a_tie_is_rounded_as_it_is_printed(decimals):
    ties = [0.5, 1.5, 2.5, 2.675, 1.005, 0.125, 0.285]
    quarters = labels_from(FIRST, 2, months=3)
    frame = many_series(
        [("m", str(v), [float(f"{v:.{decimals}f}"), v], quarters, {}) for v in ties]
    )

    found = assess(
        frame, {"m": measure(decimals=decimals, **QUARTERLY)}, method="last-quarter-2017"
    )

    assert dict(zip(found["area"], found["direction"], strict=True)) == {
        str(v): "same" for v in ties
    }


def test_a_change_that_printing_hides_is_said():
    assert "within_rounding" in reasons(last([76.6, 77.4], 0))
    assert "within_rounding" not in reasons(last([76.0, 76.0], 0))
    assert "within_rounding" not in reasons(last([76.0, 79.0], 0))


@pytest.mark.parametrize("polarity", [Polarity.NONE, None])
def test_without_a_polarity_only_the_movement_is_given(polarity):
    row = last([76, 77], polarity=polarity)

    assert (row["direction"], row["label"]) == ("N/A", "Increasing")


@pytest.mark.parametrize("values", [[76, np.nan, 77], [77], [np.nan, np.nan]])
def test_the_quarter_before_is_never_replaced_by_an_earlier_one(values):
    row = last(values)

    assert (row["direction"], row["label"], row["basis"]) == ("N/A", "Not judged", "none")
    assert reasons(row) & {"period_missing", "no_series"}


def test_the_last_quarter_is_not_compared_across_a_hard_break():
    cut = Break(parse_period("2020-21 Q3"), BreakGrade.HARD, "new form")

    row = last([60, 61, 62], breaks=(cut,))

    assert row["label"] == "Not judged"
    assert "break_hard" in reasons(row)


def test_a_yearly_measure_is_compared_with_the_year_before():
    row = judged(series([60, 61]), measure(), horizon="quarter", method="last-quarter-2017")

    assert (row["period_from"], row["direction"]) == ("2014", "improved")


def test_figures_named_by_their_quarter_that_cover_a_year_each_share_data():
    quarters = [
        f"20{y}-{y + 1} Q{q}" for y, q in ((23, 2), (23, 3), (23, 4), (24, 1), (24, 2), (24, 3))
    ]
    frame = series([60, 62, 63, 66, 67, 70], periods=quarters)
    plain = measure(frequency=Frequency.QUARTERLY, period_type=PeriodType.FINANCIAL_QUARTER)
    rolling = replace(plain, rolling=True)

    alone, shared = (
        assess(frame, {"m": record}, method="regression-2020").iloc[0]
        for record in (plain, rolling)
    )

    assert "overlapping_periods" not in alone["reasons"].split()
    assert "overlapping_periods" in shared["reasons"].split()
    assert (alone["direction"], shared["direction"]) == ("improving", "improving")
    assert np.isnan(shared["p_value"])
    assert not np.isnan(alone["p_value"])

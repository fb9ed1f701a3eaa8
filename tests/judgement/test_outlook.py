"""Year-end outlook: six quarters, no shared data, and what a target then looks like."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from kcc_lib.judgement.outlook import OUTLOOK_COLUMNS, look_ahead
from kcc_lib.judgement.series import arrange
from kcc_lib.vocabulary import Frequency, PeriodType, Polarity, Statistic

from .builders import measure, series

QUARTERS = ["2023-24 Q2", "2023-24 Q3", "2023-24 Q4", "2024-25 Q1", "2024-25 Q2", "2024-25 Q3"]
RISING = [60.0, 62.5, 63.0, 66.0, 66.5, 69.0]
YEAR_END = date(2025, 3, 31)


def outlook(values=RISING, *, target=70.0, periods=QUARTERS, kind=PeriodType.FINANCIAL_QUARTER,
            polarity=Polarity.HIGHER, unit="%", statistic=None):  # fmt: skip
    record = measure(
        polarity=polarity, unit=unit, statistic=statistic, frequency=Frequency.QUARTERLY,
        period_type=kind,
    )  # fmt: skip
    frame = series(values, periods=periods[: len(values)])
    targets = pd.DataFrame([{"measure": "m", "target": target, "floor": np.nan}])
    arranged = arrange(frame, {"m": record}, targets=targets)
    return look_ahead(arranged, {"m": record}, YEAR_END).iloc[0]


def test_the_columns_are_those_stated():
    assert tuple(outlook().index) == OUTLOOK_COLUMNS


def test_the_line_is_continued_to_the_last_quarter_of_the_year():
    x = np.arange(6) / 4
    told = sm.OLS(RISING, sm.add_constant(x)).fit().get_prediction([1.0, 1.5]).summary_frame(0.2)

    row = outlook()

    assert row["value"] == pytest.approx(told["mean"].iloc[0])
    assert row["low"] == pytest.approx(told["obs_ci_lower"].iloc[0])
    assert row["high"] == pytest.approx(told["obs_ci_upper"].iloc[0])
    half = (row["high"] - row["low"]) / 2
    se = half / stats.t.ppf(0.9, 4)
    assert row["chance"] == pytest.approx(stats.t.sf((70 - row["value"]) / se, 4))


def test_where_lower_is_better_the_chance_is_of_being_at_or_below_the_target():
    higher, lower = outlook()["chance"], outlook(polarity=Polarity.LOWER)["chance"]

    assert lower == pytest.approx(1 - higher)


def test_five_quarters_give_no_outlook():
    row = outlook(RISING[:5])

    assert np.isnan(row["value"])
    assert row["reasons"] == "too_few_points"


def test_rolling_years_give_no_outlook():
    ends = ["Sep 2023", "Dec 2023", "Mar 2024", "Jun 2024", "Sep 2024", "Dec 2024"]
    row = outlook(periods=[f"12 months to {e}" for e in ends], kind=PeriodType.ROLLING_YEAR)

    assert np.isnan([row["value"], row["chance"]]).all()
    assert row["reasons"] == "overlapping_periods"


def test_a_year_that_is_over_has_no_outlook():
    quarters = [*QUARTERS[1:], "2024-25 Q4"]

    assert outlook(periods=quarters)["reasons"] == "year_is_over"


def test_a_percentage_never_leads_beyond_100():
    row = outlook([90.0, 93.0, 94.0, 97.0, 98.0, 99.8], target=100)

    assert row["high"] == 100


def test_without_a_target_there_is_an_outlook_and_no_chance():
    row = outlook(target=float("nan"))

    assert not np.isnan(row["value"])
    assert np.isnan(row["chance"])


def test_a_straight_line_shows_no_scatter_and_gives_no_outlook():
    row = outlook([7.1, 7.2, 7.3, 7.4, 7.5, 7.6])

    assert np.isnan(row["value"])
    assert row["reasons"] == "perfect_fit"


def test_a_count_never_leads_below_nought():
    row = outlook([90, 70, 52, 30, 14, 1], target=5, unit="", statistic=Statistic.COUNT)

    assert row["low"] == 0


def test_a_ratio_never_leads_below_nought():
    row = outlook([9.0, 7.1, 5.2, 3.0, 1.4, 0.1], target=5, unit="", statistic=Statistic.RATIO)

    assert row["low"] == 0


def test_a_gap_may_lead_below_nought_but_to_no_more_than_the_whole():
    below = outlook([-2.0, -3.5, -4.0, -6.5, -7.0, -9.0], unit="percentage points",
                    statistic=Statistic.GAP)  # fmt: skip
    steep = outlook([-50.0, -61.0, -69.0, -80.0, -88.0, -97.0], unit="percentage points",
                    statistic=Statistic.GAP)  # fmt: skip

    assert below["value"] < -9
    assert steep["low"] == -100

"""The Mann-Kendall tests and Theil and Sen's line."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import kendall, mann_kendall, seasonal_kendall

CASES = Path(__file__).parent / "cases"
POINTS = pd.read_csv(CASES / "mann_kendall_points.csv")
EXPECTED = pd.read_csv(CASES / "mann_kendall_expected.csv")

FIELDS = ["s", "variance", "tau", "z", "p_value", "slope", "intercept", "n"]

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
tenths = st.integers(-50, 50).map(lambda v: v / 10)
series_with_gaps = st.lists(tenths | st.just(np.nan), min_size=2, max_size=16).map(np.array)
periods = st.sampled_from([1, 2, 4])


def published(case):
    """The peer's own series: 360 months with gaps, or as many ones."""
    return np.ones(360) if case == "constant_360" else POINTS["value"].to_numpy()


# Published values


@pytest.mark.parametrize(
    "row",
    EXPECTED.to_dict("records"),
    ids=lambda row: f"{row['case']}-{row['period']}-{row['statistic']}",
)
def test_published_tests_are_reproduced(row):
    found = seasonal_kendall(published(row["case"]), row["period"])

    assert getattr(found, row["statistic"]) == pytest.approx(
        row["expected"], rel=row["rel_tolerance"]
    )


def test_the_published_series_has_seven_gaps_and_keeps_their_places():
    found = mann_kendall(published("arbitrary_1d"))

    assert found.n == 353


# Agreement with peers


@pytest.fixture(scope="module")
def drawn():
    """200 seeded series of 20 quarters, half with ties, about a fifth of points missing."""
    rng = np.random.default_rng(20191016)
    y = np.vstack([rng.normal(0, 5, (100, 20)), rng.integers(0, 9, (100, 20))])
    y[rng.random(y.shape) < 0.2] = np.nan
    return y


def test_the_line_agrees_with_theil_and_sen_of_scipy(drawn):
    found = mann_kendall(drawn)

    for at, row in enumerate(drawn):
        held = ~np.isnan(row)
        line = stats.theilslopes(row[held], np.flatnonzero(held))
        mine = (found.slope[at], found.intercept[at])
        assert mine == pytest.approx((line.slope, line.intercept), rel=1e-10, abs=1e-10)


def test_the_seasonal_slope_agrees_with_scipy():
    years = np.random.default_rng(9).normal(size=(10, 4)) + np.arange(10)[:, None] / 5

    found = seasonal_kendall(years.ravel(), 4)

    peer = stats.mstats.sen_seasonal_slopes(np.ma.masked_invalid(years))
    assert found.slope == pytest.approx(float(peer.inter_slope), rel=1e-10)


def test_s_and_tau_are_those_of_kendall(drawn):
    without_ties = drawn[:100]

    found = mann_kendall(without_ties)

    peer = kendall(np.arange(20), without_ties)
    np.testing.assert_array_equal(found.s, peer.s)
    np.testing.assert_allclose(found.tau, peer.tau, rtol=1e-12)


def test_s_and_variance_are_the_sums_of_the_seasons(drawn):
    found = seasonal_kendall(drawn, 4)

    seasons = [mann_kendall(drawn[:, start::4]) for start in range(4)]
    for name in ("s", "variance", "n"):
        each = np.array([getattr(season, name) for season in seasons])
        np.testing.assert_allclose(getattr(found, name), np.nansum(each, axis=0), rtol=1e-12)


# Properties


@repeatable
@given(y=series_with_gaps, period=periods)
def test_mirroring_the_values_turns_every_sign_and_keeps_p(y, period):
    up, down = seasonal_kendall(y, period), seasonal_kendall(-y, period)

    for name in ("s", "tau", "z", "slope", "intercept"):
        np.testing.assert_allclose(getattr(down, name), -getattr(up, name), atol=1e-12)
    np.testing.assert_array_equal(down.p_value, up.p_value)


@repeatable
@given(y=series_with_gaps, period=periods, shift=st.integers(-100, 100), stretch=st.integers(1, 9))
def test_shifting_and_stretching_moves_the_line_and_keeps_the_test(y, period, shift, stretch):
    before = seasonal_kendall(y, period)

    after = seasonal_kendall(shift + stretch * y, period)

    for name in ("s", "variance", "p_value"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    np.testing.assert_allclose(after.slope, stretch * before.slope, atol=1e-9)
    np.testing.assert_allclose(after.intercept, shift + stretch * before.intercept, atol=1e-9)


@repeatable
@given(y=series_with_gaps, period=periods, blanks=st.integers(1, 9))
def test_appended_empty_columns_change_nothing(y, period, blanks):
    longer = seasonal_kendall(np.append(y, np.full(blanks, np.nan)), period)

    plain = seasonal_kendall(y, period)
    for name in FIELDS:
        np.testing.assert_allclose(getattr(longer, name), getattr(plain, name), rtol=1e-12)


@repeatable
@given(y=series_with_gaps, period=periods)
def test_a_batch_of_one_equals_one_series(y, period):
    batch, one = seasonal_kendall(y[np.newaxis], period), seasonal_kendall(y, period)

    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


def test_the_order_of_the_series_does_not_matter(drawn):
    order = np.random.default_rng(1).permutation(len(drawn))

    shuffled, straight = seasonal_kendall(drawn[order], 4), seasonal_kendall(drawn, 4)

    for name in FIELDS:
        np.testing.assert_array_equal(getattr(shuffled, name), getattr(straight, name)[order])


@pytest.mark.parametrize("period", [1, 4])
def test_the_line_of_a_steady_rise_starts_where_the_rise_starts(period):
    y = 3 + 0.5 * np.arange(20)
    y[[0, 7]] = np.nan

    found = seasonal_kendall(y, period)

    assert (found.slope, found.intercept) == pytest.approx((0.5 * period, 3))


def test_seasons_that_differ_do_not_look_like_a_trend():
    quarters = np.tile([10.0, 40.0, 20.0, 90.0], 6)

    found = seasonal_kendall(quarters, 4)

    assert (found.s, found.z, found.p_value, found.slope) == (0, 0, 1, 0)
    assert mann_kendall(quarters).s != 0


# Edge cases


@pytest.mark.parametrize("y", [[], [3.0], [np.nan, 2.0, np.nan]], ids=["none", "one", "gaps"])
def test_fewer_than_two_points_have_no_test(y):
    found = mann_kendall(y)

    assert np.isnan([getattr(found, name) for name in FIELDS[:-1]]).all()
    assert found.n == np.count_nonzero(~np.isnan(y))


def test_without_two_years_of_any_season_there_is_no_test():
    assert np.isnan(seasonal_kendall([1.0, 2.0, 3.0, 4.0], 4).p_value)


@pytest.mark.parametrize("value", [0.0, 0.1, -3.3, 1e300], ids=str)
def test_a_constant_series_has_p_of_one(value):
    found = mann_kendall([value] * 6)

    assert (found.s, found.z, found.p_value, found.slope) == (0, 0, 1, 0)
    assert found.intercept == value


@pytest.mark.parametrize("period", [0, -4, 2.5], ids=str)
def test_a_period_that_is_no_number_of_steps_is_refused(period):
    with pytest.raises(ValueError, match="period"):
        seasonal_kendall([1.0, 2.0, 3.0], period)


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        mann_kendall([1.0, np.inf, 3.0])


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
@pytest.mark.parametrize("period", [1, 2])
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most, period):
    odd = [np.nan, 0, 0, 1, -1, 1 / most, -1 / most, most, -most]
    y = np.random.default_rng(6).choice(odd, size=(5000, 6))

    assert seasonal_kendall(y, period).p_value.shape == (5000,)

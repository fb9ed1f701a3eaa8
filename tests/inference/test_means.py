"""The interval of one mean, and Welch's comparison of two."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import mean_interval, two_means

CASES = Path(__file__).parent / "cases"
ONE_MEAN = pd.read_csv(CASES / "one_mean.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
groups = st.tuples(st.floats(-1000, 1000), st.floats(0.1, 100), st.integers(2, 500))


@pytest.mark.parametrize("row", ONE_MEAN.to_dict("records"), ids=lambda row: row["case"])
def test_published_intervals_of_one_mean_are_reproduced(row):
    """Against an exact zero, Welch's interval is the t interval of the one mean."""
    result = two_means(0, 0, 2, row["mean"], row["sd"], row["n"], confidence=row["confidence"])

    assert (result.ci_low, result.ci_high) == pytest.approx(
        (row["low"], row["high"]), rel=row["rel_tolerance"]
    )
    assert result.df == pytest.approx(row["n"] - 1)


@pytest.fixture(scope="module")
def drawn():
    """200 seeded pairs of groups: mean, standard deviation and size of each."""
    rng = np.random.default_rng(23)
    return [
        part
        for _ in range(2)
        for part in (rng.normal(50, 3, 200), rng.uniform(0.5, 9, 200), rng.integers(2, 90, 200))
    ]


def test_t_and_p_agree_with_scipy(drawn):
    m1, s1, n1, m2, s2, n2 = drawn

    result = two_means(*drawn)

    expected = stats.ttest_ind_from_stats(m2, s2, n2, m1, s1, n1, equal_var=False)
    np.testing.assert_allclose(result.t, expected.statistic, rtol=1e-10)
    np.testing.assert_allclose(result.p_value, expected.pvalue, rtol=1e-10)
    np.testing.assert_allclose(result.t * result.se, result.difference, rtol=1e-10)


@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_the_interval_agrees_with_scipy(confidence):
    rng = np.random.default_rng(29)
    before, after = rng.normal(50, 3, 12), rng.normal(54, 8, 30)

    result = two_means(
        before.mean(), before.std(ddof=1), 12, after.mean(), after.std(ddof=1), 30,
        confidence=confidence,
    )  # fmt: skip

    expected = stats.ttest_ind(after, before, equal_var=False)
    interval = expected.confidence_interval(confidence)
    assert (result.ci_low, result.ci_high) == pytest.approx(tuple(interval), rel=1e-10)
    assert result.df == pytest.approx(expected.df, rel=1e-10)


@repeatable
@given(first=groups, second=groups)
def test_swapping_the_periods_turns_every_sign(first, second):
    there, back = two_means(*first, *second), two_means(*second, *first)

    for name in ("difference", "t"):
        assert getattr(back, name) == -getattr(there, name)
    for name in ("se", "df", "p_value"):
        assert getattr(back, name) == pytest.approx(getattr(there, name))
    assert back.ci_low == pytest.approx(-there.ci_high)
    assert back.ci_high == pytest.approx(-there.ci_low)


@repeatable
@given(first=groups, second=groups, scale=st.floats(1e-3, 1e3))
def test_the_unit_of_the_values_does_not_matter(first, second, scale):
    (m1, s1, n1), (m2, s2, n2) = first, second

    rescaled = two_means(m1 * scale, s1 * scale, n1, m2 * scale, s2 * scale, n2)

    plain = two_means(*first, *second)
    for name in ("t", "df", "p_value"):
        assert getattr(rescaled, name) == pytest.approx(getattr(plain, name), rel=1e-6, abs=1e-9)


def test_equal_means_that_do_not_vary_give_p_of_one():
    result = two_means(7, 0, 10, 7, 0, 12)

    assert (result.difference, result.t, result.p_value) == (0, 0, 1)


def test_different_means_that_do_not_vary_have_no_p_value():
    result = two_means(7, 0, 10, 8, 0, 12)

    assert result.difference == 1
    assert np.isnan([result.t, result.df, result.p_value, result.ci_low, result.ci_high]).all()


@pytest.mark.parametrize("n", [1, 0, -5, np.nan], ids=str)
def test_a_group_of_fewer_than_two_has_no_test(n):
    result = two_means(7, 1, [n, 10], 8, 1, 12)

    found = np.array([result.se, result.t, result.df, result.p_value, result.ci_low])
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


def test_a_missing_mean_or_deviation_is_not_compared():
    result = two_means([np.nan, 7], [1, np.nan], 10, 8, 1, 12)

    assert np.isnan([result.t, result.p_value]).all()


def test_a_standard_deviation_below_zero_is_not_compared():
    result = two_means(7, -1, 10, 8, 1, 12)

    assert np.isnan(result.p_value)


def test_means_broadcast_to_one_shape():
    result = two_means(np.array([[1], [2], [3]]), 1, 10, [4, 5], 2, 10)

    assert {np.shape(getattr(result, name)) for name in result.__slots__} == {(3, 2)}
    one = two_means(2, 1, 10, 5, 2, 10)
    assert result.p_value[1, 1] == one.p_value
    assert {np.shape(getattr(one, name)) for name in one.__slots__} == {()}


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 0, 1, -1, 7, 1 / most, -1 / most, most, -most]
    numbers = np.random.default_rng(6).choice(odd, size=(6, 20_000))

    result = two_means(*numbers)

    assert result.p_value.shape == (20_000,)


# One mean


@pytest.mark.parametrize("row", ONE_MEAN.to_dict("records"), ids=lambda row: row["case"])
def test_published_means_are_reproduced(row):
    found = mean_interval(row["mean"], row["sd"], row["n"], confidence=row["confidence"])

    assert (found.mean, found.low, found.high) == pytest.approx(
        (row["mean"], row["low"], row["high"]), rel=row["rel_tolerance"]
    )


@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_the_interval_of_a_mean_agrees_with_scipy(confidence):
    rng = np.random.default_rng(41)
    mean, sd, n = rng.normal(50, 30, 100), rng.uniform(0.1, 9, 100), rng.integers(2, 90, 100)

    found = mean_interval(mean, sd, n, confidence=confidence)

    low, high = stats.t.interval(confidence, n - 1, loc=mean, scale=sd / np.sqrt(n))
    np.testing.assert_allclose(found.low, low, rtol=1e-10)
    np.testing.assert_allclose(found.high, high, rtol=1e-10)


@repeatable
@given(group=groups, shift=st.integers(-1000, 1000), scale=st.floats(0.1, 100))
def test_shifting_and_stretching_a_mean_moves_its_interval(group, shift, scale):
    mean, sd, n = group

    after = mean_interval(shift + scale * mean, scale * sd, n)

    plain = mean_interval(mean, sd, n)
    assert after.low == pytest.approx(shift + scale * plain.low, rel=1e-9, abs=1e-7)
    assert after.high == pytest.approx(shift + scale * plain.high, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize(
    ("sd", "n"),
    [
        pytest.param(2, 1, id="one case"),
        pytest.param(2, 0, id="nobody"),
        pytest.param(2, np.inf, id="infinitely many"),
        pytest.param(-2, 9, id="negative spread"),
        pytest.param(np.nan, 9, id="spread missing"),
        pytest.param(2, np.nan, id="size missing"),
    ],
)
def test_where_the_spread_is_not_known_a_mean_has_no_interval(sd, n):
    found = mean_interval(50, [sd, 2], [n, 9])

    assert np.isnan([found.low[0], found.high[0]]).all()
    assert found.low[1] < found.mean[1] < found.high[1]


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
def test_odd_numbers_for_one_mean_raise_no_warning(most):
    odd = [np.nan, 0, 0, 1, -1, 7, 1 / most, -1 / most, most, -most, np.inf]

    mean_interval(*np.random.default_rng(6).choice(odd, size=(3, 5000)))

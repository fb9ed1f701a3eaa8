"""Wilson's interval of a proportion, Byar's and the exact interval of a rate."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import proportion as peer

from kcc_lib.inference import byars, poisson_interval, wilson

CASES = Path(__file__).parent / "cases"
WILSON = pd.read_csv(CASES / "wilson.csv")
BYARS = pd.read_csv(CASES / "byars.csv")
POISSON = pd.read_csv(CASES / "poisson.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
shares = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
rates = st.tuples(st.integers(0, 100_000), st.floats(0.1, 1e7))


# Wilson


@pytest.mark.parametrize("row", WILSON.to_dict("records"), ids=lambda row: row["case"])
def test_published_wilson_intervals_are_reproduced(row):
    interval = wilson(row["x"], row["n"], confidence=row["confidence"])

    found = np.array([interval.proportion, interval.low, interval.high]) * row["multiplier"]
    np.testing.assert_allclose(
        found, [row["proportion"], row["low"], row["high"]], rtol=row["rel_tolerance"], atol=1e-15
    )


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.998], ids=str)
def test_wilson_agrees_with_statsmodels(confidence):
    rng = np.random.default_rng(3)
    n = rng.integers(1, 5000, 200)
    x = rng.binomial(n, rng.random(200))

    interval = wilson(x, n, confidence=confidence)

    low, high = peer.proportion_confint(x, n, 1 - confidence, method="wilson")
    np.testing.assert_allclose((interval.low, interval.high), (low, high), rtol=1e-9, atol=1e-15)


@repeatable
@given(share=shares)
def test_counting_those_without_mirrors_the_wilson_interval(share):
    x, n = share

    without = wilson(n - x, n)

    having = wilson(x, n)
    assert (without.low, without.high) == pytest.approx((1 - having.high, 1 - having.low), abs=1e-9)


@repeatable
@given(share=shares)
def test_the_wilson_interval_holds_the_proportion_within_0_and_1(share):
    interval = wilson(*share)

    rounding = 1e-12
    assert 0 <= interval.low <= interval.proportion + rounding
    assert interval.proportion - rounding <= interval.high <= 1


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998], ids=str)
def test_none_and_all_reach_to_the_ends_and_no_further(confidence):
    n = np.arange(1, 3000)

    none, everyone = wilson(0, n, confidence=confidence), wilson(n, n, confidence=confidence)

    np.testing.assert_allclose((none.low, 1 - everyone.high), 0, atol=1e-15)
    assert (none.low >= 0).all()
    assert (everyone.high <= 1).all()


@repeatable
@given(share=shares)
def test_more_confidence_widens_the_wilson_interval(share):
    narrow, wide = wilson(*share), wilson(*share, confidence=0.998)

    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize(
    ("x", "n"),
    [
        pytest.param(np.nan, 10, id="numerator missing"),
        pytest.param(5, np.nan, id="denominator missing"),
        pytest.param(0, 0, id="of nobody"),
        pytest.param(11, 10, id="more than all"),
        pytest.param(-1, 10, id="less than none"),
        pytest.param(-1, -10, id="of fewer than nobody"),
    ],
)
def test_an_impossible_or_missing_proportion_has_no_interval(x, n):
    interval = wilson([x, 5], [n, 10])

    found = np.array([interval.proportion, interval.low, interval.high])
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


# Byar


@pytest.mark.parametrize("row", BYARS.to_dict("records"), ids=lambda row: row["case"])
def test_published_intervals_of_a_rate_are_reproduced(row):
    interval = byars(row["count"], row["base"], row["multiplier"], confidence=row["confidence"])

    found = [interval.rate, interval.low, interval.high]
    np.testing.assert_allclose(
        found, [row["rate"], row["low"], row["high"]], rtol=row["rel_tolerance"]
    )


@pytest.mark.parametrize("count", [0, 1, 4, 9], ids="{} events".format)
@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_below_ten_events_the_interval_is_exact(count, confidence):
    interval = byars(count, 1, confidence=confidence)

    tail = (1 - confidence) / 2
    if count:
        assert stats.poisson.sf(count - 1, interval.low) == pytest.approx(tail)
    else:
        assert interval.low == 0
    assert stats.poisson.cdf(count, interval.high) == pytest.approx(tail)


def test_from_ten_events_the_interval_is_byars():
    interval = byars(10, 1)

    assert interval.low == pytest.approx(10 * (1 - 1 / 90 - 1.959964 / (3 * 10**0.5)) ** 3)
    assert interval.high == pytest.approx(11 * (1 - 1 / 99 + 1.959964 / (3 * 11**0.5)) ** 3)


@repeatable
@given(rate=rates)
def test_the_interval_of_a_rate_holds_the_rate(rate):
    interval = byars(*rate)

    assert 0 <= interval.low <= interval.rate < interval.high


@repeatable
@given(rate=rates)
def test_more_confidence_widens_the_interval_of_a_rate(rate):
    narrow, wide = byars(*rate), byars(*rate, confidence=0.998)

    assert wide.low <= narrow.low
    assert wide.high > narrow.high


@repeatable
@given(rate=rates, multiplier=st.sampled_from([100, 1000, 100_000]))
def test_the_multiplier_scales_rate_and_interval_alike(rate, multiplier):
    scaled = byars(*rate, multiplier)

    plain = byars(*rate)
    assert (scaled.rate, scaled.low, scaled.high) == pytest.approx(
        (plain.rate * multiplier, plain.low * multiplier, plain.high * multiplier)
    )


@pytest.mark.parametrize(
    ("count", "base"),
    [
        pytest.param(np.nan, 10, id="count missing"),
        pytest.param(5, np.nan, id="base missing"),
        pytest.param(5, 0, id="of nobody"),
        pytest.param(-1, 10, id="less than none"),
        pytest.param(5, -10, id="of fewer than nobody"),
    ],
)
@pytest.mark.parametrize("function", [byars, poisson_interval], ids=lambda f: f.__name__)
def test_an_impossible_or_missing_rate_has_no_interval(function, count, base):
    interval = function([count, 5], [base, 10])

    found = np.array([interval.rate, interval.low, interval.high])
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


# Exact Poisson


@pytest.mark.parametrize("row", POISSON.to_dict("records"), ids=lambda row: row["field"])
def test_published_exact_limits_are_reproduced(row):
    found = poisson_interval(row["count"], row["base"], confidence=row["confidence"])

    assert getattr(found, row["field"]) == pytest.approx(row["expected"], rel=row["rel_tolerance"])
    assert found.rate == row["count"] / row["base"]


@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_exact_limits_agree_with_the_chi_squared_of_scipy(confidence):
    count = np.random.default_rng(43).integers(0, 3000, 200)
    tail = (1 - confidence) / 2

    found = poisson_interval(count, 50, 1000, confidence=confidence)

    low = np.where(count > 0, stats.chi2.ppf(tail, np.maximum(2 * count, 1)) / 2, 0)
    high = stats.chi2.isf(tail, 2 * count + 2) / 2
    np.testing.assert_allclose(found.low, low / 50 * 1000, rtol=1e-10)
    np.testing.assert_allclose(found.high, high / 50 * 1000, rtol=1e-10)


@repeatable
@given(rate=rates)
def test_exact_limits_are_byars_below_ten_events_and_close_to_them_above(rate):
    exact, approximate = poisson_interval(*rate), byars(*rate)

    tolerance = {"rel": 1e-12} if rate[0] < 10 else {"rel": 2e-3}
    assert exact.low == pytest.approx(approximate.low, **tolerance)
    assert exact.high == pytest.approx(approximate.high, **tolerance)


# All


@pytest.mark.parametrize("function", [wilson, byars, poisson_interval], ids=lambda f: f.__name__)
def test_intervals_broadcast_to_one_shape(function):
    interval = function(np.array([[1], [2], [3]]), [10, 20])

    assert {np.shape(getattr(interval, name)) for name in interval.__slots__} == {(3, 2)}
    one = function(2, 20)
    assert interval.low[1, 1] == one.low
    assert {np.shape(getattr(one, name)) for name in one.__slots__} == {()}


@pytest.mark.parametrize("function", [wilson, byars, poisson_interval], ids=lambda f: f.__name__)
@pytest.mark.parametrize("confidence", [0, 1, 95, -0.95, np.nan], ids=str)
def test_a_confidence_that_is_not_a_share_is_refused(function, confidence):
    with pytest.raises(ValueError, match=r"write 0\.95 for 95%"):
        function(5, 10, confidence=confidence)


@pytest.mark.parametrize("function", [wilson, byars, poisson_interval], ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(function, most):
    odd = [np.nan, 0, 1, -1, 7, 1 / most, -1 / most, most, -most]

    interval = function(*np.meshgrid(odd, odd))

    assert interval.low.shape == (9, 9)

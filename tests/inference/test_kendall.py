"""Rank correlation with time: exact without ties, tie-corrected with them."""

import time
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import kendall

CASES = Path(__file__).parent / "cases"
PUBLISHED = pd.read_csv(CASES / "kendall.csv")

FIELDS = ["s", "tau", "p_value", "exact", "n"]
YEARS = np.arange(2014.25, 2024)

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
tenths = st.integers(-20, 20).map(lambda v: v / 10)
series_with_gaps = st.lists(tenths | st.just(np.nan), min_size=2, max_size=10).map(np.array)


def assert_same(one, other):
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


# Published values


@pytest.mark.parametrize("row", PUBLISHED.to_dict("records"), ids=lambda row: row["case"])
def test_published_exact_tests_are_reproduced(row):
    x, y = (np.array(row[name].split(";"), dtype=float) for name in "xy")

    found = kendall(x, y)

    assert (found.tau, found.p_value) == pytest.approx(
        (row["tau"], row["p_value"]), rel=row["rel_tolerance"], abs=1e-10
    )
    assert found.exact


# Agreement with peers


@pytest.fixture(scope="module")
def drawn():
    """400 seeded series of 12 years, half of them with ties, about a fifth of points missing."""
    rng = np.random.default_rng(20191016)
    y = np.vstack([rng.normal(0, 5, (200, 12)), rng.integers(0, 6, (200, 12))])
    y[rng.random(y.shape) < 0.2] = np.nan
    return np.arange(2010.5, 2022), y


def test_tau_and_p_agree_with_scipy_exact_or_tie_corrected(drawn):
    x, y = drawn

    found = kendall(x, y)

    expected = []
    for row in y:
        held = row[~np.isnan(row)]
        tied = len(set(held)) < held.size
        method = "asymptotic" if tied else "exact"
        expected.append((*stats.kendalltau(x[~np.isnan(row)], held, method=method), not tied))
    tau, p_value, exact = zip(*expected, strict=True)
    np.testing.assert_allclose(found.tau, tau, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.p_value, p_value, rtol=1e-10)
    np.testing.assert_array_equal(found.exact, exact)


def test_ties_in_time_and_in_value_agree_with_scipy():
    drawn = np.random.default_rng(7).integers(0, 4, (200, 2, 8)).astype(float)
    x, y = drawn[:, 0], drawn[:, 1]

    found = kendall(x, y)

    peers = [stats.kendalltau(*pair, method="asymptotic") for pair in drawn]
    np.testing.assert_allclose(found.tau, [p.statistic for p in peers], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.p_value, [p.pvalue for p in peers], rtol=1e-10)


@pytest.mark.parametrize(("points", "exact"), [(33, True), (60, True), (61, False)])
def test_up_to_sixty_points_are_counted_out(points, exact):
    y = np.random.default_rng(8).normal(size=points) + np.arange(points) / 30

    found = kendall(np.arange(points), y)

    peer = stats.kendalltau(np.arange(points), y, method="exact" if exact else "asymptotic")
    assert found.exact == exact
    assert found.p_value == pytest.approx(peer.pvalue, rel=1e-10)


@pytest.mark.parametrize("points", [2, 3, 4, 5, 6])
def test_the_exact_p_is_the_share_of_orders_at_least_as_far_from_none(points):
    orders = np.array(list(permutations(range(points))), dtype=float)

    found = kendall(np.arange(points), orders)

    share = [(np.abs(found.s) >= abs(s)).mean() for s in found.s]
    np.testing.assert_allclose(found.p_value, share, rtol=1e-12)


@pytest.mark.parametrize(("points", "least"), [(4, 2 / 24), (5, 2 / 120)])
def test_a_straight_rise_reaches_five_percent_only_from_five_points(points, least):
    assert kendall(np.arange(points), np.arange(points)).p_value == pytest.approx(least)


# Properties


@repeatable
@given(y=series_with_gaps)
def test_mirroring_the_values_or_time_turns_s_and_tau_and_keeps_p(y):
    x = YEARS[: y.size]
    up = kendall(x, y)

    for down in (kendall(x, -y), kendall(-x, y)):
        np.testing.assert_array_equal(-down.s, up.s)
        np.testing.assert_array_equal(-down.tau, up.tau)
        np.testing.assert_array_equal(down.p_value, up.p_value)


@repeatable
@given(y=series_with_gaps)
def test_only_the_order_of_the_values_matters(y):
    x = YEARS[: y.size]

    assert_same(kendall(np.exp(x - 2014), 7 + np.exp(3 * y)), kendall(x, y))


@repeatable
@given(y=series_with_gaps, data=st.data())
def test_the_order_of_the_points_does_not_matter(y, data):
    x, order = YEARS[: y.size], data.draw(st.permutations(range(y.size)))

    assert_same(kendall(x[order], y[order]), kendall(x, y))


@repeatable
@given(y=series_with_gaps, blanks=st.integers(1, 20))
def test_appended_empty_columns_change_nothing(y, blanks):
    longer = kendall(np.arange(y.size + blanks), np.append(y, np.full(blanks, np.nan)))

    assert_same(longer, kendall(np.arange(y.size), y))


@repeatable
@given(y=series_with_gaps)
def test_a_batch_of_one_equals_one_series(y):
    batch, one = kendall(YEARS[: y.size], y[np.newaxis]), kendall(YEARS[: y.size], y)

    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


def test_the_order_of_the_series_does_not_matter(drawn):
    x, y = drawn
    order = np.random.default_rng(1).permutation(len(y))

    shuffled, straight = kendall(x, y[order]), kendall(x, y)

    for name in FIELDS:
        np.testing.assert_array_equal(getattr(shuffled, name), getattr(straight, name)[order])


# Edge cases


@pytest.mark.parametrize("y", [[], [3.0], [np.nan, 2.0, np.nan]], ids=["none", "one", "gaps"])
def test_fewer_than_two_points_have_no_correlation(y):
    found = kendall(np.arange(len(y)), y)

    assert np.isnan([found.s, found.tau, found.p_value]).all()
    assert not found.exact
    assert found.n == np.count_nonzero(~np.isnan(y))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        pytest.param([1, 2, 3], [5, 5, 5], id="values"),
        pytest.param([1, 1, 1], [5, 6, 7], id="times"),
        pytest.param([1, 2], [5, 5], id="two values"),
    ],
)
def test_where_all_are_equal_there_is_no_correlation(x, y):
    found = kendall(x, y)

    assert found.s == 0
    assert np.isnan([found.tau, found.p_value]).all()


def test_a_point_without_a_time_is_left_out():
    assert_same(kendall([1, np.nan, 3, 4], [1, 50, 2, 5]), kendall([1, 3, 4], [1, 2, 5]))


@pytest.mark.parametrize("where", ["values", "times"])
def test_an_infinite_number_is_refused(where):
    given_numbers = {"times": [1.0, 2.0, 3.0], "values": [1.0, 2.0, 4.0]}
    given_numbers[where][1] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        kendall(given_numbers["times"], given_numbers["values"])


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 0, 1, -1, 1 / most, -1 / most, most, -most]
    x, y = np.random.default_rng(6).choice(odd, size=(2, 5000, 4))

    assert kendall(x, y).p_value.shape == (5000,)


def test_fifty_thousand_series_take_no_loop_over_series():
    y = np.random.default_rng(3).normal(size=(50_000, 5))
    start = time.perf_counter()

    kendall(np.arange(5), y)

    assert time.perf_counter() - start < 2

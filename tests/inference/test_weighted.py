"""Fingertips' recent trend: weighted lines and Cochran and Armitage's test."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from kcc_lib.inference import cochran_armitage, leave_one_out, linear_trend, weighted_trend

CASES = Path(__file__).parent / "cases"
POINTS = pd.read_csv(CASES / "recent_trend_points.csv")
EXPECTED = pd.read_csv(CASES / "recent_trend_expected.csv", keep_default_na=False)
JUDGED = EXPECTED[EXPECTED["refused_by"] == ""]

#: Chi-squared at 99.8%, as the service has it
SIGNIFICANT = 9.54953570608324
FIELDS = ["slope", "chi_squared", "p_value", "same_sign", "n"]

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
tenths = st.integers(-1000, 1000).map(lambda v: v / 10)
points = st.lists(
    st.tuples(tenths | st.just(np.nan), st.integers(1, 90).map(lambda v: v / 10)),
    min_size=2,
    max_size=9,
).map(lambda pairs: np.array(pairs).T)
counts = st.lists(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=9,
).map(lambda pairs: np.array(pairs, dtype=float).T)


def fitted(case, test):
    """The case's trend, errors taken from the intervals as the service takes them."""
    rows = POINTS[POINTS["case"] == case]
    if test == "counts":
        return cochran_armitage(rows["count"], rows["denominator"])
    return weighted_trend(rows["value"], (rows["upper"] - rows["lower"]) / 3.92)


def assert_same(one, other, **tolerance):
    for name in FIELDS:
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), err_msg=name, **tolerance
        )


# Published values


@pytest.mark.parametrize("row", JUDGED.to_dict("records"), ids=lambda row: row["case"])
def test_published_recent_trends_are_reproduced(row):
    found = fitted(row["case"], row["test"])

    moved = np.sign(found.slope) if found.chi_squared > SIGNIFICANT and found.same_sign else 0
    assert moved == int(row["moved"])
    if row["chi_squared"]:
        assert round(float(found.chi_squared), int(row["decimals"])) == float(row["chi_squared"])


@pytest.mark.parametrize(
    ("case", "test", "n"),
    [
        pytest.param("next_GpRegisteredPopulationOver65", "weighted", 0, id="no errors"),
        pytest.param("next_Under75CancerMortality_4pts", "weighted", 4, id="four points"),
    ],
)
def test_what_the_publisher_refuses_for_want_of_points_shows_in_n(case, test, n):
    assert fitted(case, test).n == n


def test_what_the_publisher_refuses_because_all_were_counted_has_no_slope():
    found = fitted("open_prop_set2", "counts")

    assert np.isnan(found.slope)
    assert not found.same_sign


def test_every_published_case_is_reproduced_or_refused_for_a_reason():
    assert set(EXPECTED["case"]) == set(POINTS["case"])
    assert len(JUDGED) == 7


# Agreement with peers


@pytest.fixture(scope="module")
def drawn():
    """200 seeded series of 9 points with errors, about a fifth of points missing."""
    rng = np.random.default_rng(20191016)
    y, se = 60 + rng.normal(0, 5, (200, 9)), rng.uniform(0.2, 4, (200, 9))
    y[rng.random(y.shape) < 0.2] = np.nan
    return y, se


def weighted_fit(y, se):
    """The peer's fit of what is held, time counted afresh and errors taken as known."""
    held = ~np.isnan(y)
    time = sm.add_constant(np.arange(held.sum(), dtype=float))
    return sm.WLS(y[held], time, weights=se[held] ** -2.0).fit(cov_type="fixed scale")


def test_the_weighted_slope_and_p_agree_with_statsmodels(drawn):
    found = weighted_trend(*drawn)

    fits = [weighted_fit(*pair) for pair in zip(*drawn, strict=True)]
    np.testing.assert_allclose(found.slope, [fit.params[1] for fit in fits], rtol=1e-10, atol=1e-13)
    z2 = [(fit.params[1] / fit.bse[1]) ** 2 for fit in fits]
    np.testing.assert_allclose(found.chi_squared, z2, rtol=1e-10)
    np.testing.assert_allclose(found.p_value, [fit.pvalues[1] for fit in fits], rtol=1e-10)


def test_one_sign_is_what_refitting_without_each_point_says(drawn):
    found = weighted_trend(*drawn)

    expected = []
    for y, se in zip(*drawn, strict=True):
        held = np.flatnonzero(~np.isnan(y))
        # The points keep their times when one of them is left out
        times = np.arange(held.size, dtype=float)
        keeps = [np.arange(held.size) != out for out in range(-1, held.size)]
        slopes = np.array([
            sm.WLS(y[held][k], sm.add_constant(times[k]), weights=se[held][k] ** -2.0)
            .fit()
            .params[1]
            for k in keeps
        ])  # fmt: skip
        expected.append((slopes >= 0).all() or (slopes < 0).all())
    np.testing.assert_array_equal(found.same_sign, expected)
    assert {True, False} == set(expected)


def test_equal_errors_give_the_least_squares_slope(drawn):
    full = np.nan_to_num(drawn[0], nan=60.0)

    found = weighted_trend(full, 0.7)

    times = np.arange(9)
    np.testing.assert_allclose(found.slope, linear_trend(times, full).slope, rtol=1e-9, atol=1e-12)
    peer = leave_one_out(times, full, zero_counts_as_plus=True)
    np.testing.assert_array_equal(found.same_sign, peer.same_sign)


def test_cochran_armitage_agrees_with_statsmodels():
    rng = np.random.default_rng(12)
    n = rng.integers(20, 400, (100, 6))
    x = rng.binomial(n, rng.uniform(0.1, 0.9, (100, 1)))

    found = cochran_armitage(x, n)

    peers = [
        Table(np.array([a, b - a]), shift_zeros=False).test_ordinal_association(
            np.array([1, 0]), np.arange(6)
        )
        for a, b in zip(x, n, strict=True)
    ]
    # The peer divides by n - 1 where the publisher, Cochran and Armitage divide by n
    total = n.sum(axis=1)
    z2 = np.array([peer.zscore**2 for peer in peers]) * total / (total - 1)
    np.testing.assert_allclose(found.chi_squared, z2, rtol=1e-9)


def test_the_slope_of_proportions_is_that_of_their_log_odds():
    x, n = np.array([10.0, 12.0, np.nan, 20.0, 31.0]), np.full(5, 100.0)

    found = cochran_armitage(x, n)

    held = np.array([10, 12, 20, 31]) / 100
    logits = np.log(held / (1 - held))
    assert found.slope == pytest.approx(float(linear_trend(np.arange(4), logits).slope))
    assert found.same_sign


# One sign


@pytest.mark.parametrize(
    ("y", "same"),
    [
        pytest.param([1, 2, 3, 5, 4], True, id="rises whoever is left out"),
        pytest.param([-1, -2, -3, -5, -4], True, id="falls whoever is left out"),
        pytest.param([5, 4, 5, 4, 30], False, id="one point lifts it"),
        pytest.param([5, 5, 5, 5, 9], True, id="level without its rise"),
        pytest.param([5, 5, 5, 5, 1], False, id="level without its fall"),
        pytest.param([0.1, 0.3, 0.3, 0.1], False, id="level as a whole"),
        pytest.param([7.7] * 5, True, id="constant"),
    ],
)
def test_a_level_fit_counts_as_a_rise(y, same):
    assert weighted_trend(y, 0.3).same_sign == same


@pytest.mark.parametrize(
    "y",
    [
        pytest.param([7.7] * 5, id="constant"),
        pytest.param([0.1, 0.3, 0.3, 0.1], id="there and back"),
        pytest.param([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3], id="constant to within rounding"),
    ],
)
def test_what_is_level_has_a_slope_of_exactly_zero_and_p_of_one(y):
    found = weighted_trend(y, 0.3)

    assert (found.slope, found.chi_squared, found.p_value) == (0, 0, 1)


@pytest.mark.parametrize(
    ("last", "same"), [pytest.param(30, True, id="rise"), pytest.param(10, False, id="fall")]
)
def test_proportions_level_but_for_the_last_count_as_a_rise(last, same):
    assert cochran_armitage([20, 20, 20, 20, last], 100).same_sign == same


# Properties


@repeatable
@given(pair=points)
def test_mirroring_the_values_turns_the_slope_and_keeps_p(pair):
    up, down = weighted_trend(*pair), weighted_trend(-pair[0], pair[1])

    np.testing.assert_allclose(down.slope, -up.slope, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(down.chi_squared, up.chi_squared, rtol=1e-7, atol=1e-9)


@repeatable
@given(pair=points, shift=st.integers(-1000, 1000), scale=st.floats(0.1, 100))
def test_shifting_and_stretching_values_and_errors_keeps_chi_squared(pair, shift, scale):
    y, se = pair
    before = weighted_trend(y, se)

    after = weighted_trend(shift + scale * y, scale * se)

    np.testing.assert_allclose(after.slope, scale * before.slope, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(after.chi_squared, before.chi_squared, rtol=1e-6, atol=1e-7)


@repeatable
@given(pair=points, blanks=st.integers(1, 20))
def test_appended_empty_columns_change_nothing(pair, blanks):
    empty = np.full(blanks, np.nan)

    longer = weighted_trend(*(np.append(part, empty) for part in pair))

    assert_same(longer, weighted_trend(*pair), rtol=1e-7, atol=1e-9)


@repeatable
@given(pair=points, at=st.integers(0, 9))
def test_a_gap_closes_up(pair, at):
    y, se = pair
    place = min(at, y.size)

    gappy = weighted_trend(np.insert(y, place, np.nan), np.insert(se, place, 1.0))
    unweighed = weighted_trend(np.insert(y, place, 5.0), np.insert(se, place, np.nan))

    for found in (gappy, unweighed):
        assert_same(found, weighted_trend(y, se), rtol=1e-7, atol=1e-9)


@repeatable
@given(pair=points)
def test_a_batch_of_one_weighted_series_equals_one_series(pair):
    batch, one = weighted_trend(*(part[np.newaxis] for part in pair)), weighted_trend(*pair)

    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


@repeatable
@given(pair=counts)
def test_a_batch_of_one_series_of_proportions_equals_one_series(pair):
    batch, one = cochran_armitage(*(part[np.newaxis] for part in pair)), cochran_armitage(*pair)

    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


@repeatable
@given(pair=counts)
def test_counting_those_without_turns_the_slope_and_keeps_p(pair):
    x, n = pair
    found, turned = cochran_armitage(x, n), cochran_armitage(n - x, n)

    np.testing.assert_allclose(turned.slope, -found.slope, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(turned.chi_squared, found.chi_squared, rtol=1e-7, atol=1e-9)


@repeatable
@given(pair=counts, blanks=st.integers(1, 9))
def test_empty_columns_after_proportions_change_nothing(pair, blanks):
    longer = cochran_armitage(*(np.append(part, np.full(blanks, np.nan)) for part in pair))

    assert_same(longer, cochran_armitage(*pair), rtol=1e-7, atol=1e-9)


def test_the_order_of_the_series_does_not_matter(drawn):
    y, se = drawn
    order = np.random.default_rng(1).permutation(len(y))

    shuffled, straight = weighted_trend(y[order], se[order]), weighted_trend(y, se)

    for name in FIELDS:
        np.testing.assert_array_equal(getattr(shuffled, name), getattr(straight, name)[order])


# Edge cases


@pytest.mark.parametrize("y", [[], [3.0], [np.nan, 2.0]], ids=["none", "one", "one and a gap"])
def test_fewer_than_two_points_have_no_trend(y):
    for found in (weighted_trend(y, 1.0), cochran_armitage(y, 10.0)):
        assert np.isnan([found.slope, found.chi_squared, found.p_value]).all()
        assert not found.same_sign
        assert found.n == np.count_nonzero(~np.isnan(y))


def test_two_points_have_a_trend_but_no_one_sign():
    found = weighted_trend([1.0, 3.0], 1.0)

    assert (found.slope, found.chi_squared) == pytest.approx((2, 2))
    assert not found.same_sign


@pytest.mark.parametrize("error", [0, -1], ids=str)
def test_an_error_that_is_not_above_zero_leaves_no_trend_to_test(error):
    found = weighted_trend([[1.0, 2.0, 4.0]] * 2, [[1.0, error, 1.0], [1.0, 1.0, 1.0]])

    assert np.isnan([found.slope[0], found.chi_squared[0], found.p_value[0]]).all()
    assert found.same_sign.tolist() == [False, True]
    assert found.n[0] == 3


def test_an_error_of_a_point_without_a_value_does_not_matter():
    assert_same(weighted_trend([1.0, np.nan, 2.0], [1, 0, 1]), weighted_trend([1.0, 2.0], 1))


@pytest.mark.parametrize(
    ("x", "n"),
    [
        pytest.param([5, 12, 9], [10, 10, 10], id="more than all"),
        pytest.param([5, -1, 9], [10, 10, 10], id="less than none"),
        pytest.param([5, 0, 9], [10, 0, 10], id="of nobody"),
    ],
)
def test_an_impossible_count_leaves_no_trend_to_test(x, n):
    found = cochran_armitage(x, n)

    assert np.isnan([found.slope, found.chi_squared, found.p_value]).all()
    assert not found.same_sign


@pytest.mark.parametrize("x", [[0, 3, 5], [2, 3, 10]], ids=["none", "all"])
def test_where_none_or_all_are_counted_there_is_a_test_but_no_slope(x):
    found = cochran_armitage(x, 10)

    assert np.isnan(found.slope)
    assert not found.same_sign
    assert 0 < found.p_value < 1


@pytest.mark.parametrize("x", [0, 10], ids=["none", "all"])
def test_where_nothing_varies_there_is_no_test(x):
    assert np.isnan(cochran_armitage([x] * 5, 10).p_value)


@pytest.mark.parametrize("function", [weighted_trend, cochran_armitage])
@pytest.mark.parametrize("side", [0, 1], ids=["first", "second"])
def test_an_infinite_number_is_refused(function, side):
    given_numbers = [[1.0, 2.0, 3.0], [9.0, 9.0, 9.0]]
    given_numbers[side][1] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        function(*given_numbers)


@pytest.mark.parametrize("function", [weighted_trend, cochran_armitage])
@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(function, most):
    odd = [np.nan, 0, 0, 1, -1, 3, 1 / most, -1 / most, most, -most]
    first, second = np.random.default_rng(6).choice(odd, size=(2, 5000, 4))

    assert function(first, second).p_value.shape == (5000,)


@pytest.mark.parametrize("scale", [1e-300, 1e300], ids=str)
def test_the_unit_of_values_and_errors_does_not_change_the_test(scale):
    y, se = np.array([1.0, 2.0, 1.0, 1.5]), np.array([1.0, 0.5, 2.0, 1.0])

    found = weighted_trend(y * scale, se * scale)

    plain = weighted_trend(y, se)
    assert (found.slope / scale, found.chi_squared) == pytest.approx(
        (plain.slope, plain.chi_squared)
    )

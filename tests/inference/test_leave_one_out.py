"""The slope without each point in turn, and whether one point decides the direction."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.inference import leave_one_out, linear_trend

YEARS = np.arange(2014.25, 2024)

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
tenths = st.integers(-1000, 1000).map(lambda v: v / 10)
series = st.lists(tenths, min_size=3, max_size=10).map(np.array)
series_with_gaps = st.lists(tenths | st.just(np.nan), min_size=3, max_size=10).map(np.array)


def refitted(x, y):
    """Each slope the long way: blank the point and fit again."""
    out = np.full(y.shape, np.nan)
    for at in np.argwhere(~np.isnan(y)):
        i = tuple(at)
        others = y[i[:-1]].copy()
        others[i[-1]] = np.nan
        out[i] = linear_trend(x, others).slope
    return out


# Agreement with fitting again


def test_each_slope_is_that_of_the_series_with_the_point_blanked():
    rng = np.random.default_rng(20191016)
    y = 60 + rng.normal(0, 5, (400, 9))
    y[rng.random(y.shape) < 0.2] = np.nan
    x = np.arange(2010.5, 2019)

    found = leave_one_out(x, y)

    np.testing.assert_allclose(found.slope, refitted(x, y), rtol=1e-10, atol=1e-12)


@repeatable
@given(y=series_with_gaps)
def test_one_sign_is_what_refitting_says(y):
    x = YEARS[: y.size]

    found = leave_one_out(x, y)

    whole, without = linear_trend(x, y).slope, refitted(x, y)
    slopes = np.append(without[~np.isnan(y)], whole)
    slopes = np.where(np.abs(slopes) < 1e-10, 0, slopes)
    assert found.same_sign == ((slopes > 0).all() or (slopes < 0).all())


@pytest.mark.parametrize("far", [1e4, 1e6, 3e7, 1e9], ids=str)
def test_a_point_with_nearly_all_the_leverage_leaves_the_others_their_digits(far):
    x, y = np.array([0.0, 1.0, 2.0, 3.0, far]), np.array([1.0, 3.0, 2.0, 5.0, 9.0])

    found = leave_one_out(x, y)

    np.testing.assert_allclose(found.slope, refitted(x, y), rtol=1e-10)
    assert found.slope[4] == pytest.approx(1.1)


def test_years_near_two_thousand_lose_no_digits():
    y = [79.6, 79.4, 80.1, 80.3, 80.9]

    late = leave_one_out(1e6 + np.arange(5), y)

    np.testing.assert_allclose(late.slope, leave_one_out(np.arange(5), y).slope, rtol=1e-12)


# One sign


@pytest.mark.parametrize(
    ("y", "same"),
    [
        pytest.param([1, 2, 3, 5, 4], True, id="rises whoever is left out"),
        pytest.param([-1, -2, -3, -5, -4], True, id="falls whoever is left out"),
        pytest.param([5, 4, 5, 4, 30], False, id="one point lifts it"),
        pytest.param([5, 5, 5, 5, 9], False, id="level but for one"),
        pytest.param([1, 2, 2, 1, np.nan], False, id="level as a whole"),
        pytest.param([7, 7, 7, 7, 7], False, id="constant"),
        pytest.param([1, np.nan, 2, np.nan, 3], True, id="a line among gaps"),
    ],
)
def test_one_sign_needs_every_slope_to_agree(y, same):
    assert leave_one_out(YEARS[:5], y).same_sign == same


@pytest.mark.parametrize(
    ("y", "same"),
    [
        pytest.param([5, 5, 5, 5, 9], True, id="level but for one, above"),
        pytest.param([5, 5, 5, 5, 1], False, id="level but for one, below"),
        pytest.param([7, 7, 7, 7, 7], True, id="constant"),
        pytest.param(
            [0.3, 0.1 + 0.2, 0.3, 0.3, 9], True, id="level to within rounding but for one"
        ),
        pytest.param([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3], True, id="level to within rounding"),
        pytest.param([5, 4, 3, 2, 1], True, id="falls without doubt"),
    ],
)
def test_a_level_fit_agrees_with_a_rise_where_zero_counts_as_plus(y, same):
    assert leave_one_out(YEARS[:5], y, zero_counts_as_plus=True).same_sign == same


@pytest.mark.parametrize("value", [0.1, 79.6, -3.3, 1e9], ids=str)
def test_what_is_level_without_a_point_has_a_slope_of_exactly_zero(value):
    found = leave_one_out(2010 + np.arange(6) / 12, [value] * 5 + [value + 1])

    assert found.slope[5] == 0


# Properties


@repeatable
@given(y=series_with_gaps)
def test_mirroring_the_values_turns_every_slope(y):
    up, down = leave_one_out(YEARS[: y.size], y), leave_one_out(YEARS[: y.size], -y)

    np.testing.assert_allclose(down.slope, -up.slope, rtol=1e-9, atol=1e-9)
    assert up.same_sign == down.same_sign


@repeatable
@given(y=series, shift=st.integers(-1000, 1000), scale=st.floats(0.1, 100))
def test_shifting_and_stretching_the_values_stretches_every_slope(y, shift, scale):
    x = YEARS[: y.size]

    after = leave_one_out(x, shift + scale * y)

    before = leave_one_out(x, y)
    np.testing.assert_allclose(after.slope, scale * before.slope, rtol=1e-6, atol=1e-8)


@repeatable
@given(y=series, data=st.data())
def test_the_order_of_the_points_does_not_matter(y, data):
    x, order = YEARS[: y.size], data.draw(st.permutations(range(y.size)))

    shuffled = leave_one_out(x[order], y[order])

    straight = leave_one_out(x, y)
    np.testing.assert_allclose(shuffled.slope, straight.slope[order], rtol=1e-7, atol=1e-9)
    assert shuffled.same_sign == straight.same_sign


@repeatable
@given(y=series_with_gaps, blanks=st.integers(1, 20))
def test_appended_empty_columns_change_nothing(y, blanks):
    x = YEARS[: y.size]

    longer = leave_one_out(
        np.append(x, 2030.0 + np.arange(blanks)), np.append(y, np.full(blanks, np.nan))
    )

    plain = leave_one_out(x, y)
    np.testing.assert_allclose(longer.slope[: y.size], plain.slope, rtol=1e-7, atol=1e-9)
    assert np.isnan(longer.slope[y.size :]).all()
    assert longer.same_sign == plain.same_sign


@repeatable
@given(y=series_with_gaps)
def test_a_batch_of_one_equals_one_series(y):
    batch, one = leave_one_out(YEARS[: y.size], y[np.newaxis]), leave_one_out(YEARS[: y.size], y)

    assert (batch.slope.shape, batch.same_sign.shape) == ((1, y.size), (1,))
    assert (one.slope.shape, np.shape(one.same_sign)) == ((y.size,), ())
    np.testing.assert_array_equal(batch.slope[0], one.slope)
    assert batch.same_sign[0] == one.same_sign


# Edge cases


@pytest.mark.parametrize(
    ("x", "y"),
    [
        pytest.param([], [], id="none"),
        pytest.param([1.0], [3.0], id="one"),
        pytest.param([1.0, 2.0], [3.0, 4.0], id="two"),
        pytest.param([1.0, 2.0, 3.0], [np.nan, 2.0, 3.0], id="two and a gap"),
        pytest.param([2018.1] * 4, [1.0, 2.0, 4.0, 3.0], id="equal times"),
    ],
)
def test_where_too_little_is_left_there_is_no_slope_and_no_one_sign(x, y):
    found = leave_one_out(x, y, zero_counts_as_plus=True)

    assert np.isnan(found.slope).all()
    assert not found.same_sign


def test_without_the_only_point_at_another_time_there_is_no_slope():
    found = leave_one_out([2010.1, 2010.1, 2010.1, 2011.1], [1.0, 2.0, 3.0, 9.0])

    assert np.isnan(found.slope).tolist() == [False, False, False, True]
    assert not found.same_sign


@pytest.mark.parametrize("where", ["values", "times"])
def test_an_infinite_number_is_refused(where):
    given_numbers = {"times": [1.0, 2.0, 3.0], "values": [1.0, 2.0, 4.0]}
    given_numbers[where][1] = -np.inf

    with pytest.raises(ValueError, match="infinite"):
        leave_one_out(given_numbers["times"], given_numbers["values"])


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 0, 1, -1, 1 / most, -1 / most, most, -most]
    x, y = np.random.default_rng(6).choice(odd, size=(2, 5000, 4))

    assert leave_one_out(x, y).slope.shape == (5000, 4)


@pytest.mark.parametrize("scale", [1e-300, 1e-50, 1e50, 1e300], ids=str)
def test_the_unit_of_the_values_does_not_change_the_sign(scale):
    y = np.array([1.0, 2.0, 1.0, 1.5])

    found = leave_one_out(YEARS[:4], y * scale)

    plain = leave_one_out(YEARS[:4], y)
    np.testing.assert_allclose(found.slope / scale, plain.slope, rtol=1e-12)
    assert found.same_sign == plain.same_sign


def test_fifty_thousand_series_take_no_loop_over_series():
    y = np.random.default_rng(3).normal(size=(50_000, 5))
    start = time.perf_counter()

    leave_one_out(np.arange(5.0), y)

    assert time.perf_counter() - start < 2

"""Critical values, and the difference of two estimates of known error."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import critical_t, critical_z, two_estimates

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
estimates = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))


# Critical values


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.998], ids=str)
def test_the_critical_z_leaves_half_of_the_rest_in_each_tail(confidence):
    z = critical_z(confidence)

    assert stats.norm.sf(z) == pytest.approx((1 - confidence) / 2, rel=1e-12)


def test_the_critical_z_of_95_percent_is_the_one_in_every_book():
    assert critical_z() == pytest.approx(1.959963984540054, rel=1e-15)


@pytest.mark.parametrize(
    ("df", "expected"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (6, 2.447), (30, 2.042), (120, 1.980)],
    ids=str,
)
def test_the_critical_t_of_95_percent_is_the_one_in_every_table(df, expected):
    assert critical_t(df) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.998], ids=str)
def test_the_critical_t_agrees_with_scipy(confidence):
    df = np.array([1, 1.5, 2, 3, 10, 57.3, 1000])

    t = critical_t(df, confidence)

    np.testing.assert_allclose(t, stats.t.isf((1 - confidence) / 2, df), rtol=1e-10)


@pytest.mark.parametrize("df", [0.99, 0, -1, np.nan], ids=str)
def test_below_one_degree_of_freedom_there_is_no_critical_t(df):
    assert np.isnan(critical_t(df))


@pytest.mark.parametrize("df", [1e10, np.inf], ids=str)
def test_with_endless_freedom_t_becomes_z(df):
    assert critical_t(df) == pytest.approx(critical_z())


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, np.nan], ids=str)
def test_a_confidence_that_is_not_a_share_is_refused(confidence):
    with pytest.raises(ValueError, match=r"write 0\.95 for 95%"):
        critical_z(confidence)
    with pytest.raises(ValueError, match=r"write 0\.95 for 95%"):
        critical_t(5, confidence)


# Two estimates


def test_two_estimates_are_compared_by_hand():
    # Errors of 3 and 4 make one of 5
    result = two_estimates(100, 3, 110, 4)

    assert (result.difference, result.se, result.z) == pytest.approx((10, 5, 2))
    assert result.p_value == pytest.approx(2 * stats.norm.sf(2))
    assert result.ci_low == pytest.approx(10 - 5 * 1.959963984540054)
    assert result.ci_high == pytest.approx(10 + 5 * 1.959963984540054)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998], ids=str)
def test_p_is_the_rest_where_the_interval_just_touches_zero(confidence):
    result = two_estimates(0, 0.6, critical_z(confidence), 0.8, confidence=confidence)

    assert result.ci_low == pytest.approx(0, abs=1e-12)
    assert result.p_value == pytest.approx(1 - confidence)


@repeatable
@given(first=estimates, second=estimates)
def test_swapping_the_periods_turns_every_sign(first, second):
    there, back = two_estimates(*first, *second), two_estimates(*second, *first)

    for name in ("difference", "z"):
        assert getattr(back, name) == -getattr(there, name)
    for name in ("se", "p_value"):
        assert getattr(back, name) == pytest.approx(getattr(there, name))
    assert back.ci_low == pytest.approx(-there.ci_high)
    assert back.ci_high == pytest.approx(-there.ci_low)


@repeatable
@given(first=estimates, second=estimates, scale=st.floats(1e-3, 1e3))
def test_the_unit_of_the_values_does_not_matter(first, second, scale):
    rescaled = two_estimates(*(scale * v for v in (*first, *second)))

    plain = two_estimates(*first, *second)
    for name in ("z", "p_value"):
        assert getattr(rescaled, name) == pytest.approx(getattr(plain, name), rel=1e-6, abs=1e-9)


def test_equal_values_without_error_give_p_of_one():
    result = two_estimates(7, 0, 7, 0)

    assert (result.difference, result.z, result.p_value) == (0, 0, 1)


def test_different_values_without_error_have_no_p_value():
    result = two_estimates(7, 0, 8, 0)

    assert result.difference == 1
    assert np.isnan([result.z, result.p_value]).all()


@pytest.mark.parametrize("position", range(4), ids=["value1", "se1", "value2", "se2"])
def test_a_missing_number_is_not_compared(position):
    numbers = [100.0, 3.0, 110.0, 4.0]
    numbers[position] = np.nan

    result = two_estimates(*numbers)

    assert np.isnan([result.z, result.p_value, result.ci_low, result.ci_high]).all()


def test_an_error_below_zero_is_not_compared():
    result = two_estimates(100, -3, 110, 4)

    assert np.isnan(result.p_value)


def test_estimates_broadcast_to_one_shape():
    result = two_estimates(np.array([[1], [2], [3]]), 1, [4, 5], 2)

    assert {np.shape(getattr(result, name)) for name in result.__slots__} == {(3, 2)}
    one = two_estimates(2, 1, 5, 2)
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
    numbers = np.random.default_rng(6).choice(odd, size=(4, 20_000))

    result = two_estimates(*numbers)

    assert result.p_value.shape == (20_000,)

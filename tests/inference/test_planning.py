"""The sample size at which a change would be called."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kcc_lib.inference import sample_size_to_detect, two_proportions

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
percents = st.integers(1, 99).map(lambda v: v / 100)


def p_value_at(n: float, p1: float, p2: float) -> float:
    return float(two_proportions(p1 * n, n, p2 * n, n).p_value)


@pytest.mark.parametrize(
    ("p1", "p2", "expected"),
    [
        pytest.param(0, 1, 2, id="1.92, from none to all"),
        pytest.param(0.4, 0.6, 49, id="48.02, from 40% to 60%"),
        pytest.param(0.796, 0.846, 452, id="451.6, control over daily life"),
        pytest.param(0.737, 0.771, 1233, id="1232.7, finding information"),
        pytest.param(0.9, 0.684, 28, id="27.1, self-directed support"),
    ],
)
def test_the_size_rounds_up_to_a_whole_case(p1, p2, expected):
    assert sample_size_to_detect(p1, p2) == expected


@repeatable
@given(p1=percents, p2=percents, confidence=st.sampled_from([0.9, 0.95, 0.998]))
def test_the_size_is_the_smallest_at_which_the_test_calls_a_change(p1, p2, confidence):
    assume(p1 != p2)

    size = float(sample_size_to_detect(p1, p2, confidence=confidence))

    assert p_value_at(size, p1, p2) <= 1 - confidence
    if size > 1:
        assert p_value_at(size - 1, p1, p2) > 1 - confidence


@repeatable
@given(p1=percents, p2=percents)
def test_a_fall_needs_as_many_cases_as_the_same_rise(p1, p2):
    rise, fall = sample_size_to_detect(p1, p2), sample_size_to_detect(p2, p1)

    np.testing.assert_array_equal(rise, fall)


@pytest.mark.parametrize("p", [0, 0.3, 1], ids=str)
def test_no_size_detects_no_change(p):
    assert np.isnan(sample_size_to_detect(p, p))


def test_a_missing_proportion_has_no_size_and_shapes_broadcast():
    size = sample_size_to_detect(np.array([[0.4], [np.nan]]), [0.6, 0.4, np.nan])

    np.testing.assert_array_equal(size, [[49, np.nan, np.nan], [np.nan, np.nan, np.nan]])


def test_percentages_given_for_proportions_have_no_size():
    size = sample_size_to_detect(79.6, 84.6)

    assert np.isnan(size)


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 0.5, 1, -1, 1 / most, -1 / most, most, -most]

    size = sample_size_to_detect(*np.meshgrid(odd, odd))

    assert size.shape == (9, 9)

"""Benjamini and Hochberg's allowance for many tests."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import benjamini_hochberg

CASES = Path(__file__).parent / "cases"
PUBLISHED = pd.read_csv(CASES / "benjamini_hochberg.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


@pytest.mark.parametrize("name", PUBLISHED["set"].unique())
def test_published_q_values_are_reproduced(name):
    rows = PUBLISHED[PUBLISHED["set"] == name]

    q = benjamini_hochberg(rows["p"])

    np.testing.assert_allclose(q, rows["q"], rtol=rows["rel_tolerance"].max())


@repeatable
@given(p=p_values)
def test_q_values_agree_with_scipy(p):
    q = benjamini_hochberg(p)

    np.testing.assert_allclose(q, stats.false_discovery_control(p), rtol=1e-12)


@repeatable
@given(p=p_values, data=st.data())
def test_the_order_of_the_tests_does_not_matter(p, data):
    order = data.draw(st.permutations(range(p.size)))

    q = benjamini_hochberg(p[order])

    np.testing.assert_array_equal(q, benjamini_hochberg(p)[order])


@repeatable
@given(p=p_values)
def test_a_q_value_is_no_smaller_than_its_p_value_and_keeps_its_rank(p):
    q = benjamini_hochberg(p)

    assert (q >= p * (1 - 1e-12)).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p)]) >= 0).all()


@repeatable
@given(p=p_values, data=st.data())
def test_tests_not_made_stay_blank_and_change_no_other(p, data):
    places = data.draw(st.lists(st.integers(0, p.size), max_size=5))

    q = benjamini_hochberg(np.insert(p, places, np.nan))

    np.testing.assert_array_equal(q[~np.isnan(q)], benjamini_hochberg(p))
    np.testing.assert_array_equal(np.isnan(q), np.isnan(np.insert(p, places, np.nan)))


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param((6,), id="row"),
        pytest.param((2, 3), id="table"),
        pytest.param((3, 1, 2), id="cube"),
    ],
)
def test_the_shape_is_kept(shape):
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.5, np.nan])

    q = benjamini_hochberg(p.reshape(shape))

    expected = [0.04, np.nan, 0.16 / 3, 0.16 / 3, 0.5, np.nan]
    np.testing.assert_allclose(q, np.reshape(expected, shape))


@pytest.mark.parametrize(
    "p",
    [
        pytest.param(0.03, id="a single p-value"),
        pytest.param(np.nan, id="a single blank"),
        pytest.param([], id="nothing"),
        pytest.param([np.nan, np.nan], id="only blanks"),
        pytest.param([0.0, 0.0], id="zeros"),
        pytest.param([1.0, 1.0], id="ones"),
    ],
)
def test_where_nothing_is_to_be_allowed_for_q_is_p(p):
    q = benjamini_hochberg(p)

    np.testing.assert_array_equal(q, p)
    assert q.shape == np.shape(p)


@pytest.mark.parametrize("p", [-0.01, 1.01, np.inf, -np.inf], ids=str)
def test_what_is_not_a_probability_is_refused(p):
    with pytest.raises(ValueError, match="outside 0 to 1"):
        benjamini_hochberg([0.5, np.nan, p])


def test_the_callers_array_is_left_alone():
    p = np.array([0.04, 0.01])

    benjamini_hochberg(p)

    np.testing.assert_array_equal(p, [0.04, 0.01])


def test_missing_zero_and_tiny_p_values_raise_no_warning():
    p = np.random.default_rng(6).choice([np.nan, 0, 1, 1e-300, 5e-324], size=5000)

    q = benjamini_hochberg(p)

    assert (q[p == 1] == 1).all()

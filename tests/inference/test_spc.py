"""The XmR chart: limits, and the points that show special cause."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kcc_lib.inference import xmr

CASES = Path(__file__).parent / "cases"
LIMITS = pd.read_csv(CASES / "xmr_limits.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
# Each step one of 1 to 9 up or down, so that a series always varies
steps = st.lists(st.integers(1, 9) | st.integers(-9, -1), min_size=7, max_size=20)
series = steps.map(lambda s: np.cumsum([50.0, *s]))


@pytest.mark.parametrize("row", LIMITS.to_dict("records"), ids=lambda row: row["case"])
def test_published_limits_are_reproduced(row):
    chart = xmr([float(v) for v in row["values"].split(";")])

    assert (chart.mean, chart.lower, chart.upper) == pytest.approx(
        (row["mean"], row["lower"], row["upper"]), abs=row["abs_tolerance"]
    )


# One series for each rule, made so that no other rule marks it

RULES = {
    "a point above the upper limit": (
        [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
        {4: 1},
    ),
    "a point below the lower limit": (
        [-1, -2, -1, -2, -10, -1, -2, -1, -2, -1, -2, -1, -2, -1, -2, -1, -2, -1],
        {4: -1},
    ),
    "a point just beyond the limit": ([1, 2] * 14 + [1, 4.5] + [1, 2] * 15, {29: 1}),
    "a point just within the limit": ([1, 2] * 14 + [1, 4.35] + [1, 2] * 15, {}),
    "seven above the mean, then seven below": (
        [1, 10, 1, 10, 1, 10, 1, -1, -10, -1, -10, -1, -10, -1],
        dict.fromkeys(range(7), 1) | dict.fromkeys(range(7, 14), -1),
    ),
    "six above the mean, then six below": (
        [1, 10, 1, 10, 1, 10, -1, -10, -1, -10, -1, -10],
        {},
    ),
    "a point on the mean breaks a run": (
        [1, 10, 1, 0, 10, 1, 10, 1, -1, -10, -1, 0, -10, -1, -10, -1],
        {},
    ),
    "seven rising": (
        [5, -5, 5, -3, -2, -1, 0, 1, 2, 3, -5, 5, -5],
        dict.fromkeys(range(3, 10), 1),
    ),
    "seven falling": (
        [-5, 5, -5, 3, 2, 1, 0, -1, -2, -3, 5, -5, 5],
        dict.fromkeys(range(3, 10), -1),
    ),
    "six rising": ([5, -5, 5, -3, -2, -1, 1, 2, 3, -5, 5, -5], {}),
    "equal neighbours break a rise": (
        [5, -5, 5, -3, -2, -1, -1, 1, 1, 2, 3, -5, 5, -5],
        {},
    ),
    "a rise to the last point": (
        [5, -5, 5, -5, 5, -3, -2, -1, 0, 1, 2, 3],
        dict.fromkeys(range(5, 12), 1),
    ),
    "two of three far above, the third above": (
        [1, -1] * 10 + [5, 1, 5] + [-1, 1] * 10,
        {20: 1, 22: 1},
    ),
    "two of three far above, the third below": (
        [1, -1] * 10 + [5, -1, 5] + [-1, 1] * 10,
        {},
    ),
    "one of three far above": ([1, -1] * 10 + [1, 5, 1] + [-1, 1] * 10, {}),
    "two of the last three far above": (
        [-1, 1] * 20 + [-1, 5, 1, 5],
        {41: 1, 43: 1},
    ),
    "two of three far below, the third below": (
        [-1, 1] * 10 + [-5, -5, -1] + [1, -1] * 10,
        {20: -1, 21: -1},
    ),
}


@pytest.mark.parametrize(("values", "marked"), RULES.values(), ids=list(RULES))
def test_special_cause_is_marked_by_rule(values, marked):
    chart = xmr(values)

    expected = [marked.get(i, 0) for i in range(len(values))]
    np.testing.assert_array_equal(chart.flags, expected)


def test_a_published_rise_of_seven_is_marked():
    """NHSRplotthedots marks all seven points of the run, nhspy-plotthedots (bfdefe4a) the last."""
    chart = xmr([1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2])

    np.testing.assert_array_equal(chart.flags, [0] * 4 + [1] * 7 + [0] * 5)


def test_a_point_beyond_a_limit_outranks_the_run_it_stands_in():
    chart = xmr(range(1, 11))

    np.testing.assert_array_equal(chart.flags, [-1, -1, 1, 1, 1, 1, 1, 1, 1, 1])


def test_a_wild_moving_range_is_left_out_of_the_limits_once():
    calm, wild = [1, 2] * 6, [1, 2] * 5 + [40, 2]

    assert xmr(wild).upper - xmr(wild).mean == pytest.approx(2.66)
    assert xmr(calm).upper - xmr(calm).mean == pytest.approx(2.66)


# Properties


@repeatable
@given(y=series)
def test_mirroring_the_values_swaps_the_limits_and_turns_the_flags(y):
    chart, mirrored = xmr(y), xmr(-y)

    assert (mirrored.mean, mirrored.lower, mirrored.upper) == (
        -chart.mean,
        -chart.upper,
        -chart.lower,
    )
    np.testing.assert_array_equal(mirrored.flags, -chart.flags)


@repeatable
@given(y=series, scale=st.sampled_from([0.25, 2, 1024]))
def test_stretching_the_values_stretches_the_limits_and_keeps_the_flags(y, scale):
    chart, stretched = xmr(y), xmr(scale * y)

    assert (stretched.mean, stretched.lower, stretched.upper) == (
        scale * chart.mean,
        scale * chart.lower,
        scale * chart.upper,
    )
    np.testing.assert_array_equal(stretched.flags, chart.flags)


@repeatable
@given(y=series, data=st.data())
def test_missing_points_are_not_marked_and_change_no_other(y, data):
    places = data.draw(st.lists(st.integers(0, y.size), min_size=1, max_size=5))
    with_gaps = np.insert(y, places, np.nan)

    chart = xmr(with_gaps)

    whole = xmr(y)
    assert (chart.mean, chart.lower, chart.upper) == (whole.mean, whole.lower, whole.upper)
    np.testing.assert_array_equal(chart.flags[~np.isnan(with_gaps)], whole.flags)
    assert not chart.flags[np.isnan(with_gaps)].any()


@repeatable
@given(y=series)
def test_every_point_beyond_a_limit_is_marked_by_its_side(y):
    chart = xmr(y)
    assume(np.abs(y - chart.upper).min() > 1e-9 and np.abs(y - chart.lower).min() > 1e-9)

    assert (chart.flags[y > chart.upper] == 1).all()
    assert (chart.flags[y < chart.lower] == -1).all()


# Refusals


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="none"),
        pytest.param([1, 2, 1, 2, 1, 2, 1], id="seven"),
        pytest.param([1, 2, 1, np.nan, 2, 1, 2, 1, np.nan], id="seven among gaps"),
    ],
)
def test_fewer_than_eight_points_are_refused(values):
    with pytest.raises(ValueError, match="too few"):
        xmr(values)


def test_eight_points_are_enough():
    chart = xmr([1, 2, 1, 2, 1, 2, 1, 2])

    assert (chart.mean, chart.lower, chart.upper) == pytest.approx((1.5, -1.16, 4.16))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([5.0] * 12, id="constant"),
        pytest.param([79.6] * 12, id="constant and not a whole number"),
        pytest.param([1] * 10 + [2] * 10, id="a single step, screened out"),
    ],
)
def test_values_that_do_not_vary_from_point_to_point_are_refused(values):
    with pytest.raises(ValueError, match="do not vary"):
        xmr(values)


def test_more_than_one_series_is_refused():
    with pytest.raises(ValueError, match="one series"):
        xmr([[1, 2, 1, 2, 1, 2, 1, 2], [1, 3, 1, 3, 1, 3, 1, 3]])


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        xmr([1, 2, 1, 2, np.inf, 2, 1, 2, 1, 2])


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 1, -1, 1 / most, -1 / most, most, -most]
    table = np.random.default_rng(6).choice(odd, size=(200, 30))

    charts = [xmr(row) for row in table]

    assert {chart.flags.shape for chart in charts} == {(30,)}

"""Continuing a line: statsmodels' prediction, and what must hold of any."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import project

QUARTERS = np.arange(6) / 4


def test_value_and_interval_are_those_statsmodels_predicts():
    rng = np.random.default_rng(6)
    for _ in range(40):
        y = rng.normal(50, 3, 6)
        fit = sm.OLS(y, sm.add_constant(QUARTERS)).fit()
        told = fit.get_prediction([1.0, 1.75]).summary_frame(alpha=0.2)

        found = project(QUARTERS, y, 1.75)

        assert found.value == pytest.approx(told["mean"].iloc[0], rel=1e-10)
        assert found.low == pytest.approx(told["obs_ci_lower"].iloc[0], rel=1e-9)
        assert found.high == pytest.approx(told["obs_ci_upper"].iloc[0], rel=1e-9)


def test_the_chance_of_a_mark_is_its_tail_of_the_t_distribution():
    found = project(QUARTERS, [50, 52, 51, 54, 53, 55], 1.75)

    expected = stats.t.sf((56 - found.value) / found.se, 4)

    assert found.chance_above(56) == pytest.approx(expected, rel=1e-10)
    assert found.chance_above(found.value) == pytest.approx(0.5)


def test_missing_values_are_left_out_and_few_have_no_projection():
    whole = project(QUARTERS[:5], [50, 52, 51, 54, 53], 1.75)
    gap = project(QUARTERS, [50, 52, 51, 54, 53, np.nan], 1.75)
    few = project(QUARTERS[:2], [50, 52], 1.75)

    assert (gap.value, gap.se, gap.n) == (whole.value, whole.se, 5)
    assert np.isnan([few.value, few.low, few.high]).all()


def test_infinity_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        project(QUARTERS, [50, 52, 51, 54, 53, np.inf], 1.75)


@given(st.lists(st.floats(-1e3, 1e3), min_size=6, max_size=6), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_a_batch_has_the_answer_of_each_alone(values, other):
    rows = np.asarray([values, np.roll(values, other)])

    together = project(QUARTERS, rows, 2.0)

    alone = [project(QUARTERS, row, 2.0) for row in rows]
    assert together.value == pytest.approx([a.value for a in alone], nan_ok=True)
    assert together.se == pytest.approx([a.se for a in alone], nan_ok=True)

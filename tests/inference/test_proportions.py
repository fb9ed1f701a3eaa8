"""Two proportions, the change of a gap, and Fisher's exact test."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import proportion as peer

from kcc_lib.inference import exact_fisher, gap_change, proportion_se, two_proportions

CASES = Path(__file__).parent / "cases"
PUBLISHED = pd.read_csv(CASES / "two_proportions.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
# Cases out of a total, the total at least one
shares = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ODD = [np.nan, 0, 0, 1, -1, 7]


def draw_counts(pairs: int, size: int = 200) -> list[np.ndarray]:
    """Seeded numerators and denominators, one after the other."""
    rng = np.random.default_rng(41)
    counts = []
    for _ in range(pairs):
        n = rng.integers(20, 20000, size)
        counts += [rng.binomial(n, rng.uniform(0.05, 0.95, size)), n]
    return counts


# Two proportions


@pytest.mark.parametrize(
    "row", PUBLISHED.to_dict("records"), ids=lambda row: f"{row['case']}-{row['field']}"
)
def test_published_comparisons_of_two_proportions_are_reproduced(row):
    result = two_proportions(row["x1"], row["n1"], row["x2"], row["n2"])

    assert getattr(result, row["field"]) == pytest.approx(row["expected"], abs=row["abs_tolerance"])


def test_z_and_p_agree_with_statsmodels():
    x1, n1, x2, n2 = draw_counts(2)

    result = two_proportions(x1, n1, x2, n2)

    tests = [
        peer.proportions_ztest([b, a], [nb, na])
        for a, na, b, nb in zip(x1, n1, x2, n2, strict=True)
    ]
    z, p_value = np.transpose(tests)
    np.testing.assert_allclose(result.z, z, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(result.p_value, p_value, rtol=1e-9)
    np.testing.assert_allclose(result.se * result.z, result.difference, rtol=1e-9)


@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_the_interval_agrees_with_newcombe_of_statsmodels(confidence):
    x1, n1, x2, n2 = draw_counts(2)

    result = two_proportions(x1, n1, x2, n2, confidence=confidence)

    low, high = peer.confint_proportions_2indep(
        x2, n2, x1, n1, method="newcomb", alpha=1 - confidence
    )
    np.testing.assert_allclose((result.ci_low, result.ci_high), (low, high), rtol=1e-9, atol=1e-13)


@repeatable
@given(first=shares, second=shares)
def test_swapping_the_periods_turns_every_sign(first, second):
    there, back = two_proportions(*first, *second), two_proportions(*second, *first)

    for name in ("difference", "z"):
        assert getattr(back, name) == -getattr(there, name)
    for name in ("se", "p_value"):
        assert getattr(back, name) == getattr(there, name)
    assert back.ci_low == pytest.approx(-there.ci_high, abs=1e-15)
    assert back.ci_high == pytest.approx(-there.ci_low, abs=1e-15)


@repeatable
@given(first=shares, second=shares)
def test_counting_those_without_instead_of_those_with_turns_every_sign(first, second):
    (x1, n1), (x2, n2) = first, second

    without = two_proportions(n1 - x1, n1, n2 - x2, n2)

    having = two_proportions(x1, n1, x2, n2)
    for name in ("difference", "z"):
        assert getattr(without, name) == pytest.approx(-getattr(having, name), rel=1e-9, abs=1e-9)
    assert without.p_value == pytest.approx(having.p_value, rel=1e-9)


@repeatable
@given(first=shares, second=shares)
def test_the_interval_holds_the_difference_and_stays_within_one(first, second):
    result = two_proportions(*first, *second)

    rounding = 1e-12
    assert -1 <= result.ci_low <= result.difference + rounding
    assert result.difference - rounding <= result.ci_high <= 1


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2"),
    [
        pytest.param(0, 50, 0, 60, id="both 0%"),
        pytest.param(50, 50, 60, 60, id="both 100%"),
        pytest.param(0, 1, 0, 1, id="one case each"),
    ],
)
def test_both_at_0_or_both_at_100_percent_gives_p_of_one_and_an_interval(x1, n1, x2, n2):
    result = two_proportions(x1, n1, x2, n2)

    assert (result.difference, result.z, result.p_value) == (0, 0, 1)
    assert result.ci_low < 0 < result.ci_high


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2"),
    [
        pytest.param(0, 50, 10, 60, id="from 0%"),
        pytest.param(40, 50, 60, 60, id="to 100%"),
    ],
)
def test_one_year_at_0_or_100_percent_is_tested_as_any_other(x1, n1, x2, n2):
    result = two_proportions(x1, n1, x2, n2)

    assert 0 < result.p_value < 0.05
    assert result.ci_low > 0


@pytest.mark.parametrize(
    ("x1", "n1"),
    [
        pytest.param(np.nan, 50, id="numerator missing"),
        pytest.param(10, np.nan, id="denominator missing"),
        pytest.param(0, 0, id="of nobody"),
        pytest.param(12, 10, id="more than all"),
        pytest.param(500, 10, id="more than all of both periods"),
        pytest.param(-1, 10, id="less than none"),
        pytest.param(1, -10, id="of fewer than nobody"),
    ],
)
def test_an_impossible_or_missing_proportion_is_not_compared(x1, n1):
    result = two_proportions([x1, 20], [n1, 50], 30, 60)

    found = np.array([result.difference, result.z, result.p_value, result.ci_low, result.ci_high])
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


@pytest.mark.parametrize(("x1", "n1"), [(0, 0), (12, 10)], ids=["of nobody", "more than all"])
def test_an_impossible_proportion_has_no_standard_error(x1, n1):
    result = two_proportions(x1, n1, 30, 60)

    assert np.isnan(result.se)


def test_proportions_broadcast_to_one_shape():
    result = two_proportions(np.array([[1], [2], [3]]), 10, [4, 5], 10)

    assert {np.shape(getattr(result, name)) for name in result.__slots__} == {(3, 2)}
    one = two_proportions(2, 10, 5, 10)
    assert result.p_value[1, 1] == one.p_value
    assert {np.shape(getattr(one, name)) for name in one.__slots__} == {()}


# Change of a gap


def test_the_change_of_a_gap_agrees_with_an_interaction_of_four_cells():
    """The z of group by period in a linear model of proportions, by statsmodels."""
    counts = [62, 180, 401, 530, 97, 190, 415, 540]

    result = gap_change(*counts)

    x, n = np.reshape(counts, (4, 2)).T
    group, later = np.array([1, 0, 1, 0]), np.array([0, 0, 1, 1])
    design = np.column_stack([np.ones(4), group, later, group * later])
    weights = n / (x / n * (1 - x / n))
    model = sm.WLS(x / n, design, weights=weights).fit(cov_type="fixed scale")
    assert (result.change, result.se) == pytest.approx((model.params[3], model.bse[3]))
    assert (result.z, result.p_value) == pytest.approx((model.tvalues[3], model.pvalues[3]))


def test_a_gap_that_halves_is_worked_by_hand():
    # 0.6 - 0.2 becomes 0.5 - 0.3; the variances are 0.0024, 0.0016, 0.0025 and 0.0021
    result = gap_change(60, 100, 20, 100, 50, 100, 30, 100)

    assert result.change == pytest.approx(-0.2)
    assert result.se == pytest.approx(0.0086**0.5)
    assert result.z == pytest.approx(-0.2 / 0.0086**0.5)
    assert result.p_value == pytest.approx(2 * stats.norm.sf(0.2 / 0.0086**0.5))


@repeatable
@given(a1=shares, b1=shares, a2=shares, b2=shares)
def test_swapping_periods_or_groups_turns_the_change_of_a_gap(a1, b1, a2, b2):
    gap = gap_change(*a1, *b1, *a2, *b2)

    periods = gap_change(*a2, *b2, *a1, *b1)
    groups = gap_change(*b1, *a1, *b2, *a2)
    for other in (periods, groups):
        assert other.change == pytest.approx(-gap.change, abs=1e-12)
        assert other.se == pytest.approx(gap.se)


def test_a_gap_of_certainties_that_stays_gives_p_of_one():
    result = gap_change(10, 10, 0, 10, 20, 20, 0, 20)

    assert (result.change, result.z, result.p_value) == (0, 0, 1)


def test_a_gap_of_certainties_that_changes_has_no_p_value():
    result = gap_change(0, 10, 0, 10, 20, 20, 0, 20)

    assert result.change == 1
    assert np.isnan(result.p_value)


@pytest.mark.parametrize("cell", range(4), ids=["a1", "b1", "a2", "b2"])
@pytest.mark.parametrize(
    ("x", "n"), [(np.nan, 10), (5, np.nan), (0, 0)], ids=["no x", "no n", "of nobody"]
)
def test_a_gap_with_a_missing_cell_is_not_compared(cell, x, n):
    cells = [5, 10] * 4
    cells[2 * cell : 2 * cell + 2] = [x, n]

    result = gap_change(*cells)

    assert np.isnan([result.change, result.se, result.z, result.p_value]).all()


@pytest.mark.parametrize("x", [12, -2], ids=["more than all", "less than none"])
def test_a_gap_with_an_impossible_cell_is_not_compared(x):
    result = gap_change(x, 10, 5, 10, 5, 10, 5, 10)

    assert np.isnan([result.change, result.p_value]).all()


# Fisher's exact test


@pytest.mark.parametrize(
    ("table", "p_value"),
    [
        pytest.param((3, 4, 1, 4), 34 / 70, id="the lady tasting tea"),
        pytest.param((4, 4, 0, 4), 2 / 70, id="all told right"),
        pytest.param((0, 5, 0, 5), 1, id="none in either"),
    ],
)
def test_fishers_exact_p_is_worked_by_hand(table, p_value):
    assert exact_fisher(*table) == pytest.approx(p_value)


def test_fishers_exact_test_agrees_with_scipy():
    x1, n1, x2, n2 = (c[:40] // 500 for c in draw_counts(2))

    p_value = exact_fisher(x1, n1, x2, n2)

    tables = zip(x1, n1 - x1, x2, n2 - x2, strict=True)
    expected = [stats.fisher_exact([[a, b], [c, d]]).pvalue for a, b, c, d in tables]
    np.testing.assert_allclose(p_value, expected, rtol=1e-12)


def test_fishers_exact_test_keeps_shape_and_gaps():
    p_value = exact_fisher([[3, np.nan], [1, 3]], 4, [[1, 1], [np.nan, 1]], 4)

    np.testing.assert_allclose(p_value, [[34 / 70, np.nan], [np.nan, 34 / 70]])


@pytest.mark.parametrize("x", [12, -1], ids=["more than all", "less than none"])
def test_fishers_exact_test_of_an_impossible_proportion_is_not_made(x):
    p_value = exact_fisher(x, 10, 5, 10)

    assert np.isnan(p_value)


def test_fishers_exact_test_of_nobody_is_not_made():
    p_value = exact_fisher(0, 0, 5, 10)

    assert np.isnan(p_value)


# No warnings


@pytest.mark.parametrize("function", [two_proportions, gap_change], ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(function, most):
    arguments = 4 if function is two_proportions else 8
    odd = [*ODD, 1 / most, -1 / most, most, -most]
    numbers = np.random.default_rng(6).choice(odd, size=(arguments, 20_000))

    result = function(*numbers)

    assert result.p_value.shape == (20_000,)


# Standard error of a share


def test_the_standard_error_of_a_share_is_that_of_a_binomial():
    assert proportion_se(26, 74) == pytest.approx(np.sqrt(26 / 74 * 48 / 74 / 74))


@pytest.mark.parametrize(("x", "n"), [(0, 10), (10, 10), (0, 0), (12, 10), (np.nan, 10)])
def test_a_share_that_shows_no_spread_has_no_standard_error(x, n):
    assert np.isnan(proportion_se(x, n))

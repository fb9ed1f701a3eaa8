"""Two rates: the score test, and the exact test for few events."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats import rates as peer

from kcc_lib.inference import exact_conditional, two_rates

CASES = Path(__file__).parent / "cases"
PUBLISHED = pd.read_csv(CASES / "two_rates.csv")

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
rates = st.tuples(st.integers(0, 10_000), st.floats(1, 1e6))


def draw_rates(most: int, size: int) -> list[np.ndarray]:
    """Seeded counts, at least one event each, and their bases."""
    rng = np.random.default_rng(17)
    counts = rng.integers(1, most, (2, size))
    bases = rng.uniform(100, 200, (2, size))
    return [counts[0], bases[0], counts[1], bases[1]]


# Score test


@pytest.mark.parametrize(
    "row", PUBLISHED.to_dict("records"), ids=lambda row: f"{row['case']}-{row['field']}"
)
def test_published_comparisons_of_two_rates_are_reproduced(row):
    result = two_rates(row["count1"], row["base1"], row["count2"], row["base2"])

    assert getattr(result, row["field"]) == pytest.approx(row["expected"], rel=row["rel_tolerance"])


def test_z_p_and_ratio_agree_with_statsmodels():
    count1, base1, count2, base2 = draw_rates(1000, 200)

    result = two_rates(count1, base1, count2, base2)

    expected = peer.test_poisson_2indep(count2, base2, count1, base1, method="score")
    np.testing.assert_allclose(result.z, expected.statistic, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(result.p_value, expected.pvalue, rtol=1e-9)
    np.testing.assert_allclose(result.ratio, expected.ratio, rtol=1e-12)


@pytest.mark.parametrize("base", [1, 1000, 0.25], ids=str)
def test_two_counts_on_equal_bases_compare_by_the_root_of_their_sum(base):
    result = two_rates(40, base, 60, base)

    assert result.z == pytest.approx((60 - 40) / (60 + 40) ** 0.5)
    assert result.ratio == pytest.approx(1.5)


@repeatable
@given(first=rates, second=rates)
def test_swapping_the_periods_turns_z_and_inverts_the_ratio(first, second):
    there, back = two_rates(*first, *second), two_rates(*second, *first)

    assert back.z == pytest.approx(-there.z, rel=1e-9, abs=1e-12)
    assert back.p_value == pytest.approx(there.p_value, rel=1e-9)
    if first[0] and second[0]:
        assert back.ratio == pytest.approx(1 / there.ratio)


@repeatable
@given(first=rates, second=rates, scale=st.floats(1e-3, 1e3))
def test_the_unit_of_the_bases_does_not_matter(first, second, scale):
    (count1, base1), (count2, base2) = first, second

    rescaled = two_rates(count1, base1 * scale, count2, base2 * scale)

    plain = two_rates(count1, base1, count2, base2)
    for name in ("ratio", "z", "p_value"):
        assert getattr(rescaled, name) == pytest.approx(
            getattr(plain, name), rel=1e-9, abs=1e-9, nan_ok=True
        )


def test_no_events_in_both_periods_gives_p_of_one():
    result = two_rates(0, 1000, 0, 1200)

    assert (result.z, result.p_value) == (0, 1)
    assert np.isnan(result.ratio)


def test_a_ratio_to_no_events_is_missing_but_the_test_is_made():
    result = two_rates(0, 1000, 9, 1000)

    assert np.isnan(result.ratio)
    assert result.z == pytest.approx(3)


@pytest.mark.parametrize(
    ("count", "base"),
    [
        pytest.param(np.nan, 100, id="count missing"),
        pytest.param(5, np.nan, id="base missing"),
        pytest.param(5, 0, id="of nobody"),
        pytest.param(-1, 100, id="less than none"),
        pytest.param(5, -100, id="of fewer than nobody"),
    ],
)
def test_an_impossible_or_missing_rate_is_not_compared(count, base):
    result = two_rates([count, 5], [base, 100], 20, 100)

    found = np.array([result.ratio, result.z, result.p_value])
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()


def test_rates_broadcast_to_one_shape():
    result = two_rates(np.array([[1], [2], [3]]), 10, [4, 5], 10)

    assert {np.shape(getattr(result, name)) for name in result.__slots__} == {(3, 2)}
    one = two_rates(2, 10, 5, 10)
    assert result.p_value[1, 1] == one.p_value
    assert {np.shape(getattr(one, name)) for name in one.__slots__} == {()}


# Exact test


@pytest.mark.parametrize(
    ("counts", "bases", "p_value"),
    [
        pytest.param((0, 5), (1, 1), 2 / 2**5, id="five to none"),
        pytest.param((2, 2), (1, 1), 1, id="even"),
        pytest.param((0, 0), (1, 3), 1, id="no events"),
        pytest.param((0, 2), (3, 1), 1 / 16, id="two in a quarter of the time"),
    ],
)
def test_the_exact_p_of_few_events_is_worked_by_hand(counts, bases, p_value):
    assert exact_conditional(counts[0], bases[0], counts[1], bases[1]) == pytest.approx(p_value)


def test_the_exact_test_agrees_with_statsmodels():
    count1, base1, count2, base2 = draw_rates(15, 60)

    p_value = exact_conditional(count1, base1, count2, base2)

    expected = [
        peer.test_poisson_2indep(b, nb, a, na, method="exact-cond").pvalue
        for a, na, b, nb in zip(count1, base1, count2, base2, strict=True)
    ]
    np.testing.assert_allclose(p_value, expected, rtol=1e-9)


def test_the_exact_test_keeps_shape_and_gaps():
    p_value = exact_conditional([[0, np.nan], [0, 0]], [[1, 1], [0, 1]], 5, [[1, 1], [1, np.nan]])

    np.testing.assert_allclose(p_value, [[0.0625, np.nan], [np.nan, np.nan]])


def test_the_exact_test_of_fewer_than_no_events_is_not_made():
    p_value = exact_conditional(-1, 10, 5, 10)

    assert np.isnan(p_value)


# No warnings


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

    result = two_rates(*numbers)

    assert result.p_value.shape == (20_000,)

"""The standard-error ladder: the first test whose needs are met (METHODS 5).

Each rung is a function of the pairs that can use it; all of them at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    byars,
    critical_z,
    exact_conditional,
    exact_fisher,
    proportion_se,
    two_estimates,
    two_proportions,
    two_rates,
    wilson,
)
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]
_RESULTS = ("se", "statistic", "p_value", "ci_low", "ci_high", "low_1", "high_1", "low_2", "high_2")
#: The level that published intervals are taken to have, as their sources state.
PUBLISHED_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: when it applies, and its test."""

    applies: Callable[[pd.DataFrame], pd.Series]
    test: Callable[[pd.DataFrame, float], pd.DataFrame]


def climb(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Test every pair by its first rung.

    Returns
    -------
    frame indexed as `pairs`
        `basis`, the test's numbers in the measure's unit, each point's interval (`low_1` …
        `high_2`), and `ci_assumed`, `rebuilt`, `exact`, `still` for the reasons. `basis`
        is "none" where no rung applies.
    """
    out = pd.DataFrame(np.nan, index=pairs.index, columns=list(_RESULTS))
    out["basis"] = Basis.NONE.value
    for name in ("ci_assumed", "rebuilt", "exact", "still"):
        out[name] = False
    free = ~(pairs["missing"] | pairs["hard"])
    for rung in LADDER:
        mask = free & rung.applies(pairs)
        if mask.any():
            result = rung.test(pairs[mask], alpha)
            out.loc[mask, result.columns] = result
            free &= ~mask
    return out


def _has_interval(pairs: pd.DataFrame) -> pd.Series:
    """An interval of some width: one of none says nothing of chance."""
    wide = [pairs[f"upper_ci_{i}"] > pairs[f"lower_ci_{i}"] for i in (1, 2)]
    given = [pairs[f"lower_ci_{i}"].notna() for i in (1, 2)]
    return (wide[0] | wide[1]) & ~((given[0] & ~wide[0]) | (given[1] & ~wide[1]))


def _test_intervals(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Published intervals; where one year's is not held, the other's half-width is used."""
    half = {}
    for i in ("1", "2"):
        half[i] = ((pairs[f"upper_ci_{i}"] - pairs[f"lower_ci_{i}"]) / 2).to_numpy(np.float64)
    assumed = np.isnan(half["1"]) | np.isnan(half["2"])
    first = np.where(np.isnan(half["1"]), half["2"], half["1"])
    second = np.where(np.isnan(half["2"]), half["1"], half["2"])
    z = critical_z(PUBLISHED_CONFIDENCE)
    one, two = pairs["value_1"].to_numpy(np.float64), pairs["value_2"].to_numpy(np.float64)
    test = two_estimates(one, first / z, two, second / z, confidence=1 - alpha)
    return pd.DataFrame(
        {
            "basis": Basis.PUBLISHED_INTERVAL.value,
            "se": test.se, "statistic": test.z, "p_value": test.p_value,
            "ci_low": test.ci_low, "ci_high": test.ci_high,
            "low_1": pairs["lower_ci_1"].fillna(pairs["value_1"] - first),
            "high_1": pairs["upper_ci_1"].fillna(pairs["value_1"] + first),
            "low_2": pairs["lower_ci_2"].fillna(pairs["value_2"] - second),
            "high_2": pairs["upper_ci_2"].fillna(pairs["value_2"] + second),
            "ci_assumed": assumed,
        },
        index=pairs.index,
    )  # fmt: skip


def _is(pairs: pd.DataFrame, *statistics: Statistic) -> pd.Series:
    return pairs["statistic"].isin([str(s) for s in statistics])


def _has(pairs: pd.DataFrame, *columns: str) -> pd.Series:
    return pairs[[f"{c}_{i}" for c in columns for i in (1, 2)]].notna().all(axis=1)


def _share_columns(pairs: pd.DataFrame) -> tuple[Floats, Floats, Floats, Floats]:
    names = ("numerator_1", "denominator_1", "numerator_2", "denominator_2")
    a, na, b, nb = (pairs[n].to_numpy(np.float64) for n in names)
    return a, na, b, nb


def _test_proportions(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    return _proportion_result(pairs, _share_columns(pairs), alpha, Basis.PROPORTION)


def _test_sample_sizes(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """A percentage with its sample size: the count is worked back."""
    na, nb = (pairs[f"sample_size_{i}"].to_numpy(np.float64) for i in (1, 2))
    a = np.round(pairs["value_1"].to_numpy(np.float64) * na / 100)
    b = np.round(pairs["value_2"].to_numpy(np.float64) * nb / 100)
    result = _proportion_result(pairs, (a, na, b, nb), alpha, Basis.SAMPLE_SIZE)
    result["rebuilt"] = True
    return result


def _proportion_result(
    pairs: pd.DataFrame, counts: tuple[Floats, Floats, Floats, Floats], alpha: float, basis: Basis
) -> pd.DataFrame:
    """In the measure's unit, percent; Fisher's test where a pooled expected cell is below 5."""
    a, na, b, nb = counts
    test = two_proportions(a, na, b, nb, confidence=1 - alpha)
    pooled = (a + b) / (na + nb)
    smallest = np.minimum(pooled, 1 - pooled) * np.minimum(na, nb)
    exact = (smallest < 5) & (test.se > 0)
    p_value = test.p_value.copy()
    if exact.any():
        p_value[exact] = exact_fisher(a[exact], na[exact], b[exact], nb[exact])
    first, second = wilson(a, na), wilson(b, nb)
    return pd.DataFrame(
        {
            "basis": np.where(exact, Basis.PROPORTION_EXACT.value, basis.value),
            "se": 100 * test.se, "statistic": np.where(exact, np.nan, test.z), "p_value": p_value,
            "ci_low": 100 * test.ci_low, "ci_high": 100 * test.ci_high,
            "low_1": 100 * first.low, "high_1": 100 * first.high,
            "low_2": 100 * second.low, "high_2": 100 * second.high,
            "exact": exact, "still": test.se == 0,
        },
        index=pairs.index,
    )  # fmt: skip


def _has_gap_groups(pairs: pd.DataFrame) -> pd.Series:
    """Counts of a gap's smaller group that show a spread in both years."""
    a, na, b, nb = _share_columns(pairs)
    spread = np.isfinite(proportion_se(a, na)) & np.isfinite(proportion_se(b, nb))
    return _is(pairs, Statistic.GAP) & spread


def _test_gap_groups(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """A gap with the counts of its smaller group; the larger is taken as known without error."""
    a, na, b, nb = _share_columns(pairs)
    first, second = 100 * proportion_se(a, na), 100 * proportion_se(b, nb)
    one, two = pairs["value_1"].to_numpy(np.float64), pairs["value_2"].to_numpy(np.float64)
    test = two_estimates(one, first, two, second, confidence=1 - alpha)
    z = critical_z(PUBLISHED_CONFIDENCE)
    return pd.DataFrame(
        {
            "basis": Basis.GAP_GROUP.value,
            "se": test.se, "statistic": test.z, "p_value": test.p_value,
            "ci_low": test.ci_low, "ci_high": test.ci_high,
            "low_1": one - z * first, "high_1": one + z * first,
            "low_2": two - z * second, "high_2": two + z * second,
        },
        index=pairs.index,
    )  # fmt: skip


def _test_rates(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    counts = _share_columns(pairs)
    small = np.minimum(counts[0], counts[2]) < 10
    return _rate_result(pairs, counts, alpha, (Basis.RATE, Basis.RATE_EXACT), small)


def _test_event_counts(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Counts of events stand in the numerator; a plain value is a stock and is not tested."""
    a, b = (pairs[f"numerator_{i}"].to_numpy(np.float64) for i in (1, 2))
    ones = np.ones_like(a)
    bases = (Basis.COUNT, Basis.COUNT_EXACT)
    return _rate_result(pairs, (a, ones, b, ones), alpha, bases, a + b < 20)


def _rate_result(
    pairs: pd.DataFrame,
    counts: tuple[Floats, Floats, Floats, Floats],
    alpha: float,
    bases: tuple[Basis, Basis],
    exact: NDArray[np.bool_],
) -> pd.DataFrame:
    """Score test; exact where the counts are small. Intervals in the measure's unit."""
    a, na, b, nb = counts
    test = two_rates(a, na, b, nb)
    p_value = test.p_value.copy()
    if exact.any():
        p_value[exact] = exact_conditional(a[exact], na[exact], b[exact], nb[exact])
    change = (pairs["value_2"] - pairs["value_1"]).to_numpy(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(b > 0, pairs["value_2"] * nb / b, pairs["value_1"] * na / a)
    se = np.sqrt(a / na**2 + b / nb**2) * scale
    half = critical_z(1 - alpha) * se
    first, second = byars(a, na), byars(b, nb)
    return pd.DataFrame(
        {
            "basis": np.where(exact, bases[1].value, bases[0].value),
            "se": se, "statistic": np.where(exact, np.nan, test.z), "p_value": p_value,
            "ci_low": change - half, "ci_high": change + half,
            "low_1": first.low * scale, "high_1": first.high * scale,
            "low_2": second.low * scale, "high_2": second.high * scale,
            "exact": exact, "still": (a == 0) & (b == 0),
        },
        index=pairs.index,
    )  # fmt: skip


LADDER = (
    Rung(_has_interval, _test_intervals),
    Rung(
        lambda p: _is(p, Statistic.PROPORTION) & _has(p, "numerator", "denominator"),
        _test_proportions,
    ),
    Rung(lambda p: _is(p, Statistic.PROPORTION) & _has(p, "sample_size"), _test_sample_sizes),
    Rung(_has_gap_groups, _test_gap_groups),
    Rung(lambda p: _is(p, Statistic.COUNT) & _has(p, "numerator"), _test_event_counts),
    Rung(lambda p: _is(p, Statistic.RATE) & _has(p, "numerator", "denominator"), _test_rates),
)

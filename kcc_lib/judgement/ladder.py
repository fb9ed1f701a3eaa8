"""The standard-error ladder: the first test whose needs are met (METHODS 5).

Each rung is a function of the pairs that can use it; all of them at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kcc_lib.inference import critical_t, critical_z, rounding_se, two_sided_normal, two_sided_t
from kcc_lib.judgement import counts, estimates, groups
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Statistic

#: The numbers of a test, in the measure's unit: `next_fall` and `next_rise` are the edges
#: beyond which the next value would be told from the later one, `apart_fall` and `apart_rise`
#: those beyond which its interval would not overlap the later one's.
NUMBERS = (
    "se", "statistic", "df", "p_value", "ci_low", "ci_high", "low_1", "high_1", "low_2", "high_2",
    "next_fall", "next_rise", "apart_fall", "apart_rise",
)  # fmt: skip
#: What a reader should know of a test.
MARKS = ("ci_assumed", "rebuilt", "exact", "still", "one_group", "widened", "rounded")
Test = Callable[[pd.DataFrame, Options], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: when it applies, and its test."""

    applies: Callable[[pd.DataFrame], pd.Series]
    test: Test


@np.errstate(all="ignore")  # what cannot be is NaN, and no test
def climb(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Test every pair by its first rung.

    Returns
    -------
    frame indexed as `pairs`
        `basis`, the test's NUMBERS and its MARKS. `basis` is "none" where no rung applies.
    """
    out = pd.DataFrame(np.nan, index=pairs.index, columns=list(NUMBERS))
    out["basis"] = Basis.NONE.value
    for name in MARKS:
        out[name] = False
    free = ~(pairs["missing"] | pairs["hard"] | few_events(pairs))
    for rung in LADDER:
        mask = free & rung.applies(pairs)
        if mask.any():
            result = rung.test(pairs[mask], options)
            # what yields no p-value (more counted than there are, no spread) is no test
            result = result[result["p_value"].notna()]
            out.loc[result.index, result.columns] = result
            free = free & ~pairs.index.isin(result.index)
    return _widen_for_rounding(out, pairs, options)


def few_events(pairs: pd.DataFrame) -> pd.Series:
    """A standardised rate of fewer than ten events, whose interval is not to be relied on."""
    counted = pairs[["numerator_1", "numerator_2"]]
    return pairs["standardised"].eq(True) & (counted < 10).any(axis=1)


def _widen_for_rounding(tests: pd.DataFrame, pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Add the error of rounding to every value that its source rounds (METHODS 6)."""
    step = pairs["rounding"].to_numpy(np.float64)
    rounded = np.asarray((step > 0) & (tests["se"] > 0) & ~tests["exact"], dtype=bool)
    if not rounded.any():
        return tests
    some, own = tests[rounded], pairs[rounded]
    error = rounding_se(step[rounded])
    before = some["se"].to_numpy(np.float64)
    se = np.hypot(before, np.sqrt(2) * error)
    statistic = some["statistic"].to_numpy(np.float64) * before / se
    df = some["df"].to_numpy(np.float64)
    z = np.where(np.isnan(df), critical_z(1 - options.alpha), critical_t(df, 1 - options.alpha))
    p_value = np.where(np.isnan(df), two_sided_normal(statistic), two_sided_t(statistic, df))
    out = tests.copy()
    out.loc[rounded, ["se", "statistic", "p_value"]] = np.column_stack([se, statistic, p_value])
    out.loc[rounded, "ci_low"] = some["ci_low"] - z * (se - before)
    out.loc[rounded, "ci_high"] = some["ci_high"] + z * (se - before)
    for side, edge in ((1, "next_rise"), (-1, "next_fall"), (1, "apart_rise"), (-1, "apart_fall")):
        reach = np.abs(some[edge] - own["value_2"])
        out.loc[rounded, edge] = own["value_2"] + side * np.hypot(reach, z * np.sqrt(2) * error)
    for i in ("1", "2"):
        for side, end in ((-1, f"low_{i}"), (1, f"high_{i}")):
            arm = np.abs(some[end] - own[f"value_{i}"])
            out.loc[rounded, end] = own[f"value_{i}"] + side * np.hypot(arm, 1.96 * error)
    out.loc[rounded, "rounded"] = True
    return out


def _is(pairs: pd.DataFrame, *statistics: Statistic) -> pd.Series:
    return pairs["statistic"].isin([str(s) for s in statistics])


def _has(pairs: pd.DataFrame, *columns: str) -> pd.Series:
    return pairs[[f"{c}_{i}" for c in columns for i in (1, 2)]].notna().all(axis=1)


def _counted(*statistics: Statistic, needs: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda pairs: _is(pairs, *statistics) & _has(pairs, *needs)


_SHARE = ("numerator", "denominator")
_FOUR = (*_SHARE, "other_numerator", "other_denominator")
LADDER = (
    Rung(groups.has_rolling_parts, groups.test_rolling_parts),
    Rung(estimates.has_interval, estimates.test_intervals),
    Rung(estimates.has_error, estimates.test_errors),
    Rung(_counted(Statistic.PROPORTION, needs=_SHARE), counts.test_proportions),
    Rung(_counted(Statistic.PROPORTION, needs=("sample_size",)), counts.test_sample_sizes),
    Rung(_counted(Statistic.GAP, needs=_FOUR), groups.test_gaps),
    Rung(groups.has_gap_group, groups.test_gap_groups),
    Rung(_counted(Statistic.COUNT, needs=("numerator",)), counts.test_event_counts),
    Rung(
        lambda p: _counted(Statistic.RATE, needs=_SHARE)(p) & ~p["standardised"].eq(True),
        counts.test_rates,
    ),
    Rung(
        _counted(Statistic.MEAN, needs=("standard_deviation", "sample_size")),
        estimates.test_means,
    ),
    Rung(groups.has_ratio_counts, groups.test_ratios),
    Rung(
        _counted(Statistic.NET_BALANCE, needs=(*_SHARE, "other_numerator")),
        groups.test_net_balances,
    ),
)  # fmt: skip

"""Rungs of the ladder for differences and ratios of groups, and for averages of several years."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    critical_z,
    gap_change,
    log_ratio_se,
    net_balance_se,
    proportion_se,
    two_estimates,
)
from kcc_lib.judgement.counts import USUAL_CONFIDENCE, design_effect, share_columns
from kcc_lib.judgement.estimates import estimate_result, pair_of, values_of
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]


def test_gaps(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A gap between two groups with the counts of both."""
    own, other = share_columns(pairs), share_columns(pairs, "other_")
    test = gap_change(*own[:2], *other[:2], *own[2:], *other[2:])
    effect = np.sqrt(design_effect(pairs, options))
    errors = [
        100 * effect * np.hypot(_share_error(*own[i : i + 2]), _share_error(*other[i : i + 2]))
        for i in (0, 2)
    ]
    found = estimate_result(pairs, Basis.GAP, (errors[0], errors[1]), options, widened=effect > 1)
    plain = effect == 1  # the counts know the change better than the rounded values do
    z = np.copysign(test.z, found["statistic"])  # counts may stand the other way round
    found["statistic"] = np.where(plain, z, found["statistic"])
    found["p_value"] = np.where(plain, test.p_value, found["p_value"])
    # counts that show no change say nothing of a value that moved
    moved = (pairs["value_2"] != pairs["value_1"]) & (test.se == 0)
    found.loc[moved, "p_value"] = np.nan
    found["still"] = test.se == 0
    return found


def _share_error(x: Floats, n: Floats) -> Floats:
    """The error of a share, none where all or nobody is counted."""
    return np.nan_to_num(proportion_se(x, n))


def has_gap_group(pairs: pd.DataFrame) -> pd.Series:
    """Counts of a gap's smaller group that show a spread in both years."""
    a, na, b, nb = share_columns(pairs)
    spread = np.isfinite(proportion_se(a, na)) & np.isfinite(proportion_se(b, nb))
    return pairs["statistic"].eq(str(Statistic.GAP)) & spread


def test_gap_groups(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A gap with the counts of its smaller group; the larger is taken as known without error."""
    a, na, b, nb = share_columns(pairs)
    effect = 100 * np.sqrt(design_effect(pairs, options))
    errors = (effect * proportion_se(a, na), effect * proportion_se(b, nb))
    return estimate_result(
        pairs, Basis.GAP_GROUP, errors, options, one_group=True, widened=effect > 100
    )


def has_ratio_counts(pairs: pd.DataFrame) -> pd.Series:
    """A ratio above zero, with the events of both its parts in both years."""
    above, below = _ratio_events(pairs)
    found = np.column_stack([*above, *below, *values_of(pairs)]) > 0
    return pairs["statistic"].eq(str(Statistic.RATIO)) & np.asarray(found.all(axis=1), dtype=bool)


def _ratio_events(
    pairs: pd.DataFrame,
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """The events of a ratio's two parts: two counts, or the counts of two rates."""
    other = pair_of(pairs, "other_numerator")
    plain = pair_of(pairs, "denominator")
    below = [np.where(np.isnan(o), p, o) for o, p in zip(other, plain, strict=True)]
    return pair_of(pairs, "numerator"), (below[0], below[1])


def test_ratios(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A ratio of two counts or rates on the log scale."""
    one, two = values_of(pairs)
    above, below = _ratio_events(pairs)
    errors = [log_ratio_se(a, b) for a, b in zip(above, below, strict=True)]
    test = two_estimates(
        np.log(one), errors[0], np.log(two), errors[1], confidence=1 - options.alpha
    )
    usual = critical_z(USUAL_CONFIDENCE / 100)
    reach = np.exp(critical_z(1 - options.alpha) * np.sqrt(2) * errors[1])
    return pd.DataFrame(
        {
            "basis": Basis.RATIO.value, "se": test.se * two, "statistic": test.z,
            "p_value": test.p_value,
            "ci_low": one * np.expm1(test.ci_low), "ci_high": one * np.expm1(test.ci_high),
            "low_1": one * np.exp(-usual * errors[0]), "high_1": one * np.exp(usual * errors[0]),
            "low_2": two * np.exp(-usual * errors[1]), "high_2": two * np.exp(usual * errors[1]),
            "next_fall": two / reach, "next_rise": two * reach,
            "apart_fall": two * np.exp(-2 * usual * errors[1]),
            "apart_rise": two * np.exp(2 * usual * errors[1]),
        },
        index=pairs.index,
    )  # fmt: skip


def test_net_balances(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Those who say up less those who say down, of all who answer."""
    up, n = pair_of(pairs, "numerator"), pair_of(pairs, "denominator")
    down = pair_of(pairs, "other_numerator")
    effect = 100 * np.sqrt(design_effect(pairs, options))
    errors = [effect * net_balance_se(u / k, d / k, k) for u, d, k in zip(up, down, n, strict=True)]
    return estimate_result(
        pairs, Basis.NET_BALANCE, (errors[0], errors[1]), options, widened=effect > 100
    )


def has_rolling_parts(pairs: pd.DataFrame) -> pd.Series:
    """A pooled value and the one a year before, with the counts of the years that differ."""
    overlap = (pairs["start_month_2"] <= pairs["month_1"]) & (pairs["gap"] == 12)
    counted = pairs[["year_numerator_2", "left_numerator"]].notna().all(axis=1)
    based = (pairs[["year_denominator_2", "left_denominator"]] > 0).all(axis=1)
    kind = pairs["statistic"]
    share = kind.eq(str(Statistic.PROPORTION)) & based
    rate = kind.eq(str(Statistic.RATE)) & based & pairs["multiplier"].notna()
    return overlap & counted & (share | rate | kind.eq(str(Statistic.COUNT)))


def test_rolling_parts(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """The year that entered a pooled value against the year that left it.

    All the rest is in both values and cannot have changed; the errors are of those two
    years, each of which weighs one part in `width`.
    """
    new, n_new = (pairs[f"year_{c}_2"].to_numpy(np.float64) for c in ("numerator", "denominator"))
    old, n_old = (pairs[f"left_{c}"].to_numpy(np.float64) for c in ("numerator", "denominator"))
    width = pairs["width"].to_numpy(np.float64)
    share = pairs["statistic"].eq(str(Statistic.PROPORTION)).to_numpy(bool)
    plain = pairs["statistic"].eq(str(Statistic.COUNT)).to_numpy(bool)
    per = np.where(share, 100.0, pairs["multiplier"].to_numpy(np.float64))
    per, n_old, n_new = (np.where(plain, 1.0, v) for v in (per, n_old, n_new))
    errors = [
        per / width * np.where(share, proportion_se(x, n), np.sqrt(np.maximum(x, 0)) / n)
        for x, n in ((old, n_old), (new, n_new))
    ]
    return estimate_result(pairs, Basis.ROLLING_PARTS, (errors[0], errors[1]), options)

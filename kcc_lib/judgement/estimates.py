"""Rungs of the ladder whose evidence is an error of each value: published or worked out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    critical_t,
    critical_z,
    gap_change,
    net_balance_se,
    proportion_se,
    two_estimates,
    two_means,
)
from kcc_lib.judgement.counts import design_effect, share_columns
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]
#: The level that an interval is taken to have where its source states none, in per cent.
USUAL_CONFIDENCE = 95.0


def _values(pairs: pd.DataFrame) -> tuple[Floats, Floats]:
    return pairs["value_1"].to_numpy(np.float64), pairs["value_2"].to_numpy(np.float64)


def _pair_of(pairs: pd.DataFrame, name: str) -> tuple[Floats, Floats]:
    return pairs[f"{name}_1"].to_numpy(np.float64), pairs[f"{name}_2"].to_numpy(np.float64)


def _result(
    pairs: pd.DataFrame, basis: Basis, se: tuple[Floats, Floats], options: Options, **more: object
) -> pd.DataFrame:
    """A z-test of two values on their errors; the next value is taken to have the later's."""
    one, two = _values(pairs)
    test = two_estimates(one, se[0], two, se[1], confidence=1 - options.alpha)
    usual = critical_z(USUAL_CONFIDENCE / 100)
    reach = critical_z(1 - options.alpha) * np.sqrt(2) * se[1]
    return pd.DataFrame(
        {
            "basis": basis.value, "se": test.se, "statistic": test.z, "p_value": test.p_value,
            "ci_low": test.ci_low, "ci_high": test.ci_high,
            "low_1": one - usual * se[0], "high_1": one + usual * se[0],
            "low_2": two - usual * se[1], "high_2": two + usual * se[1],
            "next_fall": two - reach, "next_rise": two + reach,
        } | more,
        index=pairs.index,
    )  # fmt: skip


def has_interval(pairs: pd.DataFrame) -> pd.Series:
    """An interval of some width: one of none says nothing of chance."""
    wide = [pairs[f"upper_ci_{i}"] > pairs[f"lower_ci_{i}"] for i in (1, 2)]
    given = [pairs[f"lower_ci_{i}"].notna() for i in (1, 2)]
    return (wide[0] | wide[1]) & ~((given[0] & ~wide[0]) | (given[1] & ~wide[1]))


def test_intervals(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Published intervals; where one year's is not held, the other's error is used."""
    errors, halves = [], []
    for i in ("1", "2"):
        half = ((pairs[f"upper_ci_{i}"] - pairs[f"lower_ci_{i}"]) / 2).to_numpy(np.float64)
        halves.append(half)
        errors.append(half / _multiplier(pairs[f"confidence_{i}"].to_numpy(np.float64)))
    assumed = np.isnan(halves[0]) | np.isnan(halves[1])
    errors = [np.where(np.isnan(errors[i]), errors[1 - i], errors[i]) for i in (0, 1)]
    found = _result(
        pairs, Basis.PUBLISHED_INTERVAL, (errors[0], errors[1]), options, ci_assumed=assumed
    )
    for i in ("1", "2"):
        own = pairs[f"confidence_{i}"].fillna(USUAL_CONFIDENCE) == USUAL_CONFIDENCE
        found[f"low_{i}"] = pairs[f"lower_ci_{i}"].where(own).fillna(found[f"low_{i}"])
        found[f"high_{i}"] = pairs[f"upper_ci_{i}"].where(own).fillna(found[f"high_{i}"])
    return found


def _multiplier(confidence: Floats) -> Floats:
    """How many standard errors half an interval of each confidence is; a loop over levels."""
    levels = np.where(np.isnan(confidence), USUAL_CONFIDENCE, confidence)
    out = np.empty_like(levels)
    for level in np.unique(levels):
        out[levels == level] = critical_z(level / 100)
    return out


def has_error(pairs: pd.DataFrame) -> pd.Series:
    """A published standard error, or a coefficient of variation, of both values."""
    first, second = _errors(pairs)
    return pd.Series((first > 0) & (second > 0), index=pairs.index)


def test_errors(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Published standard errors; a coefficient of variation is per cent of its value."""
    return _result(pairs, Basis.PUBLISHED_INTERVAL, _errors(pairs), options)


def _errors(pairs: pd.DataFrame) -> tuple[Floats, Floats]:
    """The published standard error of each value."""
    found = [
        np.where(np.isnan(se), cv / 100 * np.abs(value), se)
        for se, cv, value in zip(
            _pair_of(pairs, "standard_error"), _pair_of(pairs, "cv"), _values(pairs), strict=True
        )
    ]
    return found[0], found[1]


def test_means(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Two means by Welch's test, on their standard deviations and numbers of cases."""
    one, two = _values(pairs)
    effect = np.sqrt(design_effect(pairs, options))
    sd, n = _pair_of(pairs, "standard_deviation"), _pair_of(pairs, "sample_size")
    test = two_means(
        one, sd[0] * effect, n[0], two, sd[1] * effect, n[1], confidence=1 - options.alpha
    )
    errors = [s * effect / np.sqrt(k) for s, k in zip(sd, n, strict=True)]
    arms = [critical_t(k - 1) * e for k, e in zip(n, errors, strict=True)]
    reach = critical_t(2 * (n[1] - 1), 1 - options.alpha) * np.sqrt(2) * errors[1]
    return pd.DataFrame(
        {
            "basis": Basis.MEAN.value, "se": test.se, "statistic": test.t, "df": test.df,
            "p_value": test.p_value, "ci_low": test.ci_low, "ci_high": test.ci_high,
            "low_1": one - arms[0], "high_1": one + arms[0],
            "low_2": two - arms[1], "high_2": two + arms[1],
            "next_fall": two - reach, "next_rise": two + reach, "widened": effect > 1,
        },
        index=pairs.index,
    )  # fmt: skip


def test_gaps(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A gap between two groups with the counts of both."""
    own, other = share_columns(pairs), share_columns(pairs, "other_")
    test = gap_change(*own[:2], *other[:2], *own[2:], *other[2:])
    effect = np.sqrt(design_effect(pairs, options))
    errors = [
        100 * effect * np.hypot(_share_error(*own[i : i + 2]), _share_error(*other[i : i + 2]))
        for i in (0, 2)
    ]
    found = _result(pairs, Basis.GAP, (errors[0], errors[1]), options, widened=effect > 1)
    plain = effect == 1  # the counts know the change better than the rounded values do
    z = np.copysign(test.z, found["statistic"])  # counts may stand the other way round
    found["statistic"] = np.where(plain, z, found["statistic"])
    found["p_value"] = np.where(plain, test.p_value, found["p_value"])
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
    return _result(pairs, Basis.GAP_GROUP, errors, options, one_group=True, widened=effect > 100)


def has_ratio_counts(pairs: pd.DataFrame) -> pd.Series:
    """A ratio above zero, with the events of both its parts in both years."""
    above, below = _ratio_events(pairs)
    found = np.column_stack([*above, *below, *_values(pairs)]) > 0
    return pairs["statistic"].eq(str(Statistic.RATIO)) & np.asarray(found.all(axis=1), dtype=bool)


def _ratio_events(
    pairs: pd.DataFrame,
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """The events of a ratio's two parts: two counts, or the counts of two rates."""
    other = _pair_of(pairs, "other_numerator")
    plain = _pair_of(pairs, "denominator")
    below = [np.where(np.isnan(o), p, o) for o, p in zip(other, plain, strict=True)]
    return _pair_of(pairs, "numerator"), (below[0], below[1])


def test_ratios(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A ratio of two counts or rates on the log scale."""
    one, two = _values(pairs)
    above, below = _ratio_events(pairs)
    errors = [np.sqrt(1 / a + 1 / b) for a, b in zip(above, below, strict=True)]
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
        },
        index=pairs.index,
    )  # fmt: skip


def test_net_balances(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Those who say up less those who say down, of all who answer."""
    up, n = _pair_of(pairs, "numerator"), _pair_of(pairs, "denominator")
    down = _pair_of(pairs, "other_numerator")
    effect = 100 * np.sqrt(design_effect(pairs, options))
    errors = [effect * net_balance_se(u / k, d / k, k) for u, d, k in zip(up, down, n, strict=True)]
    return _result(pairs, Basis.NET_BALANCE, (errors[0], errors[1]), options, widened=effect > 100)


def has_rolling_parts(pairs: pd.DataFrame) -> pd.Series:
    """A pooled value and the one a year before, with the counts of the years that differ."""
    overlap = (pairs["start_month_2"] <= pairs["month_1"]) & (pairs["gap"] == 12)
    names = ["year_numerator_2", "year_denominator_2", "left_numerator", "left_denominator"]
    kinds = [str(s) for s in (Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT)]
    parts = pairs[names].notna().all(axis=1) & (pairs[names[1::2]] > 0).all(axis=1)
    return overlap & parts & pairs["statistic"].isin(kinds)


def test_rolling_parts(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """The year that entered a pooled value against the year that left it.

    All the rest is in both values and cannot have changed; the errors are of those two
    years, each of which weighs one part in `width`.
    """
    new, n_new = (pairs[f"year_{c}_2"].to_numpy(np.float64) for c in ("numerator", "denominator"))
    old, n_old = (pairs[f"left_{c}"].to_numpy(np.float64) for c in ("numerator", "denominator"))
    width = pairs["width"].to_numpy(np.float64)
    share = pairs["statistic"].eq(str(Statistic.PROPORTION)).to_numpy(bool)
    per = np.where(share, 100.0, pairs["multiplier"].fillna(1.0).to_numpy(np.float64))
    errors = [
        per / width * np.where(share, proportion_se(x, n), np.sqrt(np.maximum(x, 0)) / n)
        for x, n in ((old, n_old), (new, n_new))
    ]
    return _result(pairs, Basis.ROLLING_PARTS, (errors[0], errors[1]), options)

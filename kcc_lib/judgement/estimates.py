"""Rungs of the ladder whose evidence is an error of each value: published or worked out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    critical_t,
    critical_z,
    two_estimates,
    two_means,
)
from kcc_lib.judgement.counts import USUAL_CONFIDENCE, design_effect
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis

Floats = NDArray[np.float64]


def values_of(pairs: pd.DataFrame) -> tuple[Floats, Floats]:
    """The earlier and the later values."""
    return pairs["value_1"].to_numpy(np.float64), pairs["value_2"].to_numpy(np.float64)


def pair_of(pairs: pd.DataFrame, name: str) -> tuple[Floats, Floats]:
    """One column of the earlier and of the later points."""
    return pairs[f"{name}_1"].to_numpy(np.float64), pairs[f"{name}_2"].to_numpy(np.float64)


def estimate_result(
    pairs: pd.DataFrame, basis: Basis, se: tuple[Floats, Floats], options: Options, **more: object
) -> pd.DataFrame:
    """A z-test of two values on their errors; the next value is taken to have the later's."""
    one, two = values_of(pairs)
    test = two_estimates(one, se[0], two, se[1], confidence=1 - options.alpha)
    usual = critical_z(USUAL_CONFIDENCE / 100)
    reach = critical_z(1 - options.alpha) * np.sqrt(2) * se[1]
    twice = 2 * usual * se[1]
    return pd.DataFrame(
        {
            "basis": basis.value, "se": test.se, "statistic": test.z, "p_value": test.p_value,
            "ci_low": test.ci_low, "ci_high": test.ci_high,
            "low_1": one - usual * se[0], "high_1": one + usual * se[0],
            "low_2": two - usual * se[1], "high_2": two + usual * se[1],
            "next_fall": two - reach, "next_rise": two + reach,
            "apart_fall": two - twice, "apart_rise": two + twice,
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
    found = estimate_result(
        pairs, Basis.PUBLISHED_INTERVAL, (errors[0], errors[1]), options, ci_assumed=assumed
    )
    for i in ("1", "2"):
        own = pairs[f"confidence_{i}"].fillna(USUAL_CONFIDENCE) == USUAL_CONFIDENCE
        found[f"low_{i}"] = pairs[f"lower_ci_{i}"].where(own).fillna(found[f"low_{i}"])
        found[f"high_{i}"] = pairs[f"upper_ci_{i}"].where(own).fillna(found[f"high_{i}"])
    two = pairs["value_2"]
    found["apart_fall"] = found["low_2"] - (found["high_2"] - two)
    found["apart_rise"] = found["high_2"] + (two - found["low_2"])
    return found


def _multiplier(confidence: Floats) -> Floats:
    """How many standard errors half an interval of each confidence is; a loop over levels."""
    levels = np.where(np.isnan(confidence), USUAL_CONFIDENCE, confidence)
    out = np.full(levels.shape, np.nan)  # what is no level of confidence makes no test
    for level in np.unique(levels[(levels > 50) & (levels < 100)]):
        out[levels == level] = critical_z(level / 100)
    return out


def has_error(pairs: pd.DataFrame) -> pd.Series:
    """A published standard error, or a coefficient of variation, of both values."""
    first, second = _errors(pairs)
    return pd.Series((first > 0) & (second > 0), index=pairs.index)


def test_errors(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Published standard errors; a coefficient of variation is per cent of its value."""
    return estimate_result(pairs, Basis.PUBLISHED_INTERVAL, _errors(pairs), options)


def _errors(pairs: pd.DataFrame) -> tuple[Floats, Floats]:
    """The published standard error of each value."""
    found = [
        np.where(np.isnan(se), cv / 100 * np.abs(value), se)
        for se, cv, value in zip(
            pair_of(pairs, "standard_error"), pair_of(pairs, "cv"), values_of(pairs), strict=True
        )
    ]
    return found[0], found[1]


def test_means(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Two means by Welch's test, on their standard deviations and numbers of cases."""
    one, two = values_of(pairs)
    effect = np.sqrt(design_effect(pairs, options))
    sd, n = pair_of(pairs, "standard_deviation"), pair_of(pairs, "sample_size")
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
            "next_fall": two - reach, "next_rise": two + reach,
            "apart_fall": two - 2 * arms[1], "apart_rise": two + 2 * arms[1],
            "widened": effect > 1,
        },
        index=pairs.index,
    )  # fmt: skip

"""Against a value taken as known: whether it lies within the area's own interval.

Fingertips compares a council with England so: the council's 95% interval against England's
value, whose own error is left out because England is so large. The standard error is the
interval's half on the side of the value compared, over 1.96, so that the test is significant
exactly where the value lies outside the interval, also where that is lopsided.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    byars,
    critical_z,
    proportion_se,
    rounding_se,
    two_estimates,
    wilson,
)
from kcc_lib.judgement.counts import USUAL_CONFIDENCE, design_effect
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]
Limits = tuple[Floats, Floats]
_CONFIDENCE = USUAL_CONFIDENCE / 100


def compare_with_known(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Test every pair whose second point has an interval, or counts that give one.

    Parameters
    ----------
    pairs
        As the ladder takes them: `_1` is the value taken as known, `_2` the area's own point.
    options
        The level of the interval of the difference, and the design effect.

    Returns
    -------
    frame indexed as `pairs`
        `basis`, the test's numbers in the measure's unit, and `rebuilt`, `widened` and
        `rounded` for the reasons. `basis` is "none" where there is no interval.
    """
    known, own = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    published = _published_error(pairs, known, own)
    low, high, rebuilt = _counted_limits(pairs)
    effect = np.sqrt(design_effect(pairs, options))
    counted = effect * _toward(known, own, low, high) / critical_z(_CONFIDENCE)
    se = np.where(np.isnan(published), counted, published)
    tested = np.isfinite(se)
    from_counts = tested & np.isnan(published)
    step = pairs["rounding"].to_numpy(np.float64)
    se = np.hypot(se, np.sqrt(2) * np.nan_to_num(rounding_se(step)))  # both values are rounded
    test = two_estimates(known, np.zeros_like(se), own, se, confidence=1 - options.alpha)
    return pd.DataFrame(
        {
            "basis": np.where(tested, Basis.OWN_INTERVAL.value, Basis.NONE.value),
            "se": se, "statistic": test.z, "p_value": test.p_value,
            "ci_low": test.ci_low, "ci_high": test.ci_high,
            "rebuilt": from_counts & rebuilt, "widened": from_counts & (effect > 1),
            "rounded": tested & (step > 0),
        },
        index=pairs.index,
    )  # fmt: skip


def _toward(known: Floats, own: Floats, low: Floats, high: Floats) -> Floats:
    """The half of an interval on the side of the value compared; NaN where it has no width."""
    toward = np.where(known >= own, high - own, own - low)
    return np.where(toward > 0, toward, np.nan)


def _published_error(pairs: pd.DataFrame, known: Floats, own: Floats) -> Floats:
    """From the published interval at its own level, else a published error or variation."""
    low, high = (pairs[f"{side}_ci_2"].to_numpy(np.float64) for side in ("lower", "upper"))
    levels = pairs["confidence_2"].fillna(100 * _CONFIDENCE)
    z = levels.map({level: critical_z(level / 100) for level in levels.unique()})
    by_interval = _toward(known, own, low, high) / z.to_numpy(np.float64)
    given = pairs["standard_error_2"].fillna(pairs["cv_2"] / 100 * pairs["value_2"].abs())
    error = given.where(given > 0).to_numpy(np.float64)
    return np.where(np.isnan(by_interval), error, by_interval)


def _counted_limits(pairs: pd.DataFrame) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The first interval that the counts of the area's own point give."""
    low, high = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    rebuilt = np.zeros(len(pairs), dtype=bool)
    statistic = pairs["statistic"].astype(str)
    standardised = pairs["standardised"].eq(True)  # its counts do not make its value
    for name, limits, worked_back in _WAYS:
        usable = np.isnan(low) & ((statistic == name.value) & ~standardised).to_numpy(bool)
        lower, upper = limits(pairs)
        usable &= np.isfinite(lower) & np.isfinite(upper)
        low, high = np.where(usable, lower, low), np.where(usable, upper, high)
        rebuilt |= usable & worked_back
    return low, high, rebuilt


def _of_share(pairs: pd.DataFrame) -> Limits:
    share = wilson(pairs["numerator_2"], pairs["denominator_2"])
    return 100 * share.low, 100 * share.high


def _of_sample(pairs: pd.DataFrame) -> Limits:
    size = pairs["sample_size_2"].to_numpy(np.float64)
    share = wilson(np.round(pairs["value_2"].to_numpy(np.float64) * size / 100), size)
    return 100 * share.low, 100 * share.high


def _of_gap(pairs: pd.DataFrame) -> Limits:
    """A gap by the counts of its smaller group."""
    value = pairs["value_2"].to_numpy(np.float64)
    se = 100 * proportion_se(pairs["numerator_2"], pairs["denominator_2"])
    half = critical_z(_CONFIDENCE) * se
    return value - half, value + half


def _of_rate(pairs: pd.DataFrame) -> Limits:
    return _of_events(pairs, pairs["denominator_2"].to_numpy(np.float64))


def _of_count(pairs: pd.DataFrame) -> Limits:
    return _of_events(pairs, np.ones(len(pairs)))


def _of_events(pairs: pd.DataFrame, base: Floats) -> Limits:
    """Byar's interval in the measure's unit, which value and counts give between them."""
    events = pairs["numerator_2"].to_numpy(np.float64)
    found = byars(events, base)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(events > 0, pairs["value_2"].to_numpy(np.float64) * base / events, np.nan)
    return found.low * scale, found.high * scale


#: In the ladder's order: the statistic, its interval, and whether the count is worked back.
_WAYS: tuple[tuple[Statistic, Callable[[pd.DataFrame], Limits], bool], ...] = (
    (Statistic.PROPORTION, _of_share, False),
    (Statistic.PROPORTION, _of_sample, True),
    (Statistic.GAP, _of_gap, False),
    (Statistic.COUNT, _of_count, False),
    (Statistic.RATE, _of_rate, False),
)

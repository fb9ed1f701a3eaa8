"""What a measure's next value can be, and which next values would be called a movement."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.measures import SIGNED, Measure
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]
#: Statistics of which no value lies below nought.
_NEVER_NEGATIVE = {Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT, Statistic.RATIO}


def limits(keys: pd.DataFrame) -> tuple[Floats, Floats]:
    """The least and the greatest value that each measure can take; endless where there is none.

    Parameters
    ----------
    keys
        With `statistic` and `percentage` of each measure.
    """
    kinds = zip(keys["statistic"], keys["percentage"].eq(True), strict=True)
    found = np.array([_limits_of(*kind) for kind in kinds]).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def limits_of(measure: Measure) -> tuple[float, float]:
    """The least and the greatest value that one measure can take."""
    return _limits_of(measure.statistic, measure.percentage)


def _limits_of(statistic: str | None, percentage: bool) -> tuple[float, float]:
    most = 100.0 if percentage else np.inf
    if statistic in SIGNED:
        return -most, most
    return (0.0 if percentage or statistic in _NEVER_NEGATIVE else -np.inf), most


def next_values(
    keys: pd.DataFrame,
    fall_to: Floats,
    rise_from: Floats,
    known: NDArray[np.bool_],
    *,
    fall_from: Floats | None = None,
    rise_to: Floats | None = None,
) -> dict[str, Floats]:
    """The columns of the next values, cut to those that the measure can take.

    A rise without `next_rise_to` has no upper end, a fall without `next_fall_from` no lower.

    Parameters
    ----------
    keys
        With `statistic` and `percentage` of each series.
    fall_to, rise_from
        Edges beyond which a next value is a fall or a rise.
    known
        Where the edges are those of the rule that judged.
    fall_from, rise_to
        The far ends, where a value beyond them is no longer called.
    """
    floor, ceiling = limits(keys)
    floor = np.where(keys["seeks_target"].eq(True), 0.0, floor)
    low = floor if fall_from is None else np.fmax(floor, fall_from)
    high = ceiling if rise_to is None else np.fmin(ceiling, rise_to)
    falls = known & (fall_to >= floor) & (fall_to >= low)
    rises = known & (rise_from <= ceiling) & (rise_from <= high)
    return {
        "next_rise_from": np.where(rises, np.fmax(rise_from, floor), np.nan),
        "next_rise_to": np.where(rises & np.isfinite(high), high, np.nan),
        "next_fall_from": np.where(falls & np.isfinite(low), low, np.nan),
        "next_fall_to": np.where(falls, np.fmin(fall_to, ceiling), np.nan),
    }


def same_sign_ends(pairs: pd.DataFrame, relative: NDArray[np.bool_]) -> dict[str, Floats]:
    """Ends of the next values where a share of the later one decides: it refuses another sign."""
    end = pairs["value_2"].to_numpy(np.float64)
    return {
        "fall_from": np.where(relative & (end > 0), 0.0, np.nan),
        "rise_to": np.where(relative & (end < 0), 0.0, np.nan),
    }

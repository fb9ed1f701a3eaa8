"""What a measure's next value can be, and which next values would be called a movement."""

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.measures import Measure
from kcc_lib.vocabulary import Statistic

Floats = NDArray[np.float64]
#: Statistics of which no value lies below nought.
_NEVER_NEGATIVE = [
    str(s) for s in (Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT, Statistic.RATIO)
]
_SIGNED = [str(s) for s in (Statistic.GAP, Statistic.NET_BALANCE)]


def limits(keys: pd.DataFrame) -> tuple[Floats, Floats]:
    """The least and the greatest value that each measure can take; endless where there is none.

    Parameters
    ----------
    keys
        With `statistic` and `percentage` of each measure.
    """
    percent = keys["percentage"].eq(True).to_numpy(bool)
    signed = keys["statistic"].isin(_SIGNED).to_numpy(bool)
    never = keys["statistic"].isin(_NEVER_NEGATIVE).to_numpy(bool)
    ceiling = np.where(percent, 100.0, np.inf)
    floor = np.where(percent | never, 0.0, -np.inf)
    return np.where(signed, -ceiling, floor), ceiling


def limits_of(measure: Measure) -> tuple[float, float]:
    """The least and the greatest value that one measure can take."""
    return _limits_of(str(measure.statistic), measure.percentage)


@cache
def _limits_of(statistic: str, percentage: bool) -> tuple[float, float]:
    one = pd.DataFrame({"statistic": [statistic], "percentage": [percentage]})
    floor, ceiling = limits(one)
    return float(floor[0]), float(ceiling[0])


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

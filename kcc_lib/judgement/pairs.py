"""The two points a 1-year judgement compares, side by side for every series."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import RARE, Series, crosses_hard_break, crosses_noted_break
from kcc_lib.measures import Measure

_FIELDS = (
    "period", "value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size",
    "month", "start_month", "provisional", "internal", *RARE,
)  # fmt: skip
_FLOATS = (
    "value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size", *RARE,
)  # fmt: skip


def pair_points(series: Series, measures: Mapping[str, Measure], options: Options) -> pd.DataFrame:
    """Find the earlier and the later point of every series.

    An edition's window names both periods and nothing else is taken in their place.
    Otherwise the later is the latest with a value, the earlier lies one year before, or
    `max_gap` years (two for a two-yearly measure).

    Returns
    -------
    frame with a row for each key
        The fields of both points with suffixes `_1` and `_2`; `gap` in months, `missing`
        where either is not held, `hard` and `noted` where a break lies between,
        `sample_assumed` where a survey's size was taken from another year; `width` in
        years of the later period and the counts of the year it lost, `left_…`.
    """
    keys, points = series.keys, series.points
    held = points[points["value"].notna()]
    latest = held.groupby("key")["month"].max().reindex(keys["key"]).to_numpy(np.float64)
    windowed = keys["windowed"].eq(True).to_numpy(bool)
    later = np.where(windowed, keys["one_to"].to_numpy(np.float64), latest)
    earlier = np.where(windowed, keys["one_from"].to_numpy(np.float64), np.nan)
    step = np.maximum(keys["interval"].to_numpy(np.int64), 12)
    furthest = np.maximum(step, 12 * options.max_gap)
    at = held.set_index(["key", "month"])
    for back in range(12, int(furthest.max(initial=12)) + 1, 12):
        tried = later - back
        known = pd.MultiIndex.from_arrays([keys["key"], tried]).isin(at.index)
        usable = ~windowed & np.isnan(earlier) & known & (back >= step) & (back <= furthest)
        earlier = np.where(usable, tried, earlier)
    pairs = pd.concat(
        [keys, _take(at, keys["key"], earlier, "_1"), _take(at, keys["key"], later, "_2")], axis=1
    )
    pairs["held"] = ~np.isnan(latest)
    pairs["missing"] = pairs["value_1"].isna() | pairs["value_2"].isna()
    pairs["gap"] = pairs["month_2"] - pairs["month_1"]
    first, last = pairs["month_1"], pairs["month_2"]
    pairs["hard"] = crosses_hard_break(measures, pairs["measure"], first, last)
    pairs["noted"] = crosses_noted_break(measures, pairs["measure"], first, last)
    _add_year_that_left(pairs, at)
    return _borrow_sample_sizes(pairs, held)


def _add_year_that_left(pairs: pd.DataFrame, at: pd.DataFrame) -> None:
    """Counts of the year that a pooled value lost: the last year of the value it starts after."""
    width = (pairs["month_2"] - pairs["start_month_2"] + 1).to_numpy(np.float64)
    pairs["width"] = width / 12
    left = pd.MultiIndex.from_arrays([pairs["key"], pairs["month_2"].to_numpy(np.float64) - width])
    gone = at[["year_numerator", "year_denominator"]].reindex(left)
    pairs["left_numerator"] = gone["year_numerator"].to_numpy(np.float64)
    pairs["left_denominator"] = gone["year_denominator"].to_numpy(np.float64)


def _take(
    at: pd.DataFrame, keys: pd.Series, month: NDArray[np.float64], suffix: str
) -> pd.DataFrame:
    """The points of each key at a month; blank where none is held."""
    wanted = pd.MultiIndex.from_arrays([keys, month])
    taken = at[[f for f in _FIELDS if f != "month"]].reindex(wanted).reset_index(drop=True)
    taken["month"] = np.where(taken["value"].notna(), month, np.nan)
    for name in _FLOATS:
        taken[name] = taken[name].astype(np.float64)
    taken["period"] = taken["period"].astype(object).fillna("")
    return taken.add_suffix(suffix)


def _borrow_sample_sizes(pairs: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Where a survey gives its size in some years only, use the latest size it gives."""
    sizes = held[held["sample_size"].notna()].groupby("key")["sample_size"].last()
    other = sizes.reindex(pairs["key"]).to_numpy(np.float64)
    survey = pairs["survey"].eq(True)
    lacks = survey & (pairs["sample_size_1"].isna() | pairs["sample_size_2"].isna())
    pairs["sample_assumed"] = lacks & ~np.isnan(other)
    for name in ("sample_size_1", "sample_size_2"):
        pairs[name] = pairs[name].where(~(survey & pairs[name].isna()), other)
    return pairs

"""The two points a judgement of a change compares, side by side for every series."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.breaks import crosses_hard_break, crosses_noted_break
from kcc_lib.judgement.marks import fingerprints
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import Series
from kcc_lib.measures import RARE_NUMBERS, Measure

Floats = NDArray[np.float64]
_NUMBERS = (
    "value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size", *RARE_NUMBERS,
    "month", "start_month",
)  # fmt: skip
#: More months than any period has, so that a key and a month make one number.
_MONTHS = 1_000_000


def pair_points(
    series: Series, measures: Mapping[str, Measure], options: Options, *, years: int = 1
) -> pd.DataFrame:
    """Find the earlier and the later point of every series.

    An edition's window names both periods of one year and nothing else is taken in their
    place. Otherwise the later is the latest with a value, the earlier lies one year before,
    or `max_gap` years (two for a two-yearly measure).

    Parameters
    ----------
    years
        How far apart the points lie; more than one year is never replaced by another span.

    Returns
    -------
    frame with a row for each key
        The fields of both points with suffixes `_1` and `_2`; `gap` in months, `missing`
        where either is not held, `hard` and `noted` where a break lies between,
        `sample_assumed` where a survey's size was taken from another year; `width` in
        years of the later period and the counts of the year it lost, `left_…`;
        `fingerprint` of both points.
    """
    keys, points = series.keys, series.points
    held = points[points["value"].notna()].reset_index(drop=True)
    latest = latest_months(held, len(keys))
    windowed = keys["windowed"].eq(True).to_numpy(bool)
    later = np.where(windowed, keys["one_to"].to_numpy(np.float64), latest)
    if years > 1:
        earlier = later - 12 * years
    else:
        named = np.where(windowed, keys["one_from"].to_numpy(np.float64), np.nan)
        earlier = _one_year_before(series, held, later, named, options)
    return _beside(series, measures, held, earlier, later, latest)


def pair_columns(pairs: pd.DataFrame) -> dict[str, object]:
    """The judgement's columns of the two points compared."""
    start, end = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    return {
        "n_points": pairs[["value_1", "value_2"]].notna().sum(axis=1).to_numpy(np.int64),
        "period_from": pairs["period_1"].to_numpy(), "period_to": pairs["period_2"].to_numpy(),
        "value_from": start, "value_to": end, "change": end - start,
        "input_fingerprint": pairs["fingerprint"].to_numpy(),
    }  # fmt: skip


def last_step(series: Series, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Pair the latest point of every series with the one due just before it, as `pair_points`."""
    held = series.points[series.points["value"].notna()].reset_index(drop=True)
    later = latest_months(held, len(series.keys))
    earlier = later - series.keys["interval"].to_numpy(np.float64)
    return _beside(series, measures, held, earlier, later, later)


def latest_months(held: pd.DataFrame, rows: int) -> Floats:
    """The month of the last point of every key; NaN where there is none."""
    out = np.full(rows, np.nan)
    out[held["key"].to_numpy()] = held["month"].to_numpy()  # in time order: the last one stays
    return out


def _one_year_before(
    series: Series, held: pd.DataFrame, later: Floats, named: Floats, options: Options
) -> Floats:
    """The earlier month: as named by a window, else the nearest held one within reach."""
    keys = series.keys
    windowed = keys["windowed"].eq(True).to_numpy(bool)
    step = np.maximum(keys["interval"].to_numpy(np.int64), 12)
    furthest = np.maximum(step, 12 * options.max_gap)
    earlier = named
    for back in range(12, int(furthest.max(initial=12)) + 1, 12):
        known = _positions(held, later - back) >= 0
        usable = ~windowed & np.isnan(earlier) & known & (back >= step) & (back <= furthest)
        earlier = np.where(usable, later - back, earlier)
    return earlier


def _positions(held: pd.DataFrame, month: Floats) -> NDArray[np.int64]:
    """Where each key's point of a month stands among those held; -1 where there is none."""
    stand = held["key"].to_numpy(np.int64) * _MONTHS + held["month"].to_numpy(np.int64)
    wanted = np.arange(len(month)) * _MONTHS + np.nan_to_num(month, nan=-1).astype(np.int64)
    at = np.searchsorted(stand, wanted)
    found = np.append(stand, -1)[at] == wanted
    return np.where(found & ~np.isnan(month), at, -1)


def _beside(
    series: Series, measures: Mapping[str, Measure], held: pd.DataFrame,
    earlier: Floats, later: Floats, latest: Floats,
) -> pd.DataFrame:  # fmt: skip
    """Both points of every key in one row, and what lies between them."""
    first, second = _positions(held, earlier), _positions(held, later)
    taken = _take(held, first, "_1") | _take(held, second, "_2")
    pairs = pd.concat([series.keys, pd.DataFrame(taken, index=series.keys.index)], axis=1)
    pairs["held"] = ~np.isnan(latest)
    pairs["missing"] = (first < 0) | (second < 0)
    pairs["gap"] = pairs["month_2"] - pairs["month_1"]
    start, end = pairs["month_1"], pairs["month_2"]
    pairs["hard"] = crosses_hard_break(measures, pairs["measure"], start, end)
    pairs["noted"] = crosses_noted_break(measures, pairs["measure"], start, end)
    marks = np.append(held["mark"].to_numpy(np.uint64), np.uint64(0))
    pairs["marks"] = marks[first] + marks[second]
    pairs["fingerprint"] = fingerprints(pairs["marks"].to_numpy(), pairs["held"].to_numpy(bool))
    _add_year_that_left(pairs, held)
    return _borrow_sample_sizes(pairs, held)


def _take(held: pd.DataFrame, at: NDArray[np.int64], suffix: str) -> dict[str, np.ndarray]:
    """The fields of the points at some positions; blank where the position is -1."""

    def column(name: str, kind: type, blank: float | str | bool) -> np.ndarray:
        values = np.append(held[name].to_numpy(kind), np.asarray([blank], dtype=kind))
        return np.asarray(values[at])

    out = {name + suffix: column(name, np.float64, np.nan) for name in _NUMBERS}
    out["period" + suffix] = column("period", object, "")
    for name in ("provisional", "internal"):
        out[name + suffix] = column(name, bool, False)
    return out


def _add_year_that_left(pairs: pd.DataFrame, held: pd.DataFrame) -> None:
    """Counts of the year that a pooled value lost: the last year of the value it starts after."""
    width = (pairs["month_2"] - pairs["start_month_2"] + 1).to_numpy(np.float64)
    pairs["width"] = width / 12
    at = _positions(held, pairs["month_2"].to_numpy(np.float64) - width)
    left = _take(held, at, "")
    pairs["left_marks"] = np.append(held["mark"].to_numpy(np.uint64), np.uint64(0))[at]
    for name in ("numerator", "denominator"):
        pairs[f"left_{name}"] = left[f"year_{name}"]


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

"""How much a series usually moves from one period to the next, for want of a better error."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.marks import Marks
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure

#: Earlier points that the fallback needs (METHODS 5).
_EARLIER_POINTS = 8
#: A moving range beyond this many times their mean is outside the upper range limit.
_RANGE_LIMIT = 3.267


def moving_range_edge(
    series: Series, measures: Mapping[str, Measure], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The change that lies outside a series' usual ones, by its points before a month.

    NaN with too few of them after the last hard break, or where they never move.
    """
    rows = len(series.keys)
    points = _earlier(series, before)
    points, _ = cut_at_breaks(points, measures)
    ranges = points["value"].groupby(points["key"]).diff().abs()
    mean = ranges.groupby(points["key"]).mean().reindex(range(rows)).to_numpy(np.float64)
    count = np.bincount(points["key"], minlength=rows)
    return np.where((count >= _EARLIER_POINTS) & (mean > 0), _RANGE_LIMIT * mean, np.nan)


def earlier_marks(series: Series, pairs: pd.DataFrame) -> Marks:
    """The marks of all points before the later one of each pair, summed."""
    points = _earlier(series, pairs["month_2"].to_numpy(np.float64))
    marks = np.zeros(len(pairs), dtype=np.uint64)
    np.add.at(marks, points["key"].to_numpy(), points["mark"].to_numpy(np.uint64))
    return marks


def _earlier(series: Series, before: NDArray[np.float64]) -> pd.DataFrame:
    held = series.points[series.points["value"].notna()]
    earlier: pd.DataFrame = held[held["month"].to_numpy() < before[held["key"].to_numpy()]]
    return earlier

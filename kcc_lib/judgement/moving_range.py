"""How much a series usually moves from one period to the next, for want of a better error."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.series import Series

#: Earlier points that the fallback needs (METHODS 5).
_EARLIER_POINTS = 8
#: A moving range beyond this many times their mean is outside the upper range limit.
_RANGE_LIMIT = 3.267


def moving_range_edge(series: Series, pairs: pd.DataFrame) -> NDArray[np.float64]:
    """The change that lies outside a series' usual ones; NaN with too few earlier points."""
    last = pairs["month_2"].to_numpy(np.float64)
    held = series.points[series.points["value"].notna()]
    before = held[held["month"].to_numpy() < last[held["key"].to_numpy()]]
    ranges = before["value"].groupby(before["key"]).diff().abs()
    mean = ranges.groupby(before["key"]).mean().reindex(range(len(pairs))).to_numpy(np.float64)
    count = before.groupby("key").size().reindex(range(len(pairs))).to_numpy(np.float64)
    return np.where((count >= _EARLIER_POINTS) & (mean > 0), _RANGE_LIMIT * mean, np.nan)

"""Statistical process control: the XmR chart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats


@dataclass(frozen=True, slots=True)
class Xmr:
    """Mean, process limits and a flag for each point.

    `flags` holds +1 or -1 (above or below) where a point shows special cause, 0 where it
    does not or is missing.
    """

    mean: float
    lower: float
    upper: float
    flags: np.ndarray


@np.errstate(all="ignore")
def xmr(values: ArrayLike) -> Xmr:
    """Limits of an XmR chart and the points that show special cause.

    Parameters
    ----------
    values
        One series in time order; NaN is missing and is left out before anything else.

    Raises
    ------
    ValueError
        With fewer than 8 points, or no variation from point to point: limits of no width
        would flag everything.

    Notes
    -----
    Limits are the mean plus or minus 2.66 times the mean moving range, moving ranges at or
    above 3.267 times their mean left out once. Rules, after NHS England's Making Data
    Count: beyond a limit; seven points one side of the mean; seven rising or falling; two
    of three beyond two thirds of the way to a limit with all three on that side. A point
    on the mean breaks a run.
    """
    series = np.asarray(values, dtype=np.float64)
    if series.ndim != 1:
        raise ValueError(f"{series.ndim} dimensions where one series is needed")
    if np.isinf(series).any():
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")
    held = np.flatnonzero(~np.isnan(series))
    y = series[held]
    if y.size < 8:
        raise ValueError(f"{y.size} points are too few for an XmR chart; 8 are needed")
    ranges = np.abs(np.diff(y))
    kept = ranges[ranges < 3.267 * ranges.mean()]
    spread = kept.mean() if kept.size else 0.0
    if spread == 0:
        raise ValueError("the values do not vary from point to point; no limits can be set")
    mean = float(y.mean())
    flags = np.zeros(series.shape, dtype=np.int64)
    flags[held] = _special_causes(y - mean, 2.66 * spread, y)
    return Xmr(mean, mean - 2.66 * float(spread), mean + 2.66 * float(spread), flags)


def _special_causes(deviation: Floats, width: float, y: Floats) -> np.ndarray:
    """+1 or -1 for each point that some rule marks; the first rule to mark it decides."""
    rules = (
        np.where(np.abs(deviation) > width, np.sign(deviation), 0),
        _runs(np.concatenate([[0.0], np.sign(np.diff(y))]), 6, before=1),
        _two_of_three(deviation, width),
        _runs(np.sign(deviation), 7, before=0),
    )
    out = np.zeros(deviation.size, dtype=np.int64)
    for marked in rules:
        out = np.where(out == 0, marked.astype(np.int64), out)
    return out


def _runs(signs: Floats, length: int, *, before: int) -> Floats:
    """Mark runs of at least `length` equal signs, with `before` points leading into them."""
    out = np.zeros(signs.size)
    start = 0
    for i in range(1, signs.size + 1):
        if i == signs.size or signs[i] != signs[start]:
            if signs[start] != 0 and i - start >= length:
                first = max(0, start - before)
                out[first:i] = signs[start]
            start = i
    return out


def _two_of_three(deviation: Floats, width: float) -> Floats:
    out = np.zeros(deviation.size)
    far = np.where(np.abs(deviation) > 2 / 3 * width, np.sign(deviation), 0)
    for i in range(deviation.size - 2):
        trio = slice(i, i + 3)
        for side in (1.0, -1.0):
            if (np.sign(deviation[trio]) == side).all() and (far[trio] == side).sum() >= 2:
                out[trio] = np.where(far[trio] == side, side, out[trio])
    return out

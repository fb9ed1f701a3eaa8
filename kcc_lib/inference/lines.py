"""A least squares line and what continuing it needs: shared by whatever looks ahead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, divide


@dataclass(frozen=True, slots=True)
class Line:
    """The line through each series, and the scatter about it, in units of `unit`.

    `n` is `count` where there are enough points. `ahead` is how far a time to come lies
    from the mean of the times; `value` the line's value there, in the series' own unit.
    """

    slope: Floats
    rss: Floats
    sxx: Floats
    n: Floats
    ahead: Floats
    value: Floats
    unit: Floats
    count: Floats


@np.errstate(all="ignore")
def line_ahead(x: ArrayLike, y: ArrayLike, x_ahead: ArrayLike, *, least: int) -> Line:
    """Fit a line to every series, shapes (k,) or (m, k), and continue it; entries of shape (m,).

    NaN with fewer than `least` points. Raises ValueError if a value is infinite.
    """
    ys = np.atleast_2d(np.asarray(y, dtype=np.float64))
    xs = np.broadcast_to(np.asarray(x, dtype=np.float64), ys.shape)
    if np.isinf(ys).any() or np.isinf(xs).any() or np.isinf(x_ahead).any():
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")
    held = ~np.isnan(ys) & ~np.isnan(xs)
    count = held.sum(axis=1).astype(np.float64)
    n = np.where(count >= least, count, np.nan)
    x_mean, y_mean = _mean(xs, held, n), _mean(ys, held, n)
    dx = np.where(held, xs - x_mean[:, None], 0.0)
    dy = np.where(held, ys - y_mean[:, None], 0.0)
    unit = np.abs(dy).max(axis=1, initial=0.0)
    dy = dy / np.where(unit > 0, unit, 1.0)[:, None]
    sxx = (dx * dx).sum(axis=1)
    slope = divide((dx * dy).sum(axis=1), sxx)
    residual = np.where(held, dy - slope[:, None] * dx, 0.0)
    rss = (residual * residual).sum(axis=1)
    ahead = np.broadcast_to(np.asarray(x_ahead, dtype=np.float64), n.shape) - x_mean
    return Line(slope, rss, sxx, n, ahead, y_mean + slope * ahead * unit, unit, count)


def _mean(values: Floats, held: np.ndarray, n: Floats) -> Floats:
    """Means of what is held, taken from the least value so that large numbers lose no digits."""
    start = np.where(held, values, np.inf).min(axis=1, initial=np.inf)
    moved = np.where(held, values - start[:, None], 0.0)
    return np.asarray(start + moved.sum(axis=1) / n)

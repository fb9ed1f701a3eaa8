"""Trends of values with known errors, and of proportions: Fingertips' recent trend.

Both see time as 1, 2, 3 … over the points held, whatever lies between them: that is the
published method (METHODS 1). `linear_trend` keeps the gaps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.kendall import refuse_infinite
from kcc_lib.inference.normal import Floats, divide, two_sided_normal
from kcc_lib.inference.trend import leave_one_out, linear_trend, one_sign


@dataclass(frozen=True, slots=True)
class WeightedTrend:
    """Slope per point with its chi-squared (one degree of freedom); an entry for each series.

    `same_sign` is true where leaving out any one point would keep the direction, a level
    fit counting as a rise.
    """

    slope: Floats
    chi_squared: Floats
    p_value: Floats
    same_sign: np.ndarray
    n: Floats


@np.errstate(all="ignore")
def weighted_trend(y: ArrayLike, se: ArrayLike) -> WeightedTrend:
    """Fit a line weighted by 1 / se² and test its slope as though nothing else varied.

    Parameters
    ----------
    y
        Values, shape (k,) for one series or (m, k), in time order.
    se
        Their standard errors, of a shape that broadcasts to that of `y`. A point without
        value or error (NaN) is left out, and the points after it move up.

    Returns
    -------
    WeightedTrend
        Fields of shape (m,), or () for one series: NaN with fewer than two points, or where
        an error is not above zero, since its point would outweigh all others.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a value or an error is infinite.

    Notes
    -----
    chi² = b² (Σw Σwt² - (Σwt)²) / Σw, from fingertips-open (2020) and FingertipsNext (2025),
    which call it significant above 9.549536 (99.8%) where `same_sign` holds too. Sums are
    taken about the weighted mean, in units of the smallest error. A loop over the points
    refits without each; never over series. A slope within rounding error of level is 0.
    """
    ys = np.atleast_2d(np.asarray(y, dtype=np.float64))
    errors = np.broadcast_to(np.asarray(se, dtype=np.float64), ys.shape)
    held = ~np.isnan(ys) & ~np.isnan(errors)
    refuse_infinite(np.where(held, ys, 0), np.where(held, errors, 0))
    n = held.sum(axis=1).astype(np.float64)
    times = np.cumsum(held, axis=1).astype(np.float64)
    sound = np.all(~held | (errors > 0), axis=1, keepdims=True)
    ys = np.where(sound, ys, np.nan)
    slope, z = _weighted_slope(times, ys, errors, held)
    without = np.full(ys.shape, np.nan)
    for point in range(ys.shape[1]):
        others = held.copy()
        others[:, point] = False
        without[:, point] = _weighted_slope(times, ys, errors, others)[0]
    same = one_sign(slope, without, held, zero_counts_as_plus=True)
    fields: tuple[np.ndarray, ...] = (slope, z**2, two_sided_normal(z), same, n)
    return WeightedTrend(*(f[0] for f in fields) if np.ndim(y) == 1 else fields)


@np.errstate(all="ignore")
def cochran_armitage(x: ArrayLike, n: ArrayLike) -> WeightedTrend:
    """Test proportions for a trend by Cochran and Armitage's chi-squared on the counts.

    Parameters
    ----------
    x, n
        Numerators and denominators, shape (k,) for one series or (m, k), in time order. A
        point without either (NaN) is left out, and the points after it move up.

    Returns
    -------
    WeightedTrend
        Fields of shape (m,), or () for one series. `slope` is that of the log odds, each
        point weighing the same: NaN, and `same_sign` false, where none or all are counted
        at some point. Every field but `n` is NaN where a count is impossible; chi-squared
        where nothing varies.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a count is infinite.

    Notes
    -----
    Cochran (1954), Armitage (1955); the direction and `same_sign` by least squares on the
    log odds, as fingertips-open (2020) does for proportions.
    """
    xs, ns = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64))
    single = xs.ndim == 1
    xs, ns = np.atleast_2d(xs), np.atleast_2d(ns)
    held = ~np.isnan(xs) & ~np.isnan(ns)
    refuse_infinite(np.where(held, xs, 0), np.where(held, ns, 0))
    sound = (~held | ((ns > 0) & (xs >= 0) & (xs <= ns))).all(axis=1)
    times = np.cumsum(held, axis=1).astype(np.float64)
    base = np.where(held, ns, 0.0)
    share = (np.where(held, xs, 0.0).sum(axis=1) / base.sum(axis=1))[:, None]
    dt = times - ((base * times).sum(axis=1) / base.sum(axis=1))[:, None]
    score = (np.where(held, xs - share * ns, 0.0) * dt).sum(axis=1)
    z = divide(score, np.sqrt(share[:, 0] * (1 - share[:, 0]) * (base * dt**2).sum(axis=1)))
    z = np.where(sound, z, np.nan)
    inside = (~held | ((xs > 0) & (xs < ns))).all(axis=1) & sound
    logits = np.where(held & inside[:, None], np.log(xs) - np.log(ns - xs), np.nan)
    slope = linear_trend(times, logits).slope
    same = leave_one_out(times, logits, zero_counts_as_plus=True).same_sign
    count = held.sum(axis=1).astype(np.float64)
    fields: tuple[np.ndarray, ...] = (slope, z**2, two_sided_normal(z), same, count)
    return WeightedTrend(*(f[0] for f in fields) if single else fields)


def _weighted_slope(
    times: Floats, ys: Floats, errors: Floats, held: np.ndarray
) -> tuple[Floats, Floats]:
    """The slope of each series and its z; NaN where the points held have none."""
    least = np.where(held, errors, np.inf).min(axis=1, initial=np.inf)[:, None]
    weight = np.where(held, (least / errors) ** 2, 0.0)
    total = weight.sum(axis=1)[:, None]
    start = np.where(held, ys, np.inf).min(axis=1, initial=np.inf)[:, None]
    moved = np.where(held, ys - start, 0.0)
    unit = moved.max(axis=1, initial=0.0)[:, None]
    moved = moved / np.where(unit > 0, unit, 1.0)
    dt = np.where(held, times - (weight * times).sum(axis=1)[:, None] / total, 0.0)
    dy = np.where(held, moved - (weight * moved).sum(axis=1)[:, None] / total, 0.0)
    stt = (weight * dt * dt).sum(axis=1)
    stt = np.where((held.sum(axis=1) >= 2) & (stt > 0), stt, np.nan)
    sty = (weight * dt * dy).sum(axis=1)
    size = np.abs(np.where(held, ys, 0.0) / np.where(unit > 0, unit, 1.0)).max(axis=1, initial=0.0)
    level = 1e-14 * size * np.sqrt(total[:, 0] * stt)
    sty = np.where(np.abs(sty) <= level, 0.0, sty)
    return sty / stt * unit[:, 0], sty / np.sqrt(stt) * (unit / least)[:, 0]

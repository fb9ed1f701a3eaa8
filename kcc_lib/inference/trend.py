"""Ordinary least squares trend, one series or two hundred thousand at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, critical_t, two_sided_t


@dataclass(frozen=True, slots=True)
class LinearTrend:
    """Slope per unit of x with its t-test; one entry for each series.

    `constant` marks series whose values are all equal, `perfect_fit` series that lie on a
    sloping line to within rounding error: neither has a p-value that means anything.
    """

    slope: Floats
    se: Floats
    t: Floats
    df: Floats
    p_value: Floats
    ci_low: Floats
    ci_high: Floats
    r_squared: Floats
    n: Floats
    constant: np.ndarray
    perfect_fit: np.ndarray


@np.errstate(all="ignore")
def linear_trend(x: ArrayLike, y: ArrayLike, *, confidence: float = 0.95) -> LinearTrend:
    """Fit y = a + b x by least squares and test b against zero, two-sided.

    Parameters
    ----------
    x
        Times, shape (k,) shared by all series or (m, k).
    y
        Values, shape (k,) for one series or (m, k); NaN is missing and is left out.
    confidence
        Of the interval of the slope.

    Returns
    -------
    LinearTrend
        Fields of shape (m,), or () for one series. With fewer than three points, or all
        x equal, the test's fields are NaN; two points still have a slope.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a value is infinite.

    Notes
    -----
    Sums are taken about the mean of each series, so that years near 2,000 lose no digits.
    Certified against NIST StRD Norris and Longley and the small cases of Apache Commons
    Math and SciPy (`tests/inference`). SciPy's `linregress` returns p = 0 for two points;
    here it is NaN.
    """
    # points first and series second: sums over points then run along memory
    ys = np.ascontiguousarray(np.atleast_2d(np.asarray(y, dtype=np.float64)).T)
    xs = np.asarray(x, dtype=np.float64)
    xs = np.broadcast_to(xs[:, None] if xs.ndim == 1 else np.atleast_2d(xs).T, ys.shape)
    held = ~(np.isnan(ys) | np.isnan(xs))
    if (np.isinf(ys) & held).any() or (np.isinf(xs) & held).any():
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")
    n = held.sum(axis=0).astype(np.float64)
    dx, x_unit = _centred(xs, held, n)
    dy, y_unit = _centred(ys, held, n)
    sxx = (dx * dx).sum(axis=0)
    sxx = np.where(sxx > 0, sxx, np.nan)
    slope = (dx * dy).sum(axis=0) / sxx
    residual = np.where(held, dy - slope * dx, 0.0)
    rss = (residual * residual).sum(axis=0)
    syy = (dy * dy).sum(axis=0)
    df = np.where((n >= 3) & np.isfinite(sxx), n - 2, np.nan)
    constant, perfect = _degenerate(ys / y_unit, held, n, rss, syy, df)
    se = np.sqrt(rss / df / sxx)
    t = slope / np.where(se > 0, se, np.nan)
    r_squared = np.where(syy > 0, 1 - rss / syy, np.nan)
    slope, se = slope / x_unit * y_unit, se / x_unit * y_unit
    p_value = np.where(constant | perfect, np.nan, two_sided_t(t, df))
    half = critical_t(df, confidence) * se
    low, high = slope - half, slope + half
    fields = (slope, se, t, df, p_value, low, high, r_squared, n, constant, perfect)
    if np.ndim(y) == 1:
        fields = tuple(f[0] for f in fields)
    return LinearTrend(*fields)


def _centred(values: Floats, held: np.ndarray, n: Floats) -> tuple[Floats, Floats]:
    """Deviations of each column from its mean in units of the largest, and that unit.

    The least held value goes first, so that equal values leave exactly nothing; 0 where
    missing.
    """
    least = np.where(held, values, np.inf).min(axis=0, initial=np.inf)
    moved = np.where(held, values - least, 0.0)
    deviations = np.where(held, moved - moved.sum(axis=0) / n, 0.0)
    largest = np.abs(deviations).max(axis=0, initial=0.0)
    power = np.frexp(np.where(np.isfinite(largest), largest, 0.0))[1]
    unit = np.where(largest > 0, np.ldexp(1.0, power - 1), 1.0)
    return deviations / unit, unit


def _degenerate(
    ys: Floats, held: np.ndarray, n: Floats, rss: Floats, syy: Floats, df: Floats
) -> tuple[np.ndarray, np.ndarray]:
    """Find constant series and exact straight lines (METHODS 6), to within rounding error."""
    scale = np.abs(np.where(held, ys, 0.0)).max(axis=0, initial=0.0)
    testable = np.isfinite(df)
    noise = (1e-14 * scale) ** 2 * n
    constant = testable & (syy <= noise)
    perfect = testable & ~constant & (rss <= np.maximum(1e-20 * syy, noise))
    return constant, perfect


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """The slope without each point in turn, and whether one point decides the direction.

    `slope` has the shape of the values: NaN where the point is missing, or where what is
    left has no slope. `same_sign` has one entry for each series.
    """

    slope: Floats
    same_sign: np.ndarray


@np.errstate(all="ignore")
def leave_one_out(x: ArrayLike, y: ArrayLike, *, zero_counts_as_plus: bool = False) -> LeaveOneOut:
    """Fit the least squares slope again without each point in turn.

    Parameters
    ----------
    x, y
        Times and values, as `linear_trend` takes them.
    zero_counts_as_plus
        A level fit agrees with a rising one, as in Fingertips' recent trend. By default it
        agrees with neither direction.

    Returns
    -------
    LeaveOneOut
        `same_sign` is true where the slope of the whole series and every slope without one
        point have one sign, and false where any of them cannot be fitted.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a value is infinite.

    Notes
    -----
    b(i) = b - dx r / ((1 - h) Sxx), with h the leverage of the point (Cook 1977). Where a
    point has nearly all the leverage 1 - h has lost its digits, so the rest is fitted
    afresh. A slope within rounding error of level is exactly 0.
    """
    ys = np.atleast_2d(np.asarray(y, dtype=np.float64))
    xs = np.broadcast_to(np.asarray(x, dtype=np.float64), ys.shape)
    held = ~np.isnan(ys) & ~np.isnan(xs)
    if np.isinf(np.where(held, ys, 0)).any() or np.isinf(np.where(held, xs, 0)).any():
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")
    whole, slope, rest = _slopes(xs, ys, held)
    at, point = np.nonzero(held & (rest < 1e-4))
    others = held[at]
    others[np.arange(at.size), point] = False
    slope[at, point] = _slopes(xs[at], ys[at], others)[0]
    slope = np.where(held, slope, np.nan)
    same = one_sign(whole, slope, held, zero_counts_as_plus=zero_counts_as_plus)
    return LeaveOneOut(slope[0], same[0]) if np.ndim(y) == 1 else LeaveOneOut(slope, same)


def one_sign(
    whole: Floats, without: Floats, held: np.ndarray, *, zero_counts_as_plus: bool
) -> np.ndarray:
    """Whether the slope of each whole series and all those without a held point agree."""
    signs, sign = np.sign(without), np.sign(whole)
    if zero_counts_as_plus:
        signs, sign = np.where(signs == 0, 1.0, signs), np.where(sign == 0, 1.0, sign)
    agrees = (signs == sign[:, None]) | ~held
    return np.asarray(agrees.all(axis=1) & np.isin(sign, (-1, 1)))


def _slopes(xs: Floats, ys: Floats, held: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """The slope of each series, that without each point, and the 1 - h of each point."""
    n = held.sum(axis=1).astype(np.float64)
    (dx, x_unit), (dy, y_unit) = (_centred(v.T, held.T, n) for v in (xs, ys))
    dx, dy = dx.T, dy.T
    unit = y_unit / x_unit
    sxx, sxy = (dx * dx).sum(axis=1), (dx * dy).sum(axis=1)
    share = (n / (n - 1))[:, None]
    sxx_rest = sxx[:, None] - share * dx * dx
    sxy_rest = sxy[:, None] - share * dx * dy
    level = 1e-14 * np.abs(np.where(held, ys / y_unit[:, None], 0.0)).max(axis=1, initial=0.0)
    level *= np.sqrt(n * sxx)
    slope = np.where(np.abs(sxy) <= level, 0.0, sxy) / np.where(sxx > 0, sxx, np.nan)
    without = np.where(np.abs(sxy_rest) <= level[:, None], 0.0, sxy_rest) / sxx_rest
    return slope * unit, without * unit[:, None], sxx_rest / sxx[:, None]

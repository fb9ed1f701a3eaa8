"""The Mann-Kendall test of trend, plain and by season, with Theil and Sen's line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.kendall import concordance, refuse_infinite, tie_term
from kcc_lib.inference.normal import Floats, divide, two_sided_normal


@dataclass(frozen=True, slots=True)
class MannKendall:
    """A Mann-Kendall test with Theil and Sen's line; one entry for each series.

    `slope` is per place in the series (per year where the test is seasonal) and `intercept`
    the line's height at the first place.
    """

    s: Floats
    variance: Floats
    tau: Floats
    z: Floats
    p_value: Floats
    slope: Floats
    intercept: Floats
    n: Floats


def mann_kendall(y: ArrayLike) -> MannKendall:
    """Test a series for a trend by ranks, with a line that outliers do not pull.

    Parameters
    ----------
    y
        Values at even steps of time, shape (k,) for one series or (m, k). NaN is missing:
        it is left out, and the steps around it stay where they are.

    Returns
    -------
    MannKendall
        Fields of shape (m,), or () for one series: NaN with fewer than two points. A
        constant series has z = 0 and p = 1.

    Raises
    ------
    ValueError
        If a value is infinite.

    Notes
    -----
    Mann (1945), Kendall (1970): z = (S ± 1) / sd, the variance corrected for ties; p is
    normal, which 30 points or more deserve. Theil (1950), Sen (1968). As pymannkendall's
    `original_test`.
    """
    return seasonal_kendall(y, 1)


@np.errstate(all="ignore")
def seasonal_kendall(y: ArrayLike, period: int) -> MannKendall:
    """Test for a trend with each season compared only to itself in other years.

    Parameters
    ----------
    y
        Values at even steps of time, shape (k,) or (m, k), as `mann_kendall` takes them.
    period
        Steps in a year: 4 for quarters, 12 for months.

    Returns
    -------
    MannKendall
        As `mann_kendall`; the slope is per `period` steps.

    Raises
    ------
    ValueError
        If a value is infinite, or `period` is not a whole number of at least 1.

    Notes
    -----
    Hirsch, Slack and Smith (1982): S and its variance are summed over the seasons, taken as
    independent. As pymannkendall's `seasonal_test`.
    """
    if period != int(period) or period < 1:
        raise ValueError(f"a period of {period} steps; write 4 for quarters or 12 for months")
    series = np.atleast_2d(np.asarray(y, dtype=np.float64))
    refuse_infinite(series)
    count, steps = series.shape
    length = -(-steps // period)
    blank = np.full((count, length * period - steps), np.nan)
    years = np.concatenate([series, blank], axis=1).reshape(count, length, period)
    seasons = years.transpose(0, 2, 1).reshape(count * period, length)
    n = (~np.isnan(seasons)).sum(axis=1).astype(np.float64)
    s, _, equal = concordance(np.arange(seasons.shape[1], dtype=np.float64), seasons)
    variance = (n * (n - 1) * (2 * n + 5) - tie_term(equal)) / 18
    s, variance, pairs = (
        part.reshape(count, period).sum(axis=1) for part in (s, variance, n * (n - 1) / 2)
    )
    s, variance = np.where(pairs > 0, s, np.nan), np.where(pairs > 0, variance, np.nan)
    z = np.where(variance == 0, 0.0, divide(s - np.sign(s), np.sqrt(variance)))
    slope = _median(_pair_slopes(years))
    middle = _median(np.where(np.isnan(series), np.nan, np.arange(steps)))
    intercept = _median(series) - middle / period * slope
    n = n.reshape(count, period).sum(axis=1)
    tau, p_value = divide(s, pairs), two_sided_normal(z)
    fields = (s, variance, tau, z, p_value, slope, intercept, n)
    return MannKendall(*(f[0] for f in fields) if np.ndim(y) == 1 else fields)


def _pair_slopes(years: Floats) -> Floats:
    """(later - earlier) / years between, for each pair of one season; shape (m, pairs)."""
    count, length, _ = years.shape
    slopes = [np.empty((count, 0))]
    for gap in range(1, length):
        slopes.append(
            ((years[:, gap:] - years[:, :-gap]) / gap).reshape(
                count, (length - gap) * years.shape[2]
            )
        )
    return np.concatenate(slopes, axis=1)


def _median(rows: Floats) -> Floats:
    """The median of what is held in each row; NaN where nothing is."""
    ordered = np.sort(np.column_stack([rows, np.full(len(rows), np.nan)]), axis=1)
    n, each = (~np.isnan(rows)).sum(axis=1), np.arange(len(rows))
    low, high = ordered[each, np.maximum(n - 1, 0) // 2], ordered[each, n // 2]
    return np.asarray(np.where(n % 2, low, low + (high - low) / 2))

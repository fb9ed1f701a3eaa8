"""Where a straight line leads: a value to come, its interval, and the chance of reaching a mark."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from kcc_lib.inference.lines import line_ahead
from kcc_lib.inference.normal import Floats, critical_t


@dataclass(frozen=True, slots=True)
class Projection:
    """The line's value at a time to come and the error of one value there; one a series."""

    value: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    n: Floats

    def chance_above(self, mark: ArrayLike) -> Floats:
        """The chance, by the t distribution, that the value will be at or above a mark."""
        with np.errstate(all="ignore"):
            t = (self.value - np.asarray(mark, dtype=np.float64)) / self.se
            return np.asarray(special.stdtr(self.df, t), dtype=np.float64)


@np.errstate(all="ignore")
def project(
    x: ArrayLike, y: ArrayLike, x_ahead: ArrayLike, *, confidence: float = 0.8
) -> Projection:
    """Continue a least squares line to a later time.

    Parameters
    ----------
    x, y
        Times and values as `linear_trend` takes them, shapes (k,) or (m, k).
    x_ahead
        The time to look at, shape () or (m,).
    confidence
        Of the prediction interval of one value.

    Returns
    -------
    Projection
        Fields of shape (m,), or () for one series; NaN with fewer than three points.

    Raises
    ------
    ValueError
        If a value is infinite.

    Notes
    -----
    se² = s² (1 + 1/n + (x_ahead - x̄)² / Sxx) on n - 2 degrees of freedom: the usual
    prediction interval of simple regression (Draper and Smith, Applied Regression
    Analysis). It supposes that the line goes on and that values scatter about it freely.
    """
    line = line_ahead(x, y, x_ahead, least=3)
    n, variance = line.n, line.rss / (line.n - 2)
    se = np.sqrt(variance * (1 + 1 / n + line.ahead**2 / line.sxx)) * line.unit
    value = line.value
    half = critical_t(n - 2, confidence) * se
    fields = [value, se, n - 2, value - half, value + half, line.count]
    return Projection(*(f[0] for f in fields) if np.ndim(y) == 1 else fields)

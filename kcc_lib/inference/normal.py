"""The normal and t distributions, and the difference of two estimates of known error.

`scipy.special` alone: importing `scipy.stats` costs half a second that every section of
a report would pay.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]


def as_floats(*values: ArrayLike) -> tuple[Floats, ...]:
    """Broadcast the inputs to one shape of floats."""
    arrays = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in values))
    return tuple(arrays)


def critical_z(confidence: float = 0.95) -> float:
    """The two-sided normal multiplier of a confidence level, 1.96 at 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1; write 0.95 for 95%")
    return float(special.ndtri(0.5 + confidence / 2))


def critical_t(df: ArrayLike, confidence: float = 0.95) -> Floats:
    """The two-sided t multiplier at `df` degrees of freedom; NaN below one."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1; write 0.95 for 95%")
    given = np.asarray(df, dtype=np.float64)
    # a batch has few different degrees of freedom, and the quantile is slow to find
    some, which = np.unique(np.where(given >= 1, given, np.nan), return_inverse=True)
    found = np.asarray(special.stdtrit(some, 0.5 + confidence / 2), dtype=np.float64)
    return np.asarray(found[which].reshape(given.shape))


def two_sided_normal(z: ArrayLike) -> Floats:
    """The two-sided p-value of a normal deviate."""
    return np.asarray(2 * special.ndtr(-np.abs(np.asarray(z, dtype=np.float64))))


def two_sided_t(t: ArrayLike, df: ArrayLike) -> Floats:
    """The two-sided p-value of a t statistic."""
    freedom, statistic = as_floats(df, t)
    return np.asarray(2 * special.stdtr(freedom, -np.abs(statistic)))


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide where the denominator is above zero; NaN elsewhere."""
    out = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out


@dataclass(frozen=True, slots=True)
class TwoEstimates:
    """The change between two independent estimates with known standard errors."""

    difference: Floats
    se: Floats
    z: Floats
    p_value: Floats
    ci_low: Floats
    ci_high: Floats


@np.errstate(all="ignore")
def two_estimates(
    value1: ArrayLike,
    se1: ArrayLike,
    value2: ArrayLike,
    se2: ArrayLike,
    *,
    confidence: float = 0.95,
) -> TwoEstimates:
    """Test value2 - value1 against zero by a normal z on the two standard errors.

    Parameters
    ----------
    value1, se1, value2, se2
        Estimates and their standard errors, in one unit; any broadcastable shapes.
    confidence
        Of the interval of the difference.

    Notes
    -----
    METHODS 5, rows "published CI or SE" and "score/index". Two equal values with no error
    give p = 1; different values with no error give NaN, since nothing is known of chance.
    """
    v1, s1, v2, s2 = as_floats(value1, se1, value2, se2)
    s1, s2 = np.where(s1 >= 0, s1, np.nan), np.where(s2 >= 0, s2, np.nan)
    difference = v2 - v1
    se = np.hypot(s1, s2)
    z = np.where((se == 0) & (difference == 0), 0.0, divide(difference, se))
    half = critical_z(confidence) * se
    return TwoEstimates(
        difference, se, z, two_sided_normal(z), difference - half, difference + half
    )

"""Change of a ratio of two counts, and standard errors of net balances and rounded figures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, as_floats, critical_z, divide, two_sided_normal


@dataclass(frozen=True, slots=True)
class RatioChange:
    """The later ratio over the earlier, tested against no change on the log scale.

    `ci_low` and `ci_high` are of the ratio of ratios, exp(`log_change`); 1 is no change.
    """

    ratio1: Floats
    ratio2: Floats
    log_change: Floats
    se_log: Floats
    z: Floats
    p_value: Floats
    ci_low: Floats
    ci_high: Floats


@np.errstate(all="ignore")
def ratio_change(
    a1: ArrayLike, b1: ArrayLike, a2: ArrayLike, b2: ArrayLike, *, confidence: float = 0.95
) -> RatioChange:
    """Test whether the ratio a / b of two counts of events changed between two periods.

    Parameters
    ----------
    a1, b1
        Events of both kinds in the earlier period. For a ratio of rates give the counts:
        populations that hardly change cancel.
    a2, b2
        The same in the later period. NaN where a count is not above zero, since the log
        of the ratio then has no error that could be known.
    confidence
        Of the interval of the ratio of ratios.

    Notes
    -----
    The variance of a log ratio of Poisson counts is the sum of 1 / count (METHODS 5, row
    "ratio of rates"): Woolf (1955), as for a log odds ratio.
    """
    counts = [np.where((c > 0) & (c < np.inf), c, np.nan) for c in as_floats(a1, b1, a2, b2)]
    first, second = counts[0] / counts[1], counts[2] / counts[3]
    log1, log2 = np.log(counts[0]) - np.log(counts[1]), np.log(counts[2]) - np.log(counts[3])
    change = log2 - log1
    se = np.hypot(log_ratio_se(*counts[:2]), log_ratio_se(*counts[2:]))
    z = divide(change, se)
    half = critical_z(confidence) * se
    low, high = np.exp(change - half), np.exp(change + half)
    return RatioChange(first, second, change, se, z, two_sided_normal(z), low, high)


@np.errstate(all="ignore")
def log_ratio_se(a: ArrayLike, b: ArrayLike) -> Floats:
    """Standard error of the log of a ratio of two counts of events: sqrt(1/a + 1/b).

    NaN where a count is not above zero.
    """
    above, below = (np.where((c > 0) & (c < np.inf), c, np.nan) for c in as_floats(a, b))
    return np.asarray(np.sqrt(1 / above + 1 / below))


@np.errstate(all="ignore")
def net_balance_se(up: ArrayLike, down: ArrayLike, n: ArrayLike) -> Floats:
    """Standard error of a net balance: the share that says up less the share that says down.

    Parameters
    ----------
    up, down
        Shares of the sample, 0 to 1, at most 1 together.
    n
        Size of the sample.

    Returns
    -------
    array
        sqrt((u + d - (u - d)²) / n). NaN where the shares are impossible, `n` is not above
        zero, or all said the same, which shows no spread.

    Notes
    -----
    The variance of a trinomial answer scored +1, 0, -1 (METHODS 5, row "net balance").
    """
    u, d, size = as_floats(up, down, n)
    sound = (u >= 0) & (d >= 0) & (u + d <= 1 + 1e-9)
    variance = np.where(sound, u + d - (u - d) ** 2, np.nan)
    return np.sqrt(divide(np.where(variance > 1e-15, variance, np.nan), size))


@np.errstate(all="ignore")
def rounding_se(unit: ArrayLike) -> Floats:
    """Standard error that rounding to a multiple of `unit` adds: unit / sqrt(12).

    The error of rounding is taken as even over half a unit either side. NaN where `unit` is
    negative.
    """
    size = as_floats(unit)[0]
    return np.asarray(np.where(size >= 0, size, np.nan) / np.sqrt(12))

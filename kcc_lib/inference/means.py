"""The interval of one mean, and the change between two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, as_floats, critical_t, divide, two_sided_t


@dataclass(frozen=True, slots=True)
class TwoMeans:
    """mean2 - mean1 with Welch's t-test and interval."""

    difference: Floats
    se: Floats
    t: Floats
    df: Floats
    p_value: Floats
    ci_low: Floats
    ci_high: Floats


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """A mean with its t interval."""

    mean: Floats
    low: Floats
    high: Floats


@np.errstate(all="ignore")
def mean_interval(
    mean: ArrayLike, sd: ArrayLike, n: ArrayLike, *, confidence: float = 0.95
) -> MeanInterval:
    """Student's t interval of a mean.

    Parameters
    ----------
    mean, sd, n
        Mean, standard deviation and number of cases. The interval is NaN with fewer than
        two cases or a negative standard deviation.

    Notes
    -----
    mean ± t sd / sqrt(n), as PHEindicatormethods computes it for English public health.
    """
    m, s, k = as_floats(mean, sd, n)
    k = np.where(k < np.inf, k, np.nan)
    half = critical_t(k - 1, confidence) * np.where(s >= 0, s, np.nan) / np.sqrt(k)
    return MeanInterval(m, m - half, m + half)


@np.errstate(all="ignore")
def two_means(
    mean1: ArrayLike, sd1: ArrayLike, n1: ArrayLike,
    mean2: ArrayLike, sd2: ArrayLike, n2: ArrayLike,
    *, confidence: float = 0.95,
) -> TwoMeans:  # fmt: skip
    """Compare two means with unequal variances by Welch's t-test.

    Parameters
    ----------
    mean1, sd1, n1, mean2, sd2, n2
        Mean, standard deviation and number of cases of the earlier and the later period.

    Notes
    -----
    B. L. Welch (1947); degrees of freedom by Satterthwaite. NaN where a group has fewer
    than two cases.
    """
    m1, s1, k1, m2, s2, k2 = as_floats(mean1, sd1, n1, mean2, sd2, n2)
    s1, s2 = np.where(s1 >= 0, s1, np.nan), np.where(s2 >= 0, s2, np.nan)
    v1 = divide(s1**2, np.where(k1 > 1, k1, np.nan))
    v2 = divide(s2**2, np.where(k2 > 1, k2, np.nan))
    difference, se = m2 - m1, np.sqrt(v1 + v2)
    df = divide((v1 + v2) ** 2, divide(v1**2, k1 - 1) + divide(v2**2, k2 - 1))
    t = np.where((se == 0) & (difference == 0), 0.0, divide(difference, se))
    half = critical_t(df, confidence) * se
    p_value = np.where((se == 0) & (difference == 0), 1.0, two_sided_t(t, df))
    return TwoMeans(difference, se, t, df, p_value, difference - half, difference + half)

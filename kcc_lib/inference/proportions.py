"""Change between two proportions, and change of a gap between two groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.intervals import wilson
from kcc_lib.inference.normal import Floats, as_floats, divide, two_sided_normal


@dataclass(frozen=True, slots=True)
class TwoProportions:
    """p2 - p1 with the pooled z-test and Newcombe's interval (all 0 to 1)."""

    difference: Floats
    se: Floats
    z: Floats
    p_value: Floats
    ci_low: Floats
    ci_high: Floats


@dataclass(frozen=True, slots=True)
class GapChange:
    """Second gap minus first, with its z-test (all 0 to 1)."""

    change: Floats
    se: Floats
    z: Floats
    p_value: Floats


@np.errstate(all="ignore")
def two_proportions(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, *, confidence: float = 0.95
) -> TwoProportions:
    """Compare x2/n2 with x1/n1 by the pooled two-sample z-test.

    Parameters
    ----------
    x1, n1, x2, n2
        Numerators and denominators of the earlier and the later period.
    confidence
        Of Newcombe's hybrid score interval of the difference.

    Notes
    -----
    Where both are 0% or both 100% nothing varies: z is 0 and p is 1 (METHODS 6); the
    interval still says how much could have been missed. Newcombe (1998), method 10.
    """
    a, na, b, nb = as_floats(x1, n1, x2, n2)
    first, second = wilson(a, na, confidence=confidence), wilson(b, nb, confidence=confidence)
    difference = second.proportion - first.proportion
    pooled = divide(a + b, na + nb)
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt(np.maximum(pooled * (1 - pooled), 0.0) * (1 / na + 1 / nb))
    se = np.where(np.isnan(difference), np.nan, se)
    still = np.isfinite(difference) & (se == 0)
    z = np.where(still, 0.0, divide(difference, se))
    low = difference - np.hypot(second.proportion - second.low, first.high - first.proportion)
    high = difference + np.hypot(second.high - second.proportion, first.proportion - first.low)
    return TwoProportions(difference, se, z, two_sided_normal(z), low, high)


@np.errstate(all="ignore")
def proportion_se(x: ArrayLike, n: ArrayLike) -> Floats:
    """Standard error of x out of n; NaN where all or none are counted, which shows no spread."""
    share = wilson(x, n).proportion
    variance = share * (1 - share)
    return np.sqrt(divide(np.where(variance > 0, variance, np.nan), as_floats(n)[0]))


@np.errstate(all="ignore")
def gap_change(
    a1: ArrayLike, na1: ArrayLike, b1: ArrayLike, nb1: ArrayLike,
    a2: ArrayLike, na2: ArrayLike, b2: ArrayLike, nb2: ArrayLike,
) -> GapChange:  # fmt: skip
    """Test whether the gap a/na - b/nb changed between two periods.

    Parameters
    ----------
    a1, na1, b1, nb1
        Numerator and denominator of both groups in the earlier period.
    a2, na2, b2, nb2
        The same in the later period.

    Notes
    -----
    z = change / sqrt(sum of p(1-p)/n over the four cells): the interaction term of a
    linear model of proportions (METHODS 5).
    """
    cells = as_floats(a1, na1, b1, nb1, a2, na2, b2, nb2)
    shares = [wilson(x, n).proportion for x, n in zip(cells[::2], cells[1::2], strict=True)]
    with np.errstate(invalid="ignore"):
        variances = [divide(p * (1 - p), n) for p, n in zip(shares, cells[1::2], strict=True)]
        change = (shares[2] - shares[3]) - (shares[0] - shares[1])
        se = np.sqrt(sum(variances, start=np.zeros_like(change)))
    z = np.where((se == 0) & (change == 0), 0.0, divide(change, se))
    return GapChange(change, se, z, two_sided_normal(z))

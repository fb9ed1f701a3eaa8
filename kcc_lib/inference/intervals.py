"""Confidence intervals of one proportion (Wilson) and one rate (Byar, exact when small)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from kcc_lib.inference.normal import Floats, as_floats, critical_z, divide


@dataclass(frozen=True, slots=True)
class WilsonInterval:
    """A proportion (0 to 1) with its Wilson score interval."""

    proportion: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class ByarsInterval:
    """A rate per `multiplier` with its interval."""

    rate: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class PoissonInterval:
    """A rate per `multiplier` with its exact interval."""

    rate: Floats
    low: Floats
    high: Floats


@np.errstate(all="ignore")
def wilson(x: ArrayLike, n: ArrayLike, *, confidence: float = 0.95) -> WilsonInterval:
    """Wilson's score interval of x out of n, without continuity correction.

    Parameters
    ----------
    x, n
        Numerator and denominator. NaN where n is not above zero or x is not in 0 to n.

    Notes
    -----
    E. B. Wilson (1927), as PHEindicatormethods computes it for English public health.
    """
    xs, ns = as_floats(x, n)
    sound = (ns > 0) & (xs >= 0) & (xs <= ns)
    xs, ns = np.where(sound, xs, np.nan), np.where(sound, ns, np.nan)
    z2 = critical_z(confidence) ** 2
    p = xs / ns
    spread = np.sqrt(z2) * np.sqrt(z2 + 4 * xs * (1 - p))
    low = (2 * xs + z2 - spread) / (2 * (ns + z2))
    high = (2 * xs + z2 + spread) / (2 * (ns + z2))
    return WilsonInterval(p, np.clip(low, 0, 1), np.clip(high, 0, 1))


@np.errstate(all="ignore")
def byars(
    count: ArrayLike, base: ArrayLike, multiplier: float = 1, *, confidence: float = 0.95
) -> ByarsInterval:
    """A rate's interval by Byar's approximation; exact Poisson below 10 events.

    Parameters
    ----------
    count, base
        Events and the population or exposure they arose in. NaN where base is not above
        zero or the count is negative.
    multiplier
        What the rate is per: 1,000, 100,000 …

    Notes
    -----
    Breslow and Day (1987); the switch at 10 events is PHEindicatormethods'.
    """
    o, n = as_floats(count, base)
    sound = (n > 0) & (o >= 0)
    o, n = np.where(sound, o, np.nan), np.where(sound, n, np.nan)
    z = critical_z(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(o > 0, o * (1 - 1 / (9 * o) - z / (3 * np.sqrt(o))) ** 3, 0.0)
        high = (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * np.sqrt(o + 1))) ** 3
        exact_low, exact_high = _exact_limits(o, confidence)
    small = o < 10
    low, high = np.where(small, exact_low, low), np.where(small, exact_high, high)
    low, high = np.where(sound, low, np.nan), np.where(sound, high, np.nan)
    return ByarsInterval(
        divide(o, n) * multiplier, divide(low, n) * multiplier, divide(high, n) * multiplier
    )


@np.errstate(all="ignore")
def poisson_interval(
    count: ArrayLike, base: ArrayLike, multiplier: float = 1, *, confidence: float = 0.95
) -> PoissonInterval:
    """A rate's exact Poisson interval, whatever the count.

    Parameters
    ----------
    count, base
        Events and the population or exposure they arose in. NaN where base is not above
        zero or the count is negative.
    multiplier
        What the rate is per.

    Notes
    -----
    Garwood (1936), as R's `poisson.test`. `byars` agrees with it below 10 events; above
    that Byar's approximation is what English public health publishes.
    """
    o, n = as_floats(count, base)
    sound = (n > 0) & (o >= 0)
    o, n = np.where(sound, o, np.nan), np.where(sound, n, np.nan)
    critical_z(confidence)  # refuses what is not a share
    low, high = _exact_limits(o, confidence)
    return PoissonInterval(
        divide(o, n) * multiplier,
        divide(low, n) * multiplier,
        divide(high, n) * multiplier,
    )


def _exact_limits(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Garwood's limits of a Poisson count; none below no events."""
    tail = (1 - confidence) / 2
    low = np.where(count > 0, special.gammaincinv(np.maximum(count, 1e-300), tail), 0.0 * count)
    return low, np.asarray(special.gammaincinv(count + 1, 1 - tail), dtype=np.float64)

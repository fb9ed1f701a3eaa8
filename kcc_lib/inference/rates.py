"""Change between two rates or two counts of events."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, as_floats, divide, two_sided_normal


@dataclass(frozen=True, slots=True)
class TwoRates:
    """Ratio of the later rate to the earlier, with a test that they are equal."""

    ratio: Floats
    z: Floats
    p_value: Floats


@np.errstate(all="ignore")
def two_rates(count1: ArrayLike, base1: ArrayLike, count2: ArrayLike, base2: ArrayLike) -> TwoRates:
    """Compare two Poisson rates by the score test on their common rate.

    Parameters
    ----------
    count1, base1, count2, base2
        Events and population (or exposure) of the earlier and the later period. For two
        plain counts give equal bases: z is then (x2 - x1) / sqrt(x1 + x2).

    Notes
    -----
    Gu, Ng, Tang and Schucany (2008). No events in both periods: z is 0 and
    p is 1.
    """
    a, na, b, nb = as_floats(count1, base1, count2, base2)
    sound = (na > 0) & (nb > 0) & (a >= 0) & (b >= 0)
    a, b = np.where(sound, a, np.nan), np.where(sound, b, np.nan)
    common = (a + b) / np.where(sound, na + nb, np.nan)
    difference = divide(b, nb) - divide(a, na)
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt(common * (1 / na + 1 / nb))
    z = np.where((se == 0) & (difference == 0), 0.0, divide(difference, se))
    return TwoRates(divide(divide(b, nb), divide(a, na)), z, two_sided_normal(z))

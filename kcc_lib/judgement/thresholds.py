"""Whether an activity is in its expected range (METHODS 4.6): no polarity, no rating."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kcc_lib.vocabulary import Expectation


def expect(value: ArrayLike, *, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.object_]:
    """Place values against their thresholds; at a threshold is as expected.

    Parameters
    ----------
    value, lower, upper
        In the activity's own unit; a threshold that is NaN does not bound. Without a value
        or any threshold nothing is expected.

    Raises
    ------
    ValueError
        If a lower threshold is above its upper one.
    """
    v, low, high = np.broadcast_arrays(
        *(np.asarray(a, dtype=np.float64) for a in (value, lower, upper))
    )
    if (low > high).any():
        raise ValueError("a lower threshold is above its upper one; swap them")
    known = ~np.isnan(v) & ~(np.isnan(low) & np.isnan(high))
    words = [Expectation.BELOW.value, Expectation.ABOVE.value, Expectation.AS_EXPECTED.value]
    return np.asarray(np.select([v < low, v > high, known], words, ""), dtype=object)

"""How large a sample a change would need before a test could tell it from chance."""

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, as_floats, critical_z, divide


@np.errstate(all="ignore")
def sample_size_to_detect(p1: ArrayLike, p2: ArrayLike, *, confidence: float = 0.95) -> Floats:
    """The size, the same in both periods, at which a pooled z-test calls p2 - p1 significant.

    Parameters
    ----------
    p1, p2
        Proportions, 0 to 1.

    Returns
    -------
    array
        The smallest whole number of cases; NaN where the proportions are equal.

    Notes
    -----
    z² · 2 p̄(1 - p̄) / (p2 - p1)², the pooled two-sample test solved for n.
    """
    first, second = (np.where((p >= 0) & (p <= 1), p, np.nan) for p in as_floats(p1, p2))
    pooled = (first + second) / 2
    size = divide(2 * critical_z(confidence) ** 2 * pooled * (1 - pooled), (second - first) ** 2)
    return np.asarray(np.ceil(size))

"""Allowing for the many tests that one report makes."""

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (q-values).

    Parameters
    ----------
    p
        p-values of any shape; NaN marks a test that was not made and stays NaN.

    Returns
    -------
    array of the same shape
        The smallest false discovery rate at which each test would be called.

    Raises
    ------
    ValueError
        If a p-value is outside 0 to 1.
    """
    values = np.asarray(p, dtype=np.float64)
    flat = values.ravel()
    made = ~np.isnan(flat)
    tested = flat[made]
    if ((tested < 0) | (tested > 1)).any():
        raise ValueError("a p-value is outside 0 to 1")
    order = np.argsort(tested, kind="stable")
    ranked = tested[order] * tested.size / np.arange(1, tested.size + 1)
    steps = np.minimum.accumulate(ranked[::-1])[::-1]
    adjusted = np.empty_like(tested)
    adjusted[order] = np.minimum(steps, 1.0)
    out = np.full(flat.shape, np.nan)
    out[made] = adjusted
    return out.reshape(values.shape)

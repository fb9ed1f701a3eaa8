"""RAG rating: a value against its target and floor standard (METHODS 4.5)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kcc_lib.vocabulary import Rag


def rate(
    value: ArrayLike, *, target: ArrayLike, floor: ArrayLike, sign: ArrayLike
) -> NDArray[np.object_]:
    """Rate values, unrounded.

    At the target is Green and at the floor is Amber; beyond the floor is Red; mirrored
    where lower is better. N/A without a value, a target, a floor that is needed, or a
    polarity.

    Parameters
    ----------
    value, target, floor
        In the measure's own unit; NaN is not set.
    sign
        The polarity's sign, +1 or -1; 0 or NaN is not rated.

    Raises
    ------
    ValueError
        If a floor asks for more than its target does.
    """
    v, t, f, s = np.broadcast_arrays(
        *(np.asarray(a, dtype=np.float64) for a in (value, target, floor, sign))
    )
    if (floor_beyond_target(t, f, s)).any():
        raise ValueError("a floor asks for more than its target; swap them or mend the polarity")
    rated = np.isfinite(v) & np.isfinite(t) & (np.nan_to_num(s) != 0)
    with np.errstate(invalid="ignore"):
        conditions = [rated & (v * s >= t * s), rated & (v * s >= f * s), rated & np.isfinite(f)]
    words = [Rag.GREEN.value, Rag.AMBER.value, Rag.RED.value]
    return np.asarray(np.select(conditions, words, Rag.NOT_RATED.value), dtype=object)


def floor_beyond_target(target: ArrayLike, floor: ArrayLike, sign: ArrayLike) -> NDArray[np.bool_]:
    """Whether a floor lies on the wrong side of its target."""
    t, f, s = (np.asarray(a, dtype=np.float64) for a in (target, floor, sign))
    with np.errstate(invalid="ignore"):
        return np.asarray(f * s > t * s, dtype=bool)

"""The rules by which a point on an XmR chart shows special cause.

Each takes points in time order along the last axis, one series or many at once, and
returns +1, -1 or 0 for each point. Missing points stand after the last held one, never
between two: `packed` puts them there.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kcc_lib.inference.normal import Floats, as_floats

Signs = NDArray[np.int8]

#: Values closer than this share of their size are equal: 0.1 + 0.2 is 0.3.
ROUNDING = 1e-12


class SpcRule(IntEnum):
    """What marked a point: the first of these, in this order, that holds."""

    NONE = 0
    BEYOND_LIMIT = 1
    MONOTONE = 2
    TWO_OF_THREE = 3
    ONE_SIDE = 4


def packed(values: ArrayLike, kept: np.ndarray) -> tuple[Floats, np.ndarray]:
    """Move the kept values to the left of each row, NaN after them.

    Returns
    -------
    tuple
        The rows, and the mask of what was moved: `back[kept] = rows[mask]` undoes it.
    """
    given = np.asarray(values, dtype=np.float64)
    places = np.arange(given.shape[-1]) < kept.sum(axis=-1, keepdims=True)
    out = np.full(given.shape, np.nan)
    out[places] = given[kept]
    return out, places


def signs(values: ArrayLike, beyond: ArrayLike) -> Signs:
    """+1 above `beyond`, -1 below minus `beyond`, 0 between, on either, or missing."""
    given, bound = as_floats(values, beyond)
    return (given > bound).astype(np.int8) - (given < -bound).astype(np.int8)


@np.errstate(all="ignore")
def directions(values: ArrayLike) -> Signs:
    """+1 where a value is above the one before it, -1 where below, 0 at the first."""
    given = np.asarray(values, dtype=np.float64)
    size = np.maximum(np.abs(given[..., 1:]), np.abs(given[..., :-1]))
    out = np.zeros(given.shape, dtype=np.int8)
    out[..., 1:] = signs(np.diff(given), ROUNDING * size)
    return out


def run_ends(signed: ArrayLike, points: int) -> Signs:
    """The sign of each point that is at least the `points`-th equal sign in a row."""
    given = np.asarray(signed, dtype=np.int8)
    place = np.arange(given.shape[-1])
    starts = np.ones(given.shape, dtype=bool)
    starts[..., 1:] = given[..., 1:] != given[..., :-1]
    start = np.maximum.accumulate(np.where(starts, place, 0), axis=-1)
    return np.where(place - start + 1 >= points, given, np.int8(0))


def whole_run(ends: ArrayLike, points: int) -> Signs:
    """Carry the sign of a run's ends back over the run's `points` points.

    Where two runs share a point, a peak or a trough, it takes the sign of the later one.
    """
    given = np.asarray(ends, dtype=np.int8)
    out = given.copy()
    for ahead in range(1, points):
        later = given[..., ahead:]
        np.copyto(out[..., :-ahead], later, where=later != 0)
    return out


def side_run(side: ArrayLike, points: int = 7) -> Signs:
    """Runs of `points` points on one side of the mean; a point on the mean breaks a run.

    Parameters
    ----------
    side
        +1 above the mean, -1 below, 0 on it.
    """
    return whole_run(run_ends(side, points), points)


def monotone_ends(values: ArrayLike, points: int = 7) -> Signs:
    """The points at which `points` values have risen (+1) or fallen (-1) without a pause."""
    return run_ends(directions(values), points - 1)


def monotone_run(values: ArrayLike, points: int = 7, *, equal_breaks: bool = True) -> Signs:
    """Runs of `points` rising (+1) or falling (-1) values.

    Parameters
    ----------
    equal_breaks
        Whether equal neighbours break a run, as in NHSRplotthedots. If not, they count as
        one point: they neither make nor break a run, and all are marked with it.
    """
    given = np.asarray(values, dtype=np.float64)
    if equal_breaks:
        return whole_run(monotone_ends(given, points), points)
    changed = directions(given) != 0
    changed[..., :1] = ~np.isnan(given[..., :1])
    levels, _ = packed(given, changed)
    marked = whole_run(monotone_ends(levels, points), points)
    level = np.cumsum(changed, axis=-1) - 1
    return np.where(np.isnan(given), np.int8(0), np.take_along_axis(marked, level, axis=-1))


def two_of_three(side: ArrayLike, far: ArrayLike) -> Signs:
    """All points of every three in a row on one side of the mean, two of them far from it.

    Parameters
    ----------
    side
        +1 above the mean, -1 below, 0 on it.
    far
        Not 0 where a point is more than two thirds of the way to a limit.
    """
    given = np.asarray(side, dtype=np.int8)
    distant = np.asarray(far) != 0
    out = np.zeros(given.shape, dtype=np.int8)
    trios = max(given.shape[-1] - 2, 0)
    views = [slice(first, first + trios) for first in range(3)]
    count = sum(distant[..., v].astype(np.int8) for v in views)
    middle = given[..., views[1]]
    same = (given[..., views[0]] == middle) & (given[..., views[2]] == middle)
    found = np.where(same & (count >= 2), middle, np.int8(0))
    for view in views:
        np.copyto(out[..., view], found, where=found != 0)
    return out


def far_of_three(side: ArrayLike, far: ArrayLike) -> Signs:
    """The far points of every `two_of_three`; the third, near the mean, is not marked."""
    return np.where(np.asarray(far) != 0, two_of_three(side, far), np.int8(0))

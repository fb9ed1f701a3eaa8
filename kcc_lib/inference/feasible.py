"""What can be worked out about hidden numbers from the sums they are known to stand in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog

from kcc_lib.inference.normal import Floats

#: Nearer than this, two whole numbers are one.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Ranges:
    """The least and the most that each hidden number can be; one that is known has them equal."""

    low: Floats
    high: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which numbers are settled by the sums alone."""
        found: NDArray[np.bool_] = self.high - self.low < _SAME
        return found


def feasible_ranges(sums: ArrayLike, totals: ArrayLike, *, least: float = 0.0) -> Ranges:
    """How far each hidden number is free, as a reader with every sum in hand can work it out.

    This is the audit of cell suppression: of each hidden cell the smallest and the largest
    value that the published sums allow, by linear programming.

    Parameters
    ----------
    sums : (k, m)
        One row for each known sum of m hidden numbers, with the sign each enters it by.
    totals : (k,)
        What each sum comes to; NaN where nobody knows, and then the sum says only that it
        is fixed: a number that it alone settles counts as known.
    least
        What a reader knows each number to be at least: 1 where noughts are never hidden.

    Returns
    -------
    Ranges
        Of each of the m numbers. Where the sums contradict each other or `least`, what they
        settle by subtraction alone is known, and the rest is not.

    Notes
    -----
    After Fischetti and Salazar-González (2000), Models and algorithms for the two-dimensional
    cell suppression problem: the attacker's problem, two linear programmes for each cell.
    """
    matrix = np.atleast_2d(np.asarray(sums, dtype=np.float64))
    right = np.asarray(totals, dtype=np.float64)
    size = matrix.shape[1]
    low, high = np.full(size, least), np.full(size, np.inf)
    stated = ~np.isnan(right)
    for at in range(size) if stated.any() else ():
        aim = np.zeros(size)
        aim[at] = 1.0
        ends = [_least_of(sign * aim, matrix[stated], right[stated], least) for sign in (1, -1)]
        if np.isnan(ends).any():
            low, high = np.full(size, least), np.full(size, np.inf)
            break
        low[at], high[at] = ends[0], -ends[1]
    settled = settled_by_subtraction(matrix)
    low[settled] = high[settled] = np.where(np.isfinite(low), low, least)[settled]
    return Ranges(low, high)


def settled_by_subtraction(sums: ArrayLike) -> NDArray[np.bool_]:
    """Which hidden numbers some sum of the sums gives outright, whatever their totals are.

    A number is settled if its unit vector lies in the space that the rows span.
    """
    matrix = np.atleast_2d(np.asarray(sums, dtype=np.float64))
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=False)
    spanned = directions[sizes > _SAME]
    found: NDArray[np.bool_] = np.abs(1.0 - (spanned**2).sum(axis=0)) < _SAME
    return found


def _least_of(aim: Floats, matrix: Floats, right: Floats, least: float) -> float:
    """The least of a linear aim; -inf where there is none, NaN where nothing fits the sums."""
    found = linprog(aim, A_eq=matrix, b_eq=right, bounds=(least, None), method="highs")
    if found.status == 0 and found.fun is not None:
        return float(found.fun)
    return -np.inf if found.status == 3 else np.nan

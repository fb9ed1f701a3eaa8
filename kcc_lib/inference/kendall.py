"""Kendall's rank correlation of a series with time."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.normal import Floats, divide, two_sided_normal

#: The longest series whose p-value is counted out; beyond it the normal is close enough.
MOST_EXACT = 60


@dataclass(frozen=True, slots=True)
class Kendall:
    """Rank correlation with time; one entry for each series.

    `s` is concordant less discordant pairs, `tau` Kendall's tau-b, `exact` whether the
    p-value was counted out rather than approximated.
    """

    s: Floats
    tau: Floats
    p_value: Floats
    exact: np.ndarray
    n: Floats


@np.errstate(all="ignore")
def kendall(x: ArrayLike, y: ArrayLike) -> Kendall:
    """Test by ranks alone whether y rises or falls with x, two-sided.

    Parameters
    ----------
    x
        Times, shape (k,) shared by all series or (m, k).
    y
        Values, shape (k,) for one series or (m, k); NaN is missing and is left out.

    Returns
    -------
    Kendall
        Fields of shape (m,), or () for one series: NaN with fewer than two points, and tau
        and p where all values or all times are equal.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a value is infinite.

    Notes
    -----
    Kendall (1938). Without ties and with at most 60 points p is exact, from the number of
    permutations with each count of inversions, as R's `cor.test`. Otherwise it is normal,
    with the variance corrected for ties (Kendall 1970) and no correction for continuity, as
    SciPy's `kendalltau(method="asymptotic")`. Below five points the exact p cannot reach 5%.
    """
    ys = np.atleast_2d(np.asarray(y, dtype=np.float64))
    xs = np.broadcast_to(np.asarray(x, dtype=np.float64), ys.shape)
    held = ~np.isnan(ys) & ~np.isnan(xs)
    refuse_infinite(np.where(held, ys, 0), np.where(held, xs, 0))
    n = held.sum(axis=1).astype(np.float64)
    s, equal_x, equal_y = concordance(np.where(held, xs, np.nan), np.where(held, ys, np.nan))
    s = np.where(n >= 2, s, np.nan)
    all_pairs = n * (n - 1) / 2
    tied_x, tied_y = (equal.sum(axis=1) / 2 for equal in (equal_x, equal_y))
    tau = divide(s, np.sqrt(all_pairs - tied_x) * np.sqrt(all_pairs - tied_y))
    triples_x, triples_y = ((e * (e - 1)).sum(axis=1) for e in (equal_x, equal_y))
    variance = (2 * all_pairs * (2 * n + 5) - tie_term(equal_x) - tie_term(equal_y)) / 18
    variance += tied_x * tied_y / all_pairs
    variance += np.where(n > 2, triples_x * triples_y / (9 * n * (n - 1) * (n - 2)), 0.0)
    p_value = two_sided_normal(divide(s, np.sqrt(variance)))
    exact = (n >= 2) & (n <= MOST_EXACT) & (tied_x == 0) & (tied_y == 0)
    for size in np.unique(n[exact]):
        these = exact & (n == size)
        p_value[these] = _exact_p(int(size))[((all_pairs - np.abs(s)) / 2)[these].astype(int)]
    p_value = np.where(np.isnan(tau), np.nan, p_value)
    fields = (s, np.clip(tau, -1, 1), p_value, exact, n)
    return Kendall(*(f[0] for f in fields) if np.ndim(y) == 1 else fields)


def refuse_infinite(*numbers: Floats) -> None:
    """Refuse what is neither a number nor missing."""
    if any(np.isinf(values).any() for values in numbers):
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")


def concordance(xs: Floats, ys: Floats) -> tuple[Floats, Floats, Floats]:
    """Concordant less discordant pairs; how many others each point equals in x and in y.

    A loop over the distance between two columns; a comparison with NaN is false.
    """
    xs = np.broadcast_to(xs, ys.shape)
    s = np.zeros(ys.shape[0])
    equal_x, equal_y = np.zeros(ys.shape), np.zeros(ys.shape)
    for gap in range(1, ys.shape[1]):
        x1, x2, y1, y2 = xs[:, :-gap], xs[:, gap:], ys[:, :-gap], ys[:, gap:]
        up_x, up_y = 1.0 * (x2 > x1) - (x2 < x1), 1.0 * (y2 > y1) - (y2 < y1)
        s += (up_x * up_y).sum(axis=1)
        for equal, same in ((equal_x, x1 == x2), (equal_y, y1 == y2)):
            equal[:, :-gap] += same
            equal[:, gap:] += same
    return s, equal_x, equal_y


def tie_term(equal: Floats) -> Floats:
    """The sum of t (t - 1) (2 t + 5) over groups of t tied points, from their members."""
    return np.asarray((equal * (2 * equal + 7)).sum(axis=1))


@cache
def _inversions(n: int) -> tuple[int, ...]:
    """How many permutations of n have 0, 1, 2 … inversions."""
    if n == 1:
        return (1,)
    before = _inversions(n - 1)
    up_to = [0] * n + list(accumulate(before + (0,) * (n - 1)))
    return tuple(up_to[at + n] - up_to[at] for at in range(len(up_to) - n))


@cache
def _exact_p(n: int) -> Floats:
    """Two-sided p for each number of the rarer kind of pair, in whole numbers to the end."""
    counts = _inversions(n)
    p, below = [], 0
    for count in counts[: len(counts) // 2 + 1]:
        below += count
        p.append(min(1.0, 2 * below / factorial(n)))
    return np.array(p)

"""Exact tests of two proportions and of two rates, for counts too small for a normal z.

Many at once: each row's distribution is worked out from the ratio of one outcome's chance to
the next, which loses no digits, and scaled to one.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from kcc_lib.inference.normal import Floats, as_floats

#: Outcomes whose chances differ by less than this, relatively, are equally likely (as in R).
_TIE = 1e-7
#: Outcomes that are listed one by one; NaN or a tail beyond.
_OUTCOMES = 5e6
#: Chances worked out in one go: what keeps memory flat, however many rows there are.
_CELLS = 2_000_000


@np.errstate(all="ignore")
def exact_fisher(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Fisher's exact two-sided p-value of two proportions.

    Parameters
    ----------
    x1, n1, x2, n2
        Numerators and denominators, rounded to whole cases. NaN where one is impossible.

    Notes
    -----
    Given both totals the first numerator is hypergeometric; the p-value is the chance of
    all outcomes no likelier than the one found. NaN beyond five million outcomes, where a
    z-test serves.
    """
    shape = np.broadcast_shapes(*(np.shape(v) for v in (x1, n1, x2, n2)))
    a, na, b, nb = (np.round(v).ravel() for v in as_floats(x1, n1, x2, n2))
    sound = (na > 0) & (nb > 0) & (a >= 0) & (b >= 0) & (a <= na) & (b <= nb)
    sound &= np.isfinite(na + nb)
    a, na, total, nb = a[sound], na[sound], (a + b)[sound], nb[sound]
    first = np.maximum(0.0, total - nb)
    last = np.minimum(na, total)

    def log_ratio(rows: np.ndarray, j: Floats) -> Floats:
        n, m, t = na[rows, None], nb[rows, None], total[rows, None]
        return np.asarray(np.log((n - j) * (t - j)) - np.log((j + 1) * (m - t + j + 1)))

    few = last - first <= _OUTCOMES
    out = np.full(sound.size, np.nan)
    out[sound] = np.where(
        few, _as_unlikely(a, first, np.where(few, last, first - 1), log_ratio), np.nan
    )
    return out.reshape(shape)


@np.errstate(all="ignore")
def exact_conditional(
    count1: ArrayLike, base1: ArrayLike, count2: ArrayLike, base2: ArrayLike
) -> Floats:
    """Exact two-sided p-value that two Poisson rates are equal.

    Parameters
    ----------
    count1, base1, count2, base2
        Counts, rounded to whole events, and the bases they arose in. NaN where one is
        impossible.

    Notes
    -----
    Given the total, the later count is binomial with share base2 / (base1 + base2); the
    p-value is the chance of all outcomes no likelier than the one found. Beyond five million
    events in all it is twice the smaller tail.
    """
    shape = np.broadcast_shapes(*(np.shape(v) for v in (count1, base1, count2, base2)))
    a, na, b, nb = (v.ravel() for v in as_floats(count1, base1, count2, base2))
    a, b = np.round(a), np.round(b)
    sound = np.isfinite(a + b + na + nb) & (a >= 0) & (b >= 0) & (na > 0) & (nb > 0)
    later, total, odds = b[sound], (a + b)[sound], np.log(nb[sound]) - np.log(na[sound])

    def log_ratio(rows: np.ndarray, j: Floats) -> Floats:
        return np.asarray(np.log(total[rows, None] - j) - np.log(j + 1) + odds[rows, None])

    listed = total <= _OUTCOMES
    p_value = _as_unlikely(later, np.zeros_like(total), np.where(listed, total, -1), log_ratio)
    p_value = np.where(listed, p_value, _twice_the_tail(later, total, odds))
    out = np.full(sound.size, np.nan)
    out[sound] = p_value
    return out.reshape(shape)


def _twice_the_tail(later: Floats, total: Floats, odds: Floats) -> Floats:
    """Twice the smaller tail of the binomial: where there are too many outcomes to list."""
    share = special.expit(odds)
    below = special.betainc(total - later, later + 1, 1 - share)
    above = np.where(later > 0, special.betainc(later, total - later + 1, share), 1.0)
    below = np.where(later < total, below, 1.0)
    return np.asarray(np.minimum(2 * np.minimum(below, above), 1.0))


@np.errstate(all="ignore")
def _as_unlikely(
    found: Floats,
    first: Floats,
    last: Floats,
    log_ratio: Callable[[np.ndarray, Floats], Floats],
) -> Floats:
    """The chance of an outcome no likelier than the one found, from `first` to `last`."""
    out = np.full(found.shape, np.nan)
    listed = np.flatnonzero(last >= first)
    for batch in _batches((last - first)[listed]):
        rows = listed[batch]
        steps = np.arange(int((last - first)[rows].max()))
        j = first[rows, None] + steps
        ratio = np.where(j < last[rows, None], log_ratio(rows, j), -np.inf)
        logs = np.concatenate([np.zeros((rows.size, 1)), np.cumsum(ratio, axis=1)], axis=1)
        chance = np.exp(logs - logs.max(axis=1, keepdims=True))
        here = chance[np.arange(rows.size), (found - first)[rows].astype(np.int64)]
        unlikely = np.where(chance <= here[:, None] * (1 + _TIE), chance, 0.0)
        out[rows] = np.minimum(unlikely.sum(axis=1) / chance.sum(axis=1), 1.0)
    return out


def _batches(sizes: Floats) -> Iterator[np.ndarray]:
    """Rows in batches of like size, each batch of about as many cells."""
    order = np.argsort(sizes, kind="stable")
    start = 0
    while start < order.size:
        widths = sizes[order[start:]] + 1
        cells = widths * np.arange(1, widths.size + 1)
        take = max(1, int(np.searchsorted(cells, _CELLS, side="right")))
        yield order[start : start + take]
        start += take

"""Statistical process control: the XmR chart, one series or many at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kcc_lib.inference.normal import Floats, as_floats
from kcc_lib.inference.spc_rules import (
    ROUNDING,
    SpcRule,
    far_of_three,
    monotone_run,
    packed,
    side_run,
    signs,
)

#: The fewest points that limits may rest on; below 12 they are trial limits.
FEWEST = 8
#: Mean moving range to limit, and mean moving range to the largest that is not screened.
TO_LIMIT, TO_SCREEN = 2.66, 3.267


@dataclass(frozen=True, slots=True)
class Xmr:
    """Mean, process limits and what marks each point; one entry for each series.

    `flags` holds +1 or -1 where a point shows special cause, 0 where it does not or is
    missing: above or below for a limit and for a side of the mean, rising or falling for a
    monotone run. `rules` holds the `SpcRule` that marked it. `n` is the number of points the
    limits rest on: 8 to 11 are trial limits. `near_lower` and `near_upper` lie two thirds
    of the way from the mean to the limits.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    flags: NDArray[np.int64]
    near_lower: Floats
    near_upper: Floats
    n: NDArray[np.int64]
    rules: NDArray[np.int64]


@np.errstate(all="ignore")
def xmr(
    values: ArrayLike,
    *,
    screen: bool = True,
    fix_after: int | None = None,
    run: int = 7,
    monotone: int = 7,
    equal_breaks: bool = True,
) -> Xmr:
    """Limits of an XmR chart and the points that show special cause.

    Parameters
    ----------
    values
        Values in time order, shape (k,) for one series or (m, k); NaN is missing and is
        left out before anything else.
    screen
        Whether extreme moving ranges are left out of the limits, once. NHS England's
        spreadsheet leaves them in.
    fix_after
        Let the limits rest on this many points, the first that are held; all by default.
    run, monotone
        How many points make a run on one side of the mean, and a rising or falling run.
    equal_breaks
        Whether equal neighbours break a rising or falling run.

    Returns
    -------
    Xmr
        Limits of shape (m,), or () for one series; flags and rules shaped as `values`.
        In a matrix, a series that would be refused alone has limits of NaN and no flags.

    Raises
    ------
    ValueError
        If a value is infinite or an option makes no sense. For one series, also with
        fewer than 8 points, or no variation from point to point: limits of no width would
        flag everything.

    Notes
    -----
    Limits are the mean plus or minus 2.66 times the mean moving range, moving ranges at or
    above 3.267 times their mean left out once. Rules, in order, after NHS England's Making
    Data Count and NHSRplotthedots: beyond a limit; seven rising or falling; two of three
    beyond two thirds of the way to a limit with all three on that side; seven on one side
    of the mean. A point on the mean breaks a run. A point beyond a limit counts among the
    two of three, as in Making Data Count since 2023; NHSRplotthedots 0.2.2 does not count
    it. Values within rounding error of each other, or of a limit, are on it.

    One set of limits is drawn for the whole series. After a step change, or a break in the
    series, cut it and call this on each part.
    """
    given = np.asarray(values, dtype=np.float64)
    _refuse(given, fix_after, run, monotone)
    rows = np.atleast_2d(given)
    held = ~np.isnan(rows)
    y, places = packed(rows, held)
    # Units of a power of two: exact, and nothing overflows on the way
    _, exponent = np.frexp(np.where(places, np.abs(y), 0.0).max(axis=1, initial=0.0))
    y = np.ldexp(y, -exponent[:, None])
    mean, width, n = process_limits(y, screen=screen, fix_after=fix_after)
    varies = width > ROUNDING
    if given.ndim == 1:
        _refuse_one(n[0], varies[0])
    usable = varies & (n >= FEWEST)
    mean, width = np.where(usable, mean, np.nan), np.where(usable, width, np.nan)
    marked, by = _special_causes(
        np.where(usable[:, None], y, np.nan), mean, width, (run, monotone, equal_breaks)
    )
    flags, rules = (np.zeros(rows.shape, dtype=np.int64) for _ in range(2))
    flags[held], rules[held] = marked[places], by[places]
    near = 2 / 3 * width
    mean, lower, upper, near_lower, near_upper = (
        np.ldexp(limit, exponent)
        for limit in (mean, mean - width, mean + width, mean - near, mean + near)
    )
    fields = (mean, lower, upper, flags, near_lower, near_upper, n, rules)
    if given.ndim == 1:
        fields = tuple(f[0] for f in fields)
    return Xmr(*fields)


@np.errstate(all="ignore")
def process_limits(
    values: ArrayLike, *, screen: bool = True, fix_after: int | None = None
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean, distance to the limits, and the number of points both rest on.

    Parameters
    ----------
    values
        Shape (m, k), missing points after the last held one. Nothing is refused here: the
        arithmetic alone, for any number of points.

    Notes
    -----
    Sums run from the first point to the last, so that a series has the same limits alone,
    among others, and with gaps.
    """
    y = np.asarray(values, dtype=np.float64)
    place = np.arange(y.shape[1])
    n = (~np.isnan(y)).sum(axis=1).astype(np.int64)
    n = n if fix_after is None else np.minimum(n, fix_after)
    mean = _mean(y, place < n[:, None])
    ranges = np.abs(np.diff(y, axis=1, prepend=np.nan))
    kept = (place > 0) & (place < n[:, None])
    if screen:
        kept = kept & (ranges < TO_SCREEN * _mean(ranges, kept)[:, None])
    spread = np.where(kept.any(axis=1), _mean(ranges, kept), 0.0)
    return mean, np.asarray(TO_LIMIT * spread), n


@np.errstate(all="ignore")
def assurance(lower: ArrayLike, upper: ArrayLike, target: ArrayLike, sign: ArrayLike) -> Floats:
    """Whether a stable process can be expected to meet its target.

    Parameters
    ----------
    lower, upper
        Process limits, those of the latest points.
    target
        In the same unit.
    sign
        +1 where higher is better, -1 where lower is, 0 where neither is.

    Returns
    -------
    array
        +1 consistently passes: the whole range between the limits is better than the
        target. -1 consistently fails: the whole range is worse. 0 inconsistent: chance
        alone decides. NaN where a limit or the target is missing or the sign is 0.

    Raises
    ------
    ValueError
        If a sign is not +1, -1 or 0.

    Notes
    -----
    NHSRplotthedots' assurance type. A target on a limit is inconsistent.
    """
    low, high, goal, better = as_floats(lower, upper, target, sign)
    if not np.isin(better, (-1.0, 0.0, 1.0)).all():
        raise ValueError("a sign is not +1 (higher is better), -1 (lower) or 0 (neither)")
    near = ROUNDING * np.maximum(np.abs(goal), np.maximum(np.abs(low), np.abs(high)))
    above, below = low - goal > near, goal - high > near
    known = ~np.isnan(low + high + goal) & (better != 0)
    return np.where(known, better * (above.astype(np.float64) - below), np.nan)


def _refuse(given: Floats, fix_after: int | None, run: int, monotone: int) -> None:
    if given.ndim not in {1, 2}:
        raise ValueError(f"{given.ndim} dimensions where one series or a matrix is needed")
    if np.isinf(given).any():
        raise ValueError("a value is infinite; leave it blank (NaN) and flag it")
    if fix_after is not None and fix_after < FEWEST:
        raise ValueError(f"fix_after {fix_after} is too few points for limits; {FEWEST} are needed")
    if min(run, monotone) < 3:
        raise ValueError(f"{min(run, monotone)} points make no run; give 3 or more")


def _refuse_one(n: int, varies: bool) -> None:
    if n < FEWEST:
        raise ValueError(f"{n} points are too few for an XmR chart; {FEWEST} are needed")
    if not varies:
        raise ValueError("the values do not vary from point to point; no limits can be set")


def _mean(values: Floats, kept: np.ndarray) -> Floats:
    """The mean of the kept values of each row, summed in order; NaN where none is kept."""
    sums = np.cumsum(np.where(kept, values, 0.0), axis=1)
    total = sums[:, -1] if sums.shape[1] else np.zeros(len(sums))
    return np.asarray(total / kept.sum(axis=1))


def _special_causes(
    y: Floats, mean: Floats, width: Floats, options: tuple[int, int, bool]
) -> tuple[np.ndarray, np.ndarray]:
    """The sign and the rule of each point that some rule marks; the first rule decides."""
    run, rising, equal_breaks = options
    deviation, limit = y - mean[:, None], width[:, None]
    side = signs(deviation, ROUNDING)
    far = signs(deviation, 2 / 3 * limit + ROUNDING)
    marks = {
        SpcRule.BEYOND_LIMIT: signs(deviation, limit + ROUNDING),
        SpcRule.MONOTONE: monotone_run(y, rising, equal_breaks=equal_breaks),
        SpcRule.TWO_OF_THREE: far_of_three(side, far),
        SpcRule.ONE_SIDE: side_run(side, run),
    }
    flags, rules = np.zeros(y.shape, dtype=np.int8), np.zeros(y.shape, dtype=np.int8)
    for rule, marked in marks.items():
        first = (flags == 0) & (marked != 0)
        flags[first], rules[first] = marked[first], rule
    return flags, rules

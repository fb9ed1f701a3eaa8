"""What it would take: samples that show a change, and next values that turn a judgement."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.lines import Line, line_ahead
from kcc_lib.inference.normal import (
    Floats,
    as_floats,
    critical_t,
    critical_z,
    divide,
)


@dataclass(frozen=True, slots=True)
class NextValues:
    """The next values that a test would call a significant rise or fall.

    A rise is called from `rise_from` to `rise_to`, a fall from `fall_from` to `fall_to`;
    NaN where no next value would be called so.
    """

    rise_from: Floats
    rise_to: Floats
    fall_from: Floats
    fall_to: Floats


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


@np.errstate(all="ignore")
def next_proportion(x: ArrayLike, n: ArrayLike, *, confidence: float = 0.95) -> NextValues:
    """The next shares, out of as many cases again, that a pooled z-test tells from x/n.

    Parameters
    ----------
    x, n
        Numerator and denominator of the latest period.

    Returns
    -------
    NextValues
        Shares, 0 to 1.

    Notes
    -----
    With d the change and c = z²/(2n), the test's edge is
    (1 + c) d² - c (2 - 4p) d - 4c p (1 - p) = 0.
    """
    xs, ns = as_floats(x, n)
    sound = (ns > 0) & (xs >= 0) & (xs <= ns)
    p = np.where(sound, xs / np.where(sound, ns, np.nan), np.nan)
    c = critical_z(confidence) ** 2 / (2 * ns)
    middle = c * (2 - 4 * p)
    spread = np.sqrt(middle**2 + 16 * (1 + c) * c * p * (1 - p))
    up, down = p + (middle + spread) / (2 + 2 * c), p + (middle - spread) / (2 + 2 * c)
    # from 0% no share is a fall and from 100% none a rise
    up, down = (
        np.where((up <= 1) & (p < 1), up, np.nan),
        np.where((down >= 0) & (p > 0), down, np.nan),
    )
    return NextValues(
        up, np.where(np.isnan(up), np.nan, 1.0), np.where(np.isnan(down), np.nan, 0.0), down
    )


@np.errstate(all="ignore")
def next_count(count: ArrayLike, *, confidence: float = 0.95) -> NextValues:
    """The next counts of events, from as large a base, that a score test tells from `count`.

    Notes
    -----
    With d the change, the test's edge is d² - z² d - 2 z² x = 0.
    """
    (x,) = as_floats(count)
    x = np.where(x >= 0, x, np.nan)
    z2 = critical_z(confidence) ** 2
    spread = np.sqrt(z2**2 + 8 * z2 * x)
    up, down = x + (z2 + spread) / 2, x + (z2 - spread) / 2
    down = np.where((down >= 0) & (x > 0), down, np.nan)
    return NextValues(
        up, np.where(np.isnan(x), np.nan, np.inf), np.where(np.isnan(down), np.nan, 0.0), down
    )


@np.errstate(all="ignore")
def next_trend(
    x: ArrayLike, y: ArrayLike, x_next: ArrayLike, *, confidence: float = 0.95
) -> NextValues:
    """The next values with which a least squares trend would be significant.

    Parameters
    ----------
    x, y
        Times and values as `linear_trend` takes them, shapes (k,) or (m, k).
    x_next
        The time of the next value of each series, shape () or (m,).

    Returns
    -------
    NextValues
        Fields of shape (m,), or () for one series; NaN with fewer than two points.

    Notes
    -----
    One more point changes the slope by a multiple of its distance e from the present line
    and adds e²/(1 + h) to the residual sum of squares, so that the test's edge is a
    quadratic in e. A point far off the line mostly adds more scatter than slope: what is
    called is then a span with two ends, and often there is none. Only a point far ahead of
    the others has lever enough to be called however far off it lies.

    Raises ValueError if a value is infinite.
    """
    line = line_ahead(x, y, x_next, least=2)
    scale = np.where(line.unit > 0, line.unit, np.nan)
    fields = [line.value + f * scale for f in _called(line, confidence)]
    if np.ndim(y) == 1:
        fields = [f[0] for f in fields]
    return NextValues(*fields)


def _called(line: Line, confidence: float) -> list[Floats]:
    """Distances from the line at which one more point makes its slope significant."""
    slope, sxx, n, ahead = line.slope, line.sxx, line.n, line.ahead
    h = 1 / n + ahead**2 / sxx
    gain = ahead / sxx / (1 + h)
    weight = (sxx + ahead**2 * n / (n + 1)) * (n - 1)
    critical = critical_t(n - 1, confidence) ** 2
    a = gain**2 * weight - critical / (1 + h)
    b = 2 * slope * gain * weight
    c = slope**2 * weight - critical * line.rss
    root = np.sqrt(b**2 - 4 * a * c)  # NaN where no value is called
    root = np.where(root > 0, root, np.nan)
    first, second = (-b + root) / (2 * a), (-b - root) / (2 * a)
    low, high = np.fmin(first, second), np.fmax(first, second)
    rises = slope - gain * b / (2 * a) > 0
    # far enough ahead a point has lever enough to be called however far off the line it is
    rays, found = a > 0, np.isfinite(low)
    return [
        np.where(rays, high, np.where(rises, low, np.nan)),
        np.where(rays, np.where(found, np.inf, np.nan), np.where(rises, high, np.nan)),
        np.where(rays, np.where(found, -np.inf, np.nan), np.where(rises, np.nan, low)),
        np.where(rays, low, np.where(rises, np.nan, high)),
    ]


def first_significant(
    significant: Callable[[np.ndarray, np.ndarray], np.ndarray], start: Floats, stop: Floats
) -> Floats:
    """The whole count nearest to `start`, on the way to `stop`, that a test calls significant.

    Parameters
    ----------
    significant
        Given row numbers and a count for each, which of them are significant. Significance
        only grows on the way from `start` to `stop`.
    start, stop
        Whole counts, one for each row; `start` itself is not significant.

    Returns
    -------
    array
        NaN where not even `stop` is significant.
    """
    rows = np.arange(start.size)
    near, far = start.copy(), stop.copy()
    reached = significant(rows, far)
    while (open_ := np.flatnonzero(np.abs(far - near) > 1)).size:
        middle = np.trunc((near[open_] + far[open_]) / 2)
        hit = significant(open_, middle)
        far[open_] = np.where(hit, middle, far[open_])
        near[open_] = np.where(hit, near[open_], middle)
    return np.where(reached, far, np.nan)

"""What a chart shows, before it is drawn: points, segments, scale and where labels stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kcc_lib.presentation.theme import NARROW, WIDE, Size

#: Pixels: between a label's middle and what it clears; half a cap, and a little more; and how
#: far from its point a label may stand before it is taken for another's.
_CLEAR, _CAP, _NEAR = 10, 6, 24


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """One point of a chart with what marks it."""

    time: float
    value: float
    low: float
    high: float
    series: str
    name: str
    segment: int
    text: str
    provisional: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a chart at one value; `kind` is one of the theme's LEVEL_DASHES."""

    kind: str
    value: float
    name: str
    text: str

    @property
    def full_name(self) -> str:
        """The name with the value, where there is room for both."""
        return f"{self.name} {self.text}"


@dataclass(frozen=True, slots=True)
class RightLabels:
    """Names at the right of a plot, with the value at whose height each stands."""

    ends: tuple[tuple[MarkedPoint, float], ...]
    levels: tuple[tuple[Level, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything one trend chart shows.

    `periods` holds (time, wide label, narrow label) for each period; `breaks` the times
    between points at which a rule is drawn; `levels` the lines across.
    """

    area: tuple[MarkedPoint, ...]
    comparator: tuple[MarkedPoint, ...]
    periods: tuple[tuple[float, str, str], ...]
    breaks: tuple[float, ...]
    unit: str
    domain: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    first: float = field(default=0.0)
    last: float = field(default=0.0)
    levels: tuple[Level, ...] = ()

    @property
    def reach(self) -> tuple[float, float]:
        """The times at the left and right edge of the plot, a little beyond the points."""
        span = self.last - self.first
        pad = 0.08 * span if span else 0.5
        return self.first - pad, self.last + pad

    def x(self, time: float, width: int) -> float:
        """Pixels from the left of the plot."""
        left, right = self.reach
        return (time - left) / (right - left) * width

    def y(self, value: float, height: int) -> float:
        """Pixels from the top of the plot."""
        low, high = self.domain
        return (high - value) / (high - low) * height

    @property
    def interval_runs(self) -> list[list[MarkedPoint]]:
        """Neighbouring points with an interval; a run of one is drawn as a line, not a band."""
        runs: list[list[MarkedPoint]] = []
        before = None
        for at, point in enumerate(self.area):
            if not math.isnan(point.low):
                if before == (at - 1, point.segment):
                    runs[-1].append(point)
                else:
                    runs.append([point])
                before = (at, point.segment)
        return runs

    def lifted(self, value: float, pixels: float, height: int) -> float:
        """The value that stands so many pixels above another on the plot."""
        low, high = self.domain
        return value + pixels * (high - low) / height

    def value_labels(self, size: Size) -> list[tuple[MarkedPoint, float, float]]:
        """The points whose values are printed, each with the time and value its label stands at.

        A label stands above its point, or below where the comparator or the top is close; past
        the end of an upright interval, or beside it where that is far.
        The latest is always printed; earlier ones where they touch no later one.
        """
        kept: list[tuple[float, float, float]] = []
        found = []
        left, right = self.reach
        for point in reversed(self.area):
            half = 0.28 * size.font * len(point.text)
            # names stand to the right of the latest where there are levels
            aside = max(0.0, half - 6) if self.levels and point is self.area[-1] else 0.0
            lift, clear = self._past_whisker(point, half, size)
            aside = clear or aside
            x = self.x(point.time, size.width) - aside
            y = self.y(point.value, size.height) - lift
            if all(abs(x - a) >= half + b + 3 or abs(y - c) >= size.font + 2 for a, b, c in kept):
                kept.append((x, half, y))
                time = point.time - aside / size.width * (right - left)
                found.append((point, time, self.lifted(point.value, lift, size.height)))
        return found[::-1]

    def _past_whisker(self, point: MarkedPoint, half: float, size: Size) -> tuple[float, float]:
        """How far above its point a label stands, and how far to the left."""
        lift, here = self._lift(point, size.height), self.y(point.value, size.height)
        if [point] not in self.interval_runs:
            return lift, 0.0
        side = 1 if lift > 0 else -1
        end = side * (here - self.y(point.high if side > 0 else point.low, size.height))
        beyond = side * (end + _CLEAR)
        if end <= _CAP or (end <= _NEAR and _CAP < here - beyond < size.height - _CAP):
            return (lift if end <= _CAP else beyond), 0.0
        aside = half + _CAP
        if self.x(point.time, size.width) - aside - half < 0:
            return lift, -aside  # nothing stands over the scale
        before = next((p for p in reversed(self.area) if p.time < point.time), point)
        back = self.x(point.time, size.width) - self.x(before.time, size.width)
        if back:  # the line to the point before it may run there
            line = here + (self.y(before.value, size.height) - here) * min(1.0, aside / back)
            lift = -lift if abs(line - (here - lift)) < size.font else lift
        return lift, aside

    def _lift(self, point: MarkedPoint, height: int) -> int:
        here = self.y(point.value, height)
        other = [self.y(c.value, height) for c in self.comparator if c.time == point.time]
        near_above = bool(other) and 0 <= here - other[0] < 34
        near_below = bool(other) and 0 < other[0] - here < 34
        room_below = height - here > 22
        below = room_below and (near_above or (here < 14 and not near_below))
        crossed, clear = (self._crossed(here - lift, height) for lift in (15, -15))
        if not other and room_below and here >= 14 and crossed and not clear:
            below = True
        return -15 if below else 15

    def _crossed(self, at: float, height: int) -> bool:
        """Whether a line across runs through a label at such a height."""
        return any(abs(self.y(level.value, height) - at) < 9 for level in self.levels)

    def right_labels(self, size: Size) -> RightLabels:
        """Names at the right end of lines and levels, moved apart where they would touch."""
        ends = [series[-1] for series in (self.area, self.comparator) if series]
        column = [e for e in ends if e.time == self.last]
        values = [*(e.value for e in column), *(level.value for level in self.levels)]
        at = [self.y(v, size.height) for v in values]
        moved = spread_apart(at, size.font + 4)
        heights = [
            self.lifted(v, a - m, size.height) for v, a, m in zip(values, at, moved, strict=True)
        ]
        own = dict(zip((id(e) for e in column), heights, strict=False))
        return RightLabels(
            tuple((e, own.get(id(e), e.value)) for e in ends),
            tuple(zip(self.levels, heights[len(column) :], strict=True)),
        )

    def thinned_periods(self, *, narrow: bool) -> tuple[tuple[float, str, str], ...]:
        """Every period where they fit, every second one counted from the latest where not."""
        longest = max(
            (len(short if narrow else wide) for _, wide, short in self.periods), default=0
        )
        pixels = (NARROW if narrow else WIDE).width / (1.16 * (self.last - self.first) or 1.0)
        latest_first = self.periods[::-1]
        for step in range(1, len(self.periods) + 1):
            kept = latest_first[::step]
            gaps = [a[0] - b[0] for a, b in pairwise(kept)]
            if not gaps or min(gaps) * pixels >= longest * 6.6 + 4:
                return kept[::-1]
        return latest_first[:1]


def spread_apart(at: Sequence[float], gap: float) -> list[float]:
    """Positions moved as little as keeps each so far from the next, in their own order.

    Neighbours that are too close are pooled about their mean (isotonic regression of the
    positions less their places in the row).
    """
    order = sorted(range(len(at)), key=lambda i: at[i])
    pools: list[list[float]] = []  # the sum and the number of each pool
    for place, i in enumerate(order):
        pools.append([at[i] - place * gap, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1] = [pools[-1][0] + total, pools[-1][1] + count]
    means = [total / count for total, count in pools for _ in range(int(count))]
    moved = list(at)
    for place, i in enumerate(order):
        moved[i] = means[place] + place * gap
    return moved


def scale_around(
    values: Sequence[float], *, floor: float | None, ceiling: float | None
) -> tuple[tuple[float, float], tuple[float, ...]]:
    """A round scale with room above and below the values, and its four to six ticks."""
    held = [v for v in values if not math.isnan(v)]
    low, high = min(held), max(held)
    span = (high - low) or max(abs(high) * 0.2, 1.0)
    low, high = low - 0.18 * span, high + 0.18 * span
    step = _round_step((high - low) / 4)
    first, last = math.floor(low / step) * step, math.ceil(high / step) * step
    if floor is not None:
        first = max(first, floor)
    if ceiling is not None:
        last = min(last, ceiling)
    count = round((last - first) / step)
    return (first, last), tuple(round(first + i * step, 10) for i in range(count + 1))


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(
        float(size * factor) for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999
    )

"""What a chart shows, before it is drawn: points, segments, scale and where labels stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise


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
class Panel:
    """Everything one trend chart shows.

    `periods` holds (time, wide label, narrow label) for each period; `breaks` the times
    between points at which a rule is drawn.
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

    def value_labels(self, height: int) -> list[tuple[MarkedPoint, float]]:
        """Each point of the area with the height of its label.

        It stands above the point, or below where the comparator or the top is close.
        """
        return [(p, self.lifted(p.value, self._lift(p, height), height)) for p in self.area]

    def _lift(self, point: MarkedPoint, height: int) -> int:
        here = self.y(point.value, height)
        other = [self.y(c.value, height) for c in self.comparator if c.time == point.time]
        near_above = bool(other) and 0 <= here - other[0] < 34
        near_below = bool(other) and 0 < other[0] - here < 34
        room_below = height - here > 22
        below = room_below and (near_above or (here < 14 and not near_below))
        return -15 if below else 15

    def end_labels(self, height: int, font: int) -> list[tuple[MarkedPoint, float]]:
        """Names at the right end of each line, moved apart where they would touch."""
        ends = [series[-1] for series in (self.area, self.comparator) if series]
        push = 0.0
        if len(ends) == 2 and ends[0].time == ends[1].time:
            gap = self.y(ends[1].value, height) - self.y(ends[0].value, height)
            need = max(0.0, font + 4 - abs(gap)) / 2
            push = need if gap >= 0 else -need
        shifts = (push, -push)
        return [
            (end, self.lifted(end.value, shift, height))
            for end, shift in zip(ends, shifts, strict=False)
        ]

    def thinned_periods(self, *, narrow: bool) -> tuple[tuple[float, str, str], ...]:
        """Every period where they fit, every second one counted from the latest where not."""
        longest = max(
            (len(short if narrow else wide) for _, wide, short in self.periods), default=0
        )
        pixels = (176 if narrow else 500) / (1.16 * (self.last - self.first) or 1.0)
        latest_first = self.periods[::-1]
        for step in range(1, len(self.periods) + 1):
            kept = latest_first[::step]
            gaps = [a[0] - b[0] for a, b in pairwise(kept)]
            if not gaps or min(gaps) * pixels >= longest * 6.6 + 4:
                return kept[::-1]
        return latest_first[:1]


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

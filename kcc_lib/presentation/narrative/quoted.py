"""What an expression of narrative yields: a value that knows its series, or a count."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kcc_lib.errors import nearest
from kcc_lib.presentation.formats import format_number, in_period, named_period, named_span
from kcc_lib.presentation.narrative.counted import Rank, Tally, Word
from kcc_lib.presentation.narrative.hidden import Hidden
from kcc_lib.presentation.narrative.points import (
    BindingError,
    Point,
    finer,
    relative,
    rounded,
    size_of,
    way,
    worded,
)

__all__ = ["BindingError", "Quoted", "Tally", "Word", "relative", "way"]

ROSE, FELL, STAYED = "rose", "fell", "stayed the same"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value of a series, as narrative quotes it.

    Parameters
    ----------
    name
        What it is called in messages: "measure 3.71".
    points
        The series, in order of time; none where only its judgement is held.
    at, start
        Which point is quoted, and which it is compared with: the one before unless named.
    sign
        +1 where higher is better, -1 where lower is, 0 where neither is said.
    beside
        The same series of other areas, by the name or code of the area.
    words
        Published judgements by horizon.
    target
        What is aimed at, in the values' own unit.
    breaks
        When hard breaks begin: no movement is said across them.
    area
        Whose values they are, as a word; "" where that is not known.
    place
        Where the area stands among its neighbours; None where it has no place.
    base
        How many people or things a rate is per.
    hidden
        The periods whose value is suppressed.
    """

    name: str
    points: tuple[Point, ...]
    at: int = -1
    start: int | None = None
    sign: int = 0
    beside: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    target: float | None = None
    breaks: tuple[date, ...] = ()
    area: str = ""
    place: Rank | None = None
    base: float | None = None
    hidden: Hidden = field(default_factory=Hidden)

    def __str__(self) -> str:
        return self.value

    @property
    def end(self) -> Point:
        """The point quoted.

        Raises
        ------
        BindingError
            If the edition shows no value.
        """
        if self.at == -1:
            self.hidden.refuse_latest(self.name, self.points)
        if not self.points:
            raise BindingError(f"no value of {self.name} is shown in this edition")
        return self.points[self.at]

    @property
    def origin(self) -> Point:
        """The point that it is compared with.

        Raises
        ------
        BindingError
            If there is none, or a hard break lies between.
        """
        here = self.points.index(self.end)
        first = here - 1 if self.start is None else self.start
        if first < 0:
            raise BindingError(f"{self.name} has no value before it; it cannot have gone anywhere")
        found = self.points[first]
        if self.start is None:
            self.hidden.refuse_between(self.name, found, self.end)
        for broken in self.breaks:
            if found.ends and self.end.ends and found.ends < broken <= self.end.ends:
                raise BindingError(f"{self.name} has a hard break between those periods")
        return found

    @property
    def value(self) -> str:
        """The value with its unit: "84.6%"."""
        return self.end.text

    @property
    def period(self) -> str:
        """Its period with a preposition: "in 2018/19"."""
        return in_period(self._named(self.end))

    @property
    def when(self) -> str:
        """Its period as a noun: "2018/19", "the year to June 2018"."""
        return named_period(self._named(self.end))

    @property
    def previous(self) -> str:
        """The value that it is compared with."""
        return self.origin.text

    @property
    def previous_period(self) -> str:
        """The period of that value, with a preposition."""
        return in_period(self._named(self.origin))

    @property
    def direction(self) -> str:
        """Say "rose", "fell" or "stayed the same", as a reader of the printed values sees it."""
        value = self.end.value
        # a change that a document prints is a movement by itself
        moved = (value > 0) - (value < 0) if self._moves else way(self.origin, self.end)
        return {1: ROSE, -1: FELL, 0: STAYED}[moved]

    @property
    def change(self) -> str:
        """Say "rose from 79.6% in 2017/18 to 84.6% in 2018/19", or "fell by 12%" of a change."""
        if self._moves:
            return self.direction + (f" by {self.end.text}" if self.end.value else "")
        first, last = self.origin, self.end
        if way(first, last) == 0:
            held = named_span(self._named(first), self._named(last))
            return f"stayed at {last.text} from {held}"
        return (
            f"{self.direction} from {first.text} {in_period(self._named(first))} "
            f"to {last.text} {in_period(self._named(last))}"
        )

    @property
    def difference(self) -> str:
        """How much it moved: "5 percentage points", "£1.2 million"; no per cent of per cents."""
        if self._moves:
            return self.end.text
        return size_of(self.end.value - self.origin.value, self.end.unit, self.end.step)

    @property
    def percent_change(self) -> str:
        """How much it moved in per cent of where it was; refused of percentages."""
        if self.end.unit in {"%", "points", "change"}:
            raise BindingError(f"{self.name} is in per cent; its change is .difference")
        return f"{abs(relative(self.origin, self.end)):.0f}%"

    @property
    def roughly(self) -> str:
        """The value rounded, with its word: "nearly 4,000", "over £39 million"."""
        if self.end.value <= 0:
            raise BindingError(f"{self.name} is {self.value}, which has no round number near it")
        if self.end.qualifier:
            raise BindingError(f"{self.name} is a rounded number already; quote its .value")
        return rounded(self.end)

    def since(self, period: str) -> "Quoted":
        """The same value, compared with a named period's."""
        return replace(self, start=self._find(period, self.points))

    def against(self, area: str) -> str:
        """Say "above", "below" or "the same as" another area's value of the same period."""
        return {1: "above", -1: "below", 0: "the same as"}[way(self.of(area), self.end)]

    def gap(self, area: str) -> str:
        """How far it is from another area's value of the same period."""
        return size_of(self.end.value - self.of(area).value, self.end.unit, self.end.step)

    @property
    def rank(self) -> Rank:
        """Where the area stands among its neighbours ("3rd of 11"); refused if it has no place."""
        if self.place is None:
            raise BindingError(f"{self.name} has no rank in this edition")
        return self.place

    @property
    def per(self) -> str:
        """How many people or things a rate is per: "10,000"."""
        if not self.base:
            raise BindingError(f"{self.name} is no rate per anything")
        return format_number(self.base)

    @property
    def aim(self) -> str:
        """What is asked of it in the edition's year: "97%"."""
        if self.target is None:
            raise BindingError(f"{self.name} has no target in the data")
        return worded(self.target, self.end.unit, finer(self.target, self.end.step))

    def judged(self, *horizons: str) -> Word:
        """The published judgement as a word; over several horizons, the one they share."""
        found = {h: self.words.get(h, "") for h in horizons or ("1-year",)}
        if missing := [h for h, word in found.items() if not word]:
            raise BindingError(f"no published judgement of {self.name} over {missing[0]!r}")
        if len(set(found.values())) > 1:
            told = ", ".join(f"{word} over {h}" for h, word in found.items())
            raise BindingError(f"{self.name} has no one judgement: {told}")
        return Word(next(iter(found.values())))

    def of(self, area: str) -> Point:
        """Another area's value in the same period."""
        if area not in self.beside:
            known = sorted(self.beside)
            raise BindingError(f"{self.name} has no values of {area!r}; {nearest(area, known)}")
        points = self.beside[area]
        return points[self._find(self.end.period, points)]

    @property
    def _moves(self) -> bool:
        return self.end.unit == "change" and self.start is None

    def _find(self, period: str, points: tuple[Point, ...]) -> int:
        self.hidden.refuse(self.name, period if points is self.points else "")
        for at, point in enumerate(points):
            if point.period == period and period:
                return at
        known = ", ".join(p.period for p in points if p.period)
        raise BindingError(f"{self.name} has no value in {period!r}; held: {known}")

    def _named(self, point: Point) -> str:
        if not point.period:
            raise BindingError(f"{self.name}: the document names no period for {point.text}")
        return point.period

"""What narrative may quote: the functions that its expressions call."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kcc_lib.errors import nearest
from kcc_lib.measures import Catalogue, Measure, PublishedJudgement
from kcc_lib.presentation.formats import (
    count_words,
    format_number,
    format_value,
    in_period,
    moved,
    named_period,
)
from kcc_lib.records.figures import Figure
from kcc_lib.vocabulary import BreakGrade, Horizon, Label

_UNITS = {
    "percentage": "{}%", "GBP": "£{}", "GBP million": "£{} million", "GBP thousand": "£{},000",
    "GBP billion": "£{} billion", "miles": "{} miles", "hours": "{} hours", "days": "{} days",
    "weeks": "{} weeks", "years": "{} years", "square feet": "{} square feet",
    "percentage points": "{} percentage points",
}  # fmt: skip


class BindingError(ValueError):
    """A binding that names nothing that is held."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What narrative may quote: an edition's points, its judgements and document figures.

    `points` are the tidy observations that the edition may show, of every area in it.
    """

    catalogue: Catalogue
    area: str
    points: pd.DataFrame
    published: tuple[PublishedJudgement, ...]
    figures: tuple[Figure, ...]

    def bindings(self) -> dict[str, Callable[..., str]]:
        """The functions that narrative can call."""
        return {
            "value": self.value,
            "period": self.period,
            "went": self.went,
            "against": self.against,
            "figure": self.figure,
            "judged": self.judged,
            "count": self.count,
            "number_of": self.number_of,
            "fixed": self.fixed,
        }

    def value(self, measure: str, period: str = "", *, area: str = "") -> str:
        """A measure's value with its unit: the latest shown, or that of a named period."""
        row = self._point(measure, period, area or self.area)
        return format_value(self.catalogue.measures[measure], row["value"])

    def period(self, measure: str) -> str:
        """The latest period shown for a measure, with its preposition."""
        return in_period(self._point(measure, "", self.area)["period"])

    def went(self, measure: str, since: str = "") -> str:
        """Say "rose from 73.7% in 2017/18 to 77.1% in 2018/19", or since a named period."""
        held = self._held(measure, self.area)
        start = (
            self._point(measure, since, self.area) if since else self._before_last(measure, held)
        )
        end = held.iloc[-1]
        record = self.catalogue.measures[measure]
        self._refuse_break(record, start, end)
        first, last = format_value(record, start["value"]), format_value(record, end["value"])
        word = {1: "rose", -1: "fell", 0: "stayed"}[moved(record, start["value"], end["value"])]
        if word == "stayed":
            since_then = f"{named_period(start['period'])} to {named_period(end['period'])}"
            return f"stayed at {last} from {since_then}"
        return (
            f"{word} from {first} {in_period(start['period'])} to {last} {in_period(end['period'])}"
        )

    def against(self, measure: str, area: str) -> str:
        """Say "above", "below", "the same as" or, within its interval, "about level with"."""
        end = self._point(measure, "", self.area)
        other = self._point(measure, end["period"], area)
        record = self.catalogue.measures[measure]
        if end["lower_ci"] <= other["value"] <= end["upper_ci"]:
            return "about level with"
        side = moved(record, other["value"], end["value"])
        return {1: "above", -1: "below", 0: "the same as"}[side]

    def figure(self, name: str, period_label: str = "", *, area: str = "Kent") -> str:
        """A figure as a document prints it, with its unit and any "over" or "around"."""
        named = [f for f in self.figures if f.figure == name]
        if not named:
            known = sorted({f.figure for f in self.figures})
            raise BindingError(f"no figure {name!r}; {nearest(name, known)}")
        found = [f for f in named if (not period_label or f.period_label == period_label)]
        found = [f for f in found if f.area == area] or found
        if len({(f.value, f.unit, f.qualifier) for f in found}) != 1:
            labels = ", ".join(sorted({f.period_label for f in named}))
            raise BindingError(f"figure {name!r} needs one of the periods: {labels}")
        one = found[0]
        size = abs(one.value) if "change" in one.unit else one.value
        number = format_number(size, _printed_decimals(size))
        if one.unit == "percentage change":
            return f"{number}%"
        text = _UNITS.get(one.unit, "{}").format(number)
        return f"{one.qualifier} {text}" if one.qualifier else text

    def judged(self, measure: str, horizon: str = "1-year") -> str:
        """The published judgement, as a word."""
        for p in self.published:
            if p.measure == measure and p.horizon == horizon:
                return str(p.label)
        raise BindingError(f"no published judgement of {measure!r} over {horizon!r}")

    def count(self, outcome: str, horizon: str, *labels: str) -> str:
        """How many measures of an outcome were published with any of the labels."""
        codes = {m.measure for m in self.catalogue.under(outcome)}
        if not codes:
            raise BindingError(f"no outcome {outcome!r}")
        wanted = {Label(label) for label in labels} or set(Label)
        found = [
            p
            for p in self.published
            if p.measure in codes and p.horizon is Horizon(horizon) and p.label in wanted
        ]
        return count_words(len(found), "measure")

    def number_of(self, what: str) -> str:
        """How many strategic outcomes, supporting outcomes or measures there are, with the noun."""
        counts = {
            "strategic outcomes": len(self.catalogue.strategic_outcomes),
            "supporting outcomes": len(self.catalogue.supporting_outcomes),
            "measures": len(self.catalogue.measures),
        }
        if what not in counts:
            raise BindingError(f"nothing to count called {what!r}; {nearest(what, list(counts))}")
        return count_words(counts[what], what.removesuffix("s"))

    @staticmethod
    def fixed(text: str, why: str) -> str:
        """A name or date that contains a digit and quotes no data; `why` says what it is."""
        if not why.strip():
            raise BindingError(f"fixed({text!r}) gives no reason")
        return text

    @staticmethod
    def _refuse_break(measure: Measure, start: pd.Series, end: pd.Series) -> None:
        """A movement across a hard break is not one."""
        first, last = start["period_end"].date(), end["period_end"].date()
        for b in measure.breaks:
            if b.grade is BreakGrade.HARD and first < b.period.end <= last:
                raise BindingError(f"{measure.measure} has a hard break before {b.period.label}")

    def _held(self, measure: str, area: str) -> pd.DataFrame:
        if measure not in self.catalogue.measures:
            known = list(self.catalogue.measures)
            raise BindingError(f"no measure {measure!r}; {nearest(measure, known)}")
        codes = [area, *(c for c, name in self.catalogue.areas.items() if name == area)]
        p = self.points
        held = p[(p["measure"] == measure) & p["area"].isin(codes) & p["value"].notna()]
        if held.empty:
            raise BindingError(f"no value of {measure} for {area} is shown in this edition")
        return held

    def _point(self, measure: str, period: str, area: str) -> pd.Series:
        held = self._held(measure, area)
        chosen = held[held["period"] == period] if period else held.tail(1)
        if chosen.empty:
            known = ", ".join(held["period"])
            raise BindingError(f"no value of {measure} for {area} in {period!r}; held: {known}")
        return chosen.iloc[0]

    @staticmethod
    def _before_last(measure: str, held: pd.DataFrame) -> pd.Series:
        if len(held) < 2:
            raise BindingError(
                f"only one value of {measure} is shown; it cannot have gone anywhere"
            )
        return held.iloc[-2]


def _printed_decimals(value: float) -> int:
    """As many decimals as the document printed."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])

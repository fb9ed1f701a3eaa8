"""What narrative may quote: the functions that its expressions call."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kcc_lib.errors import nearest
from kcc_lib.measures import Catalogue, Measure, PublishedJudgement
from kcc_lib.presentation.by_measure import Row, rows_by_measure
from kcc_lib.presentation.narrative.claims import claim
from kcc_lib.presentation.narrative.counted import Rank, Tally, Word
from kcc_lib.presentation.narrative.courses import at_period, course_of
from kcc_lib.presentation.narrative.hidden import Hidden, hidden_in
from kcc_lib.presentation.narrative.points import Point, measured, printed
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted
from kcc_lib.presentation.narrative.sums import share, total
from kcc_lib.records.figures import Figure
from kcc_lib.vocabulary import BreakGrade, Horizon, Label

#: A point before it is worded: the end of its period, the period, the value.
Held = tuple[date, str, float]


@dataclass(frozen=True, slots=True)
class Facts:
    """What narrative may quote: an edition's points, its judgements and document figures.

    Parameters
    ----------
    points
        The tidy observations that the edition may show, of every area in it.
    targets
        What is asked of measures in the edition's year, in their own units.
    ranks
        Where the area stands among its neighbours, a row for each measure.
    outcome_words
        The word that stands for an outcome over a horizon, by both.
    """

    catalogue: Catalogue
    area: str
    points: pd.DataFrame = field(repr=False)
    published: tuple[PublishedJudgement, ...] = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)
    targets: Mapping[str, float] = field(default_factory=dict)
    ranks: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    outcome_words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _read: dict[tuple[str, str], tuple[Point, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _suppressed: dict[tuple[str, str], Hidden] = field(
        default_factory=dict, compare=False, repr=False
    )
    _parted: dict[tuple[str, str], list[Held]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _ranked: dict[str, list[Row]] = field(default_factory=dict, compare=False, repr=False)

    def bindings(self) -> dict[str, Callable[..., Any]]:
        """The functions that narrative can call."""
        return {
            "measure": self.measure,
            "figure": self.figure,
            "total": total,
            "share": share,
            "count": self.count,
            "number_of": self.number_of,
            "outcome": self.outcome,
            "outcomes": self.outcomes,
            "claim": claim,
            "fixed": self.fixed,
        }

    def measure(self, measure: str, period: str = "", *, area: str = "") -> Quoted:
        """A measure's value: the latest shown, or that of a named period."""
        points = self._held(measure, area or self.area)
        record = self.catalogue.measures[measure]
        beside: dict[str, tuple[Point, ...]] = {}
        for code in self._areas(measure):
            other = self._points(record, code)
            beside |= {code: other, self.catalogue.areas.get(code, code): other}
        quoted = Quoted(
            f"measure {measure}", points,
            sign=record.polarity.value_sign if record.polarity else 0,
            beside=beside,
            words=self._words(measure) if area in {"", self.area} else {},
            target=self.targets.get(measure),
            base=None if record.percentage else record.multiplier,
            breaks=tuple(b.period.end for b in record.breaks if b.grade is BreakGrade.HARD),
            area=self.catalogue.areas.get(area or self.area, area or self.area),
            place=self._place(measure) if area in {"", self.area} and not period else None,
            hidden=self._hidden(measure, area or self.area),
        )  # fmt: skip
        return at_period(quoted, [p.period for p in points], period)

    def figure(
        self, name: str, period_label: str = "", *, area: str = "", source: str = ""
    ) -> Quoted:
        """A figure as a document prints it, with its unit and any "over" or "around".

        It is Kent's where the document gives one, unless another area is named.
        """
        named = [f for f in self.figures if f.figure == name and source in {"", f.source}]
        if not named:
            known = sorted({f.figure for f in self.figures})
            raise BindingError(f"no figure {name!r}; {nearest(name, known)}")
        here = [f for f in named if f.area == (area or "Kent")]
        if area and not here:
            raise BindingError(f"figure {name!r} has no value of {area!r}")
        here = here or named
        for figure in here:
            if figure.suppressed and period_label in {
                "",
                figure.period_label,
                printed(figure).period,
            }:
                raise BindingError(f"figure {name!r} is suppressed in {figure.period_label!r}")
        here, named = ([f for f in some if not f.suppressed] for some in (here, named))
        points, labels = course_of(here)
        targets = {f.target for f in here if f.target is not None}
        beside = {
            a: course_of([f for f in named if f.area == a])[0] for a in {f.area for f in named}
        }
        quoted = Quoted(
            f"figure {name}", points, beside=beside,
            target=targets.pop() if len(targets) == 1 else None,
            area=here[0].area.replace("other", ""),
        )  # fmt: skip
        if not period_label and len(points) > 1:
            raise BindingError(f"figure {name!r} needs one of the periods: {', '.join(labels)}")
        return at_period(quoted, labels, period_label)

    def count(self, outcome: str, horizon: str, *labels: str) -> Tally:
        """How many measures of an outcome were published with any of the labels."""
        codes = {m.measure for m in self.catalogue.under(outcome)}
        if not codes:
            raise BindingError(f"no outcome {outcome!r}")
        wanted = {Label(label) for label in labels} or set(Label)
        over = [p for p in self.published if p.measure in codes and p.horizon is Horizon(horizon)]
        counted = sum(p.label in wanted for p in over)
        return Tally(counted, len(over), "measure", tuple(str(label) for label in labels))

    def outcome(self, outcome: str, horizon: str = "") -> Word:
        """The word of a supporting outcome over a horizon, or of all together ("overall")."""
        found = {w for (o, h), w in self.outcome_words.items()
                 if o == outcome and horizon in {"", h}}  # fmt: skip
        if len(found) != 1:
            known = ", ".join(sorted({o for o, _ in self.outcome_words})) or "none"
            problem = "has no word" if not found else "has another word over each horizon"
            raise BindingError(f"outcome {outcome!r} {problem}; outcomes with words: {known}")
        return Word(found.pop())

    def outcomes(self, horizon: str, *labels: str) -> Tally:
        """How many supporting outcomes have any of the words over a horizon."""
        wanted = {str(Label(label)) for label in labels}
        known = self.catalogue.supporting_outcomes
        over = [w for (o, h), w in self.outcome_words.items()
                if o in known and h == str(Horizon(horizon))]  # fmt: skip
        if not over:
            raise BindingError(f"no supporting outcome has a word over {horizon!r}")
        counted = sum(w in wanted for w in over)
        return Tally(counted, len(over), "supporting outcome", tuple(labels))

    def number_of(self, what: str) -> Tally:
        """How many strategic outcomes, supporting outcomes or measures there are, with the noun."""
        counts = {
            "strategic outcomes": len(self.catalogue.strategic_outcomes),
            "supporting outcomes": len(self.catalogue.supporting_outcomes),
            "measures": len(self.catalogue.measures),
        }
        if what not in counts:
            raise BindingError(f"nothing to count called {what!r}; {nearest(what, list(counts))}")
        return Tally(counts[what], counts[what], what.removesuffix("s"))

    @staticmethod
    def fixed(text: str, why: str) -> str:
        """Words that quote no data though they look it; `why` says what they are."""
        if not why.strip():
            raise BindingError(f"fixed({text!r}) gives no reason")
        return text

    def _held(self, measure: str, area: str) -> tuple[Point, ...]:
        if measure not in self.catalogue.measures:
            known = list(self.catalogue.measures)
            raise BindingError(f"no measure {measure!r}; {nearest(measure, known)}")
        for code in self._codes(area):
            if points := self._points(self.catalogue.measures[measure], code):
                return points
        if area != self.area and not self._hidden(measure, area).periods:
            raise BindingError(f"no value of {measure} for {area} is shown in this edition")
        return ()

    def _codes(self, area: str) -> list[str]:
        """The areas that a code or a name may mean."""
        return [area, *(c for c, name in self.catalogue.areas.items() if name == area)]

    def _hidden(self, measure: str, area: str) -> Hidden:
        """The periods of a series whose value is suppressed."""
        if not self._suppressed:
            self._suppressed.update({("", ""): Hidden()} | hidden_in(self.points))
        found = (self._suppressed.get((measure, code)) for code in self._codes(area))
        return next((hidden for hidden in found if hidden), Hidden())

    def _words(self, measure: str) -> dict[str, str]:
        """Its published judgements by horizon."""
        return {str(p.horizon): str(p.label) for p in self.published if p.measure == measure}

    def _place(self, measure: str) -> Rank | None:
        """Where the area stands among its neighbours, if the edition ranks it."""
        if not self._ranked and len(self.ranks):
            here = self.ranks[self.ranks["position"].notna() & (self.ranks["area"] == self.area)]
            self._ranked.update({"": [], **rows_by_measure(here)})
        polarity = self.catalogue.measures[measure].polarity
        sign = polarity.value_sign if polarity else 0
        for row in self._ranked.get(measure, []):
            return Rank(int(row["position"]), int(row["of"]), int(row["tied"]), sign)
        return None

    def _areas(self, measure: str) -> list[str]:
        """Whose series of a measure are held, as the frame has them."""
        return [area for code, area in self._series() if code == measure]

    def _points(self, measure: Measure, area: str) -> tuple[Point, ...]:
        """A series in order of time, made into points once."""
        key = (measure.measure, area)
        if key not in self._read:
            self._read[key] = tuple(
                measured(measure, value, period, end)
                for end, period, value in self._series().get(key, ())
            )
        return self._read[key]

    def _series(self) -> dict[tuple[str, str], list[Held]]:
        """Every series by measure and area, in order of time: the frame is read once."""
        if not self._parted and len(self.points):
            p = self.points
            columns = (p["measure"], p["area"], p["period_end"].dt.to_pydatetime(), p["period"],
                       p["value"])  # fmt: skip
            for measure, area, end, period, value in zip(*columns, strict=True):
                held = self._parted.setdefault((str(measure), str(area)), [])
                if not math.isnan(value):
                    held.append((end.date(), str(period), float(value)))
            for held in self._parted.values():
                held.sort(key=lambda point: point[0])
        return self._parted

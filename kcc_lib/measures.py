"""What is measured and what is expected of it: the records of the catalogue.

Labels, units and definitions are typed once, in `data/raw/measures.csv`, and read
everywhere from these records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kcc_lib.easy_words import EasyWords
from kcc_lib.in_short import in_short
from kcc_lib.periods import Period
from kcc_lib.vocabulary import (
    BreakGrade,
    Frequency,
    Horizon,
    Kind,
    Label,
    PeriodType,
    Polarity,
    Statistic,
)

#: Numbers of an observation that few files bring: errors, and further counts.
RARE_NUMBERS = (
    "standard_error", "standard_deviation", "cv", "confidence", "other_numerator",
    "other_denominator", "year_numerator", "year_denominator",
)  # fmt: skip


#: Stands for all supporting outcomes together where one is named.
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Break:
    """A break in series: values before `period` are not, or not quite, comparable."""

    period: Period
    grade: BreakGrade
    reason: str


#: Statistics of which a value below zero is as usual as one above it.
SIGNED = frozenset({Statistic.GAP, Statistic.NET_BALANCE})


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of the catalogue.

    `statistic`, `polarity`, `unit` and `period_type` may be None where a file brings no
    catalogue; what needs them is then refused rather than guessed. `design_effect` is how
    much wider a survey's variance is than a simple random sample's, `rounding` the step
    that the source rounds values to, `standardised` marks a rate that is not its counts'.
    `rolling` marks figures that, named by their quarter or month, each cover the twelve
    months to its end.
    """

    measure: str
    title: str = ""
    short_title: str = ""
    supporting_outcome: str = ""
    directorate: str = ""
    kind: Kind = Kind.OUTCOME
    statistic: Statistic | None = None
    polarity: Polarity | None = None
    unit: str = ""
    decimals: int | None = None
    multiplier: float | None = None
    period_type: PeriodType | None = None
    frequency: Frequency = Frequency.YEARLY
    survey: bool = False
    design_effect: float | None = None
    rounding: float | None = None
    standardised: bool = False
    rolling: bool = False
    source_body: str = ""
    source_period: str = ""
    comparators: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    series_match: str = ""
    notes: str = ""

    @property
    def percentage(self) -> bool:
        """Whether values are percentages, bound to 0 to 100 unless they are differences."""
        return self.unit in {"%", "percentage points"}

    @property
    def signed(self) -> bool:
        """Whether a value below zero makes sense."""
        return self.statistic in SIGNED


@dataclass(frozen=True, slots=True)
class StrategicOutcome:
    """One of the council's three strategic outcomes."""

    outcome: str
    title: str
    short_title: str


@dataclass(frozen=True, slots=True)
class SupportingOutcome:
    """One of the twenty supporting outcomes, under its strategic outcome."""

    supporting_outcome: str
    outcome: str
    title: str


@dataclass(frozen=True, slots=True)
class Window:
    """The periods that an edition's judgements of one measure compare, and why."""

    measure: str
    one_year_from: Period | None
    one_year_to: Period | None
    long_term_from: Period | None
    long_term_to: Period | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PublishedJudgement:
    """A judgement as the council printed it."""

    measure: str
    horizon: Horizon
    label: Label
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedOutcome:
    """The word the council printed for a supporting outcome, or for all of them together.

    `outcome` is a supporting outcome's code or OVERALL; `horizon` is None where print names
    none; `single_measure` is the asterisk of a word that rests on one measure.
    """

    outcome: str
    horizon: Horizon | None
    label: Label
    single_measure: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """How many supporting outcomes print says have one of some words; `total` of how many."""

    horizon: Horizon
    labels: tuple[Label, ...]
    stated: float
    total: float
    figure: str


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a measure in one financial year, set at its start; NaN where unset.

    `target` and `floor` (the floor standard) are a KPI's, the thresholds the ends of an
    activity indicator's expected range.
    """

    measure: str
    financial_year: str
    target: float = float("nan")
    floor: float = float("nan")
    lower_threshold: float = float("nan")
    upper_threshold: float = float("nan")
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The statistical neighbours of one area as listed at one date, the nearest first."""

    area: str
    as_of: Period
    areas: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Outcomes, measures and areas that data may name."""

    measures: dict[str, Measure]
    strategic_outcomes: dict[str, StrategicOutcome] = field(default_factory=dict)
    supporting_outcomes: dict[str, SupportingOutcome] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    neighbours: tuple[Neighbours, ...] = ()
    easy: EasyWords = field(default_factory=EasyWords)

    __repr__ = in_short(measure="measures", supporting_outcome="supporting_outcomes", area="areas")

    def neighbours_of(self, area: str, as_of: str) -> Neighbours | None:
        """The neighbours of an area as listed in a month ("May 2025"); None where not held."""
        found = (n for n in self.neighbours if (n.area, n.as_of.label) == (area, as_of))
        return next(found, None)

    def only(self, codes: Iterable[str]) -> "Catalogue":
        """The same catalogue with some measures, in their order, and the outcomes over them.

        Areas and neighbours stay; an unknown code is passed over.
        """
        kept = {code: self.measures[code] for code in codes if code in self.measures}
        named = {m.supporting_outcome for m in kept.values()}
        supporting = {c: s for c, s in self.supporting_outcomes.items() if c in named}
        over = {s.outcome for s in supporting.values()}
        strategic = {c: s for c, s in self.strategic_outcomes.items() if c in over}
        return replace(
            self, measures=kept, supporting_outcomes=supporting, strategic_outcomes=strategic
        )

    def under(self, outcome: str) -> list[Measure]:
        """The measures of one strategic ("1") or supporting ("1.1") outcome, in code order."""
        by_strategic = {s.supporting_outcome: s.outcome for s in self.supporting_outcomes.values()}
        return [
            m
            for m in self.measures.values()
            if outcome in {m.supporting_outcome, by_strategic.get(m.supporting_outcome)}
        ]

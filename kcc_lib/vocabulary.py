"""The field's terms as values: one word for one thing, everywhere.

`docs/glossary.md` gives each term its meaning; a test keeps the two in step.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a measure is for: an outcome, a KPI with targets, or an activity indicator."""

    OUTCOME = "outcome"
    KPI = "kpi"
    ACTIVITY = "activity"


class Statistic(StrEnum):
    """What sort of number a measure is; it decides which test can be made."""

    PROPORTION = "proportion"
    RATE = "rate"
    COUNT = "count"
    MEAN = "mean"
    MEDIAN = "median"
    GAP = "gap"
    RATIO = "ratio"
    INDEX = "index"
    NET_BALANCE = "net_balance"
    SCORE = "score"


class Polarity(StrEnum):
    """Which way is good. It does arithmetic only through `sign`."""

    HIGHER = "higher"
    LOWER = "lower"
    TARGET = "target"
    NONE = "none"

    @property
    def sign(self) -> int:
        """+1 where a rise is good, -1 where a fall is good, 0 where neither is judged.

        Of a measure that should meet its target the distance from it is judged, and a
        fall of that is good.
        """
        return {Polarity.HIGHER: 1, Polarity.LOWER: -1, Polarity.TARGET: -1, Polarity.NONE: 0}[self]

    @property
    def value_sign(self) -> int:
        """The same of the value itself: 0 where it should meet a target, from either side."""
        return 0 if self is Polarity.TARGET else self.sign


class PeriodType(StrEnum):
    """The kind of span an observation covers; a measure admits exactly one."""

    CALENDAR_YEAR = "calendar year"
    FINANCIAL_YEAR = "financial year"
    ACADEMIC_YEAR = "academic year"
    FINANCIAL_QUARTER = "financial quarter"
    MONTH = "month"
    SNAPSHOT = "snapshot"
    POOLED_YEARS = "pooled years"
    ROLLING_YEAR = "rolling year"


class Frequency(StrEnum):
    """How often a measure is due."""

    YEARLY = "yearly"
    TWO_YEARLY = "two-yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Flag(StrEnum):
    """The state of one observation, in the Government Analysis Function's shorthand."""

    PROVISIONAL = "p"
    REVISED = "r"
    ESTIMATED = "e"
    BREAK = "b"
    INTERNAL = "i"
    READ_FROM_CHART = "d"
    SYNTHETIC = "s"
    CONFIDENTIAL = "c"
    LOW_RELIABILITY = "u"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"

    @property
    def meaning(self) -> str:
        """The flag in words, as the pages print it."""
        return _FLAG_MEANINGS[self]

    @property
    def explains_blank(self) -> bool:
        """Whether the flag says why a value is missing."""
        return self in _BLANK_FLAGS

    @property
    def forbids_value(self) -> bool:
        """Whether the flag contradicts a value standing beside it."""
        return self in _BLANK_FLAGS and self is not Flag.LOW_RELIABILITY


_FLAG_MEANINGS = {
    Flag.PROVISIONAL: "provisional",
    Flag.REVISED: "revised",
    Flag.ESTIMATED: "estimated",
    Flag.BREAK: "break in series",
    Flag.INTERNAL: "internal source",
    Flag.READ_FROM_CHART: "read from a chart",
    Flag.SYNTHETIC: "synthetic",
    Flag.CONFIDENTIAL: "suppressed to protect people",
    Flag.LOW_RELIABILITY: "low reliability",
    Flag.NOT_AVAILABLE: "not available",
    Flag.NOT_APPLICABLE: "not applicable",
}
_BLANK_FLAGS = frozenset(
    {Flag.CONFIDENTIAL, Flag.LOW_RELIABILITY, Flag.NOT_AVAILABLE, Flag.NOT_APPLICABLE}
)


class BreakGrade(StrEnum):
    """`hard`: nothing is compared across it. `noted`: compared, and said."""

    HARD = "hard"
    NOTED = "noted"


class Horizon(StrEnum):
    """How far back a judgement looks."""

    ONE_YEAR = "1-year"
    LONG_TERM = "long-term"
    QUARTER = "quarter"


class Label(StrEnum):
    """The words of an annual judgement, exactly as the reports print them."""

    IMPROVING = "Improving"
    MAINTAINING = "Maintaining"
    NOT_IMPROVING = "Not Improving"
    MIXED = "Mixed"
    NOT_APPLICABLE = "N/A"
    NOT_JUDGED = "Not judged"
    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_SIGNIFICANT_CHANGE = "No significant change"


class Comparison(StrEnum):
    """How one area stands beside another in the same period."""

    BETTER = "Better"
    WORSE = "Worse"
    SIMILAR = "Similar"
    HIGHER = "Higher"
    LOWER = "Lower"
    NOT_COMPARED = "Not compared"


class Rag(StrEnum):
    """A KPI against its target and floor standard."""

    GREEN = "Green"
    AMBER = "Amber"
    RED = "Red"
    NOT_RATED = "N/A"


class Direction(StrEnum):
    """Where a KPI's performance is heading, in the quarterly reports' own words.

    The first three by regression over the quarters shown, the next three by the last
    quarter alone.
    """

    IMPROVING = "improving"
    WORSENING = "worsening"
    STABLE = "stable"
    IMPROVED = "improved"
    WORSENED = "worsened"
    SAME = "same"
    NOT_GIVEN = "N/A"


class Expectation(StrEnum):
    """Where an activity stands against its thresholds."""

    AS_EXPECTED = "as expected"
    ABOVE = "above expected range"
    BELOW = "below expected range"


class Freshness(StrEnum):
    """Whether a measure's next figure could be there by a day, and is."""

    CURRENT = "current"
    DUE = "due"
    LATE = "late"
    NOT_KNOWN = "not known"
    ENDED = "ended"


class SignOff(StrEnum):
    """How far an edition has come: nobody has vouched for it, it was checked, it was signed."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"


class Relation(StrEnum):
    """How near an annual measure and a quarterly KPI are to each other."""

    SAME_INDICATOR = "same indicator"
    SAME_SUBJECT = "same subject"

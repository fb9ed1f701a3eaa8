"""One KPI or activity as a quarterly report shows it: figures, status, and what stands."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kcc_lib.in_short import in_short
from kcc_lib.judgement.labels import reason_codes
from kcc_lib.judgement.thresholds import expect
from kcc_lib.measures import Measure
from kcc_lib.periods import Period
from kcc_lib.quarterly import ListedKpi
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Expectation, Flag, Kind, Rag

#: How many quarters a chart shows.
SHOWN = 6
#: What is said of every figure of the edition's own financial year.
PROVISIONAL = "provisional, unaudited"


@dataclass(frozen=True, slots=True)
class Aims:
    """What is asked of a measure in the edition's financial year; NaN where unset."""

    target: float = math.nan
    floor: float = math.nan
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True, slots=True)
class KpiView:
    """One KPI or activity indicator of an edition, for one area.

    `points` are the latest quarters that are shown, `row` its judgement and `ahead` its
    outlook (empty where there is none). `words` are the directions that the method can
    give, the good one first.
    """

    measure: Measure
    area: str
    points: pd.DataFrame
    listed: ListedKpi
    words: tuple[Direction, Direction, Direction]
    financial_year: Period
    aims: Aims = field(default_factory=Aims)
    row: Mapping[str, Any] = field(default_factory=dict)
    ahead: Mapping[str, Any] = field(default_factory=dict)

    __repr__ = in_short("measure.measure", "measure.title", "area", value="held")

    @property
    def held(self) -> pd.DataFrame:
        """The points that have a value."""
        return self.points[self.points["value"].notna()]

    @property
    def records(self) -> list[dict[str, Any]]:
        """The points as mappings, in order."""
        return [{str(k): v for k, v in row.items()} for row in self.points.to_dict("records")]

    @property
    def latest(self) -> Mapping[str, Any] | None:
        """The latest point, with a value or without; None where none is held."""
        return self._point(-1)

    @property
    def previous(self) -> Mapping[str, Any] | None:
        """The point before the latest."""
        return self._point(-2)

    def _point(self, at: int) -> Mapping[str, Any] | None:
        return self.records[at] if len(self.points) >= -at else None

    @property
    def value(self) -> float:
        """The latest value; NaN where it is missing, whatever stands before it."""
        return math.nan if self.latest is None else float(self.latest["value"])

    @property
    def activity(self) -> bool:
        """Whether this is an activity indicator, which has no target and no rating."""
        return self.measure.kind is Kind.ACTIVITY

    @property
    def our_rag(self) -> Rag:
        """The rating worked out from the latest value; N/A where that is missing."""
        text = str(self.row.get("rag") or "")
        return Rag.NOT_RATED if math.isnan(self.value) or not text else Rag(text)

    @property
    def rag(self) -> Rag:
        """The rating that stands: the one the report states, else ours."""
        return self.listed.rag or self.our_rag

    @property
    def our_direction(self) -> Direction:
        """The direction worked out from the values."""
        return Direction(str(self.row.get("direction") or Direction.NOT_GIVEN))

    @property
    def direction(self) -> Direction:
        """The direction that stands; one in the words of another method does not."""
        stated = self.listed.direction
        return stated if stated in self.words else self.our_direction

    @property
    def reasons(self) -> list[Reason]:
        """What qualifies the judgement of the values."""
        return reason_codes(str(self.row.get("reasons", "")))

    @property
    def expectation(self) -> Expectation | None:
        """Where an activity's latest value stands; None where nothing is expected."""
        aims = self.aims
        found = str(expect(self.value, lower=aims.lower, upper=aims.upper))
        return Expectation(found) if found else None

    def is_provisional(self, point: Mapping[str, Any]) -> bool:
        """Whether a point lies in the edition's financial year, or is marked provisional."""
        year, end = self.financial_year, point["period_end"].date()
        return year.start <= end <= year.end or Flag.PROVISIONAL in str(point["flags"]).split()

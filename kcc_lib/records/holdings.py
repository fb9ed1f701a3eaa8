"""What is held of each measure by a day, and how long its figures have taken to come.

Nothing here asks the clock: the day is given, and of two runs on the same data and day both
find the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.periods import FORM_OF_TYPE, Period, following, parse_period
from kcc_lib.records.arrivals import Arrival
from kcc_lib.records.editions import Edition
from kcc_lib.spellings import PeriodForm
from kcc_lib.vocabulary import Frequency, PeriodType

_MONTHS = {
    Frequency.YEARLY: 12, Frequency.TWO_YEARLY: 24, Frequency.QUARTERLY: 3, Frequency.MONTHLY: 1,
}  # fmt: skip
#: No period of these forms follows another sooner.
_LEAST = {
    PeriodForm.YEAR: 12, PeriodForm.YEAR_SPAN: 12, PeriodForm.POOLED: 12, PeriodForm.QUARTER: 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One observation held: its period, the day it was published where told, flags, source.

    A `blank` one has no figure, and a flag that says why.
    """

    period: Period
    published: date | None = None
    flags: str = ""
    source: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Lag:
    """How many days after a period's end its figure was there, and where that is seen."""

    days: int
    seen: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything held that tells when figures come, for one area or several.

    `rows` are by measure and area, in order of time; `quarterly` the quarterly editions in
    order of their quarters; `arrivals` what is known of how a measure's figures come.
    """

    measures: Mapping[str, Measure]
    rows: Mapping[tuple[str, str], Sequence[HeldRow]]
    quarterly: Sequence[Edition] = ()
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)

    def by(self, measure: str, area: str, day: date | None) -> list[HeldRow]:
        """The rows of ended periods that were there by a day; all of them without one."""
        found = self.rows.get((measure, area), ())
        return [r for r in found if day is None or max(r.period.end, r.published or day) <= day]

    def arrival(self, measure: str) -> Arrival:
        """How a measure's figures come; with the rest, where nothing else is known."""
        return self.arrivals.get(measure, Arrival(measure))

    def lag(self, measure: str, area: str, day: date | None) -> Lag | None:
        """The longest that a figure has been seen to take by a day; None where nothing tells.

        A row's own day of publication tells; for a row without one, the meeting to which the
        edition went that printed it, so that it was there by then at the latest.
        """
        held = self.by(measure, area, day)
        seen = [
            Lag(max((r.published - r.period.end).days, 0), f"{r.period.label} was published")
            for r in held if r.published
        ]  # fmt: skip
        undated = {r.period.label: r.period for r in held if not r.published}
        for edition in self.quarterly:
            met = meeting_of(edition)
            period = self.wanted(measure, area, edition)
            known = met is not None and (day is None or met <= day)
            if known and met and period and period.label in undated and edition.area == area:
                days = max((met - period.end).days, 0)
                seen.append(Lag(days, f"{period.label} was in {edition.name}"))
        return max(seen, key=lambda lag: lag.days, default=None)

    def wanted(self, measure: str, area: str, edition: Edition, ahead: int = 0) -> Period | None:
        """The period of a KPI that a quarterly edition needs; None where nothing tells.

        That is the last that ends by the edition's quarter, or as many quarters before as
        its figures are known to come later.

        Parameters
        ----------
        ahead
            How many quarters after the edition's own.
        """
        if edition.quarterly is None or measure not in edition.measures:
            return None
        quarter = quarter_of(edition)
        late = self.arrival(measure).quarters_late
        last = following(quarter, 3 * (ahead - late))
        held = self.rows.get((measure, area), ())
        if held:
            return _last_by(held[-1].period, step_of(self.measures[measure]), last.end)
        quarters = self.measures[measure].period_type is PeriodType.FINANCIAL_QUARTER
        return last if quarters else None


def gather_holdings(
    frame: pd.DataFrame, measures: Mapping[str, Measure], areas: Iterable[str],
    editions: Sequence[Edition], arrivals: Mapping[str, Arrival],
) -> Holdings:  # fmt: skip
    """Gather what is held from a tidy frame of observations and the editions there are.

    Its days of publication are days: nothing else is let into a frame (`observations.py`).
    """
    ours = frame[frame["area"].isin(list(areas)) & frame["measure"].isin(list(measures))]
    names = ("measure", "area", "period", "published", "flags", "source")
    columns = [ours[n].astype(str).tolist() if n in ours else [""] * len(ours) for n in names]
    rows: dict[tuple[str, str], list[HeldRow]] = {}
    blanks = ours["value"].isna().tolist()
    for *cells, blank in zip(*columns, blanks, strict=True):
        measure, area, label, published, flags, source = cells
        period = parse_period(label, measures[measure].period_type)
        day = date.fromisoformat(published) if published else None
        rows.setdefault((measure, area), []).append(HeldRow(period, day, flags, source, blank))
    quarterly = sorted((e for e in editions if e.quarterly), key=lambda e: quarter_of(e).end)
    in_time = {key: sorted(held, key=lambda r: r.period.end) for key, held in rows.items()}
    return Holdings(measures, in_time, quarterly, arrivals)


def quarter_of(edition: Edition) -> Period:
    """The quarter that a quarterly edition reports."""
    quarter = edition.quarterly.quarter if edition.quarterly else ""
    return parse_period(quarter, PeriodType.FINANCIAL_QUARTER)


def meeting_of(edition: Edition) -> date | None:
    """The day of the meeting that a quarterly edition went to, where its cover tells."""
    return edition.quarterly.cover.meeting if edition.quarterly else None


def step_of(measure: Measure) -> int:
    """Months from one period of a measure to the next."""
    form = FORM_OF_TYPE[measure.period_type] if measure.period_type else None
    return max(_MONTHS[measure.frequency], _LEAST.get(form, 1) if form else 1)


def _last_by(period: Period, step: int, day: date) -> Period:
    """The last period of a series that ends by a day, counted from any one of it."""
    while period.end > day:
        period = following(period, -step)
    while (after := following(period, step)).end <= day:
        period = after
    return period

"""Which quarterly edition is the latest, and whether all the figures that it needs are held.

An edition is complete when every KPI that it lists has a row of the period that it needs:
a figure, or a flag that says why there is none. A run that nobody watches never takes the
edition before for the latest: what is missing or late is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kcc_lib.errors import IncompleteError, KccError, UnknownNameError
from kcc_lib.periods import Period, PeriodError, following, parse_period
from kcc_lib.records.editions import Edition
from kcc_lib.records.holdings import Holdings, quarter_of
from kcc_lib.vocabulary import PeriodType

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """A KPI of which an edition lacks the figure it needs.

    `expected` is the day by which its figures have always come and `days_late` how long that
    is past; None where nothing tells, or where no day is asked of.
    """

    measure: str
    title: str
    last: str
    wanted: str
    expected: date | None
    days_late: int | None
    source: str

    def __str__(self) -> str:
        held = f"last held {self.last}" if self.last else "nothing held"
        when = f"by {self.expected}" if self.expected else "when is not known"
        late = f", {self.days_late} days late" if self.days_late else ""
        needs = f"{self.wanted} expected, {when}{late}" if self.wanted else "which is not known"
        return f"{self.measure} ({self.title}): {held}; {needs}; from {self.source}"


def missing_figures(
    holdings: Holdings, edition: Edition, as_of: date | None, *, ahead: int = 0
) -> list[MissingFigure]:
    """The KPIs of which an edition's figures are not held by a day, in the order of its list.

    Parameters
    ----------
    as_of
        The day; None asks of everything held.
    ahead
        How many quarters after the edition's own to ask for.
    """
    found = []
    for code in edition.measures:
        wanted = holdings.wanted(code, edition.area, edition, ahead)
        held = holdings.by(code, edition.area, as_of)
        ended = holdings.arrival(code).ended
        if wanted and (any(r.period == wanted for r in held) or (ended and wanted.end > ended)):
            continue
        lag = holdings.lag(code, edition.area, as_of)
        expected = wanted.end + timedelta(days=lag.days) if wanted and lag else None
        late = max((as_of - expected).days, 0) if as_of and expected else None
        measure, last = holdings.measures[code], held[-1].period.label if held else ""
        source = ", ".join(s for s in (measure.directorate, measure.source_body) if s)
        needed = wanted.label if wanted else ""
        missing = MissingFigure(code, measure.short_title, last, needed, expected, late, source)
        found.append(missing)
    return found


def without_a_figure(holdings: Holdings, edition: Edition) -> list[str]:
    """The KPIs whose row of the period needed is blank: its flag says why."""
    found = []
    for code in edition.measures:
        wanted = holdings.wanted(code, edition.area, edition)
        held = holdings.by(code, edition.area, None)
        if any(r.period == wanted and r.blank for r in held):
            found.append(code)
    return found


def latest_edition(holdings: Holdings, as_of: date) -> Edition:
    """The edition of the last quarter that has ended by a day, if all it needs is held.

    Raises
    ------
    KccError
        If no quarterly edition's quarter has ended, or two are of the same one.
    IncompleteError
        If a figure is missing, or the figures of the quarter after it are late: every KPI
        is named at once.
    """
    ended = [e for e in holdings.quarterly if quarter_of(e).end <= as_of]
    if not ended:
        raise KccError(f"no quarterly edition is of a quarter that has ended by {as_of}")
    edition = _only([e for e in ended if quarter_of(e) == quarter_of(ended[-1])])
    _refuse_incomplete(holdings, edition, as_of)
    overdue = [m for m in missing_figures(holdings, edition, as_of, ahead=1) if m.days_late]
    if overdue:
        after = following(quarter_of(edition), 3).label
        counted = f"{len(overdue)} of its {len(edition.measures)} KPIs are late"
        head = f"{edition.name} is no longer the latest as of {as_of}: {counted} for {after}"
        raise IncompleteError(head, overdue, f"to build it as it is: kcc report {edition.name}")
    return edition


def named_edition(holdings: Holdings, name: str, as_of: date | None = None) -> Edition:
    """The edition of a quarter, such as `2024-25-q3` or `Q3 2024/25`, if all it needs is held.

    Raises
    ------
    KccError
        If that is no quarter, it has not ended by the day, or two editions are of it.
    UnknownNameError
        If no edition is of that quarter.
    IncompleteError
        If a figure is missing: every KPI is named at once.
    """
    quarter = _read_quarter(name)
    if as_of and quarter.end > as_of:
        raise KccError(f"the quarter {quarter.label} has not ended by {as_of}")
    known = [quarter_of(e).label for e in holdings.quarterly]
    if quarter.label not in known:
        raise UnknownNameError("quarterly edition of", quarter.label, known)
    edition = _only([e for e in holdings.quarterly if quarter_of(e) == quarter])
    _refuse_incomplete(holdings, edition, as_of)
    return edition


def _refuse_incomplete(holdings: Holdings, edition: Edition, as_of: date | None) -> None:
    missing = missing_figures(holdings, edition, as_of)
    if missing:
        when = f" as of {as_of}" if as_of else ""
        counted = f"{len(missing)} of its {len(edition.measures)} KPIs are missing"
        remedy = "add their rows to data/raw/observations, blank with a flag where there is none"
        raise IncompleteError(f"{edition.name} is not complete{when}: {counted}", missing, remedy)


def _read_quarter(name: str) -> Period:
    # an edition's own spelling has a hyphen before its quarter
    spaced = name.strip().replace("-q", " q").replace("-Q", " Q").replace(" q", " Q")
    try:
        return parse_period(spaced, PeriodType.FINANCIAL_QUARTER)
    except PeriodError:
        remedy = f"write {LATEST}, or one such as 2024-25-q3"
        raise KccError(f"--quarter {name}: {name!r} is no quarter; {remedy}") from None


def _only(editions: Sequence[Edition]) -> Edition:
    if len(editions) > 1:
        named = " and ".join(e.name for e in editions)
        raise KccError(f"{named} are of the same quarter; name the one to build")
    return editions[0]

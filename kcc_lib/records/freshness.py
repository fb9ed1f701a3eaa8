"""The freshness ledger: of each measure the last figure held, and whether the next one is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kcc_lib.periods import Period, following
from kcc_lib.records.holdings import Holdings, quarter_of, step_of
from kcc_lib.vocabulary import Frequency, Freshness, Kind


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How fresh one measure is by a day; blank or None where not known.

    `flags` are those of the last row held: it may say why there is no figure. `lag_days` is
    the longest that a figure has been seen to take, `expected` the end of the next period
    and as many days more, `days_late` how long that is past, `basis` what the state rests on
    and `source` where the figures come from.
    """

    measure: str
    title: str
    kind: Kind
    area: str
    frequency: Frequency
    last_period: str
    last_end: date | None
    flags: str
    next_period: str
    next_end: date | None
    lag_days: int | None
    expected: date | None
    state: Freshness
    days_late: int | None
    basis: str
    source: str


def freshness_ledger(
    holdings: Holdings, areas: Iterable[str], as_of: date, measures: Iterable[str] | None = None
) -> list[LedgerRow]:
    """How fresh each measure is by a day, in the order of the catalogue, area by area."""
    wanted = list(holdings.measures if measures is None else measures)
    return [_row(holdings, m, area, as_of) for area in areas for m in wanted]


def _row(holdings: Holdings, code: str, area: str, as_of: date) -> LedgerRow:
    measure = holdings.measures[code]
    held = holdings.by(code, area, as_of)
    last = held[-1] if held else None
    after = following(last.period, step_of(measure)) if last else None
    lag = holdings.lag(code, area, as_of)
    expected = after.end + timedelta(days=lag.days) if after and lag else None
    gone = _ended(holdings, code, as_of)
    state = Freshness.ENDED if gone else state_by(after, expected, as_of)
    if gone:
        after = expected = None
    late = (as_of - expected).days if expected and state is Freshness.LATE else None
    return LedgerRow(
        measure=code, title=measure.short_title, kind=measure.kind, area=area,
        frequency=measure.frequency,
        last_period=last.period.label if last else "", last_end=last.period.end if last else None,
        flags=last.flags if last else "",
        next_period=after.label if after else "", next_end=after.end if after else None,
        lag_days=lag.days if lag else None, expected=expected, state=state, days_late=late,
        basis=gone or (lag.seen if lag else ""),
        # as pages print it: up to its first semicolon
        source=(last.source if last else "").partition(";")[0].strip() or measure.source_body,
    )  # fmt: skip


def state_by(after: Period | None, expected: date | None, as_of: date) -> Freshness:
    """Whether the next period's figure could be there by a day, where the series goes on.

    Parameters
    ----------
    after
        The period after the last one held; None where none is held.
    expected
        The day by which its figure has always come; None where nothing tells.
    """
    if after is None:
        return Freshness.NOT_KNOWN
    if after.end > as_of:
        return Freshness.CURRENT
    if expected is None:
        return Freshness.NOT_KNOWN
    return Freshness.LATE if as_of > expected else Freshness.DUE


def _ended(holdings: Holdings, code: str, as_of: date) -> str:
    """Why no more figures are to come, "" where they are: told, or no longer listed."""
    arrival = holdings.arrival(code)
    if arrival.ended and arrival.ended <= as_of:
        return arrival.basis
    past = [e for e in holdings.quarterly if quarter_of(e).end <= as_of]
    listing = [e.name for e in past if code in e.measures]
    if listing and code not in past[-1].measures:
        return f"last listed in {listing[-1]}; {past[-1].name} does not list it"
    return ""

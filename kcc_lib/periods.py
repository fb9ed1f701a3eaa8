"""Periods: what a label means, when it starts and ends, and which spellings are accepted.

A label is read into every meaning it could have; the measure's period type (or, where a
file brings no catalogue, the series as a whole) decides between them. What could still
mean two things is refused.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kcc_lib.vocabulary import PeriodType


class PeriodForm(StrEnum):
    """The six shapes a period label can have."""

    YEAR = "a calendar year such as 2018"
    YEAR_SPAN = "a financial or academic year such as 2018-19"
    QUARTER = "a financial quarter such as 2018-19 Q1"
    MONTH = "a month such as Mar 2019"
    POOLED = "pooled years such as 2016 to 2018"
    ROLLING = "a rolling year such as 12 months to Mar 2019"


FORM_OF_TYPE = {
    PeriodType.CALENDAR_YEAR: PeriodForm.YEAR,
    PeriodType.FINANCIAL_YEAR: PeriodForm.YEAR_SPAN,
    PeriodType.ACADEMIC_YEAR: PeriodForm.YEAR_SPAN,
    PeriodType.FINANCIAL_QUARTER: PeriodForm.QUARTER,
    PeriodType.MONTH: PeriodForm.MONTH,
    PeriodType.SNAPSHOT: PeriodForm.MONTH,
    PeriodType.POOLED_YEARS: PeriodForm.POOLED,
    PeriodType.ROLLING_YEAR: PeriodForm.ROLLING,
}
_TYPE_OF_FORM = {
    PeriodForm.YEAR: PeriodType.CALENDAR_YEAR,
    # Financial and academic years differ only in where they start; without a catalogue a
    # constant shift of the axis changes no slope and no test.
    PeriodForm.YEAR_SPAN: PeriodType.FINANCIAL_YEAR,
    PeriodForm.QUARTER: PeriodType.FINANCIAL_QUARTER,
    PeriodForm.MONTH: PeriodType.SNAPSHOT,
    PeriodForm.POOLED: PeriodType.POOLED_YEARS,
    PeriodForm.ROLLING: PeriodType.ROLLING_YEAR,
}
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_YEARS = range(1900, 2101)


class PeriodError(ValueError):
    """A label that is not a period, or could be two; `remedy` says what to write."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem}; {remedy}")


@dataclass(frozen=True, slots=True)
class Period:
    """A closed span of time with its canonical label."""

    label: str
    period_type: PeriodType
    start: date
    end: date

    @property
    def middle(self) -> float:
        """The decimal year at the middle of the span, where it stands on a time axis.

        Counted in whole months, so that yearly periods stand exactly one apart.
        """
        first = self.start.year * 12 + self.start.month - 1
        after = self.end.year * 12 + self.end.month
        return (first + after) / 24

    @property
    def years(self) -> int:
        """How many whole years the span covers (0 for a month or quarter)."""
        return round((self.end - self.start).days / 365.25)


def parse_period(text: str, period_type: PeriodType | None = None) -> Period:
    """Read one label, in canonical or publishers' spelling.

    Parameters
    ----------
    text
        The label as written, such as "2018/19", "Q1 2018/19", "Dec-18" or "2013-15".
    period_type
        The measure's period type. Without it a label with two meanings is refused.

    Raises
    ------
    PeriodError
        If the label is not a period of that type, or could mean two things.
    """
    readings = period_readings(text)
    if period_type is not None:
        form = FORM_OF_TYPE[period_type]
        if form not in readings:
            raise PeriodError("is not a period of this measure", f"write {form}")
        return _build(readings[form], form, period_type)
    if not readings:
        raise PeriodError(
            "is not a period", "write one of the forms in docs/data.md, such as 2018-19"
        )
    form = decide_form([text])
    return _build(readings[form], form, _TYPE_OF_FORM[form])


def decide_form(labels: Iterable[str]) -> PeriodForm:
    """Find the one form that every label of a series can take.

    Raises
    ------
    PeriodError
        If no form fits all of them (two frequencies) or more than one does.
    """
    shared: set[PeriodForm] | None = None
    for label in labels:
        forms = set(period_readings(label))
        shared = forms if shared is None else shared & forms
    if not shared:
        raise PeriodError(
            "does not share a form with the rest of its series", "keep one frequency in a series"
        )
    if shared == {PeriodForm.YEAR_SPAN, PeriodForm.POOLED}:
        return PeriodForm.YEAR_SPAN  # two adjacent years: the contract reads 2018-2019 as 2018-19
    if len(shared) > 1:
        meanings = " or ".join(sorted(shared))
        raise PeriodError(f"could be {meanings}", "write it in full or name the period_type")
    return shared.pop()


def type_of_form(form: PeriodForm) -> PeriodType:
    """The period type taken where no catalogue names one."""
    return _TYPE_OF_FORM[form]


@lru_cache(maxsize=65_536)
def period_readings(text: str) -> dict[PeriodForm, tuple[int, ...]]:
    """Every meaning a label could have, as the numbers that fix it: {form: numbers}."""
    label = re.sub(r"\s+", " ", text.strip()).replace("–", "-")
    found: dict[PeriodForm, tuple[int, ...]] = {}
    for pattern, reader in _SPELLINGS:
        match = pattern.fullmatch(label)
        if match:
            for form, numbers in reader(*match.groups()).items():
                found.setdefault(form, numbers)
    return {form: n for form, n in found.items() if _within_range(form, n)}


def _within_range(form: PeriodForm, numbers: tuple[int, ...]) -> bool:
    years = numbers if form is PeriodForm.POOLED else numbers[:1]
    return all(year in _YEARS for year in years)


def _year_pair(first: str, second: str) -> dict[PeriodForm, tuple[int, ...]]:
    """`2018-19`, `2018/2019`, `2013-15`: a year span, pooled years, or an ISO month."""
    start = int(first)
    short = len(second) == 2
    end = int(second) if not short else start - start % 100 + int(second)
    if short and end < start:
        end += 100  # 1999-00
    found: dict[PeriodForm, tuple[int, ...]] = {}
    if end == start + 1:
        found[PeriodForm.YEAR_SPAN] = (start,)
        if not short:
            found[PeriodForm.POOLED] = (start, end)
    elif start < end <= start + 10:
        found[PeriodForm.POOLED] = (start, end)
    if short and 1 <= int(second) <= 12:
        found[PeriodForm.MONTH] = (start, int(second))
    return found


def _month(name: str, year: str) -> dict[PeriodForm, tuple[int, ...]]:
    number = _MONTHS.get(name.lower())
    return {PeriodForm.MONTH: (_century(year), number)} if number else {}


def _rolling(name: str, year: str) -> dict[PeriodForm, tuple[int, ...]]:
    number = _MONTHS.get(name.lower())
    return {PeriodForm.ROLLING: (_century(year), number)} if number else {}


def _quarter(start: str, end: str, quarter: str) -> dict[PeriodForm, tuple[int, ...]]:
    span = _year_pair(start, end).get(PeriodForm.YEAR_SPAN)
    return {PeriodForm.QUARTER: (*span, int(quarter))} if span else {}


def _pooled(first: str, second: str) -> dict[PeriodForm, tuple[int, ...]]:
    start, end = int(first), int(second)
    return {PeriodForm.POOLED: (start, end)} if start < end <= start + 10 else {}


def _century(year: str) -> int:
    """A year of two figures lies between 1969 and 2068, as POSIX reads it."""
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number < 69 else 1900)


_PAIR = r"(\d{4}) ?[-/] ?(\d{4}|\d{2})"
_SPELLINGS = (
    (re.compile(r"(\d{4})"), lambda y: {PeriodForm.YEAR: (int(y),)}),
    (re.compile(_PAIR), _year_pair),
    (re.compile(r"(\d{4})(\d{2})"), _year_pair),  # the Department for Education's 201819
    (re.compile(r"(\d{4}) to (\d{4})", re.I), _pooled),
    (re.compile(_PAIR + r" ?Q([1-4])", re.I), _quarter),
    (re.compile(r"Q([1-4]) " + _PAIR, re.I), lambda q, a, b: _quarter(a, b, q)),
    (re.compile(r"([A-Za-z]{3,9})[ -](\d{4}|\d{2})"), _month),
    (
        re.compile(
            r"(?:12 months to|year to|year ending|ye) ([A-Za-z]{3,9})[ -](\d{4}|\d{2})", re.I
        ),
        _rolling,
    ),
)


def _build(numbers: tuple[int, ...], form: PeriodForm, period_type: PeriodType) -> Period:
    year = numbers[0]
    if form is PeriodForm.YEAR:
        return Period(str(year), period_type, date(year, 1, 1), date(year, 12, 31))
    if form is PeriodForm.YEAR_SPAN:
        month = 9 if period_type is PeriodType.ACADEMIC_YEAR else 4
        span = f"{year}-{(year + 1) % 100:02d}"
        return Period(span, period_type, date(year, month, 1), _month_end(year + 1, month - 1))
    if form is PeriodForm.QUARTER:
        quarter = numbers[1]
        first = (year + quarter // 4, (3 * quarter) % 12 + 1)
        label = f"{year}-{(year + 1) % 100:02d} Q{quarter}"
        return Period(label, period_type, date(*first, 1), _month_end(first[0], first[1] + 2))
    if form is PeriodForm.POOLED:
        label = f"{year} to {numbers[1]}"
        return Period(label, period_type, date(year, 1, 1), date(numbers[1], 12, 31))
    end = _month_end(year, numbers[1])
    name = f"{calendar.month_abbr[numbers[1]]} {year}"
    if form is PeriodForm.MONTH:
        return Period(name, period_type, end.replace(day=1), end)
    start = _month_end(year - 1, numbers[1]) + timedelta(days=1)
    return Period(f"12 months to {name}", period_type, start, end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])

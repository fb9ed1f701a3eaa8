"""Periods: what a label means, when it starts and ends, and which spellings are accepted.

A label is read into every meaning it could have; the measure's period type (or, where a
file brings no catalogue, the series as a whole) decides between them. What could still
mean two things is refused.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kcc_lib.spellings import PeriodForm, period_readings
from kcc_lib.vocabulary import PeriodType

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


def following(period: Period, months: int) -> Period:
    """The period of the same kind that ends some months later.

    Parameters
    ----------
    months
        Whole years for yearly kinds, whole quarters for quarters.
    """
    form = FORM_OF_TYPE[period.period_type]
    start, end, years = period.start, period.end, months // 12
    if form is PeriodForm.POOLED:
        return _build((start.year + years, end.year + years), form, period.period_type)
    if form in {PeriodForm.YEAR, PeriodForm.YEAR_SPAN}:
        return _build((start.year + years,), form, period.period_type)
    if form is PeriodForm.QUARTER:
        # quarters since year 0, the first of a financial year in April
        quarter = start.year * 4 + (start.month - 4) // 3 + months // 3
        return _build((quarter // 4, quarter % 4 + 1), form, period.period_type)
    month = end.year * 12 + end.month - 1 + months
    return _build((month // 12, month % 12 + 1), form, period.period_type)


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

"""Spellings of periods: every meaning a label could have, in canonical and publishers' forms."""

import calendar
import re
from enum import StrEnum
from functools import lru_cache


class PeriodForm(StrEnum):
    """The six shapes a period label can have."""

    YEAR = "a calendar year such as 2018"
    YEAR_SPAN = "a financial or academic year such as 2018-19"
    QUARTER = "a financial quarter such as 2018-19 Q1"
    MONTH = "a month such as Mar 2019"
    POOLED = "pooled years such as 2016 to 2018"
    ROLLING = "a rolling year such as 12 months to Mar 2019"


_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_YEARS = range(1900, 2101)


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

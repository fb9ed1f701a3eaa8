"""The one formatter: how a number, a unit and a period are printed, everywhere."""

import math

from kcc_lib.measures import Measure
from kcc_lib.periods import Period, PeriodError, following, parse_period
from kcc_lib.vocabulary import Flag, PeriodType

MINUS = "−"
MISSING = "N/A"
#: Stands where a value is suppressed, in the Government Analysis Function's shorthand.
SUPPRESSED = "[c]"
_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "May": "May",
    "Jun": "June", "Jul": "July", "Aug": "August", "Sep": "September", "Oct": "October",
    "Nov": "November", "Dec": "December",
}  # fmt: skip


def format_number(value: float, decimals: int | None = 1) -> str:
    """A number for reading: thousands commas, a true minus, no negative zero.

    Whole numbers show no decimals, because sources that print whole numbers know no more.
    """
    if value is None or math.isnan(value):
        return MISSING
    places = 0 if float(value).is_integer() else (decimals if decimals is not None else 1)
    text = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(c in "123456789" for c in text)
    return f"{MINUS}{text}" if negative else text


def format_value(measure: Measure, value: float) -> str:
    """A value with its unit, short: 75.1%, 26 points, 39.2, £512."""
    text = format_number(value, measure.decimals)
    if text == MISSING:
        return text
    if measure.unit == "%":
        return f"{text}%"
    if measure.unit == "percentage points":
        return f"{text} percentage {'point' if text == '1' else 'points'}"
    if measure.unit == "pounds per week":
        return f"£{text}"
    if measure.unit == "weeks":
        return f"{text} weeks"
    return text


def format_change(measure: Measure, change: float) -> str:
    """The size of a change with its unit; percentages differ by percentage points."""
    places = measure.decimals if measure.decimals is not None else 1
    tiny = change != 0 and round(abs(change), places) == 0
    text = f"less than {10.0**-places:.{places}f}" if tiny else format_number(abs(change), places)
    if measure.percentage:
        return f"{text} percentage {'point' if text == '1' else 'points'}"
    if measure.unit == "pounds per week":
        return f"£{text}"
    return text


def moved(measure: Measure, start: float, end: float) -> int:
    """+1, 0 or -1: the movement as a reader of the printed figures sees it."""
    places = measure.decimals if measure.decimals is not None else 1
    difference = round(end, places) - round(start, places)
    return 0 if abs(difference) < 1e-9 else (1 if difference > 0 else -1)


def format_period(label: str) -> str:
    """A canonical period label as the pages print it: 2018/19, June 2019, year to June 2018."""
    if not label:
        return ""
    period = _read(label)
    if period is None:
        return label
    if period.period_type in {PeriodType.FINANCIAL_YEAR, PeriodType.FINANCIAL_QUARTER}:
        return label.replace("-", "/")
    if period.period_type is PeriodType.SNAPSHOT:
        month, year = label.split()
        return f"{_MONTHS[month]} {year}"
    if period.period_type is PeriodType.ROLLING_YEAR:
        month, year = label.removeprefix("12 months to ").split()
        return f"year to {_MONTHS[month]} {year}"
    return label


def short_period(label: str, *, narrow: bool = False) -> str:
    """A period label for an axis: 2018/19 (18/19 where narrow), Q3 2018/19, Jun 2019."""
    period = _read(label)
    if period is None:
        return label
    first, last = period.start.year, period.end.year
    if period.period_type is PeriodType.FINANCIAL_YEAR:
        return f"{first % 100:02d}/{last % 100:02d}" if narrow else label.replace("-", "/")
    if period.period_type is PeriodType.FINANCIAL_QUARTER:
        year, quarter = label.split()
        return f"{quarter} {year[2:] if narrow else year}".replace("-", "/")
    if period.period_type is PeriodType.POOLED_YEARS:
        return f"{first % 100:02d}–{last % 100:02d}" if narrow else f"{first}–{last % 100:02d}"
    if period.period_type in {PeriodType.SNAPSHOT, PeriodType.ROLLING_YEAR}:
        text = label.removeprefix("12 months to ")
        return f"{text[:3]} {text[-2:]}" if narrow else text
    return label


def named_period(label: str) -> str:
    """The period as a noun: "June 2019", "the year to June 2018"."""
    text = format_period(label)
    return f"the {text}" if text.startswith("year to") else text


def named_span(first: str, last: str) -> str:
    """From one period to another: "2014/15 to 2017/18", "2013–15 to 2016–18"."""
    if first == last:
        return named_period(first)
    ends = [_read(label) for label in (first, last)]
    if any(p is not None and p.period_type is PeriodType.POOLED_YEARS for p in ends):
        # "2013 to 2015 to 2016 to 2018" would have to be read twice
        return f"{short_period(first)} to {short_period(last)}"
    return f"{named_period(first)} to {named_period(last)}"


def in_period(label: str) -> str:
    """The period with its preposition: "in June 2019", "in the year to June 2018"."""
    return f"in {named_period(label)}"


def next_period(label: str, months: int) -> Period | None:
    """The period due some months after a canonical one; None where the label is no such."""
    period = _read(label)
    return following(period, months) if period else None


def beyond(edge: float, decimals: int | None, *, up: bool, closed: bool = False) -> float:
    """The first value, as precise as values are printed, beyond an edge, or on a closed one."""
    step = 10.0 ** -(1 if decimals is None else decimals)
    if math.isinf(edge):
        return edge
    whole = edge / step
    near = round(whole)
    if abs(whole - near) > 1e-9 * max(1, abs(whole)):
        near = math.ceil(whole) if up else math.floor(whole)
    elif not closed:
        near += 1 if up else -1
    return near * step


def _read(label: str) -> Period | None:
    """A canonical label's period; what is not canonical is printed as it stands."""
    try:
        return parse_period(label)
    except PeriodError:
        # 2011-12 is ambiguous as a spelling but canonical as a financial year
        return _financial(label)


def _financial(label: str) -> Period | None:
    try:
        return parse_period(label, PeriodType.FINANCIAL_YEAR)
    except PeriodError:
        return None


def is_suppressed(value: float, flags: object) -> bool:
    """Whether a value is missing because it is suppressed."""
    return math.isnan(value) and Flag.CONFIDENTIAL in str(flags).split()


def flag_words(flags: str) -> str:
    """Flags as words, for a table's notes column."""
    return "; ".join(Flag(mark).meaning for mark in flags.split())


def count_words(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: "1 measure", "14 measures"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"

"""One number that narrative may quote, with its unit, its period and how it is printed."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta

from kcc_lib.measures import Measure
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.presentation.formats import (
    MINUS,
    SUPPRESSED,
    format_number,
    format_value,
    named_period,
)
from kcc_lib.records.figures import Figure

#: What a document's unit is called here, what one of it is worth, and how it is printed.
_UNITS: dict[str, tuple[str, float, str]] = {
    "percentage": ("%", 1, "{}%"), "percentage change": ("change", 1, "{}%"),
    "percentage points": ("points", 1, "{} percentage points"),
    "GBP": ("£", 1, "£{}"), "GBP thousand": ("£", 1e3, "£{},000"),
    "GBP million": ("£", 1e6, "£{} million"), "GBP billion": ("£", 1e9, "£{} billion"),
    "GBP million per year": ("£", 1e6, "£{} million a year"), "thousand": ("", 1e3, "{},000"),
    "million": ("", 1e6, "{} million"), "miles": ("", 1, "{} miles"), "hours": ("", 1, "{} hours"),
    "days": ("", 1, "{} days"), "weeks": ("", 1, "{} weeks"), "years": ("", 1, "{} years"),
    "months": ("", 1, "{} months"), "tonnes": ("", 1, "{} tonnes"),
    "hectares": ("", 1, "{} hectares"), "square feet": ("", 1, "{} square feet"),
    "square metres": ("", 1, "{} square metres"),
}  # fmt: skip
#: A label that says from when or until when a figure holds names the period it leads to.
_LEADS = re.compile(r"^(?:up to|to|as of|by|at)\s+", re.IGNORECASE)
_FROM_CATALOGUE = {"%": "%", "percentage points": "points", "pounds per week": "£"}


class BindingError(ValueError):
    """A binding that names nothing that is held, or says what the data do not."""


@dataclass(frozen=True, slots=True)
class Point:
    """One number that may be quoted.

    Parameters
    ----------
    value
        In plain units: pounds, not millions of pounds.
    unit
        "%", "points" (percentage points), "£", "change" (per cent) or "".
    text
        As it is printed, with its unit and any "over" or "nearly".
    period
        Canonical label, or "" where the document names none.
    ends
        When its period ends; None where that is not known.
    step
        How finely it is printed.
    set
        Whether somebody set it, as a target, rather than measured it.
    """

    value: float
    unit: str
    text: str
    period: str = ""
    ends: date | None = None
    qualifier: str = ""
    step: float = 1.0
    set: bool = False

    @property
    def when(self) -> str:
        """Its period as a noun, for reading; "" where none is named."""
        return named_period(self.period)


def measured(measure: Measure, value: float, period: str, ends: date) -> Point:
    """A measure's value in one period."""
    places = measure.decimals if measure.decimals is not None else 1
    unit = _FROM_CATALOGUE.get(measure.unit, "")
    return Point(value, unit, format_value(measure, value), period, ends, "", 10.0**-places)


def printed(figure: Figure) -> Point:
    """A figure as a document prints it."""
    unit, worth, shape = _UNITS.get(figure.unit, ("", 1, "{}"))
    period = canonical(figure.period_label) or _dated(figure.starts, figure.ends)
    if figure.suppressed:
        return Point(figure.value, unit, SUPPRESSED, period, figure.ends)
    size = (
        abs(figure.value) if unit == "change" or figure.unit.startswith("change") else figure.value
    )
    # as many decimals as the document printed: its 3.0 says more than its 3 would
    sign = MINUS if size < 0 else ""
    text = shape.format(f"{sign}{abs(size):,.{figure.decimals}f}")
    return Point(
        figure.value * worth, unit, f"{figure.qualifier} {text}" if figure.qualifier else text,
        period, figure.ends, figure.qualifier, 10.0**-figure.decimals * worth,
    )  # fmt: skip


def canonical(label: str) -> str:
    """The period that a document's label names, in its canonical form; "" if it names none."""
    inside = re.findall(r"\(([^)]*)\)", label)
    for text in (re.sub(r"\s*\([^)]*\)", "", label), *inside):
        plain = re.sub(r"\b(?:implied|inferred|at report|financial year)\b", "", text).strip(" ,")
        plain = _LEADS.sub("", plain)
        try:
            return parse_period(plain).label
        except PeriodError:
            continue
    return ""


def _dated(starts: date | None, ends: date | None) -> str:
    """The canonical label of a span of whole months; "" for any other."""
    if starts is None or ends is None or starts.day != 1 or (ends + timedelta(1)).day != 1:
        return ""
    months = 12 * (ends.year - starts.year) + ends.month - starts.month + 1
    month = f"{ends:%b %Y}"
    if months == 12 and starts.month == 1:
        return str(starts.year)
    if months == 12 and starts.month == 4:
        return f"{starts.year}-{ends.year % 100:02d}"
    if months == 3 and starts.month % 3 == 1:
        year, quarter = starts.year - (starts.month < 4), (starts.month - 4) % 12 // 3 + 1
        return f"{year}-{(year + 1) % 100:02d} Q{quarter}"
    return {12: f"12 months to {month}", 1: month}.get(months, "")


def way(first: Point, last: Point) -> int:
    """+1, 0 or -1: which way the printed values went."""
    # what was set, not measured, is itself: a value is compared with it unrounded
    coarse = min if first.set or last.set else max
    places = -round(math.log10(coarse(first.step, last.step)))
    before, after = round(first.value, places), round(last.value, places)
    return (after > before) - (after < before)


def relative(first: Point, last: Point) -> float:
    """The change in per cent of the first value."""
    if first.value == 0:
        raise BindingError(f"no change in per cent from nought ({first.text})")
    return 100 * (last.value - first.value) / abs(first.value)


def decimals_of(step: float) -> int:
    """How many decimals a number has that is printed as finely as a step."""
    return max(0, round(-math.log10(step)))


def size_of(value: float, unit: str, step: float) -> str:
    """The size of a difference in words and figures: "5 percentage points", "£1.2 million"."""
    places = decimals_of(step)
    if unit == "£":
        return pounds(abs(value))
    text = format_number(abs(value), places)
    if unit in {"%", "points"}:
        return f"{text} percentage {'point' if text == '1' else 'points'}"
    return f"{text}%" if unit == "change" else text


def worded(value: float, unit: str, step: float) -> str:
    """A value in a unit, printed as finely as a step: "84.6%", "£1.2 million"."""
    places = decimals_of(step)
    if unit == "£":
        return pounds(value)
    text = format_number(round(value, places), places)
    points = f" percentage {'point' if text == '1' else 'points'}"
    return text + {"%": "%", "change": "%", "points": points}.get(unit, "")


def pounds(value: float) -> str:
    """An amount of money for reading: £2.01 billion, £39.5 million, £650,000."""
    for worth, word in ((1e9, " billion"), (1e6, " million")):
        if value >= worth:
            size = round(value / worth, 2)
            return f"£{format_number(size, 1 if round(size, 1) == size else 2)}{word}"
    return f"£{format_number(value, 2)}"


def finer(value: float, step: float) -> float:
    """How finely a number must be printed to be itself: a step, or a tenth of it, and so on."""
    while step > 1e-6 and abs(value / step - round(value / step)) > 1e-6:
        step /= 10
    return step


def rounded(point: Point) -> str:
    """A value rounded to two figures, with its word: "nearly 4,000", "over £39 million"."""
    exponent = math.floor(math.log10(point.value)) - 1
    near = round(round(point.value / 10.0**exponent) * 10.0**exponent, max(0, -exponent))
    same = math.isclose(near, point.value)
    word = "" if same else ("nearly " if point.value < near else "over ")
    return word + worded(near, point.unit, 10.0**exponent)

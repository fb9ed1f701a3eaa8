"""The year-end outlook of a KPI in careful words, or why there is none."""

import math

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.presentation.formats import format_value
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.words import full_value
from kcc_lib.reasons import Reason

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
#: Chances a reader can picture, and their words.
_CHANCES = (
    (0.10, "1 in 10"), (0.20, "1 in 5"), (0.25, "1 in 4"), (1 / 3, "1 in 3"), (0.40, "2 in 5"),
    (0.50, "1 in 2"), (0.60, "3 in 5"), (2 / 3, "2 in 3"), (0.75, "3 in 4"), (0.80, "4 in 5"),
    (0.90, "9 in 10"),
)  # fmt: skip

#: Reasons whose own words speak of a test, which an outlook is not.
_REASONS = {
    Reason.OVERLAPPING_PERIODS: "its periods overlap and share data, so they show too little of "
    "what chance does",
    Reason.PERFECT_FIT: "its values do not scatter about their line",
}


def outlook_sentence(view: KpiView) -> str:
    """Where the quarters lead at the end of the year; "" where no outlook was asked for."""
    ahead, measure = view.ahead, view.measure
    if not ahead:
        return ""
    if math.isnan(ahead["value"]):
        codes = reason_codes(str(ahead["reasons"]))
        why = "; ".join(_REASONS.get(r, r.meaning) for r in codes)
        return f"No outlook for the end of the year is given: {why}." if why else ""
    count, when = int(ahead["n_points"]), ahead["year_end"]
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    low, high = (format_value(measure, ahead[end]) for end in ("low", "high"))
    said = (
        f"If the course of the last {number} quarters went on, the value at the end of "
        f"{when:%B %Y} would be about {full_value(measure, ahead['value'])}; four times in five "
        f"it would lie between {low} and {high}."
    )
    target, chance = ahead["target"], ahead["chance"]
    if math.isnan(chance):
        return said
    met = f"The chance of meeting the target of {format_value(measure, target)} would be"
    return f"{said} {met} {chance_words(chance)}."


def chance_words(chance: float) -> str:
    """A chance in words a reader can picture: "about 1 in 5"."""
    if chance < 0.05:
        return "less than 1 in 20"
    if chance > 0.95:
        return "more than 19 in 20"
    return "about " + min(_CHANCES, key=lambda c: abs(c[0] - chance))[1]

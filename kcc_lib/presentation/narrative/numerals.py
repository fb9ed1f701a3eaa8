"""Numbers as people write them: "£2.01 billion", "nearly 4,000", "eleven", "a third"."""

import math
import re
from dataclasses import dataclass, replace

from kcc_lib.presentation.narrative.points import Point

_words = str.split
_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = {word: 10 * n for n, word in enumerate(
    _words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}  # fmt: skip
NUMBER_WORDS = {**{word: n for n, word in enumerate(_ONES)}, **_TENS, "dozen": 12}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3,
    "dozen": 12.0,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip

JUST_OVER, JUST_UNDER = ("just over", "slightly over"), (
    "just under", "slightly under", "just below", "nearly", "almost", "approaching",
)  # fmt: skip
OVER = (*JUST_OVER, "over", "more than", "above", "greater than", "in excess of", "upwards of")
UNDER = (*JUST_UNDER, "under", "less than", "fewer than", "below")
AT_LEAST = ("at least", "no fewer than", "no less than", "not less than")
AT_MOST = ("up to", "at most", "no more than", "not more than")
ROUGHLY = ("about", "around", "approximately", "roughly", "some", "estimated", "circa")
#: How far from the truth a rounding word may be, as a share of the number written; of per cents
#: never more than so many points.
_NEAR, _NEAR_POINTS = 0.05, 2.0
#: A fraction in words holds within this many percentage points of it.
FRACTION_SLACK = 1.0

_UNITS_WORD = "|".join(sorted((w for w in _ONES if w != "zero"), key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[1:10])}))?|{_UNITS_WORD}|zero)"
_WORD = rf"\b(?:a\s+(?=hundred|thousand|million|billion|dozen)|{_SMALL}\b)"
# "up to 40" may be a rise, and is read as one
_QUALIFIERS = sorted(
    {*OVER, *UNDER, *AT_LEAST, *AT_MOST, *ROUGHLY} - {"up to"}, key=len, reverse=True
)
_SOME_OF = "one|two|three|four|five|six|seven|eight|nine"
NUMERAL = re.compile(
    rf"(?:\b(?P<qualifier>{'|'.join(_QUALIFIERS)})\s+)?"
    rf"(?:(?P<fraction>\b(?:(?:a|{_SOME_OF})[\s-](?:{'|'.join(_PARTS)})|half)\b(?!-)"
    rf"|(?<=\btop\s)(?:third|quarter|fifth|tenth)\b|(?<=\bbottom\s)(?:third|quarter|fifth|tenth)\b)"
    rf"|(?P<part>\b(?:{_SOME_OF}|\d+))\s+in\s+(?:every\s+)?(?P<whole>(?:two|three|four|five|six|"
    rf"seven|eight|nine|ten|twenty|\d+)\b)(?!\s+(?:day|week|month|quarter|year)s?\b)(?![\d,.]*\d)"
    rf"|(?P<minus>(?<![\w)])[−-])?(?P<pound>£)?"
    rf"(?:(?P<digits>(?<![\d.,])\d[\d,]*(?:\.\d+)?(?!\d|(?:st|nd|rd|th)\b))|(?P<word>{_WORD}))"
    rf"(?:(?:\s?(?P<scale>hundred|thousand|million|billion|dozen|bn|m|k)\b)"
    rf"(?:\s+and\s+(?P<rest>{_SMALL})\b)?)?"
    rf"(?P<unit>\s?%|\s+per\s?cent\b|\s+(?:percentage[\s-]+)?points?\b)?)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number somebody wrote, in plain units.

    `unit` is "%", "points" (percentage points), "marks" (points that may be either), "£" or
    ""; `step` is how finely it was
    written, so that a value which rounds to it agrees; `qualifier` is the word before it;
    `fraction` says that it is a share in words, `scaled` that it is so many millions.
    """

    text: str
    value: float
    unit: str
    step: float
    qualifier: str = ""
    fraction: bool = False
    scaled: bool = False

    def agrees(self, value: float, qualifier: str = "") -> bool:
        """Whether a value, printed with a qualifier of its own or none, may be written so."""
        if qualifier:
            return self._agrees_with_qualified(value, _kind(qualifier))
        word, slack = self.qualifier, self._slack()
        if not word:
            return self._near(value)
        if word in JUST_OVER:
            return self.value < value <= self.value + slack
        if word in JUST_UNDER:
            return self.value - slack <= value < self.value
        if word in ROUGHLY:
            return abs(value - self.value) <= max(slack, self.step / 2)
        beyond = {"over": value > self.value, "under": value < self.value,
                  "least": value >= self.value, "most": value <= self.value}  # fmt: skip
        return beyond[_kind(word)]

    def fits(self, point: Point, unit: str = "") -> bool:
        """Whether it is a point's value, in the same kind of unit (or one left out for brevity)."""
        mine = self.unit or unit
        kinds = {"%": {"%", "change"}, "points": {"points"}, "marks": {"points", ""},
                 "£": {"£"}, "": {""}}  # fmt: skip
        value = abs(point.value) if point.unit == "change" else point.value
        return point.unit in kinds[mine] and self.agrees(as_printed(value, point), point.qualifier)

    def plain(self) -> "Numeral":
        """The same number without its qualifier."""
        return replace(self, qualifier="")

    def _near(self, value: float) -> bool:
        if self.fraction:
            return abs(self.value - value) <= FRACTION_SLACK
        # "£2 billion" is no way to write £1.6 billion
        slack = min(self.step / 2, _NEAR * abs(value)) if self.scaled else self.step / 2
        return abs(self.value - value) <= slack + 1e-9 * max(self.step, abs(value))

    def _slack(self) -> float:
        slack = _NEAR * abs(self.value)
        return min(slack, _NEAR_POINTS) if self.unit == "%" else slack

    def _agrees_with_qualified(self, value: float, kind: str) -> bool:
        mine = _kind(self.qualifier)
        if kind == "over" and mine in {"over", "least"}:
            return self.value <= value if self.qualifier not in JUST_OVER else self._near(value)
        if kind == "under" and mine in {"under", "most"}:
            return self.value >= value if self.qualifier not in JUST_UNDER else self._near(value)
        return self._near(value) and mine == kind


def _kind(qualifier: str) -> str:
    for kind, words in (("over", OVER), ("under", UNDER), ("roughly", ROUGHLY),
                        ("least", AT_LEAST), ("most", AT_MOST)):  # fmt: skip
        if qualifier in words:
            return kind
    return ""


def as_printed(value: float, point: Point) -> float:
    """A value as finely as its page prints it."""
    return round(value, -round(math.log10(point.step)))


def read_numeral(match: re.Match[str]) -> Numeral:
    """The number that `NUMERAL` found."""
    qualifier = re.sub(r"\s+", " ", (match["qualifier"] or "").lower())
    if match["fraction"]:
        words = re.split(r"[\s-]+", match["fraction"].lower())
        times = NUMBER_WORDS.get(words[0], 1)
        share = 100.0 * times / _PARTS[words[-1]]
        return Numeral(match[0], share, "%", 2 * FRACTION_SLACK, qualifier, fraction=True)
    if match["part"]:
        part, whole = _of_words(match["part"]), _of_words(match["whole"])
        share = 100.0 * part / whole if whole else float("nan")
        return Numeral(match[0], share, "%", 2 * FRACTION_SLACK, qualifier, fraction=True)
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["digits"]:
        digits = match["digits"].rstrip(",").replace(",", "")
        value, step = float(digits) * scale, 10.0 ** -len(digits.partition(".")[2]) * scale
    else:
        value, step = _of_words(match["word"]) * scale, scale if scale > 100 else 1.0
    if match["rest"]:
        value, step = value + _of_words(match["rest"]), 1.0
    unit = (match["unit"] or "").strip().lower()
    if "point" in unit:
        unit = "points" if "percentage" in unit else "marks"
    else:
        unit = "%" if unit else ("£" if match["pound"] else "")
    return Numeral(match[0], -value if match["minus"] else value, unit, step, qualifier,
                   scaled=step > 100)  # fmt: skip


def _of_words(text: str) -> float:
    if text.strip().isdecimal():
        return float(text)
    return float(
        sum(NUMBER_WORDS.get(part, 1) for part in re.split(r"[-\s]+", text.strip().lower()))
    )

"""Numbers as people write them: "£2.01 billion", "nearly 4,000", "eleven", "a third"."""

import re
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = {word: 10 * n for n, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}  # fmt: skip
NUMBER_WORDS = {**{word: n for n, word in enumerate(_ONES)}, **_TENS, "dozen": 12}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3,
}  # fmt: skip
_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0, "quarters": 75.0,
    "fifth": 20.0, "tenth": 10.0,
}  # fmt: skip

OVER = ("just over", "over", "more than", "at least", "above", "greater than")
UNDER = ("just under", "nearly", "almost", "under", "less than", "fewer than", "up to", "at most")
ROUGHLY = ("about", "around", "approximately", "roughly", "some", "estimated")
#: How far from the truth a rounding word may be, as a share of the number written.
_NEAR = 0.05
#: A fraction in words holds within this many percentage points of it.
_FRACTION_STEP = 2.0

_WORD = "|".join(NUMBER_WORDS)
NUMERAL = re.compile(
    rf"(?:(?P<qualifier>{'|'.join(sorted((*OVER, *UNDER, *ROUGHLY), key=len, reverse=True))})\s+)?"
    rf"(?:(?P<fraction>(?:(?:a|one|two|three)\s+)?(?:half|thirds?|quarters?|fifth|tenth))(?=\s+of\b|$|[\s,.;])"
    rf"|(?P<pound>£)?(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<word>\b(?:a\s+)?(?:{_WORD})"
    rf"(?:[-\s](?:{_WORD}))?\b|\ba(?=\s+(?:hundred|thousand|million|billion)\b)))"
    rf"(?:\s?(?P<scale>hundred|thousand|million|billion|bn|m|k)\b)?"
    rf"(?P<unit>\s?%|\s+per\s+cent\b|\s+percentage\s+points?\b)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number somebody wrote, in plain units.

    `unit` is "%", "points" (percentage points), "£" or ""; `step` is how finely it was
    written, so that a value which rounds to it agrees; `qualifier` is the word before it.
    """

    text: str
    value: float
    unit: str
    step: float
    qualifier: str = ""

    def agrees(self, value: float, qualifier: str = "") -> bool:
        """Whether a value, printed with a qualifier of its own or none, may be written so."""
        word, near = self.qualifier, abs(self.value - value) <= self.step / 2 * (1 + 1e-9)
        if qualifier:
            return near and _kind(word) == _kind(qualifier)
        if not word:
            return near
        slack = _NEAR * abs(self.value)
        if word in OVER:
            close = value <= self.value + slack if word == "just over" else True
            return close and (value >= self.value if word == "at least" else value > self.value)
        if word in UNDER:
            if word in {"up to", "at most"}:
                return value <= self.value
            if word in {"under", "less than", "fewer than"}:
                return value < self.value
            return self.value - slack <= value < self.value
        return abs(value - self.value) <= max(slack, self.step / 2)


def _kind(qualifier: str) -> str:
    for kind, words in (("over", OVER), ("under", UNDER), ("roughly", ROUGHLY)):
        if qualifier in words:
            return kind
    return ""


def read_numeral(match: re.Match[str]) -> Numeral:
    """The number that `NUMERAL` found."""
    qualifier = re.sub(r"\s+", " ", (match["qualifier"] or "").lower())
    if match["fraction"]:
        words = match["fraction"].lower().split()
        return Numeral(match[0], _FRACTIONS[words[-1]], "%", _FRACTION_STEP, qualifier)
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["digits"]:
        digits = match["digits"].replace(",", "")
        decimals = len(digits.partition(".")[2])
        value, step = float(digits) * scale, 10.0**-decimals * scale
    else:
        value, step = _of_words(match["word"]) * scale, scale
    unit = (match["unit"] or "").strip().lower()
    unit = "points" if "point" in unit else ("%" if unit else ("£" if match["pound"] else ""))
    return Numeral(match[0], value, unit, step, qualifier)


def _of_words(text: str) -> float:
    parts = re.split(r"[-\s]+", text.lower())
    if parts == ["a"]:
        return 1.0
    return float(sum(NUMBER_WORDS[p] for p in parts if p != "a"))

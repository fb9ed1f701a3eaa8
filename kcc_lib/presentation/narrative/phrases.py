"""A claim as its writer put it, taken apart: its numbers, periods and claiming words.

The phrase is rewritten with a mark in place of each part, `<n0>` for a number, `<p0>` for a
period, `<w0>` for a word, so that the patterns of `claims` read like the sentences they match.
"""

import re
from dataclasses import dataclass, field

from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.presentation.narrative.numerals import NUMERAL, Numeral, read_numeral
from kcc_lib.presentation.narrative.words import (
    BETTER,
    FALLING,
    MULTIPLES,
    RISING,
    STEADY,
    WORSE,
)
from kcc_lib.spellings import period_readings

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_PERIOD = re.compile(
    rf"\b(?:(?:the\s+)?(?:12 months|twelve months|year)\s+to\s+(?:{_MONTH})\s+\d{{4}}"
    rf"|(?:{_MONTH})\s+\d{{4}}|\d{{4}}\s+to\s+\d{{4}}|Q[1-4]\s+\d{{4}}[/-]\d{{2}}"
    rf"|\d{{4}}[/-]\d{{2}}(?:\s+Q[1-4])?|(?:19|20)\d{{2}})\b(?!\s?%)",
    re.IGNORECASE,
)
#: What a word of movement says: up, down, level; better, worse.
MOVES = {
    **dict.fromkeys(RISING, "up"), **dict.fromkeys(FALLING, "down"),
    **dict.fromkeys(STEADY, "level"), **dict.fromkeys(BETTER, "better"),
    **dict.fromkeys(WORSE, "worse"), "up": "up", "down": "down",
}  # fmt: skip
_WORDS = re.compile(
    rf"\b(?:{'|'.join(sorted({*MOVES, *MULTIPLES}, key=len, reverse=True))})\b", re.I
)


@dataclass(slots=True)
class Phrase:
    """The parts of a claim; `spent` are the marks that some test has answered for."""

    text: str
    marked: str
    numerals: list[Numeral]
    periods: list[str]
    words: list[str]
    spent: set[str] = field(default_factory=set)

    def search(self, pattern: str) -> re.Match[str] | None:
        """Find a pattern in the marked phrase, and count its marks as answered for."""
        found = re.search(pattern, self.marked, re.IGNORECASE)
        if found:
            self.spent |= set(re.findall(r"<[npw]\d+>", found[0]))
        return found

    def numeral(self, mark: str) -> Numeral:
        """The number of one mark's digits."""
        return self.numerals[int(mark)]

    def left(self) -> list[str]:
        """The parts that no test has answered for, as they were written."""
        told = []
        for mark in re.findall(r"<([npw]\d+)>", self.marked):
            if f"<{mark}>" not in self.spent:
                kind, at = mark[0], int(mark[1:])
                told.append({"n": [n.text for n in self.numerals], "p": self.periods,
                             "w": self.words}[kind][at].strip())  # fmt: skip
        return told


def read_phrase(text: str) -> Phrase:
    """Take a claim apart."""
    periods: list[str] = []
    numerals: list[Numeral] = []
    words: list[str] = []

    def period(match: re.Match[str]) -> str:
        periods.append(match[0])
        return f"<p{len(periods) - 1}>"

    def numeral(match: re.Match[str]) -> str:
        numerals.append(read_numeral(match))
        lead = match[0][: len(match[0]) - len(match[0].lstrip())]
        return f"{lead}<n{len(numerals) - 1}>"

    def word(match: re.Match[str]) -> str:
        words.append(match[0].lower())
        return f"<w{len(words) - 1}>"

    marked = _PERIOD.sub(period, text)
    # a mark's own digits are not a number
    pieces = re.split(r"(<p\d+>)", marked)
    marked = "".join(p if p.startswith("<p") else NUMERAL.sub(numeral, p) for p in pieces)
    pieces = re.split(r"(<[np]\d+>)", marked)
    marked = "".join(p if p.startswith("<") else _WORDS.sub(word, p) for p in pieces)
    return Phrase(text, re.sub(r"\s+", " ", marked), numerals, periods, words)


def same_period(written: str, label: str) -> bool:
    """Whether a period as written is the one with a canonical label."""
    if not label:
        return False
    plain = re.sub(r"^the\s+", "", written.strip(), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:year|twelve months)\s+to", "12 months to", plain, flags=re.IGNORECASE)
    if plain.lower() == label.lower():
        return True
    try:
        return parse_period(plain).label == label
    except PeriodError:
        # 2011-12 has two readings; either may be meant
        return bool(set(period_readings(plain).values()) & set(period_readings(label).values()))

"""A claim as its writer put it, taken apart: its numbers, periods, ranks and claiming words.

The phrase is rewritten with a mark in place of each part, `<n0>` for a number, `<p0>` for a
period, `<o0>` for an ordinal, `<w0>` for a word, so that the patterns of the tests read like
the sentences they match. Each number and period plays one part only; what no test has taken
is refused in the end.
"""

import re
from dataclasses import dataclass, field

from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.presentation.narrative.lexicon import MOVES, NAMES, ORDINALS
from kcc_lib.presentation.narrative.numerals import NUMERAL, Numeral, read_numeral
from kcc_lib.presentation.narrative.words import MULTIPLES
from kcc_lib.spellings import period_readings

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_PERIOD = re.compile(
    rf"(?<![\d£.,])\b(?:(?:the\s+)?(?:12 months|twelve months|year|quarter|three months)\s+"
    rf"(?:to|ending|ended)\s+(?:{_MONTH})\s+\d{{4}}"
    rf"|(?:\d{{1,2}}\s+)?(?:{_MONTH})\s+\d{{4}}|(?<!from\s)(?<!between\s)\d{{4}}\s+to\s+\d{{4}}"
    rf"|Q[1-4]\s+(?:of\s+)?\d{{4}}[/–-](?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}[/–-](?:\d{{4}}|\d{{2}})(?:\s+Q[1-4])?|(?:19|20)\d{{2}})\b"
    rf"(?!\s?%|[,.]\d|\s+per\s?cent)",
    re.IGNORECASE,
)
_ANY_WORD = "|".join(sorted({*MOVES, *MULTIPLES}, key=len, reverse=True))
# "more than doubled" has one claiming word, not two
_WORDS = re.compile(
    rf"\b(?!(?:more|less) than (?:{'|'.join(MULTIPLES)})\b)(?:{_ANY_WORD})\b", re.IGNORECASE
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)}|(?P<digits>\d+)(?:st|nd|rd|th))\b", re.I)


@dataclass(slots=True)
class Phrase:
    """The parts of a claim; `spent` are the marks, and `covered` the words, answered for."""

    text: str
    marked: str
    numerals: list[Numeral]
    periods: list[str]
    words: list[str]
    ordinals: list[int]
    spent: set[str] = field(default_factory=set)
    covered: list[tuple[int, int]] = field(default_factory=list)

    def take(self, pattern: str) -> re.Match[str] | None:
        """Find a pattern whose numbers, periods and ordinals are free, and answer for them.

        Its claiming words are only covered: the test that takes them spends them.
        """
        for found in re.finditer(pattern, self.marked, re.IGNORECASE):
            marks = set(re.findall(r"<[npo]\d+>", found[0]))
            inside = any(a <= found.start() and found.end() <= b for a, b in self.covered)
            if marks & self.spent or inside:
                continue
            self.spent |= marks
            self.covered.append(found.span())
            return found
        return None

    def has(self, pattern: str) -> bool:
        """Whether a pattern stands anywhere in the phrase."""
        return bool(re.search(pattern, self.marked, re.IGNORECASE))

    def numeral(self, mark: str) -> Numeral:
        """The number of one mark's digits."""
        return self.numerals[int(mark)]

    def free(self, kind: str) -> list[int]:
        """The marks of a kind that no test has answered for."""
        found = re.findall(rf"<{kind}(\d+)>", self.marked)
        return [int(at) for at in found if f"<{kind}{at}>" not in self.spent]

    def unspent(self) -> str:
        """The phrase without the marks that a test has answered for, and what it covered."""
        letters = list(self.marked)
        for start, end in self.covered:
            letters[start:end] = ["\0"] * (end - start)
        # a word that is covered but not spent comes back
        for mark in re.finditer(r"<w\d+>", self.marked):
            if mark[0] not in self.spent:
                letters[mark.start() : mark.end()] = list(mark[0])
        text = re.sub("\0+", " ", "".join(letters))
        return re.sub(r"<[npow]\d+>", lambda m: "" if m[0] in self.spent else m[0], text)

    def rest(self) -> str:
        """The plain words that no test has answered for."""
        return re.sub(r"<[npow]\d+>", "", self.unspent())

    def read(self, marked: str) -> str:
        """A marked piece as it was written."""
        texts = {"n": [n.text for n in self.numerals], "p": self.periods, "w": self.words,
                 "o": [f"place {o}" for o in self.ordinals]}  # fmt: skip
        return re.sub(r"<([npow])(\d+)>", lambda m: texts[m[1]][int(m[2])], marked).strip()

    def left(self) -> list[str]:
        """The marks that no test has answered for, as they were written."""
        marks = re.findall(r"<[npow]\d+>", self.marked)
        return [self.read(mark) for mark in marks if mark not in self.spent]


def read_phrase(text: str) -> Phrase:
    """Take a claim apart."""
    phrase = Phrase(text, text, [], [], [], [])

    def period(match: re.Match[str]) -> str:
        phrase.periods.append(match[0])
        return f"<p{len(phrase.periods) - 1}>"

    def ordinal(match: re.Match[str]) -> str:
        word = match[0].lower()
        phrase.ordinals.append(int(match["digits"]) if match["digits"] else ORDINALS[word])
        return f"<o{len(phrase.ordinals) - 1}>"

    def numeral(match: re.Match[str]) -> str:
        phrase.numerals.append(read_numeral(match))
        lead = match[0][: len(match[0]) - len(match[0].lstrip())]
        return f"{lead}<n{len(phrase.numerals) - 1}>"

    def word(match: re.Match[str]) -> str:
        phrase.words.append(re.sub(r"\s+", " ", match[0].lower()))
        return f"<w{len(phrase.words) - 1}>"

    marked = NAMES.sub(lambda m: re.sub(r"\w", "x", m[0]), text)
    marked = _outside_marks(_PERIOD, period, marked)
    marked = _outside_marks(NUMERAL, numeral, marked)
    marked = _outside_marks(_ORDINAL, ordinal, marked)
    marked = _outside_marks(_WORDS, word, marked)
    phrase.marked = re.sub(r"\s+", " ", marked)
    return phrase


def _outside_marks(pattern: re.Pattern[str], put, text: str) -> str:  # type: ignore[no-untyped-def]
    """Put marks in the text between marks; a mark's own digits are not a number."""
    pieces = re.split(r"(<[npo]\d+>)", text)
    return "".join(p if re.fullmatch(r"<[npo]\d+>", p) else pattern.sub(put, p) for p in pieces)


def same_period(written: str, label: str) -> bool:
    """Whether a period as written is the one with a canonical label."""
    if not label:
        return False
    plain = re.sub(r"^the\s+", "", re.sub(r"\s+", " ", written.strip()), flags=re.IGNORECASE)
    plain = re.sub(r"^(q[1-4]) of ", r"\1 ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:year|twelve months|12 months)\s+(?:to|ending|ended)", "12 months to",
                   plain, flags=re.IGNORECASE)  # fmt: skip
    if plain.lower() == label.lower():
        return True
    if quarter := re.match(r"(?:quarter|three months) (?:to|ending|ended) (.*)", plain, re.I):
        return bool(re.search(r" Q[1-4]$", label)) and _end(quarter[1]) == _end(label)
    if day := re.match(rf"(\d{{1,2}}) ((?:{_MONTH}) .*)", plain, re.IGNORECASE):
        end = parse_period(day[2]).end
        return end.day == int(day[1]) and parse_period(day[2]).label == label
    try:
        return parse_period(plain).label == label
    except PeriodError:
        # 2011-12 has two readings; either may be meant
        readings, held = period_readings(plain).items(), period_readings(label).items()
        return bool(set(readings) & set(held))


def _end(label: str) -> object:
    return parse_period(label).end

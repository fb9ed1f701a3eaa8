"""Easy words: what Easy Read calls a measure or an outcome, and what hard words mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kcc_lib.in_short import in_short


class EasyKind(StrEnum):
    """What a row of easy words stands for."""

    MEASURE = "measure"
    OUTCOME = "outcome"
    DIRECTORATE = "directorate"
    WORD = "word"
    CONTACT = "contact"


class Picture(StrEnum):
    """What the drawings beside easy words show."""

    BABY = "baby"
    CARE = "care"
    CHILD = "child"
    CLOCK = "clock"
    FAMILY = "family"
    HEALTH = "health"
    HELP = "help"
    HOME = "home"
    INTERNET = "internet"
    LAW = "law"
    LETTER = "letter"
    MONEY = "money"
    OLDER = "older"
    PEOPLE = "people"
    PHONE = "phone"
    REPORT = "report"
    ROAD = "road"
    SCHOOL = "school"
    SPORT = "sport"
    TALK = "talk"
    TARGET = "target"
    TREE = "tree"
    WASTE = "waste"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class EasyWord:
    """One thing in easy words.

    Parameters
    ----------
    name
        A measure's or outcome's code, a directorate's name, a hard word, or a way to reach
        the council.
    easy
        What Easy Read says for it; of a hard word the sentence that explains it.
    of
        What a measure's figures count: "about 74 in every 100 children".
    picture
        The drawing beside it.
    file, line
        Where it is written, for messages.
    """

    what: EasyKind
    name: str
    easy: str
    of: str = ""
    picture: Picture | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class EasyWords:
    """All easy words, by what they stand for and its name."""

    words: Mapping[tuple[EasyKind, str], EasyWord] = field(default_factory=dict)

    __repr__ = in_short(word="words")

    def find(self, what: EasyKind, name: str) -> EasyWord | None:
        """The easy words for one thing; None where none are written."""
        return self.words.get((what, name))

    @property
    def hard(self) -> tuple[EasyWord, ...]:
        """The hard words that are explained, the longest first: "social worker" before "care"."""
        found = [w for w in self.words.values() if w.what is EasyKind.WORD]
        return tuple(sorted(found, key=lambda w: (-len(w.name), w.name)))

    def explained(self, text: str) -> str:
        """A text without the hard words that are explained."""
        for word in self.hard:
            text = pattern_of(word.name).sub("it", text)
        return text

    def hard_in(self, text: str) -> list[EasyWord]:
        """The hard words that a text uses, in the order in which they stand in it."""
        found = []
        for word in self.hard:
            match = pattern_of(word.name).search(text)
            if match:
                found.append((match.start(), word))
                # "learning disability" is not also the use of another word inside it
                text = pattern_of(word.name).sub(lambda m: " " * len(m[0]), text)
        return [word for _, word in sorted(found, key=lambda f: f[0])]


def pattern_of(word: str) -> re.Pattern[str]:
    """A hard word as it is looked for: whole, in any case, one or many of it."""
    if not word[:1].isalnum():
        return re.compile(re.escape(word))
    return re.compile(rf"\b{re.escape(word)}(?:s|'s)?\b", re.IGNORECASE)

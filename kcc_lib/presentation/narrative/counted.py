"""A place among others, and a published word: what narrative quotes beside values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among others: "3rd of 11", the best (or with no `sign`, the highest) first.

    `tied` counts the others that share the place.
    """

    position: int
    of: int
    tied: int = 0
    sign: int = 0

    def __str__(self) -> str:
        teen = 10 <= self.position % 100 <= 20
        ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(self.position % 10, "th")
        return f"{self.position}{ending} of {self.of}"


@dataclass(frozen=True, slots=True)
class Word:
    """A judgement somebody printed: "Mixed"."""

    text: str

    def __str__(self) -> str:
        return self.text

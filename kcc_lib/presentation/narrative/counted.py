"""What an expression of narrative yields beside a value: counts, places, words."""

from dataclasses import dataclass

from kcc_lib.presentation.formats import count_words


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many: "13 of 20"; `labels` are the published words that were counted."""

    n: int
    of: int
    noun: str
    labels: tuple[str, ...] = ()

    def __str__(self) -> str:
        return count_words(self.n, self.noun)

    @property
    def out_of(self) -> str:
        """Say "13 of 20 supporting outcomes"."""
        return f"{self.n:,} of {count_words(self.of, self.noun)}"


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

"""What an expression of narrative yields beside a value: a count, and a word somebody printed."""

from dataclasses import dataclass

from kcc_lib.presentation.formats import count_words


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many: "13 of 20"."""

    n: int
    of: int
    noun: str

    def __str__(self) -> str:
        return count_words(self.n, self.noun)

    @property
    def out_of(self) -> str:
        """Say "13 of 20 supporting outcomes"."""
        return f"{self.n:,} of {count_words(self.of, self.noun)}"


@dataclass(frozen=True, slots=True)
class Word:
    """A judgement somebody printed: "Mixed"."""

    text: str

    def __str__(self) -> str:
        return self.text

"""Two editions' words for one measure, step by step: what makes them differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.vocabulary import Label

_NO_WORD = {Label.NOT_JUDGED, Label.NOT_APPLICABLE, ""}
_RANK: dict[str, int] = {Label.NOT_IMPROVING: -1, Label.MAINTAINING: 0, Label.IMPROVING: 1}


class Step(StrEnum):
    """What may make a word of one edition differ from that of the edition before."""

    EARLIER_PRINT = "the earlier report's print"
    METHOD = "the method"
    PERIODS = "new periods"
    PRINT = "this report's print"


@dataclass(frozen=True, slots=True)
class WordChange:
    """The words for one measure over one horizon.

    `then` and `now` stand in the two editions; `ours_then` and `ours_now` are worked out here,
    each by its edition's method. `again` is the earlier edition's periods by this one's method,
    so that from `ours_then` to `again` only the method differs, and from `again` to `ours_now`
    only the periods do.
    """

    measure: Measure
    horizon: str
    then: str
    ours_then: str
    again: str
    ours_now: str
    now: str

    @property
    def both(self) -> bool:
        """Whether both editions give a word."""
        return self.then not in _NO_WORD and self.now not in _NO_WORD

    @property
    def differs(self) -> bool:
        """Whether both do, and not the same one."""
        return self.both and self.then != self.now

    @property
    def known(self) -> bool:
        """Whether every step between the two words can be told."""
        return not {self.ours_then, self.again, self.ours_now} & _NO_WORD

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps at which the word turns; none where they are not known."""
        chain = (self.then, self.ours_then, self.again, self.ours_now, self.now)
        pairs = zip(Step, pairwise(chain), strict=True)
        return tuple(s for s, (a, b) in pairs if a != b) if self.known else ()

    @property
    def like_for_like(self) -> int | None:
        """+1, 0 or -1: a better, the same or a worse word by one method; None if not known."""
        before, after = (_RANK.get(word) for word in (self.again, self.ours_now))
        if before is None or after is None:
            return None
        return (after > before) - (after < before)


def word_changes(
    measures: Sequence[Measure], *, then: pd.DataFrame, again: pd.DataFrame, now: pd.DataFrame,
    area: str,
) -> list[WordChange]:  # fmt: skip
    """The words of two editions for each measure and horizon that both judge.

    Parameters
    ----------
    then, now
        Judgements of the earlier edition and of this one, each by its own method.
    again
        Judgements over the earlier edition's periods by this one's method.
    """
    before, same, after = (_by_key(frame, area) for frame in (then, again, now))
    horizons = list(dict.fromkeys(horizon for _, horizon in after))
    return [
        WordChange(
            measure, horizon,
            then=_standing(before[key]), ours_then=before[key][0],
            again=same[key][0], ours_now=after[key][0], now=_standing(after[key]),
        )
        for horizon in horizons
        for measure in measures
        if (key := (measure.measure, horizon)) in before and key in same and key in after
    ]  # fmt: skip


def _by_key(frame: pd.DataFrame, area: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Our word and the published one, by measure and horizon."""
    rows = frame[frame["area"] == area]
    columns = (rows[c].astype(str) for c in ("measure", "horizon", "label", "published_label"))
    return {(m, h): (ours, print_) for m, h, ours, print_ in zip(*columns, strict=True)}


def _standing(words: tuple[str, str]) -> str:
    ours, published = words
    return published or ours

"""A sentence of a page that reads otherwise, and what is asked about it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kcc_lib.publish.difference.causes import Why

#: Stands for an old sentence that may tell what is suppressed now.
NOT_REPEATED = "(not repeated: a figure is suppressed now)"
#: Says why a sentence of a page, at a place, in a part of it, differs.
Asked = Callable[[str, str, "Part"], tuple[Why, ...]]


class Part(StrEnum):
    """What a sentence belongs to: a person's words or ours, how a word was judged, or the rest."""

    PROSE = "prose"
    EVIDENCE = "evidence"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that reads otherwise: `was` is "" where it is new, `now` where it is gone.

    `place` is the block or heading that it stands under, and `pages` all on which it changed
    in the same way.
    """

    pages: tuple[str, ...]
    place: str
    part: Part
    was: str
    now: str
    why: tuple[Why, ...]

"""What stands in prose without data behind it: figures, periods, directions, comparisons."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kcc_lib.errors import Fault
from kcc_lib.presentation.narrative.words import BLANK, IDIOMS, LOADED, SURE

BINDING = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}", re.S)
_PROBLEMS = {
    "figure": ("is a figure that is not bound to data",
               'quote it with measure("…") or figure("…"), or fixed("…", "reason") for a name or '
               "date"),
    "period": ("is a period that is not bound to data",
               'quote a period, as measure("…").period, or write fixed("…", "reason")'),
    "direction": ("says which way something went, with no data behind it",
                  'quote measure("…").change, or write claim("…", measure("…")), which is tested; '
                  'fixed("…", "reason") where it claims nothing'),
    "comparison": ("compares, with no data behind it",
                   'write claim("…", measure("…")), which is tested, or fixed("…", "reason")'),
    "rounding": ("says how a quoted figure was rounded, with no data behind it",
                 'quote measure("…").roughly, or write claim("…", measure("…")), which is tested'),
    "unit": ("is a unit beside a quoted figure, which brings its own", "leave it out"),
    "half": ("is half an expression", "write {{ … }}, closed"),
}  # fmt: skip
#: What is no prose: addresses of links, and the numbers of a list.
_NO_PROSE = (
    re.compile(r"(?<=\])\([^)]*\)"),
    re.compile(r"<https?://[^>\s]*>"),
    re.compile(r"^[ \t]*\d+[.)](?=[ \t])", re.M),
)
_HALVES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_QUOTE = r"\{\{\s*(?:measure|figure|total|share|count)\b"
#: Words right before or after a quoted figure that change what it says. A period may follow
#: "over"; `up to` and `about` have other senses too often.
_BESIDE = (
    ("rounding", re.compile(
        r"\b(?:just\s+over|just\s+under|over|under|nearly|almost|roughly|approximately|around|"
        r"(?:more|less|fewer)\s+than|at\s+(?:least|most))(?=\s+" + _QUOTE
        + r"(?:(?!\}\})(?!\.(?:when|period)\b).)*\}\})", re.IGNORECASE | re.S)),
    ("unit", re.compile(r"£(?=\s*\{\{)")),
    ("unit", re.compile(
        r"(?<=\}\})(?:%|(?:\s+|-)(?:%|per\s?cent|percentage\s+points?)(?=\W|$)|(?:st|nd|rd|th)\b)")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Unbound:
    """A stretch of prose that needs data behind it, from `start` up to `end`."""

    start: int
    end: int
    kind: str
    text: str

    def fault(self, text: str, file: str) -> Fault:
        """The stretch as a fault of the narrative that it stands in."""
        line, column = place(text, self.start)
        return Fault(file, line, column, self.text, *_PROBLEMS[self.kind])


def unbound(text: str, file: str) -> Iterable[Fault]:
    """Every figure, period, direction and comparison in prose outside a binding, as faults."""
    return (found.fault(text, file) for found in find_unbound(text))


def find_unbound(text: str) -> list[Unbound]:
    """Every stretch of prose outside a binding that needs data behind it, in order.

    Notes
    -----
    Idioms ("to improve", "higher education") claim nothing and pass. Link addresses and the
    numbers of a list are not prose.
    """
    beside = _beside(text)
    prose = _blank(BINDING, text)
    for found in beside:
        prose = prose[: found.start] + BLANK * (found.end - found.start) + prose[found.end :]
    return sorted([*beside, *_loaded(prose)])


def place(text: str, at: int) -> tuple[int, str]:
    """Line and column of a position, as faults print them."""
    return text.count("\n", 0, at) + 1, f"column {at - text.rfind(chr(10), 0, at)}"


def _beside(text: str) -> list[Unbound]:
    return [
        Unbound(m.start(), m.end(), kind, m[0].strip())
        for kind, pattern in _BESIDE
        for m in pattern.finditer(text)
    ]


def _loaded(prose: str) -> Iterator[Unbound]:
    for match in _HALVES.finditer(prose):
        yield Unbound(match.start(), match.end(), "half", match[0])
    for pattern in (_HALVES, *_NO_PROSE):
        prose = _blank(pattern, prose)
    for kind, pattern in SURE:
        yield from _found(kind, pattern, prose)
        prose = _blank(pattern, prose)
    for idiom in IDIOMS:
        prose = _blank(idiom, prose)
    for kind, pattern in LOADED:
        yield from _found(kind, pattern, prose)
        prose = _blank(pattern, prose)


def _found(kind: str, pattern: re.Pattern[str], prose: str) -> Iterator[Unbound]:
    for match in pattern.finditer(prose):
        yield Unbound(match.start(), match.end(), kind, " ".join(match[0].split()))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Each match as blanks, so that lines and columns stay where they were."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", BLANK, m[0]), text)

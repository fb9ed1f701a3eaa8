"""A page or part of a page that people wrote: Markdown with headings, filled in from data."""

import re
from collections.abc import Iterable

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.section import Section

_HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$", re.MULTILINE)


def story(section: Section, name: str) -> Blocks:
    """A narrative with headings of its own, as headings and prose of the page.

    Parameters
    ----------
    name
        The file's, without `.md`. `#` is the page's title, `##` a heading on it, `###` one
        under that; no level may be left out.

    Raises
    ------
    NarrativeError
        With every fault of the narrative, and every heading whose level skips one.
    """
    return blocks(headed(section.prose(name), section.written.shown(name)))


def headed(text: str, file: str, *, under: int | None = None) -> list[Block]:
    """A narrative that is filled in, as headings and prose.

    Parameters
    ----------
    file
        Where it stands, for messages.
    under
        The level of the page's own heading that it stands under; a heading of its own is
        the next level then, or below. None where it begins the page.

    Raises
    ------
    NarrativeError
        With every heading whose level skips one, or that is no lower than `under`.
    """
    if faults := list(_wrong_levels(text, file, under)):
        raise NarrativeError(faults)
    return list(_parts(text))


def _parts(text: str) -> Iterable[Block]:
    """Headings and the prose between them, in order."""
    pieces = _HEADING.split(text)
    if pieces[0].strip():
        yield {"kind": "prose", "markdown": pieces[0].strip()}
    for marks, title, prose in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        level = len(marks)
        yield {"kind": "heading", "level": level, "text": title,
               "id": "top" if level == 1 else anchor(title)}  # fmt: skip
        if prose.strip():
            yield {"kind": "prose", "markdown": prose.strip()}


def _wrong_levels(text: str, file: str, under: int | None) -> Iterable[Fault]:
    """A heading one level under the last at most, so that a screen reader's outline holds."""
    before, lowest = under, (under or 0) + 1
    for match in _HEADING.finditer(text):
        level = len(match[1])
        line = text.count("\n", 0, match.start()) + 1
        if level < lowest:
            problem, remedy = "is a level of the page's own headings", f"write {'#' * lowest}"
            yield Fault(file, line, "", match[0], problem, remedy)
        elif before is not None and level > before + 1:
            problem, remedy = "skips a level of heading", f"write {'#' * (before + 1)}"
            yield Fault(file, line, "", match[0], problem, remedy)
        before = level


def anchor(title: str) -> str:
    """The id of a heading: its words, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", title.lower().replace("'", "").replace("’", ""))
    return "-".join(words) or "part"

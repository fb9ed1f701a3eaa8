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
    text = section.prose(name)
    if faults := list(_skipped_levels(text, f"{section.folder}/{name}.md")):
        raise NarrativeError(faults)
    return blocks(_parts(text))


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


def _skipped_levels(text: str, file: str) -> Iterable[Fault]:
    """A heading one level under the last at most, so that a screen reader's outline holds."""
    before = None
    for match in _HEADING.finditer(text):
        level = len(match[1])
        if before is not None and level > before + 1:
            line = text.count("\n", 0, match.start()) + 1
            problem, remedy = "skips a level of heading", f"write {'#' * (before + 1)}"
            yield Fault(file, line, "", match[0], problem, remedy)
        before = level


def anchor(title: str) -> str:
    """The id of a heading: its words, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", title.lower().replace("'", "").replace("’", ""))
    return "-".join(words) or "part"

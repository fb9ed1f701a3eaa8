"""Key results: an edition's headline figures, one list that every product shows alike."""

import re

from kcc_lib.errors import KccError
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.section import Section

#: The narrative that holds them: where they come from, then `## Outcome 1` and its bullets.
NAME = "key_results"


def key_results(section: Section, part: str) -> Blocks:
    """The headline figures of one part of the report, under a heading, and where they are from.

    Parameters
    ----------
    part
        The heading over them in `key_results.md`: "Outcome 1".

    Raises
    ------
    KccError
        If there is no such heading.
    """
    head: Block = {"kind": "heading", "level": 2, "text": "Key results", "id": "key-results"}
    lead: list[Block] = []
    if said := _split(section)[0].strip():
        lead.append({"kind": "prose", "markdown": said})
    return blocks(head, lead, {"kind": "prose", "markdown": bullets(section, part)})


def bullets(section: Section, part: str) -> str:
    """The same, as Markdown, filled in: what every other product repeats."""
    pieces = _split(section)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if part not in found:
        raise KccError(f"no key results of {part!r}; key_results.md has: {', '.join(found)}")
    return found[part].strip()


def parts_with_results(section: Section) -> list[str]:
    """The parts of the report that have key results, in order."""
    return _split(section)[1::2] if section.written.has(NAME) else []


def _split(section: Section) -> list[str]:
    """What stands before the first heading, then each heading and what stands under it."""
    return re.split(r"^## +(.+?)\s*$", section.prose(NAME), flags=re.MULTILINE)

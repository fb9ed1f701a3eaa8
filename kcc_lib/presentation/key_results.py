"""Key results: an edition's headline figures, one list that every product shows alike."""

import re

from kcc_lib.errors import KccError
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.section import Section

#: The narrative that holds them: `## Outcome 1`, then one bullet for each.
NAME = "key_results"


def key_results(section: Section, part: str) -> Blocks:
    """The headline figures of one part of the report, under a heading.

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
    return blocks(head, {"kind": "prose", "markdown": bullets(section, part)})


def bullets(section: Section, part: str) -> str:
    """The same, as Markdown, filled in: what every other product repeats."""
    pieces = re.split(r"^## +(.+?)\s*$", section.prose(NAME), flags=re.MULTILINE)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if part not in found:
        raise KccError(f"no key results of {part!r}; key_results.md has: {', '.join(found)}")
    return found[part].strip()

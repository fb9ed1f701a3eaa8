"""The contents of an edition: its parts, each with its pages, as the menu has them."""

from kcc_lib.errors import KccError
from kcc_lib.presentation.blocks import Blocks, blocks
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import anchor
from kcc_lib.records.editions import PageRecipe, parts_of


def contents(section: Section, *here: str) -> Blocks:
    """A list of every page for the first one, which stands on it by its own headings.

    Parameters
    ----------
    here
        Headings of the first page, in order; each is linked.

    Raises
    ------
    KccError
        If the edition has no pages to list.
    """
    parts = parts_of(section.edition.sections)
    if not parts:
        raise KccError(f"{section.edition.name} has no sections, so its page has no contents")
    lines = []
    for number, (name, pages) in enumerate(parts):
        first, *others = pages
        if number:
            lines.append(f"- [**{_named(section, name, first)}**]({first.name}.html)")
        else:
            lines.append(f"- **{name}**")
            lines += [f"  - [{heading}](#{anchor(heading)})" for heading in here]
        lines += [f"  - [{r.title}]({r.name}.html)" for r in others]
    return blocks(
        {"kind": "heading", "level": 2, "text": "Contents", "id": "contents"},
        {"kind": "prose", "markdown": "\n".join(lines)},
    )


def _named(section: Section, name: str, first: PageRecipe) -> str:
    """A part's name, with the title of the strategic outcome that its first page is about."""
    found = section.catalogue.strategic_outcomes.get(str(first.parameters.get("outcome", "")))
    return f"{name}: {found.title}" if found else name

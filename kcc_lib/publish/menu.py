"""The menu around a page: the parts of its edition, and the pages of the part it is in."""

from collections.abc import Sequence
from typing import Any

from kcc_lib.records.editions import PageRecipe, parts_of

Link = dict[str, Any]


def menu(pages: Sequence[PageRecipe], current: str, up: Link | None = None) -> dict[str, Any]:
    """What the template needs of the menu, for one page.

    Parameters
    ----------
    pages
        Those that are built, in the order of the edition.
    current
        The name of the page that the menu stands on.
    up
        A link that stands before the parts: to the edition of which these are one area's pages.

    Returns
    -------
    dict
        `pages`: a link to the first page of each part; `part`: the links of the current
        part's own pages, none where it has but one; `part_title`; `previous` and `next`, the
        pages before and after, or None. A link's `current` is "page" for the page itself,
        "true" for the part it is in, else "".
    """
    at = next(i for i, r in enumerate(pages) if r.name == current)
    tops: list[Link] = []
    within: list[Link] = []
    title = ""
    for name, together in parts_of(pages):
        held = current in {r.name for r in together}
        mark = "page" if together[0].name == current else "true" if held else ""
        tops.append(_link(together[0], name, mark))
        if held and len(together) > 1:
            title = name
            within = [_link(r, r.title, "page" if r.name == current else "") for r in together]
    return {
        "pages": [*([up] if up else []), *tops], "part": within, "part_title": title,
        "previous": _link(pages[at - 1], pages[at - 1].title) if at else None,
        "next": _link(pages[at + 1], pages[at + 1].title) if at + 1 < len(pages) else None,
    }  # fmt: skip


def _link(recipe: PageRecipe, title: str, current: str = "") -> Link:
    return {"href": f"{recipe.name}.html", "title": title, "current": current}

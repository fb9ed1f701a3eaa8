"""The reader's ways in, on an edition's first page: those of its pages that help to find things."""

from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block
from kcc_lib.records.editions import Edition

#: Notebooks and what a reader finds on their pages, in the order of the list.
_WAYS = (
    ("find_a_measure.ipynb", "Everything in this report from A to Z, with a search."),
    ("changes.ipynb", "Words, figures and methods beside those of the report before."),
    ("quarter_changes.ipynb", "Ratings and directions beside those of the quarter before."),
)


def ways_in(edition: Edition) -> list[Block]:
    """A list of links to those pages; nothing where the edition has none of them."""
    links = [
        {"href": f"{made.name}.html", "title": made.title, "said": said}
        for notebook, said in _WAYS
        if (made := made_by(edition, notebook))
    ]
    return [{"kind": "ways", "title": "Ways in", "links": links}] if links else []

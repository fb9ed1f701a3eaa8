"""The first page of an edition by area: what was judged of each area, and the way to its pages."""

from collections import Counter

import pandas as pd

from kcc_lib.measures import Catalogue
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words
from kcc_lib.records.editions import Edition
from kcc_lib.vocabulary import Label

_ORDER = (
    Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE, Label.NOT_JUDGED
)  # fmt: skip


def areas(edition: Edition, catalogue: Catalogue, judgements: pd.DataFrame) -> Blocks:
    """Every area in order of name, with its judgements counted over each horizon.

    An edition of one area has that one alone, and no way to pages of its own.

    Parameters
    ----------
    judgements
        Of all areas of the edition, as `assess` returns them.
    """
    codes = edition.areas or (edition.area,)
    named = sorted(codes, key=lambda code: (catalogue.areas[code], code))
    page = next((f"{s.name}.html" for s in edition.sections if s.each_area), "")
    own = ", in order of name, each with its own pages" if page else ""
    said = (
        f"{count_words(len(named), 'area')}{own}. The counts are of measures, each judged by the "
        "same method on the area's own figures. They do not rank areas: places differ, and a "
        "measure that improves may start from far behind."
    )
    counted = Counter(
        zip(judgements["area"], judgements["horizon"], judgements["label"], strict=True)
    )
    rows = [(code, catalogue.areas[code]) for code in named]
    tables = [
        _table(horizon, words, rows, page, counted) for horizon, words in edition.horizons.items()
    ]
    head: Block = {"kind": "heading", "level": 1, "text": page_title(edition), "id": "top"}
    return blocks(head, {"kind": "prose", "markdown": said}, tables)


def page_title(edition: Edition) -> str:
    """The title of the first page, as the menu has it."""
    return edition.sections[0].title


def _table(
    horizon: str, words: str, named: list[tuple[str, str]], page: str,
    counted: Counter[tuple[str, str, str]],
) -> Block:  # fmt: skip
    rows = [
        [{"text": name, "href": f"{code}/{page}"} if page else name,
         *(str(counted[code, horizon, str(label)]) for label in _ORDER)]
        for code, name in named
    ]  # fmt: skip
    return {
        "kind": "table", "id": f"areas-{horizon}", "caption": f"Judgements over {words}",
        "columns": [{"name": "Area"}, *({"name": str(w), "number": True} for w in _ORDER)],
        "rows": rows,
    }  # fmt: skip

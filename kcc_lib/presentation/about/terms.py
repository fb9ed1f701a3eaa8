"""The glossary's page: each term that readers meet, in plain words."""

from itertools import groupby

from kcc_lib.errors import KccError
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.records.editions import Edition
from kcc_lib.records.glossary import FILE, Term


def glossary(edition: Edition) -> Blocks:
    """Every term of the edition in the order of the alphabet, under its first letter.

    Raises
    ------
    KccError
        If no term is held.
    """
    if not edition.glossary:
        raise KccError(f"no term of {edition.name} is held; add it to data/raw/{FILE}")
    title = next(r.title for r in edition.sections if r.notebook == "glossary.ipynb")
    said = (
        "What the words of this report mean. On its other pages the first use of a term has a "
        "dotted line under it and leads here."
    )
    letters = [(k, list(g)) for k, g in groupby(edition.glossary, lambda t: t.term[0].upper())]
    links = [{"code": "", "text": k, "href": f"#letter-{k.lower()}"} for k, _ in letters]
    return blocks(
        {"kind": "heading", "level": 1, "text": title, "id": "top", "kicker": edition.subtitle},
        {"kind": "prose", "markdown": said},
        {"kind": "contents", "title": "Letters", "links": links, "inline": True},
        *(_letter(letter, terms, edition) for letter, terms in letters),
    )  # fmt: skip


def _letter(letter: str, terms: list[Term], edition: Edition) -> list[Block]:
    known = {t.term: t for t in edition.glossary}
    told = [
        {"id": t.anchor, "term": t.term, "meaning": t.meaning,
         "see": [{"text": s, "href": f"#{known[s].anchor}"} for s in t.see if s in known]}
        for t in terms
    ]  # fmt: skip
    head: Block = {"kind": "heading", "level": 2, "text": letter, "id": f"letter-{letter.lower()}"}
    return [head, {"kind": "glossary", "items": told}]

"""Sentences of two builds' pages: which are gone, which are new, and where they stand.

What a reader reads in running text is compared: paragraphs, lists, captions and headings. Cells of
tables and pictures repeat figures and judgements, which are compared as such.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from kcc_lib.publish.difference.builds import Build
from kcc_lib.publish.difference.causes import Why
from kcc_lib.publish.difference.spoken import NOT_REPEATED, Asked, Part, SentenceChange
from kcc_lib.publish.page_reading import HEADINGS, Element, elements, first, read_page, said

#: What holds running text.
_TOLD = {"p", "li", "figcaption", "caption", "dt", "dd", "blockquote", *HEADINGS}
_PASSED = {"nav", "svg", "thead", "tbody", "tfoot", "form", "script", "style"}
#: Lines of a measure's block that only lead elsewhere.
_LINKS = {"ways", "downloads"}
#: Where a sentence ends: before a space and what may begin another.
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9“\"'(])")
#: Blocks of a measure or KPI on a page.
_BLOCK = re.compile(r"^[mk]-")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the block or heading that it stands under."""

    place: str
    part: Part
    text: str


_NOTHING = Sentence("", Part.OTHER, "")


def sentence_changes(
    old: Build, new: Build, pages: Iterable[str], why: Asked, *, hidden: bool
) -> list[SentenceChange]:
    """Every sentence that differs on pages that both builds have.

    One that changed alike in the same place of several pages is told once.

    Parameters
    ----------
    hidden
        Whether a figure of the old build is suppressed now: then no old sentence is repeated,
        for it may tell that figure, or what it can be worked out from.
    """
    found: dict[tuple[str, Part, str, str, tuple[Why, ...]], SentenceChange] = {}
    for page in pages:
        then, now = (list(sentences_of(b.folder / page)) for b in (old, new))
        for place, part, said_then, reads in _differing(then, now):
            was = NOT_REPEATED if hidden and said_then else said_then
            key = (place, part, was, reads, why(page, place, part))
            held = found.setdefault(key, SentenceChange((), *key))
            if page not in held.pages:
                found[key] = replace(held, pages=(*held.pages, page))
    return list(found.values())


def sentences_of(page: Path) -> Iterator[Sentence]:
    """The sentences of a built page, in order."""
    main = first(read_page(page.read_text("utf-8")), "main")
    heading = ""
    for element in _texts(main) if main is not None else ():
        around = list(element.iterancestors())
        block = next((a.get("id") for a in around if _BLOCK.match(a.get("id") or "")), "")
        if element.tag in HEADINGS and element.get("id") and not block:
            heading = element.get("id")
        if block and element.tag in {"dt", "dd"}:
            continue  # a measure's figures and judgements once more
        held = {name for a in around for name in (a.get("class") or "").split()}
        part = next((part for part in Part if part in held), Part.OTHER)
        for text in _END.split(said(element)):
            if text:
                yield Sentence(block or heading, part, text)


def _texts(element: Element) -> Iterator[Element]:
    """Elements with running text of their own, in order; not those inside another of them."""
    for child in elements_in(element):
        if child.tag in _PASSED or child.get("class") in _LINKS:
            continue
        if child.tag in _TOLD and not any(e.tag in _TOLD for e in elements(child)):
            yield child
        else:
            yield from _texts(child)


def elements_in(element: Element) -> Iterator[Element]:
    """The elements right inside another; no comment."""
    return (child for child in element if isinstance(child.tag, str))


def _differing(
    then: Sequence[Sentence], now: Sequence[Sentence]
) -> Iterator[tuple[str, Part, str, str]]:
    """Place by place what was said and is not, beside what is said in its stead."""
    for place in dict.fromkeys(s.place for s in (*now, *then)):
        before, after = ([s for s in told if s.place == place] for told in (then, now))
        if before == after:
            continue
        texts = [s.text for s in before], [s.text for s in after]
        for what, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
            if what != "equal":
                for was, reads in zip_longest(before[a:b], after[c:d]):
                    part = (reads or was or _NOTHING).part
                    yield place, part, (was or _NOTHING).text, (reads or _NOTHING).text

"""What every page must be, whatever it shows: a document that anybody can find their way in."""

from collections import Counter
from collections.abc import Iterator

from kcc_lib.publish.page_reading import (
    HEADINGS,
    Element,
    described,
    elements,
    first,
    ids,
    named,
    place,
    words,
)

LANGUAGE = "en-GB"
_REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list")
#: What a page may be made of: text, lists, tables, pictures drawn here, and the filter's fields.
_TAGS = frozenset([
    "head", "meta", "title", "style", "body", "header", "footer", "main", "nav", "section",
    "article", "aside", "div", "span", "p", "a", "abbr", "dfn", "strong", "em", "b", "i", "small",
    "sub", "sup", "code", "br", "hr", "blockquote", "cite", "q", "time", "address", "mark", "ul",
    "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "img",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "details",
    "summary", "form", "search", "fieldset", "legend", "label", "input", "select", "optgroup",
    "option", "button", "output", "script", "svg", "g", "path", "circle", "rect", "line",
    "text", "tspan", "polygon", "polyline", "ellipse",
])  # fmt: skip


def document_faults(page: Element) -> Iterator[str]:
    """What is wrong with a page as a document, a line for each."""
    if page.get("lang") != LANGUAGE:
        yield f"its language is {page.get('lang')!r}, not {LANGUAGE!r}"
    head = first(page, "head")
    if head is None or not words(first(head, "title")):
        yield "it has no title"
    yield from _strange(page)
    yield from _headings(page)
    yield from _landmarks(page)
    yield from _references(page)


def _strange(page: Element) -> Iterator[str]:
    for element in elements(page):
        if element.tag not in _TAGS:
            yield f"holds {described(element)}, which is none of our blocks"
        if element.tag == "form" and "filter" not in str(element.get("class")).split():
            yield f"holds {described(element)}, which is no filter of our own"


def _headings(page: Element) -> Iterator[str]:
    found = list(elements(page, *HEADINGS))
    levels = [int(h.tag[1]) for h in found]
    if (count := levels.count(1)) != 1:
        yield f"it has {count} headings of the first level; it needs exactly one"
    before = 0
    for heading, level in zip(found, levels, strict=True):
        if not words(heading):
            yield f"the heading {described(heading)} is empty"
        if level > before + 1:
            under = f"one of level {before}" if before else "the start of the page"
            yield f"the heading {words(heading)!r} of level {level} stands under {under}"
        before = level


def _landmarks(page: Element) -> Iterator[str]:
    mains = list(elements(page, "main"))
    if len(mains) != 1:
        yield f"it has {len(mains)} main parts; it needs exactly one"
    body = first(page, "body")
    skip = first(body, "a") if body is not None else None
    target = str(skip.get("href") or "") if skip is not None else ""
    if not mains or skip is None or target != f"#{mains[0].get('id')}" or not words(skip):
        yield "its first link does not skip to the main part"
    if not mains or not words(mains[0]):
        yield "it shows nothing"
    names = [_name(page, nav) for nav in elements(page, "nav")]
    yield from (
        f"the name {name!r} stands on {count} menus" if name else "a menu has no name"
        for name, count in Counter(names).items()
        if count > 1 or not name
    )
    for region in elements(page):
        if region.get("tabindex") == "0" and not _name(page, region):
            yield f"the keyboard stops at {described(region)}, which has no name"


def _name(page: Element, element: Element) -> str:
    """The name that an element is given for a screen reader."""
    if label := str(element.get("aria-label") or "").strip():
        return label
    names = str(element.get("aria-labelledby") or "").split()
    return " ".join(words(named(page, n)) for n in names).strip()


def _references(page: Element) -> Iterator[str]:
    found = Counter(ids(page))
    for identifier, count in found.items():
        if count > 1:
            yield f"the id {identifier!r} stands {count} times"
        if not identifier.strip() or len(identifier.split()) > 1:
            yield f"the id {identifier!r} cannot be linked to"
    for element in elements(page):
        for attribute in _REFERRING:
            for name in str(element.get(attribute) or "").split():
                if name not in found:
                    yield f"{described(element)}: {attribute} names {name!r}, which is not there"
        href = str(element.get("href") or "")
        if element.tag == "a" and not words(element) and not element.get("aria-label"):
            yield f"the link to {href!r} at {place(element)} has no words"
        if href.startswith("#") and href[1:] not in found:
            yield f"the link to {href!r} leads nowhere"

"""A finished page read again: its elements, and their words as a reader has them."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lxml import etree, html

#: An element of lxml, which brings no types.
Element: TypeAlias = Any
_NAMED = etree.XPath("//*[@id=$id]")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_page(text: str) -> Element:
    """The tree of a page; what is wrong in its markup is for the rules to say."""
    # plain elements: those of lxml.html ask Python for a class each time one is looked at
    return html.document_fromstring(text, parser=etree.HTMLParser(encoding="utf-8"))


def words(element: Element | None) -> str:
    """The words of an element, with single spaces between them; "" where there is none."""
    return " ".join(" ".join(element.itertext()).split()) if element is not None else ""


def said(element: Element | None) -> str:
    """The same, run together as on the page: a tag inside a word does not part it."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(element: Element, *tags: str) -> Element | None:
    """The first element of one of these tags inside another."""
    return next(elements(element, *tags), None)


def elements(element: Element, *tags: str) -> Iterator[Element]:
    """Every element of these tags (all where none is named) inside another, in order."""
    found: Iterable[Element] = element.iterdescendants(*tags)
    return (e for e in found if isinstance(e.tag, str))


def ids(page: Element) -> list[str]:
    """Every id of a page, as often as it stands."""
    return [str(e.get("id")) for e in elements(page) if e.get("id") is not None]


def named(page: Element, identifier: str) -> Element | None:
    """The first element of an id; None where there is none."""
    return next(iter(_NAMED(page, id=identifier)), None)


def place(element: Element) -> str:
    """Where an element stands, for messages: the nearest id around it, or its line."""
    around = next((e.get("id") for e in (element, *element.iterancestors()) if e.get("id")), "")
    return f"#{around}" if around else f"line {element.sourceline}"


def described(element: Element) -> str:
    """An element as messages name it: its tag, and where it stands."""
    return f"<{element.tag}> at {place(element)}"

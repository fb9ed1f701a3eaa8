"""The words of each link, which a PDF keeps apart from the text that they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from lxml import html
from lxml.html import HtmlElement
from pypdf.generic import NameObject, TextStringObject

from kcc_lib.errors import PublishError


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the pages have it: the address it leads to, and its words or its label."""

    href: str
    words: str


def links_of(page: str) -> list[Link]:
    """Every link of a document that is printed, in order.

    Raises
    ------
    PublishError
        If one has no words.
    """
    found = cast(list[HtmlElement], html.document_fromstring(page).xpath("//a[@href]"))
    links = [
        Link(a.get("href", ""), " ".join((a.get("aria-label") or a.text_content()).split()))
        for a in found
    ]
    if empty := [link.href for link in links if not link.words]:
        raise PublishError(f"links without words: {', '.join(dict.fromkeys(empty))}")
    return links


def name_links(tags: Iterable[Any], links: list[Link]) -> None:
    """Give every part of every printed link its words; a link on two lines has two parts.

    Raises
    ------
    PublishError
        If the printed links are not those of the pages, in their order.
    """
    printed = [_parts(tag) for tag in tags]
    if [_same(parts, link) for parts, link in zip(printed, links, strict=False)] != [True] * max(
        len(printed), len(links)
    ):
        raise PublishError("the links of the printed report are not those of its pages")
    for parts, link in zip(printed, links, strict=True):
        for part in parts:
            part[NameObject("/Contents")] = TextStringObject(link.words)


def _parts(tag: Any) -> list[Any]:
    """The places on pages that belong to a link's tag."""
    kids = tag.get("/K", [])
    objects = [k.get_object() for k in (kids if isinstance(kids, list) else [kids])]
    return [
        k["/Obj"].get_object() for k in objects if isinstance(k, dict) and k.get("/Type") == "/OBJR"
    ]


def _same(parts: list[Any], link: Link) -> bool:
    """Whether a printed link leads where one of the pages does; browsers respell addresses."""
    inside, target = link.href.startswith("#"), link.href[1:]
    scheme = link.href.partition(":")[0]
    return bool(parts) and all(
        str(part["/Dest"]).removeprefix("/") == target
        if "/Dest" in part
        else not inside and str(part["/A"].get("/URI")).partition(":")[0] == scheme
        for part in parts
    )

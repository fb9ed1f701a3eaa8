"""One finished page made ready for paper: what only a screen needs is left out.

The page's own HTML is read, so that paper and screen cannot say different things. Nothing is
added to it but addresses that a reader of paper cannot follow.
"""

import re
from collections.abc import Collection
from copy import deepcopy
from pathlib import Path
from typing import cast

from lxml import html
from lxml.html import HtmlElement

from kcc_lib.errors import PublishError

#: Attributes that name ids.
_NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
#: Stands where the number of a page will: see `turn_to`.
TURN = re.compile("⟦page of ([^⟧]+)⟧")
_OUTSIDE = ("http://", "https://", "mailto:", "tel:")
#: Left out: menus, filters, what is said of the foot of a page on a screen, and the screen's own
#: list of pages, which the contents replace.
_ON_SCREEN = (
    ".//nav", ".//form", ".//script", ".//a[@class='permalink']", ".//*[@class='ways']",
    ".//*[@class='ways-in']", ".//*[@class='downloads']", ".//*[@class='prose on-screen']",
    ".//h2[@id='contents']/following-sibling::*[1]", ".//h2[@id='contents']",
)  # fmt: skip


def read_page(path: Path) -> HtmlElement:
    """What a finished page says, without the shell around it.

    Raises
    ------
    PublishError
        If the file has no `main`.
    """
    page = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    found = cast(list[HtmlElement], page.xpath("//main/div[@class='inner']"))
    if not found:
        raise PublishError(f"{path.name}: no main part to print")
    return found[0]


def for_paper(said: HtmlElement, page: str, pages: Collection[str]) -> HtmlElement:
    """A page's content as it is printed in the whole report.

    Parameters
    ----------
    said
        What `read_page` found; it is left as it is.
    page
        The page's name, which its ids are given so that they stay unique.
    pages
        The names of every page of the report: links to them lead inside the document.
    """
    paper = deepcopy(said)
    for path in _ON_SCREEN:
        for one in _found(paper, path):
            one.drop_tree()
    for picture in _found(paper, ".//*[@class='drawn']"):
        _one_drawing(picture)
    _judged_apart(paper)
    for article in _found(paper, ".//article"):
        _pair(article)
    for details in _found(paper, ".//details"):
        _open(details)
    for region in _found(paper, ".//*[@role='region']"):
        for name in ("role", "tabindex", "aria-labelledby"):
            region.attrib.pop(name, None)
    _as_lists(paper)
    for link in _found(paper, ".//a[@href]"):
        _lead(link, page, pages)
    _own_ids(paper, page)
    return paper


def _found(element: HtmlElement, path: str) -> list[HtmlElement]:
    return cast(list[HtmlElement], element.xpath(path))


def _one_drawing(picture: HtmlElement) -> None:
    """The narrow drawing alone, with one alternative text: its name and then what it shows."""
    told = [picture.get("aria-label", "")]
    after = picture.getnext()
    if after is not None and after.get("id") == picture.get("aria-describedby"):
        told.append(after.text_content())
        after.drop_tree()
    for drawing in _found(picture, "./*[contains(@class, 'chart-narrow')]"):
        drawing.attrib.pop("aria-hidden", None)
        drawing.set("role", "img")
        drawing.set("aria-label", ". ".join(t.strip().rstrip(".") for t in told) + ".")
        picture.addprevious(drawing)
    picture.drop_tree()


def _pair(article: HtmlElement) -> None:
    """Set a chart beside what was judged and its data table; a KPI's words go beneath."""
    figures = _found(article, "./figure")
    if not figures:
        return
    figure = figures[0]
    drawn, beside = html.Element("div"), html.Element("div")
    drawn.extend([c for c in figure if c.tag != "figcaption"])
    beside.extend(_found(article, "./dl"))
    facts = _found(beside, "./dl[@class='facts']")
    for table in _found(article, "./details[not(contains(@class, 'evidence'))]")[:1]:
        beside.extend([c for c in table if c.tag != "summary"])
        table.drop_tree()
    if facts:
        drawn.extend(_found(article, "./p[@class='source' or @class='turn']"))
    for words in _found(figure, "./figcaption"):
        words.tag = "p"
        words.set("class", "caption")
        figure.addnext(words) if facts else beside.append(words)
    figure.tag = "div"
    figure.set("class", "pair")
    figure.extend([drawn, beside])
    kept = html.Element("div", {"class": "kept"})
    kept.extend(article[: article.index(figure) + 1])
    article.insert(0, kept)


def turn_to(target: str) -> str:
    """What stands for the number of the page that an id is on, until it is known."""
    return f"⟦page of {target}⟧"


def _judged_apart(paper: HtmlElement) -> None:
    """The evidence of each measure, together at the end of its page: two charts fit a sheet."""
    told = _found(paper, ".//article[@id]/details[@class='evidence']")
    if not told:
        return
    head = html.Element("h2", {"id": "judged"})
    head.text = "How each was judged"
    columns = html.Element("div", {"class": "evidence"})
    for details in told:
        article = details.getparent()
        place = f"{article.get('id')}-judged"
        title = deepcopy(_found(article, ".//h3")[0])
        title.set("id", place)
        turn = html.Element("p", {"class": "turn"})
        link = html.Element("a", {"href": f"#{place}"})
        link.text = "How this was judged: page "
        number = html.Element("span", {"class": "number", "data-turn": place})
        link.append(number)
        turn.append(link)
        article.append(turn)
        for heading in _found(details, "./h4"):
            _run_in(heading)
        columns.append(title)
        columns.extend([c for c in details if c.tag != "summary"])
        details.drop_tree()
    paper.extend([head, columns])


def _open(details: HtmlElement) -> None:
    """A part that opens on a screen stands open."""
    summary = details.find("summary")
    details.tag = "div"
    details.attrib.pop("open", None)
    if summary is not None:
        summary.attrib.pop("aria-label", None)
        summary.tag = "p"
        summary.set("class", "opened")


def _run_in(heading: HtmlElement) -> None:
    """A heading and the paragraphs after it as one paragraph."""
    text = html.Element("p")
    heading.addprevious(text)
    following = heading.getnext()
    heading.tag = "strong"
    heading.tail = None
    heading.text = f"{(heading.text or '').rstrip('.')}."
    text.append(heading)
    while following is not None and following.tag == "p":
        after = following.getnext()
        following.tag = "span"
        following.tail = None
        text[-1].tail = " "
        text.append(following)
        following = after


def _as_lists(paper: HtmlElement) -> None:
    """Names with their values are lists of paragraphs in the tags of a PDF."""
    roles = {"dl": "list", "dl/div": "listitem", "dl/div/dt": "paragraph", "dl/div/dd": "paragraph"}
    for path, role in roles.items():
        for one in _found(paper, f".//{path}"):
            one.set("role", role)


def _lead(link: HtmlElement, page: str, pages: Collection[str]) -> None:
    """A link leads inside the document, out of it with its address printed, or is plain text."""
    href = link.get("href", "")
    words = link.text_content()
    if href.startswith(_OUTSIDE):
        address = href.partition(":")[2] if href.startswith(("mailto:", "tel:")) else href
        if href.startswith("http") and address.rstrip("/") not in words:
            _say_after(link, f" ({address})")
        return
    file, _, fragment = href.partition("#")
    named = file.removesuffix(".html") if file else page
    if named in pages:
        link.set("href", f"#{named}--{fragment}" if fragment else f"#{named}")
        return
    if not file.startswith("../") and file not in words:
        _say_after(link, f" ({file})")
    link.drop_tag()


def _say_after(link: HtmlElement, words: str) -> None:
    said = html.Element("span", {"class": "address"})
    said.text = words
    said.tail = link.tail
    link.tail = None
    link.addnext(said)


def _own_ids(paper: HtmlElement, page: str) -> None:
    """Give every id, and what names it, the page's name."""
    for element in paper.iter():
        if not isinstance(element.tag, str):
            continue
        if "id" in element.attrib:
            element.set("id", f"{page}--{element.get('id')}")
        if "data-turn" in element.attrib:
            element.text = turn_to(f"{page}--{element.attrib.pop('data-turn')}")
        for name, value in list(element.attrib.items()):
            if name in _NAMING:
                element.set(name, " ".join(f"{page}--{one}" for one in str(value).split()))
            elif "url(#" in str(value):
                element.set(name, re.sub(r"url\(#", f"url(#{page}--", str(value)))

"""The whole report as one document: cover, contents, then every page in its order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup

from kcc_lib.errors import PublishError
from kcc_lib.presentation.blocks import TEMPLATES
from kcc_lib.publish.exporter import HERE, policy
from kcc_lib.publish.pdf.gather import TURN, for_paper, read_page, turn_to
from kcc_lib.records.editions import PageRecipe, parts_of

CONTENTS = "Contents"
#: Pages that find and fetch: on paper the contents do the one, and nothing the other.
_FOR_SCREENS = frozenset(["find_a_measure.ipynb", "downloads.ipynb"])
#: What stands for a page number until it is known: as wide as one.
_UNKNOWN = "000"


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says, and what stands at the edge of every other page.

    Parameters
    ----------
    title, subtitle, council
        The report, its edition and whose it is.
    as_of, covers
        The day it stands for, and which periods it covers, in words.
    state, draft
        What every page says of its sign-off, and whether it is a draft.
    notice
        What a reader must know first; "" where there is nothing.
    """

    title: str
    subtitle: str
    council: str
    as_of: str
    covers: str
    state: str
    draft: bool
    notice: str = ""

    @property
    def name(self) -> str:
        """The report in one line, as its running head and its file name it."""
        return f"{self.title}: {self.subtitle}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: its level from 1, its words and the id it leads to."""

    level: int
    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report, with its pages: the name of each and what it says."""

    name: str
    pages: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A report ready to be printed: its parts, its contents and every heading in order.

    `left_out` are the titles of pages that are for the screen alone.
    """

    cover: Cover
    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    headings: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def html(self, numbers: Mapping[str, int]) -> str:
        """The document, with the page numbers that are known."""
        style = (TEMPLATES / "blocks.css").read_text("utf-8")
        style += (HERE / "report_pdf" / "print.css").read_text("utf-8")
        style += _running_heads(self.cover, [p.name for p in self.parts])
        lines = [
            {"level": e.level, "words": e.words, "target": e.target, "number": turn_to(e.target)}
            for e in self.entries
        ]
        told: dict[str, Any] = {
            "cover": self.cover, "parts": self.parts, "lines": list(_nested(lines)),
            "contents": CONTENTS, "left_out": self.left_out,
            "style": Markup(style), "policy": policy(style, ""),  # noqa: S704
        }  # fmt: skip
        page = _environment().get_template("whole.html.j2").render(told)
        return TURN.sub(lambda found: str(numbers.get(found[1], _UNKNOWN)), page)

    @property
    def targets(self) -> list[str]:
        """Every place whose page number is printed somewhere."""
        said = "".join(text for part in self.parts for _, text in part.pages)
        return [e.target for e in self.entries] + TURN.findall(said)


def gather(folder: Path, pages: Sequence[PageRecipe], cover: Cover) -> Whole:
    """Read an edition's finished pages as one document.

    Parameters
    ----------
    folder
        Where the pages are.
    pages
        Those of the edition, in order.

    Raises
    ------
    PublishError
        If a page says nothing, an id stands twice or a link leads nowhere.
    """
    left_out = tuple(r.title for r in pages if r.notebook in _FOR_SCREENS)
    pages = [r for r in pages if r.notebook not in _FOR_SCREENS]
    names = [r.name for r in pages]
    read = {name: for_paper(read_page(folder / f"{name}.html"), name, names) for name in names}
    _check_links(read)
    found = parts_of(pages)
    return Whole(
        cover,
        tuple(Part(p, tuple((r.name, _serialised(read[r.name])) for r in rs)) for p, rs in found),
        tuple(entry for part, recipes in found for entry in _entries(part, recipes, read)),
        (cover.title, CONTENTS, *(_words(h) for page in read.values() for h in _headings(page))),
        left_out,
    )


def _serialised(page: HtmlElement) -> Markup:
    inside = "".join(html.tostring(one, encoding="unicode") for one in page)
    return Markup(inside)  # noqa: S704 - our own finished page, escaped when it was made


def _headings(page: HtmlElement) -> list[HtmlElement]:
    return list(page.iter("h1", "h2", "h3", "h4"))


def _words(heading: HtmlElement) -> str:
    """A heading's words on one line."""
    parts = [heading.text or ""]
    for one in heading:
        parts += [" ", one.text_content(), " ", one.tail or ""]
    return " ".join("".join(parts).split())


def _entries(
    part: str, recipes: Sequence[PageRecipe], read: Mapping[str, HtmlElement]
) -> Iterator[Entry]:
    """A part's lines: itself, its pages, and the supporting outcomes that a page is made of."""
    first, *others = recipes
    if first.title == part:
        yield Entry(1, _title(part, read[first.name]), first.name)
        yield from _outcomes(first.name, read, 2)
    else:
        yield Entry(1, part, first.name)
        others = list(recipes)
    for recipe in others:
        yield Entry(2, recipe.title, recipe.name)
        yield from _outcomes(recipe.name, read, 3)


def _title(menu: str, page: HtmlElement) -> str:
    """A page's name in the menu; with its heading too, where that starts with the name."""
    heading = next(iter(_headings(page)), None)
    said = _words(heading) if heading is not None else ""
    return f"{menu}: {said.removeprefix(menu).strip()}" if said.startswith(f"{menu} ") else menu


def _outcomes(name: str, read: Mapping[str, HtmlElement], level: int) -> Iterator[Entry]:
    for heading in read[name].iter("h2"):
        if heading.get("id", "").startswith(f"{name}--so-"):
            yield Entry(level, _words(heading), heading.get("id"))


def _check_links(read: Mapping[str, HtmlElement]) -> None:
    """Every id stands once and every link inside the document leads to one."""
    ids = [*read, *(e.get("id") for page in read.values() for e in page.xpath(".//*[@id]"))]
    known = set(ids)
    faults = [f"the id {one} stands twice" for one in sorted(known) if ids.count(one) > 1]
    for name, page in read.items():
        for href in dict.fromkeys(a.get("href") for a in page.iter("a")):
            if href and href.startswith("#") and href[1:] not in known:
                faults.append(f"{name}.html: a link leads to {href[1:]}, which is nowhere")
    if faults:
        raise PublishError("\n".join(faults))


def _nested(lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Lines with the lists that open before each and close after it."""
    lines = list(lines)
    for line, after in zip(lines, [*lines[1:], {"level": 1}], strict=True):
        deeper = max(after["level"] - line["level"], 0)
        yield {**line, "opens": deeper, "closes": max(line["level"] - after["level"], 0)}


def _running_heads(cover: Cover, parts: Sequence[str]) -> str:
    """The edges of the pages of each part; the cover has none."""
    draft = 'content:"Draft: not signed off"' if cover.draft else "content:none"
    rules = [
        f"@page{{@top-left{{content:{_quoted(cover.name)}}}@bottom-left{{{draft}}}}}",
        "@page cover{margin:0;" + "".join(
            f"@{edge}{{content:none}}"
            for edge in ("top-left", "top-right", "bottom-left", "bottom-right")
        ) + "}",
    ]  # fmt: skip
    for number, name in enumerate([CONTENTS, *parts]):
        rules.append(f"@page part-{number}{{@top-right{{content:{_quoted(name)}}}}}")
        rules.append(f".kcc .part-{number}{{page:part-{number}}}")
    return "\n".join(rules)


def _quoted(words: str) -> str:
    """Words as a string of CSS, in which no character can end it or the style."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words) + '"'


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "report_pdf"), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip

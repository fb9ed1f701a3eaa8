"""Blocks: what a notebook cell shows, as data the publisher can check and both can render.

A cell displays `Blocks`. The executed notebook carries them under one MIME type of our own
(JSON, so that they survive papermill) beside HTML for JupyterLab; a page is made from the
JSON alone.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import mistune
import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kcc_lib.in_short import in_short
from kcc_lib.presentation.easy.pictures import picture_svg
from kcc_lib.presentation.vetting import vet_svg

MIME = "application/vnd.kcc.blocks+json"
TEMPLATES = Path(__file__).parent / "templates"
Block = dict[str, Any]
#: What each kind of block must bring; a page with less is refused.
REQUIRED = {
    "heading": ("level", "text", "id"),
    "prose": ("markdown",),
    "notice": ("text",),
    "contents": ("title", "links"),
    "cards": ("title", "cards"),
    "table": ("id", "caption", "columns", "rows"),
    "verdicts": ("verdicts",),
    "measure": ("id", "code", "title", "polarity", "verdicts", "caption", "chart", "table",
                "source", "notes", "evidence"),
    "kpi": ("id", "title", "status", "facts", "caption", "chart", "table", "outlook",
            "commentary", "evidence", "notes", "source"),
    "particulars": ("items",),
    "az": ("id", "label", "noun", "choices", "letters"),
    "ways": ("title", "links"),
    "report": ("id", "href", "title", "name", "covers", "state", "pages", "files"),
    "numbered": ("id", "sections"),
    "paragraphs": ("id", "items"),
    "notes": ("items",),
    "warning": ("title", "items"),
    "easy": ("items",),
    "glossary": ("items",),
}  # fmt: skip
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "br", "h2", "h3", "h4"}
#: A link to another page of the report: neither into its own, nor to an address of the web.
_TO_A_PAGE = re.compile(r'(<a\b[^>]*?) href="(?!#|[a-z]+:)[^"]*"')
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """An ordered set of blocks that a cell shows."""

    blocks: tuple[Block, ...]

    __repr__ = in_short(None, "_in_line", block="blocks")

    def __add__(self, other: "Blocks") -> "Blocks":
        return Blocks(self.blocks + other.blocks)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            MIME: {"version": 1, "blocks": json.loads(json.dumps(self.blocks))},
            "text/html": render_for_lab(self.blocks),
            "text/plain": self._in_words(),
        }

    @property
    def _in_line(self) -> str:
        return "; ".join(self._in_words().splitlines())

    def _in_words(self) -> str:
        names = [
            str(b.get("title") or b.get("caption") or b.get("text") or "") for b in self.blocks
        ]
        return "\n".join(n for n in names if n)


def blocks(*parts: Block | Iterable[Block]) -> Blocks:
    """Gather blocks, flattening iterables of them."""
    flat: list[Block] = []
    for part in parts:
        flat.extend([part] if isinstance(part, dict) else part)
    return Blocks(tuple(flat))


#: JupyterLab leaves no room round an output, and dark around it. A drawing keeps its colours, which
#: are attributes that this would take away too.
_AS_UNSTYLED = ".kcc{padding:.75rem 1rem}\n.kcc :where(:not(svg,svg *)){all:revert}\n"


def block_faults(block: Block) -> list[str]:
    """What is missing from a block that is to be published, in words."""
    kind = block.get("kind")
    if kind not in REQUIRED:
        return [f"a block of unknown kind {kind!r}"]
    name = block.get("id") or block.get("title") or block.get("text") or kind
    faults = [f"{kind} {name}: no {key}" for key in REQUIRED[kind] if key not in block]
    if kind in {"measure", "kpi"} and not faults:
        chart, table = block["chart"], block["table"]
        if chart and not (chart.get("title") and chart.get("description")):
            faults.append(f"{kind} {name}: a chart without a name or description")
        if chart and not table:
            faults.append(f"{kind} {name}: a chart without its data table")
        if not block["caption"]:
            faults.append(f"{kind} {name}: no caption")
    return faults


def render_blocks(found: Sequence[Block]) -> Markup:
    """Blocks as the HTML of a page. Everything but vetted charts and prose is escaped."""
    template = _environment().get_template("blocks.html.j2")
    return Markup(template.render(blocks=found))  # noqa: S704 - the template escapes


def render_for_lab(found: Sequence[Block]) -> str:
    """Blocks as HTML for JupyterLab: the page's own markup and style, inside one element.

    Charts are inline pictures, so they are seen with no network at all. The other pages of the
    report are not there, nor its files: what leads to them is text, or left out. What
    JupyterLab's own style says of all outputs (links without lines, figures and words to the
    right) is undone: ours outweighs it by naming its class three times.
    """
    style = (TEMPLATES / "blocks.css").read_text("utf-8")
    style = (_AS_UNSTYLED + style).replace(".kcc", ".kcc.kcc.kcc")
    here = [{name: b[name] for name in b if name not in {"steps", "downloads"}} for b in found]
    html = _TO_A_PAGE.sub(r"\1", render_blocks(here))
    return f'<div class="kcc"><style>{style}</style>{html}</div>'


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = render_prose
    environment.filters["vetted_svg"] = vet_svg
    environment.filters["picture"] = picture_svg
    return environment


def render_prose(markdown: str) -> Markup:
    """Markdown as safe HTML: raw HTML shows as text, and only plain tags get through."""
    html = mistune.create_markdown(escape=True, plugins=["table"])(markdown)
    clean = nh3.clean(
        str(html),
        tags=_TAGS,
        attributes={"a": {"href"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return Markup(clean)  # noqa: S704 - sanitised above

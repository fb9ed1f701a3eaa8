"""Linking the first use of each glossary term on a page, in the text of its finished blocks.

Only text that is read as prose is looked at: never a heading, a link, a table, a chart or a
control. The page's markup is left as it is, letter by letter; links are put into it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html.parser import HTMLParser

from markupsafe import Markup, escape

from kcc_lib.presentation.addresses import made_by
from kcc_lib.records.editions import Edition

#: Spellings of terms, each with the address of its entry.
Terms = Mapping[str, str]
#: Elements whose text is prose, and those in which nothing is linked whatever they stand in.
_PROSE = frozenset({"p", "li", "figcaption", "blockquote"})
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "code", "dl", "summary", "nav", "button"})
_CLOSED_CLASSES = frozenset({"judgement", "cards", "source", "large", "elsewhere"})
#: What is folded away: a term is linked there only if nothing that is in view uses it.
_FOLDED_CLASS = "evidence"
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
#: Drawings, tables and forms have no prose: they are blanked before the page is read.
_WITHOUT = re.compile(r"<(svg|table|form)\b.*?</\1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def terms_for(edition: Edition, built: Collection[str], page: str) -> dict[str, str]:
    """The spellings to link on a page; none on the glossary's own, or where it is not built."""
    made = made_by(edition, "glossary.ipynb")
    if made is None or made.name not in built or made.name == page:
        return {}
    return {s: f"{made.name}.html#{t.anchor}" for t in edition.glossary for s in t.spellings}


def link_terms(html: str, terms: Terms, taken: Iterable[str] = ()) -> Markup:
    """A page's blocks with the first use of each term linked to its entry.

    Parameters
    ----------
    html
        The blocks as HTML, vetted and escaped.
    terms
        The address of the entry of every spelling. One that begins with a small letter also
        stands for the same with a capital.
    taken
        Texts of links around the blocks. A term that reads like another link of the page is
        not linked: one text would lead to two places.
    """
    if not terms:
        return Markup(html)  # noqa: S704 - the caller's own, vetted and escaped
    texts = {_plain(text) for text in _LINK.findall(html)} | {" ".join(t.split()) for t in taken}
    held = {_plain(t).lower() for t in texts}
    wanted = {s: href for s, href in terms.items() if s.lower() not in held}
    parts: list[str] = []
    done = 0
    for start, end, href in sorted(_first_uses(html, wanted)):
        parts += [html[done:start], f'<a class="term" href="{escape(href)}">',
                  html[start:end], "</a>"]  # fmt: skip
        done = end
    return Markup("".join([*parts, html[done:]]))  # noqa: S704 - only our own links were added


def _first_uses(html: str, terms: Terms) -> Iterator[tuple[int, int, str]]:
    """Where each term is first used, as places in the page: first of all, where it is in view."""
    if not terms:
        return
    spellings = sorted((_pattern(s) for s in terms), key=len, reverse=True)
    found_by = re.compile(rf"(?<![\w-])(?:{'|'.join(spellings)})(?![\w-])")
    linked: set[str] = set()
    prose = _Prose(html)
    for start, text in (*prose.spans, *prose.folded):
        for match in found_by.finditer(text):
            href = _entry(match[0], terms)
            if href not in linked:
                linked.add(href)
                yield start + match.start(), start + match.end(), href


def _pattern(spelling: str) -> str:
    """A spelling as an expression; a small first letter may be a capital, words may be apart."""
    first, rest = spelling[0], spelling[1:]
    head = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    return head + r"\s+".join(re.escape(word) for word in rest.split(" "))


def _entry(found: str, terms: Terms) -> str:
    text = " ".join(found.split())
    return terms[text] if text in terms else terms[text[0].lower() + text[1:]]


def _plain(text: str) -> str:
    return " ".join(_TAG.sub("", text).split())


class _Prose(HTMLParser):
    """The spans of a page's text that are prose, in view and folded away: where, and what."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.spans: list[tuple[int, str]] = []
        self.folded: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool, bool, bool]] = []
        blanked = _WITHOUT.sub(lambda m: " " * len(m[0]), html)
        self._lines = [0, *(m.end() for m in re.finditer("\n", blanked))]
        self.feed(blanked)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Whether what follows is prose, and whether it is closed to links."""
        if tag in _VOID:
            return
        prose, closed, folded = self._open[-1][1:] if self._open else (False, False, False)
        classes = set((dict(attrs).get("class") or "").split())
        closed = closed or tag in _CLOSED or bool(classes & _CLOSED_CLASSES)
        folded = folded or _FOLDED_CLASS in classes
        self._open.append((tag, prose or tag in _PROSE, closed, folded))

    def handle_endtag(self, tag: str) -> None:
        """Back to what stands around the element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text as it stands in the page; marks such as &amp; part it."""
        _, prose, closed, folded = self._open[-1] if self._open else ("", False, False, False)
        if prose and not closed:
            line, column = self.getpos()
            found = self.folded if folded else self.spans
            found.append((self._lines[line - 1] + column, data))

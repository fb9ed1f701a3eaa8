"""A spreadsheet as ODS, by odfdo: the open format that government publishes in.

The library takes seconds for some hundred rows built cell by cell, so each sheet is written
as one piece of XML and handed to it whole.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element

from kcc_lib.presentation.downloads.sheets import CONTENTS, COVER, Book, Sheet
from kcc_lib.publish.downloads.archive import steady
from kcc_lib.publish.downloads.layout import (
    COVER_WIDTH,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    contents_of,
    cover_of,
    pages_across,
    widths,
)

#: Parts of the library's empty document that ours does without: pictures of it, its menus.
_LEFT_OUT = ("Thumbnails/", "Configurations2/", "settings.xml", "manifest.rdf")
_GENERATOR = "kcc-outcomes-workbook"
#: What XML cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WRAP = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
_STYLES = {
    "title": '<style:text-properties fo:font-weight="bold" fo:font-size="16pt"/>',
    "part": '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/>',
    "head": f'{_WRAP}<style:text-properties fo:font-weight="bold"/>',
    "text": _WRAP,
}
_SPOKEN = "//style:text-properties[@fo:language]"
#: A4 on its side, every column of a sheet on one page where it is not too small to read there.
_PAGE = {
    "fo:page-width": f"{PAGE_WIDTH:g}pt", "fo:page-height": f"{PAGE_HEIGHT:g}pt",
    "style:print-orientation": "landscape", "fo:margin": f"{MARGIN:g}pt",
    "style:scale-to-X": "1", "style:scale-to-Y": "0",
}  # fmt: skip
_HEADER_ROW = 3
#: The style of sheets that are printed more than one page wide, and of their pages.
_WIDE, _USUAL = "Wide", "Default"


def ods_of(book: Book) -> bytes:
    """A spreadsheet as the bytes of an ODS file; the same book gives the same bytes."""
    document = Document("spreadsheet")
    body = document.body
    body.clear()
    known: dict[float, str] = {}
    tables = [_cover(book, known), _contents(book, known), *(_sheet(s, known) for s in book.sheets)]
    for table in tables:
        body.append(Element.from_tag(table))
    body.append(Element.from_tag(_ranges(book)))
    _set_styles(document, known, book)
    _set_particulars(document, book)
    out = io.BytesIO()
    document.save(out)
    edit = {"META-INF/manifest.xml": _without_parts}
    return steady(out.getvalue(), edit=edit, leave_out=_LEFT_OUT)


def _cover(book: Book, known: dict[float, str]) -> str:
    """The cover: one column of text, with headings."""
    rows = [_row([_cell(line.text, line.style)]) for line in cover_of(book)]
    return _table(COVER, [COVER_WIDTH], rows, known)


def _contents(book: Book, known: dict[float, str]) -> str:
    """The contents: a link to each sheet."""
    sheet = contents_of(book)
    rows = [[_link(s.name), _cell(s.title)] for s in book.sheets]
    return _tabled(sheet, rows, known)


def _sheet(sheet: Sheet, known: dict[float, str]) -> str:
    return _tabled(sheet, [[_cell(c) for c in row] for row in sheet.rows], known)


def _tabled(sheet: Sheet, cells: Sequence[Sequence[str]], known: dict[float, str]) -> str:
    """A sheet's title, the line about it, its headings and the rows."""
    rows = [
        _row([_cell(sheet.title, "title")]),
        _row([_cell(sheet.about, "")]),
        _header([_cell(h, "head") for h in sheet.headings]),
        *(_row(row) for row in cells),
    ]
    return _table(sheet.name, widths(sheet), rows, known)


def _table(
    name: str, columns: Sequence[float], rows: Sequence[str], known: dict[float, str]
) -> str:
    """A worksheet; `known` gathers the styles of its columns by their width."""
    styles = [known.setdefault(w, f"width{len(known) + 1}") for w in columns]
    told = "".join(f'<table:table-column table:style-name="{s}"/>' for s in styles)
    wide = f' table:style-name="{_WIDE}"' if pages_across(columns) > 1 else ""
    return f"<table:table table:name={quoteattr(name)}{wide}>{told}{''.join(rows)}</table:table>"


def _header(cells: Sequence[str]) -> str:
    return f"<table:table-header-rows>{_row(cells)}</table:table-header-rows>"


def _row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(value: str | int | float, style: str = "text") -> str:
    """A number as a number, all else as text; there is no formula."""
    named = f' table:style-name="{style}"' if style else ""
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{line}</text:p>" for line in _lines(value))
        told = f'{named} office:value-type="string">{paragraphs}'
        return f"<table:table-cell{told}</table:table-cell>"
    said = f"{value:.12g}"
    return (
        f'<table:table-cell{named} office:value-type="float" office:value="{said}">'
        f"<text:p>{said}</text:p></table:table-cell>"
    )


def _link(name: str) -> str:
    address = quoteattr(f"#{_quoted(name)}.A1")
    return (
        '<table:table-cell table:style-name="text" office:value-type="string"><text:p>'
        f'<text:a xlink:type="simple" xlink:href={address}>{escape(name)}</text:a>'
        "</text:p></table:table-cell>"
    )


def _lines(text: str) -> Iterator[str]:
    for line in _CONTROL.sub(" ", text).splitlines() or [""]:
        yield escape(line)


def _ranges(book: Book) -> str:
    """Each table marked as one, with its header row."""
    marked = [(CONTENTS, 2, len(book.sheets))]
    marked += [(s.name, len(s.headings), len(s.rows)) for s in book.sheets]
    told = "".join(_range(name, columns, rows) for name, columns, rows in marked)
    return f"<table:database-ranges>{told}</table:database-ranges>"


def _range(name: str, columns: int, rows: int) -> str:
    """One table marked: from its header row to its last row."""
    first, last = f"A{_HEADER_ROW}", f"{_letter(columns)}{_HEADER_ROW + rows}"
    at = f"{_quoted(name)}.{first}:{_quoted(name)}.{last}"
    known = re.sub(r"[^A-Za-z0-9]", "_", name).lower()
    return (
        f"<table:database-range table:name={quoteattr(known)} "
        f"table:target-range-address={quoteattr(at)} "
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _quoted(name: str) -> str:
    return name if name.isalnum() else f"'{name}'"


def _letter(column: int) -> str:
    """The letters of a column counted from 1."""
    first, last = divmod(column - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _add_wide_pages(automatic: Any, styles: Any, across: int) -> None:
    """A style of sheets whose columns take more than one page, as the usual one otherwise."""
    automatic.append(Element.from_tag(
        f'<style:style style:name="{_WIDE}" style:family="table" '
        f'style:master-page-name="{_WIDE}"/>'
    ))  # fmt: skip
    page = styles.get_element(f'//style:master-page[@style:name="{_USUAL}"]')
    used = page.get_attribute("style:page-layout-name")
    layout = styles.get_element(f'//style:page-layout[@style:name="{used}"]')
    for part, names in ((layout, ()), (page, ("style:page-layout-name",))):
        wide = part.clone
        for name in ("style:name", *names):
            wide.set_attribute(name, _WIDE)
        for told in wide.get_elements("style:page-layout-properties"):
            told.set_attribute("style:scale-to-X", str(across))
        part.parent.append(wide)


def _set_styles(document: Document, known: dict[float, str], book: Book) -> None:
    """Text that wraps, headings in bold, and the language of everything."""
    content: Any = document.get_part("content.xml")
    styles: Any = document.get_part("styles.xml")
    automatic = content.get_element("//office:automatic-styles")
    automatic.clear()
    for name, told in _STYLES.items():
        automatic.append(Element.from_tag(
            f'<style:style style:name="{name}" style:family="table-cell">{told}</style:style>'
        ))  # fmt: skip
    for width, name in known.items():
        automatic.append(Element.from_tag(
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.1f}pt"/></style:style>'
        ))  # fmt: skip
    for layout in styles.get_elements("//style:page-layout-properties"):
        for name, value in _PAGE.items():
            layout.set_attribute(name, value)
    across = max(pages_across(widths(sheet)) for sheet in book.sheets)
    _add_wide_pages(automatic, styles, across)
    for found in styles.get_elements(_SPOKEN):
        for name, value in (("fo:language", "en"), ("fo:country", "GB"), ("fo:font-size", "12pt")):
            found.set_attribute(name, value)


def _set_particulars(document: Document, book: Book) -> None:
    """Title, publisher, language and date; the date is the edition's own."""
    meta, of = document.meta, book.particulars
    meta.clear_user_defined_metadata()
    if counted := meta.get_element("//meta:document-statistic"):
        meta.get_meta_body().delete(counted)
    meta.title, meta.language, meta.generator = book.title, "en-GB", _GENERATOR
    meta.subject, meta.description = of.covers, of.sign_off
    meta.initial_creator = meta.creator = of.publisher
    meta.creation_date = meta.date = datetime.combine(of.as_of, time())


def _without_parts(manifest: bytes) -> bytes:
    """The list of parts without those left out."""
    for name in _LEFT_OUT:
        entry = rf'<manifest:file-entry[^>]*manifest:full-path="{re.escape(name)}[^"]*"[^>]*/>\s*'
        manifest = re.sub(entry.encode(), b"", manifest)
    return manifest

"""A spreadsheet as XLSX, by gptables: the government's layout, with nothing run from data."""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, time
from typing import Any

import pandas as pd

from kcc_lib.presentation.downloads.sheets import CONTENTS, COVER, Book, Sheet
from kcc_lib.publish.downloads.archive import steady
from kcc_lib.publish.downloads.layout import (
    COVER_WIDTH,
    MARGIN,
    contents_of,
    cover_heights,
    heights,
    pages_across,
    widths,
)

#: Text is text: never a formula, an address or a number.
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "in_memory": True,
}  # fmt: skip
_CORE, _STRINGS, _TABLE = "docProps/core.xml", "xl/sharedStrings.xml", "xl/tables/table{}.xml"
#: Stands inside a text while the library has it. It has a digit, which the library wants in every
#: cell, between two characters that mean nothing and that nobody types.
_MARK = "\ue0000\ue000"
_TAKEN = re.compile(r"\]\(|\$\$")
_POINTS_AN_INCH, _PIXELS_A_POINT = 72, 4 / 3
_A4 = 9
_HEADER_ROW = 2  # counted from 0


def xlsx_of(book: Book) -> bytes:
    """A spreadsheet as the bytes of an XLSX file; the same book gives the same bytes."""
    out = io.BytesIO()
    with _quietly():
        made = _written(book, out)
    _lay_out(made, book)
    of = book.particulars
    made.set_properties(
        {
            "title": book.title, "author": of.publisher, "company": of.publisher,
            "subject": of.covers, "comments": of.sign_off, "status": of.state.capitalize(),
            "created": datetime.combine(of.as_of, time()),
        }
    )  # fmt: skip
    made.close()
    tables = [_TABLE.format(n + 1) for n in range(len(book.sheets) + 1)]
    edit = {_CORE: _in_english} | dict.fromkeys([_STRINGS, *tables], _as_it_was)
    return steady(out.getvalue(), edit=edit)


def _lay_out(made: Any, book: Book) -> None:
    """Widths, heights and the printed page of every sheet."""
    _measure(made.get_worksheet_by_name(COVER), [COVER_WIDTH], cover_heights(book))
    across = {}
    for sheet in (contents_of(book), *book.sheets):
        worksheet, columns = made.get_worksheet_by_name(sheet.name), widths(sheet)
        across[sheet.name] = pages_across(columns)
        _measure(worksheet, columns, heights(sheet, columns))
        worksheet.repeat_rows(_HEADER_ROW)
    for worksheet in made.worksheets():
        worksheet.set_paper(_A4)
        worksheet.set_landscape()
        worksheet.fit_to_pages(across.get(worksheet.name, 1), 0)
        worksheet.set_margins(*[MARGIN / _POINTS_AN_INCH] * 4)
        worksheet.set_footer("&C&A, page &P", {"margin": MARGIN / _POINTS_AN_INCH / 2})


def _measure(worksheet: Any, columns: Sequence[float], rows: Sequence[float]) -> None:
    for at, width in enumerate(columns):
        worksheet.set_column_pixels(at, at, round(width * _PIXELS_A_POINT))
    for at, height in enumerate(rows):
        worksheet.set_row(at, round(height, 1))


@contextmanager
def _quietly() -> Iterator[None]:
    """Pass over what the library warns of: old calls, a file left open, notes that we write."""
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, ResourceWarning):
            warnings.filterwarnings("ignore", category=kind)
        warnings.filterwarnings("ignore", message="No note text provided")
        yield


def _written(book: Book, out: io.BytesIO) -> Any:
    """The workbook before its widths and particulars are set."""
    from gptables import Cover, GPTable, gptheme, produce_workbook

    theme = deepcopy(gptheme)
    theme.update_data_format({"valign": "top"})
    theme.update_index_2_format({"valign": "top"})  # the links of the contents
    theme.update_cover_text_format({"valign": "top"})
    tables = {s.name: GPTable(**_table(s)) for s in book.sheets}
    cover = Cover(
        plain(book.title), [plain(s) for s in book.intro], [plain(s) for s in book.about],
        [plain(s) for s in book.contact] or None, cover_label=COVER,
    )  # fmt: skip
    return produce_workbook(
        out, tables, cover=cover, contentsheet_label=CONTENTS,
        contentsheet_options={"title": CONTENTS, "table_name": "contents"},
        theme=theme, auto_width=False, workbook_options=_OPTIONS,
    )  # fmt: skip


def _in_english(core: bytes) -> bytes:
    """Say the language, for which the library has no word."""
    end = b"</cp:coreProperties>"
    return core.replace(end, b"<dc:language>en-GB</dc:language>" + end)


def _table(sheet: Sheet) -> dict[str, Any]:
    """A sheet as the library is told of it."""
    rows = [[plain(c) if isinstance(c, str) else c for c in row] for row in sheet.rows]
    headings = [plain(h) for h in sheet.headings]
    return {
        "table": pd.DataFrame(rows, columns=headings, dtype=object), "index_columns": {},
        "table_name": re.sub(r"\W", "_", sheet.name.lower()), "title": plain(sheet.title),
        "instructions": plain(sheet.about),
    }  # fmt: skip


def plain(text: str) -> str:
    """Text that the library takes for nothing else, until it is put back.

    It makes links of `[words](address)`, notes of `$$words$$`, and refuses a cell without a
    letter or a digit.
    """
    told = _TAKEN.sub(lambda found: _MARK.join(found[0]), text)
    # after the first letter: a blank at either end is kept only while it is at the end
    return told if re.search("[a-zA-Z0-9]", told) else f"{told[:1]}{_MARK}{told[1:]}"


def _as_it_was(part: bytes) -> bytes:
    """A part of the file with every text as the book has it."""
    return part.replace(_MARK.encode(), b"")

"""A spreadsheet as XLSX, by gptables: the government's layout, with nothing run from data."""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

import pandas as pd

from kcc_lib.presentation.downloads.sheets import CONTENTS, COVER, Book, Sheet
from kcc_lib.publish.downloads.archive import steady

#: Text is text: never a formula, an address or a number.
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "in_memory": True,
}  # fmt: skip
_WIDEST = 50
_CORE = "docProps/core.xml"


def xlsx_of(book: Book) -> bytes:
    """A spreadsheet as the bytes of an XLSX file; the same book gives the same bytes."""
    out = io.BytesIO()
    with _quietly():
        made = _written(book, out)
    for sheet in book.sheets:
        worksheet = made.get_worksheet_by_name(sheet.name)
        for at, width in enumerate(widths(sheet)):
            worksheet.set_column(at, at, width)
    made.get_worksheet_by_name(CONTENTS).set_column(0, 1, _WIDEST)
    of = book.particulars
    made.set_properties(
        {
            "title": book.title, "author": of.publisher, "company": of.publisher,
            "subject": of.covers, "comments": of.sign_off, "status": of.state.capitalize(),
            "created": datetime.combine(of.as_of, time()),
        }
    )  # fmt: skip
    made.close()
    return steady(out.getvalue(), edit={_CORE: _in_english})


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
    from gptables import Cover, GPTable, produce_workbook

    tables = {s.name: GPTable(**_table(s)) for s in book.sheets}
    cover = Cover(
        plain(book.title), [plain(s) for s in book.intro], [plain(s) for s in book.about],
        [plain(s) for s in book.contact] or None, cover_label=COVER,
    )  # fmt: skip
    return produce_workbook(
        out, tables, cover=cover, contentsheet_label=CONTENTS,
        contentsheet_options={"title": CONTENTS, "table_name": "contents"},
        auto_width=False, workbook_options=_OPTIONS,
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
    """Text that the library takes for nothing else.

    It makes links of `[words](address)`, notes of `$$words$$`, and refuses a cell without a
    letter or a digit.
    """
    told = text.replace("](", "] (").replace("$$", "$ $")
    return told if re.search("[a-zA-Z0-9]", told) else f"{told} (as written)"


def widths(sheet: Sheet) -> Sequence[int]:
    """How wide each column is, in characters: its longest line, within reason."""
    columns = zip(sheet.headings, *sheet.rows, strict=True)
    return [min(_WIDEST, max(9, *(len(str(cell)) for cell in c)) + 2) for c in columns]

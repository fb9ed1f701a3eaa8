"""How wide columns and how high rows are, and the page that sheets are printed on.

Both formats are laid out by the same widths, so that neither cuts what the other shows. A program
that trusts the file, as LibreOffice does, finds no height by itself: lines of a cell without
one are printed over the next row.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from kcc_lib.presentation.downloads.sheets import CONTENTS, Book, Sheet
from kcc_lib.presentation.downloads.wrapping import width_of, wrap

#: The height of letters, in points: of a title, of a part of the cover, of all else.
SIZES = {"title": 16, "part": 14, "head": 12, "text": 12}
#: The cover's one column, in points: no wider than a page, upright or on its side.
COVER_WIDTH = 480.0
#: A4 on its side with these margins, in points.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 842.0, 595.0, 36.0
#: How far a sheet is made smaller to fit: to letters of some 7 points.
_SMALLEST = 0.6
_NARROWEST, _WIDEST = 50.0, 420.0
#: Where a table is wider than a page: the narrower it is, the larger it is printed.
_WIDEST_OF_MANY = 190.0
#: What a program leaves free at the sides of a cell, with some to spare.
_FREE = 8.0
_LINE = 1.28  # in letter heights, as Excel sets Arial
_HIGHEST = 409.0  # the highest row that Excel knows
_BOLD = {"title", "part", "head"}


class Line(NamedTuple):
    """A line of the cover: its text, and a key of SIZES."""

    text: str
    style: str


def cover_of(book: Book) -> list[Line]:
    """The cover in its order: the title, then each part under its heading."""
    parts = [("Introductory information", book.intro), ("About these data", book.about)]
    parts += [("Contact", book.contact)] if book.contact else []
    told = [Line(book.title, "title")]
    for heading, said in parts:
        told += [Line(heading, "part"), *(Line(text, "text") for text in said)]
    return told


def contents_of(book: Book) -> Sheet:
    """The contents, a row for each sheet."""
    rows = tuple((s.name, s.title) for s in book.sheets)
    heads = ("Sheet name", "Table description")
    return Sheet(CONTENTS, CONTENTS, "This worksheet contains one table.", heads, rows)


def widths(sheet: Sheet) -> list[float]:
    """How wide each column is, in points: its longest line, within reason."""
    found = [
        max(_length(heading, "head"), *(_length(str(c), "text") for c in cells))
        for heading, *cells in zip(sheet.headings, *sheet.rows, strict=True)
    ]
    together = sum(_within(w, _WIDEST) for w in found)
    widest = _WIDEST if together <= PAGE_WIDTH - 2 * MARGIN else _WIDEST_OF_MANY
    return [_within(w, widest) for w in found]


def pages_across(columns: Sequence[float]) -> int:
    """How many pages wide a sheet is printed: as few as leave its letters large enough to read."""
    return max(1, ceil(sum(columns) * _SMALLEST / (PAGE_WIDTH - 2 * MARGIN)))


def cover_heights(book: Book) -> list[float]:
    """How high each row of the cover is, in points."""
    return [_height([line.text], [COVER_WIDTH], line.style) for line in cover_of(book)]


def heights(sheet: Sheet, columns: Sequence[float]) -> list[float]:
    """How high each row of a sheet is, in points: title, line about it, headings, rows."""
    # title and line about the table run on over the columns beside them
    above = [SIZES["title"] * _LINE, SIZES["text"] * _LINE]
    rows = [_height([str(c) for c in row], columns, "text") for row in sheet.rows]
    return [*above, _height(sheet.headings, columns, "head"), *rows]


def _within(width: float, widest: float) -> float:
    return min(widest, max(_NARROWEST, width + _FREE))


def _length(text: str, style: str) -> float:
    return max(width_of(t, SIZES[style], bold=style in _BOLD) for t in text.splitlines() or [""])


def _height(cells: Sequence[str], columns: Sequence[float], style: str) -> float:
    """As high as the cell with the most lines, as far as a row can be."""
    lines = max(_lines(c, w - _FREE, style) for c, w in zip(cells, columns, strict=True))
    return min(_HIGHEST, lines * SIZES[style] * _LINE)


def _lines(text: str, width: float, style: str) -> int:
    """How many lines a text takes in a cell; a word that is too long is cut."""
    if _length(text, style) <= width and "\n" not in text:
        return 1
    bold, size = style in _BOLD, SIZES[style]
    parts = (wrap(t, size=size, width=width, bold=bold) for t in text.splitlines() or [""])
    return sum(max(1, len(part)) for part in parts)

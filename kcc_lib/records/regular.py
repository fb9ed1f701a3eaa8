"""Splitting a CSV file without oddities on its bytes, all at once.

What only `csv` can judge, row by row, is left to it: quotation marks out of place, line ends
of an old Macintosh, cells longer than it takes, a file of one column or without headings.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.records.splitting import Column, Ints, Table, first_of_each, stripped

_COMMA, _LF, _CR, _QUOTE = b',\n\r"'
_BOM: Final = b"\xef\xbb\xbf"
#: Cells are told apart eight bytes at a time; longer ones than this are cut out one by one.
_WORD, _LONG = 8, 64
_LOW_BYTES = np.asarray([(1 << (8 * kept)) - 1 for kept in range(_WORD + 1)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A file's bytes, and where its records and their cells end.

    `body` has eight bytes to spare at its end, so that a word can be read at any place;
    `data` is the same as an array.
    `marks` are the places of the commas and line ends that stand outside quotation marks,
    `last` each record's last one among them, and `width` how many it has: one for each cell.
    """

    body: bytes
    data: NDArray[np.uint8]
    marks: Ints
    last: Ints
    starts: Ints
    width: Ints

    @property
    def ends(self) -> Ints:
        """Where each record ends: at its line end."""
        return self.marks[self.last]

    def record(self, at: int) -> list[str]:
        """The cells of one record, as `csv` reads them."""
        text = self.body[self.starts[at] : self.marks[self.last[at]] + 1].decode()
        return next(csv.reader(io.StringIO(text, newline=""), strict=True))

    def spans(self, rows: Ints, column: int) -> tuple[Ints, Ints]:
        """Where the cells of one column begin and end, in records of one width."""
        back = int(self.width[rows[0]]) - 1 - column if len(rows) else 0
        at = self.last[rows] - back
        starts = self.marks[at - 1] + 1 if column else self.starts[rows]
        ends = self.marks[at]
        return starts, ends if back else ends - (self.data[ends - 1] == _CR)


def split_regular(raw: bytes) -> Table | None:
    """Cut a CSV file of UTF-8 text into cells, all at once.

    Returns
    -------
    Table
        What `split_text` gives of the same file; None where the file has an oddity.
    """
    body = raw.removeprefix(_BOM)
    if b"\r" in body and body.count(b"\r") != body.count(b"\r\n"):
        return None
    file = _find_records(b"".join((body, b"" if body.endswith(b"\n") else b"\n", bytes(_WORD))))
    if file is None or (file.ends - file.starts).max() >= csv.field_size_limit():
        return None
    first = file.record(0)
    if len(first) < 2 or not any(first):
        return None
    header = [cell.strip() for cell in first]
    rows = np.flatnonzero(file.width == len(header))[1:]
    rows = np.delete(rows, _all_empty(file, rows, len(header)))
    line = np.searchsorted(np.flatnonzero(file.data == _LF), file.starts) + 1
    odd = np.flatnonzero((file.width != len(header)) & (file.ends > file.starts))
    ragged = [(int(line[at]), row) for at in odd.tolist() if any(row := file.record(at))]
    columns = {
        name: stripped(*_distinct(file.body, *file.spans(rows, at)))
        for name, at in first_of_each(header).items()
    }
    return Table(header, columns, line[rows], ragged)


def _find_records(body: bytes) -> _Bytes | None:
    """Find where records and cells end; None where a quotation mark is out of place."""
    data = np.frombuffer(body, dtype=np.uint8)
    divides = (data == _COMMA) | (data == _LF)
    if b'"' in body:
        quote = data == _QUOTE
        if not _paired(data, np.flatnonzero(quote)):
            return None
        # inside after an odd number of them; the count may wrap, for 256 is even
        divides &= np.cumsum(quote, dtype=np.uint8) & 1 == 0
    marks = np.flatnonzero(divides)
    last = np.flatnonzero(data[marks] == _LF)
    starts = np.concatenate(([0], marks[last[:-1]] + 1))
    return _Bytes(body, data, marks, last, starts, np.diff(last, prepend=-1))


def _paired(data: NDArray[np.uint8], places: Ints) -> bool:
    """Whether every quotation mark opens a cell, closes one or stands double within one."""
    if len(places) % 2:
        return False
    opening, closing = places[0::2], places[1::2]
    double = opening[1:] == closing[:-1] + 1
    opens = np.isin(data[opening - 1], (_COMMA, _LF)) | (opening == 0)
    closes = np.isin(data[closing + 1], (_COMMA, _LF, _CR))
    opens[1:] |= double
    closes[:-1] |= double
    return bool(opens.all() and closes.all())


def _all_empty(file: _Bytes, rows: Ints, width: int) -> Ints:
    """Which of some whole records, by place, hold nothing but empty cells."""
    empty = np.arange(len(rows))
    for column in range(width):
        starts, ends = file.spans(rows[empty], column)
        length = ends - starts
        # a cell of two bytes that opens with a quotation mark closes with the other
        empty = empty[(length == 0) | ((length == 2) & (file.data[starts] == _QUOTE))]
    return empty


def _distinct(body: bytes, starts: Ints, ends: Ints) -> Column:
    """The distinct cells between starts and ends, read, and which stands at each of them.

    Notes
    -----
    Cells are compared as integers of eight bytes, the unused ones nought (no file with a
    nought byte is read), one word after the other: exact, and no text is made but once.
    """
    words = np.ndarray((len(body) - _WORD + 1,), "<u8", body, strides=(1,))
    length = ends - starts
    codes, count = _numbered(words[starts] & _LOW_BYTES[np.minimum(length, _WORD)])
    more = np.flatnonzero((length > _WORD) & (length <= _LONG))
    for read in range(_WORD, _LONG, _WORD):
        more = more[length[more] > read]
        if not len(more):
            break
        kept = np.minimum(length[more] - read, _WORD)
        next_codes, different = _numbered(words[starts[more] + read] & _LOW_BYTES[kept])
        longer, added = _numbered(codes[more] * different + next_codes)
        codes[more] = count + longer
        count += added
    rest = np.flatnonzero(length > _LONG)
    cut = [body[a:z] for a, z in _pairs(starts[rest], ends[rest])]
    codes[rest] = count + _numbered(np.asarray(cut, dtype=object))[0]
    codes, count = _numbered(codes)
    first = np.empty(count, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of several, the last one written stays
    quoted = body.find(b'"') >= 0
    cells = [body[a:z] for a, z in _pairs(starts[first], ends[first])]
    return [(_unquoted(cell) if quoted else cell).decode() for cell in cells], codes


def _pairs(starts: Ints, ends: Ints) -> Iterator[tuple[int, int]]:
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _numbered(values: NDArray[Any]) -> tuple[Ints, int]:
    """Number values in order of first appearance; and how many different ones there are."""
    codes, different = pd.factorize(values)
    return np.asarray(codes, dtype=np.int64), len(different)


def _unquoted(cell: bytes) -> bytes:
    return cell[1:-1].replace(b'""', b'"') if cell[:1] == b'"' else cell

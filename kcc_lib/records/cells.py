"""Reading cells: numbers, and words from a fixed list."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.lines import Lines

Word = TypeVar("Word", bound=StrEnum)


def read_numbers(lines: Lines, column: str) -> tuple[NDArray[np.float64], list[Fault]]:
    """Read one column of plain numbers; blank is NaN, anything else a fault.

    An absent column reads as all blank.
    """
    if column not in lines.cells:
        return np.full(len(lines.cells), np.nan), []
    texts, codes = lines.distinct(column)
    read = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(np.float64)
    unread = ~np.isfinite(read) & np.asarray([text != "" for text in texts], dtype=bool)
    numbers = np.where(unread, np.nan, read)[codes]
    faults = [
        lines.fault(int(row), column, *_why_not_a_number(texts[codes[row]]))
        for row in np.flatnonzero(unread[codes])
    ]
    return numbers, faults


_LEAVE_BLANK = "leave it blank and flag it x (not available), c or z"
#: What a cell looks like that is not a plain number: its fault, what to take out, what to add.
_SPELLINGS = (
    (r"[£$€]?[+-]?\d{1,3}(,\d{3})+(\.\d+)?%?", "has thousands commas", "[,£$€%]", ""),
    (r".*\d.*%", "has a % sign", "[% ]", "; the catalogue holds the unit"),
    (r"[£$€].*\d.*", "has a currency sign", "[£$€ ]", "; the catalogue holds the unit"),
    (r"[−–‒]\s*\d.*", "has a typographic minus", "[−–‒ ]", ""),
    (r"\d{1,3}([ \u00a0\u2009\u202f]\d{3})+(\.\d+)?", "has spaces for thousands", r"\s", ""),
)


def _why_not_a_number(text: str) -> tuple[str, str]:
    for pattern, problem, extra, unit in _SPELLINGS:
        if re.fullmatch(pattern, text):
            minus = "-" if "minus" in problem else ""
            return problem, f"write {minus}{re.sub(extra, '', text)}{unit}"
    if re.fullmatch(r"\d+,\d+", text):
        return "has a comma in a number", "use a point for decimals and no thousands commas"
    if re.fullmatch(r"[+-]?(inf|infinity|nan|[\d.]+e[+-]?\d+)", text.lower()):
        return "is not a number that can be published", "leave it blank and flag it x"
    return "is not a number", _LEAVE_BLANK


def read_words(
    lines: Lines, column: str, words: type[Word], *, what: str | None = None
) -> tuple[list[Word | None], list[Fault]]:
    """Read one column of words from an enum; blank is None, anything else a fault."""
    if column not in lines.cells:
        return [None] * len(lines.cells), []
    known: Sequence[str] = [str(w) for w in words]
    texts, codes = lines.distinct(column)
    read = [words(text) if text in known else None for text in texts]
    unknown = np.asarray([bool(text) and text not in known for text in texts], dtype=bool)
    problem = f"is not a {what or column.replace('_', ' ')}"
    faults = [
        lines.fault(int(row), column, problem, nearest(texts[codes[row]], known, shown=20))
        for row in np.flatnonzero(unknown[codes])
    ]
    return [read[code] for code in codes], faults


def require_filled(lines: Lines, columns: Sequence[str]) -> list[Fault]:
    """Report blank cells in columns that must be filled."""
    return [
        lines.fault(int(row), column, "is blank", "fill it in")
        for column in columns
        if column in lines.cells
        for row in np.flatnonzero((lines.cells[column] == "").to_numpy(bool))
    ]


def check_repeated(lines: Lines, column: str) -> list[Fault]:
    """A key that stands on two lines, both named."""
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for row, key in enumerate(lines.text(column)):
        if key in first:
            problem = f"is already on line {lines.line[first[key]]}"
            faults.append(lines.fault(row, column, problem, "keep one of the two"))
        first.setdefault(key, row)
    return faults

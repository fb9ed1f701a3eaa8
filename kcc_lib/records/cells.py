"""Reading cells: numbers, and words from a fixed list."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.lines import Lines
from kcc_lib.records.misprints import why_not_a_number

Word = TypeVar("Word", bound=StrEnum)


def read_numbers(lines: Lines, column: str) -> tuple[NDArray[np.float64], list[Fault]]:
    """Read one column of plain numbers; blank is NaN, anything else a fault.

    An absent column reads as all blank.
    """
    texts, codes = lines.distinct(column)
    numbers, faults = _distinct_numbers(lines, column, texts)
    return numbers[codes], faults


def read_distinct_numbers(lines: Lines, column: str) -> tuple[dict[str, float], list[Fault]]:
    """What each different text of a column of numbers means; NaN where blank or a fault."""
    texts = lines.distinct(column)[0]
    numbers, faults = _distinct_numbers(lines, column, texts)
    return dict(zip(texts, numbers.tolist(), strict=True)), faults


def _distinct_numbers(
    lines: Lines, column: str, texts: list[str]
) -> tuple[NDArray[np.float64], list[Fault]]:
    read = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(np.float64)
    finite = np.isfinite(read)
    unread = [texts[at] for at in np.flatnonzero(~finite).tolist() if texts[at]]
    said = {text: why_not_a_number(text, column) for text in unread}
    return np.where(finite, read, np.nan), lines.faulty_texts(column, said)


def read_words(
    lines: Lines, column: str, words: type[Word], *, what: str | None = None
) -> tuple[list[Word | None], list[Fault]]:
    """Read one column of words from an enum; blank is None, anything else a fault."""
    texts, codes = lines.distinct(column)
    meanings, faults = read_distinct_words(lines, column, words, what=what)
    read = [meanings[text] for text in texts]
    return [read[code] for code in codes.tolist()], faults


def read_distinct_words(
    lines: Lines, column: str, words: type[Word], *, what: str | None = None
) -> tuple[dict[str, Word | None], list[Fault]]:
    """What each different text of a column of words means; None where blank or a fault."""
    known: Sequence[str] = [str(w) for w in words]
    texts = lines.distinct(column)[0]
    problem = f"is not a {what or column.replace('_', ' ')}"
    said = {
        text: (problem, nearest(text, known, shown=20))
        for text in texts
        if text and text not in known
    }
    meanings = {text: words(text) if text in known else None for text in texts}
    return meanings, lines.faulty_texts(column, said)


def require_filled(lines: Lines, columns: Sequence[str]) -> list[Fault]:
    """Report blank cells in columns that must be filled."""
    said = {"": ("is blank", "fill it in")}
    present = (column for column in columns if column in lines.cells)
    return [fault for column in present for fault in lines.faulty_texts(column, said)]


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


def read_dates(lines: Lines, column: str) -> tuple[list[date | None], list[Fault]]:
    """Read one column of dates such as 2018-03-31; blank is None, anything else a fault.

    Each different text is read once, however many rows bear it.
    """
    texts, codes = lines.distinct(column)
    dates = [_date_of(text) for text in texts]
    remedy = "write it as 2018-03-31, or leave it blank"
    unread = [text for text, day in zip(texts, dates, strict=True) if text and day is None]
    faults = lines.faulty_texts(column, dict.fromkeys(unread, ("is not a date", remedy)))
    return [dates[code] for code in codes.tolist()], faults


def _date_of(text: str) -> date | None:
    """The day that a text names in full; None where it names none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # other ways of writing a day are refused: readers of the data are promised one
    return day if day.isoformat() == text else None


def split_parts(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, separated by ` | `."""
    return tuple(part for part in (p.strip() for p in text.split("|")) if part)

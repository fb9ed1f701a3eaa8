"""Splitting a CSV file into columns of distinct texts, with the file line of every row.

A file repeats few texts many times, and each is kept and read once. Any file can be split
here, row by row; one without oddities is split faster, to the same table, by `regular`.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
#: The distinct texts of a column in order of appearance, and which of them stands in each row.
Column = tuple[list[str], Ints]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file cut into cells.

    Parameters
    ----------
    header
        Stripped headings, as many as there are; None where no row holds anything.
    columns
        One for each different heading, in order; of equal headings the first is kept.
    line
        The file line, from 1, on which each row began.
    ragged
        Rows with more or fewer cells than headings, with their lines; not in `columns`.
    unread
        The line on which reading had to stop and why, where it did.

    Notes
    -----
    Rows of nothing but empty cells are left out.
    """

    header: list[str] | None
    columns: dict[str, Column]
    line: Ints
    ragged: list[tuple[int, list[str]]]
    unread: tuple[int, str] | None = None


def split_text(text: str) -> Table:
    """Cut a CSV file into cells, row by row."""
    header: list[str] | None = None
    cells: list[str] = []
    lines: list[int] = []
    ragged: list[tuple[int, list[str]]] = []
    unread = None
    begins = 1
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if header is None and any(row):
                header = [cell.strip() for cell in row]
            elif header is not None and any(row):
                if len(row) == len(header):
                    cells.extend(row)
                    lines.append(begins)
                else:
                    ragged.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        unread = (begins, str(error))
    names = header or []
    columns = {
        name: stripped(*_factorized(cells[at :: len(names)]))
        for name, at in first_of_each(names).items()
    }
    return Table(header, columns, np.asarray(lines, dtype=np.int64), ragged, unread)


def first_of_each(names: Sequence[str]) -> dict[str, int]:
    """Each different heading and the column it first stands over."""
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        found.setdefault(name, at)
    return found


def _factorized(cells: Sequence[str]) -> Column:
    codes, texts = pd.factorize(np.asarray(cells, dtype=object))
    return list(texts), np.asarray(codes, dtype=np.int64)


def stripped(texts: list[str], codes: Ints) -> Column:
    """Give the same column without the spaces round its texts, each again once."""
    bare = [text.strip() for text in texts]
    if len(set(bare)) == len(bare):
        return bare, codes
    merged, merged_codes = _factorized(bare)
    return merged, merged_codes[codes]

"""A table that can be downloaded: typed cells under described columns."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kcc_lib.presentation.downloads.columns import Column, columns_of

#: A number, a text, or None where a number is missing.
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows of one kind, as every format writes them."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def records(self) -> list[dict[str, Cell]]:
        """The rows as mappings."""
        names = [c.name for c in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def of(self, **said: Cell) -> "DataTable":
        """The rows that say so."""
        at = {n: next(i for i, c in enumerate(self.columns) if c.name == n) for n in said}
        rows = tuple(r for r in self.rows if all(r[at[n]] == v for n, v in said.items()))
        return DataTable(self.kind, self.columns, rows)

    def without(self, names: Iterable[str]) -> "DataTable":
        """The same without some of its columns."""
        left_out = set(names)
        kept = [i for i, c in enumerate(self.columns) if c.name not in left_out]
        rows = tuple(tuple(row[i] for i in kept) for row in self.rows)
        return DataTable(self.kind, tuple(self.columns[i] for i in kept), rows)


def table_of(kind: str, records: Iterable[Mapping[str, Any]]) -> DataTable:
    """A table of records that each have every column of the kind, and no other.

    Raises
    ------
    ValueError
        If a record says more or less than the columns describe.
    """
    columns = columns_of(kind)
    rows = []
    for record in records:
        if set(record) != {c.name for c in columns}:
            odd = sorted(set(record) ^ {c.name for c in columns})
            raise ValueError(f"{kind}: {', '.join(odd)} not in both the record and its columns")
        rows.append(tuple(plain(record[c.name], c) for c in columns))
    return DataTable(kind, columns, tuple(rows))


def table_of_frame(kind: str, frame: pd.DataFrame) -> DataTable:
    """A table of a frame whose columns are all described; they keep the frame's order."""
    columns = columns_of(kind, [str(c) for c in frame.columns])
    cells = frame.itertuples(index=False, name=None)
    rows = (tuple(plain(v, c) for v, c in zip(row, columns, strict=True)) for row in cells)
    return DataTable(kind, columns, tuple(rows))


def plain(value: Any, column: Column) -> Cell:
    """A value as every format writes it: 12 significant digits, None for a number missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None if column.number else ""
    if column.type == "number":
        return rounded(float(value))
    return int(value) if column.type == "integer" else str(value)


def rounded(value: float) -> float:
    """A number at the 12 significant digits that every file has."""
    return float(f"{value:.12g}")

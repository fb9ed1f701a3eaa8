"""Every column of every file that can be downloaded, described once.

`columns.csv` beside this module is the one source: the published schemas, the headings of the
spreadsheets and the tables in `docs` are all made from it.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kcc_lib import vocabulary
from kcc_lib.judgement.reconcile import Agreement
from kcc_lib.reasons import Basis

FILE = Path(__file__).with_name("columns.csv")
#: What a column holds, and what a JSON Schema calls it.
TYPES = {"text": "string", "number": "number", "integer": "integer", "date": "string"}
_NEVER = "never"
_ENUMS: dict[str, type[StrEnum]] = {"Agreement": Agreement, "Basis": Basis}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one kind of table.

    Parameters
    ----------
    type
        A key of TYPES.
    unit
        "measure's" where it is the unit of the row's measure.
    words
        The words that a text may be, all it may be where empty.
    heading
        What a spreadsheet calls it.
    blank
        When a cell is blank; "never" where it is filled in every row.
    """

    table: str
    name: str
    type: str
    unit: str
    words: tuple[str, ...]
    heading: str
    meaning: str
    blank: str

    @property
    def number(self) -> bool:
        """Whether it holds numbers."""
        return self.type in {"number", "integer"}

    @property
    def always(self) -> bool:
        """Whether it is filled in every row."""
        return self.blank == _NEVER

    @property
    def description(self) -> str:
        """What it means, in which unit, and when it is blank, in sentences."""
        return self.told("Blank")

    def told(self, gap: str) -> str:
        """The same for a table that has something else where a cell would be blank.

        Parameters
        ----------
        gap
            What stands there.
        """
        unit = "in the measure's unit" if self.unit == "measure's" else self.unit
        said = f"{self.meaning}, {unit}" if unit else self.meaning
        first = "" if self.meaning.startswith("`") else said[:1].upper()
        told = f"{first}{said[len(first) :]}."
        return told if self.always else f"{told} {gap}: {self.blank}."


@cache
def all_columns() -> dict[str, tuple[Column, ...]]:
    """The columns of every kind of table, in order, by the name of the kind."""
    found: dict[str, list[Column]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            heading = row["heading"] or row["column"].replace("_", " ").capitalize()
            column = Column(
                row["table"], row["column"], row["type"], row["unit"], _words(row["words"]),
                heading, row["meaning"], row["blank"],
            )  # fmt: skip
            found.setdefault(column.table, []).append(column)
    return {kind: tuple(columns) for kind, columns in found.items()}


def columns_of(kind: str, names: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns of one kind of table; of some of them, in the order named.

    Raises
    ------
    KeyError
        If the kind or a column is not described: nothing undescribed is published.
    """
    described = {c.name: c for c in all_columns()[kind]}
    return tuple(described[name] for name in names or described)


def _words(told: str) -> tuple[str, ...]:
    """The words of an enum of the vocabulary, or those listed."""
    if not told:
        return ()
    enum = _ENUMS.get(told) or getattr(vocabulary, told, None)
    return tuple(str(word) for word in enum) if enum else tuple(told.split("|"))

"""Opening a CSV file: encoding, shape and headings, with the line of every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.regular import split_regular
from kcc_lib.records.splitting import Column, Ints, Table, split_text

#: Rows by place, or a mask with one truth for each.
Rows = Sequence[int] | Ints | NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Contract:
    """The columns a file may have."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, required first."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Lines:
    """A CSV file as text cells, and the file line each row began on.

    Cells are categorical: a file repeats few texts many times, and each is read once.
    """

    file: str
    cells: pd.DataFrame
    line: Ints

    def text(self, column: str) -> list[str]:
        """One column's cells as plain text; all blank where the column is absent."""
        texts, codes = self.distinct(column)
        return [texts[code] for code in codes.tolist()]

    def column(self, column: str) -> pd.Categorical:
        """One column's cells; all blank where the column is absent."""
        if column not in self.cells:
            return self.filled("")
        found = self.cells[column].array
        return found if isinstance(found, pd.Categorical) else pd.Categorical(found)

    def filled(self, text: str) -> pd.Categorical:
        """A column with one text in every row."""
        return categories([text], np.zeros(len(self.line), dtype=np.int64))

    def distinct(self, column: str) -> Column:
        """One column's different texts, and which of them stands in each row."""
        found = self.column(column)
        return found.categories.tolist(), np.asarray(found.codes, dtype=np.int64)

    def pairs(self, first: str, second: str) -> tuple[list[tuple[str, str]], Ints]:
        """The different pairs of texts in two columns, in order of appearance, and their rows."""
        left, left_codes = self.distinct(first)
        right, right_codes = self.distinct(second)
        codes, combined = pd.factorize(left_codes * len(right) + right_codes)
        found = [(left[c // len(right)], right[c % len(right)]) for c in combined.tolist()]
        return found, np.asarray(codes, dtype=np.int64)

    def fault(self, row: int, column: str, problem: str, remedy: str) -> Fault:
        """A fault at one cell, quoting what stands there."""
        return self.faults([row], column, problem, remedy)[0]

    def faults(
        self, rows: Rows, column: str, problem: str | list[str], remedy: str | list[str]
    ) -> list[Fault]:
        """A fault at each of some rows of a column, given as places or as a mask.

        `problem` and `remedy` are one text for all, or one for each of these rows.
        """
        rows = np.asarray(rows)
        places = (np.flatnonzero(rows) if rows.dtype == bool else rows).tolist()
        texts, codes = self.distinct(column) if places else ([], np.empty(0, dtype=np.int64))
        problems = [problem] * len(places) if isinstance(problem, str) else problem
        remedies = [remedy] * len(places) if isinstance(remedy, str) else remedy
        return [
            Fault(self.file, int(self.line[row]), column, texts[codes[row]], said, advice)
            for row, said, advice in zip(places, problems, remedies, strict=True)
        ]

    def faulty_texts(self, column: str, said: Mapping[str, tuple[str, str]]) -> list[Fault]:
        """A fault wherever one of some texts stands in a column: {text: (problem, remedy)}."""
        if not said:
            return []
        texts, codes = self.distinct(column)
        faulty = np.asarray([text in said for text in texts], dtype=bool)[codes]
        return [
            Fault(
                self.file, int(self.line[row]), column, texts[codes[row]], *said[texts[codes[row]]]
            )
            for row in np.flatnonzero(faulty).tolist()
        ]


_SAVE_AS = "save it as CSV UTF-8 (comma delimited)"


def read_lines(
    path: Path, shown: str, *, rows_needed: bool = True
) -> tuple[Lines | None, list[Fault]]:
    """Open one CSV file; one that has nothing to say may have no row where none is needed.

    Returns
    -------
    (lines, faults)
        `lines` is None when nothing of the file can be used. Cells are stripped text;
        rows with too many or too few cells are faults and are left out, and of two columns
        with one heading the first is read.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [_whole(shown, f"cannot be opened ({error.strerror})", "check the path")]
    text, fault = _decode(raw, shown)
    if text is None:
        return None, [fault] if fault else []
    return _assemble(split_regular(raw) or split_text(text), shown, rows_needed=rows_needed)


def _decode(raw: bytes, shown: str) -> tuple[str | None, Fault | None]:
    start = raw[:1024].lstrip() or raw.lstrip()
    if not start:
        return None, _whole(shown, "is empty", "give it a header row and rows of data")
    if raw[:4] == b"PK\x03\x04":
        return None, _whole(shown, "is a spreadsheet or zip file, not CSV", _SAVE_AS)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, _whole(shown, "is encoded as UTF-16", _SAVE_AS)
    if b"\x00" in raw or raw[:5] == b"%PDF-" or start[:1] in (b"<", b"{"):
        return None, _whole(shown, "is not a CSV file", _SAVE_AS)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{raw[error.start]:02x}"
        return None, Fault(shown, line, "", byte, "is not UTF-8", _SAVE_AS)


def _assemble(table: Table, shown: str, *, rows_needed: bool) -> tuple[Lines | None, list[Fault]]:
    faults = []
    if table.unread:
        line, why = table.unread
        faults.append(Fault(shown, line, "", "", f"cannot be read as CSV ({why})", _SAVE_AS))
    header = table.header
    if header is None:
        return None, faults or [_whole(shown, "is empty", "give it a header row and rows of data")]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return None, [Fault(shown, 1, "", header[0][:60], "is not separated by commas", _SAVE_AS)]
    faults += [
        Fault(shown, 1, name, name, "stands twice in the header", "keep one")
        for name in sorted({h for h in header if header.count(h) > 1})
    ]
    for line, row in table.ragged:
        problem = f"has {len(row)} cells where the header has {len(header)}"
        remedy = "quote text that holds commas, and fill every column"
        faults.append(Fault(shown, line, "", ",".join(row)[:60], problem, remedy))
    if rows_needed and not len(table.line) and not table.ragged:
        faults.append(_whole(shown, "has a header but no rows", "add rows of data"))
    cells = pd.DataFrame({name: categories(*column) for name, column in table.columns.items()})
    return Lines(shown, cells, table.line), faults


def categories(texts: Sequence[str], codes: Ints) -> pd.Categorical:
    """Texts that stand in rows by their codes, as categories."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(texts), dtype="str"))


def check_columns(lines: Lines, contract: Contract) -> tuple[Lines, list[Fault]]:
    """Report unknown, misspelt and missing columns.

    A heading that is plainly a misspelling is reported once and read as what was meant, so
    that the rest of the file can still be checked.
    """
    faults: list[Fault] = []
    present = list(lines.cells.columns)
    renamed: dict[str, str] = {}
    for name in present:
        if name in contract.columns:
            continue
        taken = {*present, *renamed.values()}
        meant = _meant(name, [c for c in contract.columns if c not in taken])
        if meant:
            renamed[name] = meant
            problem, remedy = "is not a column of this file", f"rename it {meant}"
        else:
            problem = "is not a column of this file"
            remedy = f"remove it; {nearest(name, contract.columns, shown=20)}"
        faults.append(Fault(lines.file, 1, name, name, problem, remedy))
    for name in contract.required:
        if name not in present and name not in renamed.values():
            problem = f"the column {name} is missing"
            faults.append(Fault(lines.file, 1, name, "", problem, "add it to the header and rows"))
    return Lines(lines.file, lines.cells.rename(columns=renamed), lines.line), faults


def open_file(
    raw: Path, name: str, contract: Contract, shown: str, *, rows_needed: bool = True
) -> tuple[Lines | None, list[Fault]]:
    """Read one file of `data/raw` and check its columns."""
    lines, faults = read_lines(raw / name, shown, rows_needed=rows_needed)
    if lines is None:
        return None, faults
    lines, more = check_columns(lines, contract)
    missing = [c for c in contract.required if c not in lines.cells]
    return (None if missing else lines), faults + more


def _meant(name: str, free: Sequence[str]) -> str | None:
    """The one contract column that a heading misspells, if there is one."""
    plain = name.lower().replace(" ", "_").replace("-", "_")
    hint = nearest(plain, free)
    return hint.split("'")[1] if hint.startswith("did you mean") else None


def _whole(shown: str, problem: str, remedy: str) -> Fault:
    return Fault(shown, 0, "", "", problem, remedy)

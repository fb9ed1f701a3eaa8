"""Opening a CSV file: encoding, shape and headings, with the line of every row."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault, nearest


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
    line: NDArray[np.int64]

    def text(self, column: str) -> list[str]:
        """One column's cells as plain text; all blank where the column is absent."""
        if column not in self.cells:
            return [""] * len(self.cells)
        texts, codes = self.distinct(column)
        return [texts[code] for code in codes]

    def distinct(self, column: str) -> tuple[list[str], NDArray[np.int64]]:
        """One column's different texts, and which of them stands in each row."""
        if column not in self.cells:
            return [""], np.zeros(len(self.cells), dtype=np.int64)
        cat = self.cells[column].cat
        return [str(text) for text in cat.categories], np.asarray(cat.codes, dtype=np.int64)

    def pairs(self, first: str, second: str) -> tuple[list[tuple[str, str]], NDArray[np.int64]]:
        """The different pairs of texts in two columns, in order of appearance, and their rows."""
        left, left_codes = self.distinct(first)
        right, right_codes = self.distinct(second)
        codes, combined = pd.factorize(left_codes * len(right) + right_codes)
        found = [(left[c // len(right)], right[c % len(right)]) for c in combined]
        return found, np.asarray(codes, dtype=np.int64)

    def fault(self, row: int, column: str, problem: str, remedy: str) -> Fault:
        """A fault at one cell, quoting what stands there."""
        found = str(self.cells[column].iloc[row]) if column in self.cells else ""
        return Fault(self.file, int(self.line[row]), column, found, problem, remedy)


_SAVE_AS = "save it as CSV UTF-8 (comma delimited)"


def read_lines(path: Path, shown: str) -> tuple[Lines | None, list[Fault]]:
    """Open one CSV file.

    Returns
    -------
    (lines, faults)
        `lines` is None when nothing of the file can be used. Cells are stripped text;
        rows with too many or too few cells are faults and are left out.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [_whole(shown, f"cannot be opened ({error.strerror})", "check the path")]
    text, fault = _decode(raw, shown)
    if text is None:
        return None, [fault] if fault else []
    return _split(text, shown)


def _decode(raw: bytes, shown: str) -> tuple[str | None, Fault | None]:
    if not raw.strip():
        return None, _whole(shown, "is empty", "give it a header row and rows of data")
    if raw[:4] == b"PK\x03\x04":
        return None, _whole(shown, "is a spreadsheet or zip file, not CSV", _SAVE_AS)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, _whole(shown, "is encoded as UTF-16", _SAVE_AS)
    if b"\x00" in raw or raw[:5] == b"%PDF-" or raw.lstrip()[:1] in (b"<", b"{"):
        return None, _whole(shown, "is not a CSV file", _SAVE_AS)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{raw[error.start]:02x}"
        return None, Fault(shown, line, "", byte, "is not UTF-8", _SAVE_AS)


def _split(text: str, shown: str) -> tuple[Lines | None, list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    header: list[str] | None = None
    begins = 1
    try:
        for row in reader:
            if header is None and any(row):
                header = [cell.strip() for cell in row]
            elif row and (row[0] or any(row)):
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(shown, begins, "", "", f"cannot be read as CSV ({error})", _SAVE_AS))
    if header is None:
        return None, faults or [_whole(shown, "is empty", "give it a header row and rows of data")]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return None, [Fault(shown, 1, "", header[0][:60], "is not separated by commas", _SAVE_AS)]
    return _assemble(header, rows, lines, shown, faults)


def _assemble(
    header: list[str], rows: list[list[str]], lines: list[int], shown: str, faults: list[Fault]
) -> tuple[Lines | None, list[Fault]]:
    width = len(header)
    faults += [
        Fault(shown, 1, name, name, "stands twice in the header", "keep one")
        for name in sorted({h for h in header if header.count(h) > 1})
    ]
    good = [i for i, row in enumerate(rows) if len(row) == width]
    if len(good) < len(rows):
        for i, row in enumerate(rows):
            if len(row) != width:
                problem = f"has {len(row)} cells where the header has {width}"
                remedy = "quote text that holds commas, and fill every column"
                faults.append(Fault(shown, lines[i], "", ",".join(row)[:60], problem, remedy))
    if not rows:
        faults.append(_whole(shown, "has a header but no rows", "add rows of data"))
    if len(set(header)) < width:
        return None, faults
    columns = list(zip(*(rows[i] for i in good), strict=True)) or [()] * width
    cells = pd.DataFrame(
        {name: _categories(column) for name, column in zip(header, columns, strict=True)}
    )
    return Lines(shown, cells, np.asarray([lines[i] for i in good], dtype=np.int64)), faults


def _categories(column: Sequence[str]) -> pd.Categorical:
    """Stripped texts as categories, each text once."""
    codes, texts = pd.factorize(np.asarray(column, dtype=object))
    stripped = [text.strip() for text in texts]
    if len(set(stripped)) < len(stripped):
        merged, stripped_texts = pd.factorize(np.asarray(stripped, dtype=object))
        codes, stripped = merged[codes], list(stripped_texts)
    return pd.Categorical.from_codes(codes, categories=pd.Index(stripped, dtype="str"))


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
    raw: Path, name: str, contract: Contract, shown: str
) -> tuple[Lines | None, list[Fault]]:
    """Read one file of `data/raw` and check its columns."""
    lines, faults = read_lines(raw / name, shown)
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

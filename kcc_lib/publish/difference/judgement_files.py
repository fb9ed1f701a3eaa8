"""A file of judgements read back, with everything that is wrong with it said at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.presentation.downloads.columns import Column
from kcc_lib.presentation.downloads.text import undefused
from kcc_lib.publish.difference.builds import Cells, Subject, Word
from kcc_lib.publish.difference.forms import Form, form_of, subject_of
from kcc_lib.publish.difference.json_entries import in_entry, read_entries
from kcc_lib.records.cells import require_filled
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines

#: What to do about a file that cannot be used.
AGAIN = "name a file such as outputs/annual-2019/data/judgements.csv, or write it again"
_MEND = "mend it, or write the file again"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgementFile:
    """A file of judgements.

    Parameters
    ----------
    columns
        Those it has, in order.
    rows
        Its rows as text, by what tells them apart; numbers at 12 significant digits.
    """

    path: Path
    form: Form
    columns: tuple[str, ...]
    rows: Mapping[Key, Cells]

    @property
    def subjects(self) -> dict[str, Subject]:
        """What is judged, by code and area."""
        return {who(key): subject_of(self.form, row) for key, row in self.rows.items()}

    @property
    def words(self) -> dict[tuple[str, str], Word]:
        """Every word given, by what it is given to and over which horizon."""
        return {
            (who(key), name): word
            for key, row in self.rows.items()
            for name, word in self.form.words(row)
        }

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods by which it judges."""
        return tuple(dict.fromkeys(m for r in self.rows.values() if (m := r["method"])))


def who(key: Key) -> str:
    """What a row judges, as one key: code and area."""
    return "\n".join(key[:2])


def read_judgements(path: Path) -> JudgementFile:
    """A file of judgements, as CSV or JSON.

    Raises
    ------
    DataError
        With everything that keeps it from being one.
    """
    entries = path.suffix.lower() == ".json"
    lines, faults = read_entries(path) if entries else read_lines(path, str(path))
    form = None if lines is None else form_of(lines.cells.columns)
    if lines is None:
        raise DataError(faults)
    if form is None:
        raise DataError([*faults, Fault(str(path), 0, "", "", "holds no judgements", AGAIN)])
    lines, headings = check_columns(lines, _contract(form))
    faults += [_unwritten(fault, entries=entries) for fault in headings]
    cells = _check_cells(lines, form)
    faults += [in_entry(fault) for fault in cells] if entries else cells
    if faults:
        raise DataError(dict.fromkeys(faults))
    names = {c.name: c for c in form.columns if c.name in lines.cells}
    told = [[_plain(text, c) for text in lines.text(name)] for name, c in names.items()]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*told, strict=True)]
    return JudgementFile(path, form, tuple(names), {_key(form, row): row for row in rows})


def _contract(form: Form) -> Contract:
    rest = tuple(c.name for c in form.columns if c.name not in form.needed)
    return Contract(form.holds, form.needed, rest)


def _unwritten(fault: Fault, *, entries: bool) -> Fault:
    """A fault of a heading: nobody can add by hand what is worked out."""
    again = replace(fault, remedy="write the file again") if not fault.found else fault
    return replace(again, line=0) if entries else again


def _key(form: Form, row: Cells) -> Key:
    return tuple(row[name] for name in form.key)


def _plain(text: str, column: Column) -> str:
    """A cell in one way of writing it, however a file does."""
    return f"{float(text):.12g}" if column.number and text else undefused(text)


def _check_cells(lines: Lines, form: Form) -> list[Fault]:
    """Words that are known, numbers that are numbers, nothing blank that must be filled."""
    held = [c for c in form.columns if c.name in lines.cells]
    faults = require_filled(lines, [c.name for c in held if c.always])
    for column in held:
        texts = [text for text in lines.distinct(column.name)[0] if text]
        said: dict[str, tuple[str, str]] = {}
        if column.number:
            said = {t: ("is no number", _MEND) for t in texts if not _is_number(t)}
        elif column.words:
            known = list(column.words)
            odd = [text for text in texts if text not in known]
            said = {t: ("is no word of this column", nearest(t, known, shown=20)) for t in odd}
        faults += lines.faulty_texts(column.name, said)
    return faults + _check_repeated(lines, form)


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _check_repeated(lines: Lines, form: Form) -> list[Fault]:
    if not all(name in lines.cells for name in form.key):
        return []
    first: dict[Key, int] = {}
    faults = []
    for row, key in enumerate(zip(*(lines.text(name) for name in form.key), strict=True)):
        if (at := first.setdefault(key, row)) != row:
            same = " and ".join(form.key[1:])
            problem = f"stands on line {lines.line[at]} too, with the same {same}"
            faults.append(lines.fault(row, form.key[0], problem, "keep one of the two"))
    return faults

"""The files of a build, read so that everything that is wrong with them is said at once."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kcc_lib.errors import DataError, Fault

Held = TypeVar("Held")
#: What to do about a folder or a file that cannot be used.
AGAIN = "name the folder of one built edition, such as outputs/annual-2019, or build it again"


def is_by_area(folder: Path) -> bool:
    """Whether a folder looks like a build by area: pages of areas, and no contents of its own."""
    return (
        (folder / "run.json").is_file()
        and not (folder / "data" / "contents.json").exists()
        and next(folder.glob("*/data/measures"), None) is not None
    )


def read_two(read: Callable[[Path], Held], old: Path, new: Path) -> tuple[Held, Held]:
    """Two of a kind, with the faults of both told at once.

    Raises
    ------
    DataError
        With everything that keeps either from being read.
    """
    found: list[Held] = []
    faults: list[Fault] = []
    for path in (old, new):
        try:
            found.append(read(path))
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(dict.fromkeys(faults))
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the files of one folder and keeps every fault."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, problem: str, remedy: str = AGAIN) -> None:
        """Keep what is wrong with one file."""
        self.faults.append(Fault(str(self.folder / name), 0, "", "", problem, remedy))

    def told(self, name: str, keys: Sequence[str], *, needed: bool = True) -> dict[str, Any]:
        """A JSON object that has some keys; empty where it cannot be had."""
        text = self._text(name, needed)
        if text is None:
            return {}
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self.fault(name, "cannot be read: it is no JSON object")
            return {}
        self._complete(name, keys, found)
        return found

    def rows(
        self, name: str, columns: Sequence[str], *, needed: bool = True
    ) -> list[dict[str, str]]:
        """The rows of a CSV file that has some columns; none where it cannot be had."""
        text = self._text(name, needed)
        if text is None:
            return []
        lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        try:
            found = [{k: v or "" for k, v in row.items() if k is not None} for row in lines]
        except csv.Error:
            self.fault(name, "cannot be read: it is no CSV file")
            return []
        self._complete(name, columns, dict.fromkeys(lines.fieldnames or ()))
        return found if set(columns) <= set(lines.fieldnames or ()) else []

    def entries(self, name: str, told: object, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Each object of a list that has all of some keys; what has not is a fault."""
        for n, entry in enumerate(told if isinstance(told, list) else [], start=1):
            held = entry if isinstance(entry, dict) else {}
            if all(key in held for key in keys):
                yield held
            else:
                self._complete(name, keys, held, what=f"its entry {n}")

    def numbers(self, name: str, column: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Keep as a fault whatever stands in a column of numbers and is none; blanks may."""
        for line, row in enumerate(rows, start=2):
            try:
                float(row[column] or 0)
            except ValueError:
                place = str(self.folder / name)
                self.faults.append(
                    Fault(place, line, column, row[column], "is no number", "build it again")
                )

    def _complete(
        self, name: str, keys: Sequence[str], held: Mapping[str, Any], *, what: str = "it"
    ) -> None:
        if lacking := [key for key in keys if key not in held]:
            self.fault(name, f"is not of this program's making: {what} lacks {', '.join(lacking)}")

    def _text(self, name: str, needed: bool) -> str | None:
        try:
            return (self.folder / name).read_text("utf-8")
        except FileNotFoundError:
            if needed:
                self.fault(name, "is not there")
        except (OSError, UnicodeDecodeError):
            self.fault(name, "cannot be read")
        return None

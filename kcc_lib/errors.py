"""What can go wrong, by name.

KccError                 everything this package raises on purpose
├── DataError            files that cannot be used; carries every fault found
├── UnknownNameError     an edition, measure, method, area or section that does not exist
├── ParameterError       a notebook parameter that is unknown or of the wrong type
├── FrozenError          a signed edition that is no longer what was signed
├── OutputError          an output folder in which nothing can be written, or no build may stand
├── IncompleteError      a quarterly edition of which figures are missing or late
├── NarrativeError       prose with an unbound figure or a broken binding; a DataError
└── PublishError         a section that ran but must not be published

Exit codes of the command line: DataError, UnknownNameError, ParameterError, FrozenError and
IncompleteError and OutputError are refused (2); PublishError is a build in which something
failed (1); a stop is 130.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one cell, row or file; faults sort by where they are.

    Parameters
    ----------
    file, line, column
        Where: the path as given, the line counted from 1 (0 for the whole file),
        the column's heading ("" for the whole line).
    found
        What stood there.
    problem, remedy
        What is wrong with it, and what to do.
    """

    file: str
    line: int
    column: str
    found: str
    problem: str
    remedy: str

    def __lt__(self, other: "Fault") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[object, ...]:
        # column 9 stands before column 10
        numbered = [(words, int(n or 0)) for words, n in re.findall(r"(\D*)(\d*)", self.column)]
        return self.file, self.line, numbered, self.found, self.problem, self.remedy

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", {self.column}"
        found = f"{self.found!r} " if self.found else ""
        return f"{place}: {found}{self.problem}; {self.remedy}"


class KccError(Exception):
    """Everything this package raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """In a notebook, what is wrong and nothing else: the fault is not in the code."""
        return [f"{type(self).__name__}: {self}", *getattr(self, "__notes__", ())]


class DataError(KccError):
    """Files that cannot be used. `faults` holds every fault, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        super().__init__(self._said())

    def _said(self, then: str = "") -> str:
        count = len(self.faults)
        head = f"{count} fault{'' if count == 1 else 's'} found{then}"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])

    @property
    def refusal(self) -> str:
        """What a command says, which would have written something: an analyst's load would not."""
        return self._said("; nothing was written")


class NarrativeError(DataError):
    """Prose with an unbound figure or a binding that does not resolve."""


class InfiniteValueError(KccError, ValueError):
    """A value without end, which no rule can judge."""


class UnknownNameError(KccError):
    """A name that does not exist, with the nearest that does."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"no {what} {name!r}; {nearest(name, known)}")


class ParameterError(KccError):
    """A notebook parameter that is unknown or of the wrong type."""


class FrozenError(KccError):
    """A signed edition that is no longer what was signed."""


class OutputError(KccError):
    """An output folder in which nothing can be written, or an edition's place no build may take."""


class IncompleteError(KccError):
    """A quarterly edition that lacks figures; `missing` holds every one, as a line each."""

    def __init__(self, head: str, missing: Iterable[object], remedy: str) -> None:
        self.missing = tuple(missing)
        lines = [f"  {one}" for one in self.missing]
        super().__init__("\n".join([f"{head}; nothing was built", *lines, f"  {remedy}"]))


class PublishError(KccError):
    """A section that ran but must not be published."""


def together(faults: Iterable[str]) -> KccError:
    """One error of several faults, a line each; what is said twice is said once."""
    return KccError("\n  ".join(dict.fromkeys(faults)))


def refusal_words(error: KccError) -> str:
    """What a command says of an error that ends it."""
    return error.refusal if isinstance(error, DataError) else str(error)


def exit_code(error: BaseException) -> int:
    """What the command line ends with where something was raised."""
    if isinstance(error, KeyboardInterrupt):
        return 130
    return 2 if isinstance(error, KccError) and not isinstance(error, PublishError) else 1


def storage_words(error: OSError) -> str:
    """A fault of the disk or of a folder in one line."""
    why = error.strerror or type(error).__name__
    if error.args and isinstance(error.args[0], list):  # a folder was copied: (from, to, why) each
        why = str(error.args[0][0][2])
    where = f": {error.filename}" if error.filename else ""
    return f"{why}{where}"


def nearest(name: str, known: Sequence[str], *, shown: int = 12) -> str:
    """Say which known name was probably meant, or list what is known."""
    close = difflib.get_close_matches(name.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if close:
        meant = next(k for k in known if k.lower() == close[0])
        return f"did you mean {meant!r}?"
    listed = ", ".join(known[:shown])
    return f"known: {listed}{', …' if len(known) > shown else ''}"

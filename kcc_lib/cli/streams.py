"""What a command writes to, whatever it is connected to: nothing said there may end a run."""

import os
import sys
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, TextIO

#: Letters that only an encoding of all letters has.
_ANY = "\u2212\U0001f600"


class _Unheard(FileIO):
    """What cannot be written is lost: a full disk or a closed window is no reason to stop."""

    def write(self, content: Any) -> int:
        with suppress(OSError):
            written = super().write(content)
            if written is not None:  # None from one that would have to be waited for
                return written
        return memoryview(content).nbytes


def ready_streams() -> None:
    """Make stdout and stderr take whatever is written to them."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            widen(stream)
    sys.stdout = sys.stdout or _nowhere(1)
    if isinstance(sys.stderr, TextIOWrapper):
        encoding, errors = sys.stderr.encoding, sys.stderr.errors
        # below the letters: click sets letters of its own upon what takes none but ASCII
        bytes_ = BufferedWriter(_Unheard(sys.stderr.fileno(), "w", closefd=False))
        sys.stderr = TextIOWrapper(bytes_, encoding, errors, line_buffering=True)
    sys.stderr = sys.stderr or _nowhere(2)


def widen(stream: TextIOWrapper) -> None:
    r"""Let a stream of a narrow encoding, as Windows gives to a file, take every letter.

    A file or a pipe gets UTF-8, as all that we write does: a figure whose minus became a "?"
    would be another figure, and what is redirected is mostly read again. A terminal shows only
    its own letters, and who names an encoding (PYTHONIOENCODING) reads by it: there what it
    lacks is written as its number, \u2212, as Python does on stderr.
    """
    try:
        _ANY.encode(stream.encoding)
    except UnicodeEncodeError:
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            strict = stream.errors in {"strict", "surrogateescape"}
            stream.reconfigure(errors="backslashreplace" if strict else stream.errors)
        else:
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def leave_stdout() -> None:
    """Nobody takes what is on stdout: what it holds, and what is to come, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # one that is no file holds nothing back
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _open_closed() -> None:
    """Where stdin, stdout or stderr is closed, nothing else may be opened in its place.

    A data file would be, and what a library says on stderr would be written into it.
    """
    opened = os.open(os.devnull, os.O_RDWR)
    while opened <= 2:
        os.set_inheritable(opened, True)
        opened = os.open(os.devnull, os.O_RDWR)
    os.close(opened)


def _nowhere(number: int) -> TextIO:
    """Python has no stream where its file was closed; what was opened there goes nowhere."""
    return os.fdopen(number, "w", encoding="utf-8", closefd=False)

"""The processes that a process started: none outlives the one that it works for."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

_END_SIGNAL, _ADOPT = 1, 36


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started.

    Parameters
    ----------
    pid
        The process; Linux tells of its children, and elsewhere none are found.
    """
    found: list[int] = []
    for told in Path("/proc", str(pid), "task").glob("*/children"):
        with suppress(OSError):  # it ended while we looked
            for child in map(int, told.read_text("ascii").split()):
                found += [child, *descendants(child)]
    return found


def end_descendants(pid: int) -> None:
    """Stop everything that a process started, at once."""
    for _ in range(2):  # one that ended while we looked may have left another
        for child in descendants(pid):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)


def end_with_parent() -> None:
    """Let the program that is about to start end with us, however we end (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_SIGNAL, signal.SIGKILL)


def adopt_orphans() -> None:
    """Let what our children leave running become ours, so that it is found (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1)


def end_here(code: int, *, flush: bool = True) -> NoReturn:
    """End this process now, with all that it started.

    A thread or a program that was begun and never ended would keep it for ever. Nothing is lost
    by not asking them: what is temporary lies in a folder that goes with the build.

    Parameters
    ----------
    flush
        Whether what was printed is written first; not where another thread may be at it.
    """
    end_descendants(os.getpid())
    for stream in (sys.stdout, sys.stderr) if flush else ():
        with suppress(AttributeError, OSError, ValueError):  # there is none, or nobody hears it
            stream.flush()
    os._exit(code)

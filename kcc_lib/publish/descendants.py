"""The processes that a process started: none outlives the one that it works for."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_END_SIGNAL = 1


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
    for child in descendants(pid):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(child, signal.SIGKILL)


def end_with_parent() -> None:
    """Let the program that is about to start end with us, however we end (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_SIGNAL, signal.SIGKILL)

"""The log of runs: one line of JSON for each thing that happened, appended to a file.

Times in UTC stand here and nowhere else: nothing that is published reads the clock. The shape
is told in docs/runs.md; a change of it gets a new `VERSION`.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kcc_lib.publish.events import (
    EditionFailed,
    EditionStarted,
    EditionSwapped,
    EditionUnchanged,
    Event,
    PageFailed,
    PagesOlder,
    RunEnded,
    RunStarted,
    SectionEnded,
    SectionsStarted,
    SectionStarted,
)

VERSION = 1
#: Who may read a log that is made: those who may read what the analyst makes.
_MODE = 0o644
#: A failure that is longer says nothing more.
_LONGEST = 2000


@dataclass(slots=True)
class RunLog:
    """Writes what happens in one run; it keeps count, so it is no frozen record.

    Parameters
    ----------
    path
        The file; it is made where it is missing, and only ever added to.
    root
        The workbook's folder; paths are told from there.
    warn
        Told, once, that the log cannot be written.
    """

    path: Path
    root: Path
    warn: Callable[[str], None]
    run: str = field(default_factory=lambda: os.urandom(6).hex())
    started: float = field(default_factory=time.perf_counter)
    edition: str = ""
    lost: str = ""

    def __call__(self, happened: Event | str) -> None:
        """Write a line of it, if it is something that the log holds."""
        if isinstance(happened, EditionStarted | EditionUnchanged):
            self.edition = happened.edition
        told = self._told(happened)
        if told is None or self.lost:
            return
        moment = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")
        head = {"version": VERSION, "run": self.run, "at": moment.replace("+00:00", "Z")}
        try:
            append_line(self.path, json.dumps(head | told, ensure_ascii=False))
        except OSError as error:
            self.lost = error.strerror or type(error).__name__
            self.warn(f"THE RUN LOG CANNOT BE WRITTEN: {self.lost}; the build goes on")

    def _told(self, happened: Event | str) -> dict[str, Any] | None:
        told: dict[str, Any] | None = None
        match happened:
            case RunStarted(editions=names):
                told = {"event": "run-started", "editions": list(names)}
            case EditionStarted():
                told = self._of("edition-started")
            case EditionUnchanged():
                told = self._of("edition-unchanged")
            case SectionsStarted(sections=names, at_once=at_once, standing=standing):
                told = self._of("sections-started", sections=list(names), at_once=at_once)
                told["standing"] = standing
            case SectionStarted(section=name):
                told = self._of("section-started", section=name)
            case SectionEnded(section=name, failure=why, seconds=seconds, kept=kept):
                told = self._of("section-failed" if why else "section-ended", section=name)
                told["seconds"] = round(seconds, 3)
                told |= {"failure": self._said(why)} if why else {"kept": kept}
            case PageFailed(page=page, failure=why):
                told = self._of("page-failed", section=page, failure=self._said(why))
            case PagesOlder(pages=names):
                told = self._of("pages-older", pages=list(names))
            case EditionSwapped():
                told = self._of("edition-swapped")
            case EditionFailed(failed=failed):
                told = self._of("edition-failed", failed=list(failed))
            case RunEnded(code=code, why=why, said=said):
                seconds = round(time.perf_counter() - self.started, 3)
                told = {"event": "run-ended", "exit_code": code, "seconds": seconds, "why": why}
                told["said"] = self._said(said) if said else ""
        return told

    def _said(self, failure: str) -> str:
        from kcc_lib.publish.private import without_private  # heavy; no failure, no need

        return without_private(failure, self.root)[:_LONGEST]

    def _of(self, event: str, **told: Any) -> dict[str, Any]:
        return {"event": event, "edition": self.edition} | told


def append_line(path: Path, line: str) -> None:
    """Add a line to a file in one write, so that two runs cannot tear each other's.

    A line that an earlier run could not finish is ended first.

    Raises
    ------
    OSError
        If it cannot be written whole.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags, _MODE)
    try:
        _wait_for(opened)
        end = os.lseek(opened, 0, os.SEEK_END)
        if end and _last_byte(opened, end) != b"\n":
            line = f"\n{line}"
        content = f"{line}\n".encode()
        if os.write(opened, content) < len(content):
            raise OSError(None, "the disk is full")
    finally:
        os.close(opened)


def _wait_for(opened: int) -> None:
    """Wait until no other run looks at the end of the file; it is free again when closed."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX)


def _last_byte(opened: int, end: int) -> bytes:
    os.lseek(opened, end - 1, os.SEEK_SET)
    return os.read(opened, 1)

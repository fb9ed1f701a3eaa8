"""A build beside the last one, swapped in whole: whatever happens, what was published stands.

One builder at a time works on an edition in a folder. What it makes lies hidden beside the
last build and takes its place by one exchange of names; where the system has no such
exchange, by two renames, the first of which the next run takes back if it finds it alone.
"""

import ctypes
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from filelock import FileLock, Timeout

from kcc_lib.errors import KccError, OutputError
from kcc_lib.publish.scratch import scratch_of, scratch_used
from kcc_lib.publish.served import make_open, open_to_readers, place_of
from kcc_lib.publish.workers import can_fork

#: Seconds in which all that a killed builder held is surely let go.
_PATIENCE = 5.0
#: Seconds in which the last process of a killed build has surely ended.
_LINGERING = 3.0
_EXCHANGE = 2
_HERE = -100


class BusyError(KccError):
    """Another run is building the same edition in the same folder."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a build is made, and the folder whose place it takes."""

    folder: Path
    target: Path

    @property
    def failed(self) -> Path:
        """Where a build that fails is kept, beside the last good one."""
        return self.target.with_name(f"{self.target.name}.failed")

    @property
    def earlier(self) -> tuple[Path, ...]:
        """The builds whose pages may still stand."""
        return self.target, self.failed

    def swap_in(self) -> Path:
        """Put the finished build in the last one's place."""
        _clear(self.failed)
        self._replace(self.target)
        return self.target

    def keep_as_failed(self) -> Path:
        """Keep a build that failed beside the last good one, which stands."""
        _clear(self.failed)
        self._replace(self.failed)
        return self.failed

    def _replace(self, final: Path) -> None:
        open_to_readers(self.folder)
        if not final.exists():
            self.folder.rename(final)
        elif not _exchange(self.folder, final):
            old = _old(final)
            final.rename(old)
            self.folder.rename(final)
            _clear(old)


@contextmanager
def staged(target: Path, *, carry_over: bool) -> Iterator[Staging]:
    """A folder to build in, beside the last build; gone afterwards if it was not swapped in.

    Parameters
    ----------
    target
        The folder of the edition, or a link to it; its parent is made where it is missing.
    carry_over
        Whether to begin with what the last build made.

    Raises
    ------
    BusyError
        If another run is building there.
    OutputError
        If nothing can be written there, or its place is not one for a build.
    """
    target = place_of(target)
    with _refused_if_closed(target.parent):
        make_open(target.parent)
    with _swept_if_killed(target), _alone(target):
        _clean_up(target)
        with _refused_if_closed(target.parent):
            folder = Path(tempfile.mkdtemp(prefix=_hidden(target, ""), dir=target.parent))
        try:
            if carry_over and target.is_dir():
                # but no PDF: it is of the pages as they were
                whole = shutil.ignore_patterns("*.pdf")
                shutil.copytree(target, folder, dirs_exist_ok=True, ignore=whole)
            (folder / "notebooks").mkdir(exist_ok=True)
            with _refused_if_closed(scratch_of(folder).parent):
                scratch_of(folder).mkdir(mode=0o700)
            with scratch_used(folder):
                yield Staging(folder, target)
        finally:
            _clear(folder)


@contextmanager
def _refused_if_closed(folder: Path) -> Iterator[None]:
    """Before anything is built: a folder in which nothing can be written is refused."""
    try:
        yield
    except OSError as error:
        raise _closed(folder, error) from None


def _closed(folder: Path, error: OSError) -> OutputError:
    why = error.strerror or type(error).__name__
    return OutputError(f"nothing can be written in {folder} ({why}); nothing was built")


@contextmanager
def _alone(target: Path, *, patience: float = 0.0) -> Iterator[None]:
    """The right to build an edition in this folder; it ends with this process, however it ends."""
    lock = FileLock(target.with_name(_hidden(target, "lock")))
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise BusyError(f"another run is building in {target}; wait until it has ended") from None
    except OSError as error:
        raise _closed(target.parent, error) from None
    try:
        yield
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)  # whoever waits for it sees that it is gone
        lock.release()


@contextmanager
def _swept_if_killed(target: Path) -> Iterator[None]:
    """A small process that clears up after a builder that is killed outright."""
    if not can_fork():
        yield
        return
    context = get_context("fork")
    gone, ours = context.Pipe(duplex=False)
    sweeper = context.Process(target=_sweep, args=(gone, ours, target), daemon=True)
    sweeper.start()
    gone.close()
    try:
        yield
    finally:
        sweeper.kill()
        sweeper.join()
        ours.close()


def _sweep(gone: Connection, ours: Connection, target: Path) -> None:
    # Ctrl-C reaches every process; the builder clears up after itself then
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ours.close()
    wait([gone])
    # the builder's files close one by one; a run that came since has cleared up itself
    cleared: list[Path] = []
    with suppress(BusyError), _alone(target, patience=_PATIENCE):
        cleared = _clean_up(target)
    # a browser that lost its builder may write there for a moment longer
    until = time.monotonic() + _LINGERING
    while cleared and time.monotonic() < until:
        time.sleep(0.1)
        for scratch in cleared:
            _clear(scratch)
    os._exit(0)


def _clean_up(target: Path) -> list[Path]:
    """Clear what runs that were killed left behind; the lock says that nobody works on it.

    What is given are the folders for temporary files that went.
    """
    _restore(target)
    cleared = []
    for left in target.parent.glob(_hidden(target, "*")):
        if left.is_dir() or left.is_symlink():
            cleared.append(scratch_of(left))
            _clear(cleared[-1])
            _clear(left)
    return cleared


def _restore(target: Path) -> None:
    """Put back what a run moved aside if it was killed before its own build took the place."""
    if _old(target).is_dir() and not target.exists():
        _old(target).rename(target)


def _old(final: Path) -> Path:
    return final.with_name(_hidden(final, "old"))


def _hidden(target: Path, what: str) -> str:
    """A name beside an edition's that no edition can have."""
    return f".{target.name}~{what}"


def _clear(folder: Path) -> None:
    if folder.is_symlink():  # what it leads to is not ours
        folder.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders at once; False where the system cannot."""
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    failed = library.renameat2(
        _HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)
    )
    return not failed

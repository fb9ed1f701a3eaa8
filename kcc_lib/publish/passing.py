"""Folders for temporary files of one run, cleared by the next one if that run was killed.

Each is locked by the run that works in it, for as long as a process of it is there: nobody else
need know its process, which may be on another machine or of another container.
"""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType

#: Why a folder cannot be opened that has gone, is somebody else's, or is none.
_NOT_OURS = frozenset({errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ELOOP})
#: In each of these folders: none of another program, or of an older version, is taken for one.
_MARK = ".kcc-passing"


@contextmanager
def passing_folder(prefix: str) -> Iterator[Path]:
    """A folder of this run's own, gone afterwards; those that killed runs left go first.

    Where folders cannot be locked, as on some shared disks, what a killed run left stays.

    Parameters
    ----------
    prefix
        How the names of such folders begin.
    """
    _clear_left(prefix)
    with ExitStack() as held:
        folder = None
        while folder is None:  # another run that clears up may come between the two steps
            made = Path(held.enter_context(
                tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
            ))  # fmt: skip
            locked = held.enter_context(_locked(made))
            folder = made if locked or (locked is None and made.is_dir()) else None
        (folder / _MARK).touch()
        yield folder


def _clear_left(prefix: str) -> None:
    if sys.platform == "win32":  # it locks no folders: nobody can know whose it is
        return
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with _locked(left) as ours:
            if ours and (left / _MARK).is_file():
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool | None]:
    """Whether nobody works in it, and nobody will meanwhile; None if it cannot be locked."""
    if sys.platform == "win32":
        yield None
        return
    import fcntl

    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno not in _NOT_OURS:
            raise
        yield False
        return
    try:
        locked: bool | None = None
        if os.fstat(opened).st_uid == os.getuid():
            with suppress(OSError):  # this disk locks nothing
                locked = _lock(fcntl, opened)
        yield locked and folder.is_dir()
    finally:
        os.close(opened)


def _lock(fcntl: ModuleType, opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

"""Folders for temporary files of one run, cleared by the next one if that run was killed.

Each is locked by the run that works in it, for as long as a process of it is there: nobody else
need know its process, which may be on another machine or of another container.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def passing_folder(prefix: str) -> Iterator[Path]:
    """A folder of this run's own, gone afterwards; those that killed runs left go first.

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
            folder = made if held.enter_context(_locked(made)) else None
        yield folder


def _clear_left(prefix: str) -> None:
    if sys.platform == "win32":  # it locks no folders: nobody can know whose it is
        return
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with _locked(left) as ours:
            if ours:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether it is ours and nobody works in it; if so, nobody else does meanwhile."""
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # it has gone, or is somebody else's
        yield False
        return
    try:
        ours = os.fstat(opened).st_uid == os.getuid()
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            ours = False
        yield ours and folder.is_dir()
    finally:
        os.close(opened)

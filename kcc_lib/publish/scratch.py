"""All temporary files of a build in one folder of its own, so that they go with it.

Kernels, browsers and libraries leave sockets, profiles and files wherever the system keeps what
is temporary; of a build that is killed they would stay there.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where temporary files go is in one of these, in each system another.
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def scratch_of(build: Path) -> Path:
    """Where that is, from the build's name alone: whoever clears up the build finds it."""
    named = (os.environ.get(name, "") for name in _TEMPORARY)
    # `gettempdir` tries a folder out with a file, which a kill would leave there
    folder = next((name for name in named if os.path.isdir(name)), "") or tempfile.gettempdir()
    return Path(folder, f"kcc-{build.name.rpartition('~')[2]}")


@contextmanager
def scratch_used(build: Path) -> Iterator[None]:
    """Send there what is temporary, of us and of all that we start; cleared afterwards."""
    scratch, kept = scratch_of(build), tempfile.tempdir
    before = {name: os.environ[name] for name in _TEMPORARY if name in os.environ}
    os.environ.update(dict.fromkeys(_TEMPORARY, str(scratch)))  # kernels and browsers follow it
    tempfile.tempdir = str(scratch)
    try:
        yield
    finally:
        for name in _TEMPORARY:
            os.environ.pop(name, None)
        os.environ.update(before)
        tempfile.tempdir = kept
        shutil.rmtree(scratch, ignore_errors=True)

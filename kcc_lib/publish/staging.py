"""The folder that a build is made in, beside the last one, and how it takes its place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def beside(target: Path, *, carry_over: bool) -> Iterator[Path]:
    """A folder beside the last build, gone again if it was not swapped in."""
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    staging.chmod(0o755)
    try:
        if carry_over and target.is_dir():
            # but no PDF: it is of the pages as they were
            whole = shutil.ignore_patterns("*.pdf")
            shutil.copytree(target, staging, dirs_exist_ok=True, ignore=whole)
        (staging / "notebooks").mkdir(exist_ok=True)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def swap(staging: Path, target: Path, *, failed: bool) -> Path:
    """Put a finished build in the last one's place; a failed one beside it."""
    final = target.with_name(f"{target.name}.failed") if failed else target
    stale = target.with_name(f"{target.name}.failed")
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    if stale.is_dir():
        shutil.rmtree(stale)
    if final.is_dir():
        final.rename(old)
    staging.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    return final

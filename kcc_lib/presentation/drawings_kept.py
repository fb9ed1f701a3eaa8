"""Drawings are kept from one build to the next, by what they were drawn of.

Drawing is most of what a report costs, and from one quarter to the next most charts stay as
they are. What is kept is the library's answer for one exact question, so pages are the same
bytes with it or without. It lies in the user's cache folder, never beside what is published;
the environment variable KCC_CACHE names another folder, or none where it is empty.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from platformdirs import user_cache_path

#: What all drawings may take together, and what they are brought back to.
_MOST_BYTES = 256 * 2**20
_LEAST_BYTES = _MOST_BYTES // 2
_SUFFIX = ".drawing"


def drawn_once(code: str, of: str, draw: Callable[[], bytes]) -> bytes:
    """What drawing gives: drawn before, or drawn now and kept.

    Parameters
    ----------
    code
        The path of the module that draws: other code may draw otherwise.
    of
        Everything that is drawn; with the code and the library's version, all that the
        drawing rests on.
    draw
        Draws it. What it raises is raised, and not kept.

    Notes
    -----
    A drawing that was damaged on the disk is drawn again, and a folder that cannot be
    written keeps nothing: neither is a fault of the report.
    """
    folder = _folder()
    if folder is None:
        return draw()
    key = hashlib.sha256(f"{_way(code)}\0{of}".encode())
    path = folder / f"{key.hexdigest()}{_SUFFIX}"
    with suppress(OSError):
        told = path.read_bytes()
        check, drawing = told[:32], told[32:]
        if hashlib.sha256(drawing).digest() == check:
            return drawing
    drawing = draw()
    with suppress(OSError):
        _keep(path, drawing)
    return drawing


def forget_oldest() -> None:
    """Bring what is kept back to half of what it may take, once it takes more."""
    folder = _folder()
    with suppress(OSError):
        kept = sorted((s.st_mtime_ns, s.st_size, p) for p, s in _kept(folder)) if folder else []
        size = sum(one[1] for one in kept)
        for _, bytes_freed, path in kept if size > _MOST_BYTES else ():
            path.unlink(missing_ok=True)
            size -= bytes_freed
            if size <= _LEAST_BYTES:
                break


def _kept(folder: Path) -> list[tuple[Path, os.stat_result]]:
    return [(p, p.stat()) for p in folder.glob(f"*{_SUFFIX}")]


def _keep(path: Path, drawing: bytes) -> None:
    """Write a drawing with its check; another process sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(drawing).digest() + drawing)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@lru_cache(maxsize=8)
def _way(code: str) -> str:
    """How it is drawn: by which library, and by which code of ours."""
    ours = hashlib.sha256(Path(code).read_bytes()).hexdigest()
    return f"{metadata.version('vl-convert-python')} {ours}"


def _folder() -> Path | None:
    named = os.environ.get("KCC_CACHE")
    return _made(named) if named != "" else None


@lru_cache(maxsize=4)
def _made(named: str | None) -> Path | None:
    """The folder, made where it is missing; None where it cannot be."""
    try:
        folder = (Path(named) if named else user_cache_path("kcc-workbook")) / "drawings"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # a service may have no home
        return None
    return folder

"""What was read from files is not read again while they stay as they are, byte for byte.

A build, a test run and an analyst's notebook each open the same edition many times. Whoever
edits a file sees the change at the next call: what is kept is kept by the files' content.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kcc_lib.records.folders import listed

Read = TypeVar("Read")
#: How many readings are kept; the oldest goes first.
_MOST = 32
_kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}


def read_once(raw: Path, what: tuple[str, ...], rests_on: object, read: Callable[[], Read]) -> Read:
    """Read something, or take what was read of the same files before.

    Parameters
    ----------
    raw
        The folder of the tables and of `editions`.
    what
        What is read, by names.
    rests_on
        What was read before and is used here; another object is another reading.
    read
        Reads it. What it raises is raised, and not kept.

    Notes
    -----
    What is given is shared: it must not be changed.
    """
    key = (raw, what, id(rests_on), _content(raw))
    if key not in _kept:
        value = read()
        if len(_kept) >= _MOST:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (rests_on, value)  # what it rests on is held, so that its id stays its own
    found: Read = _kept[key][1]
    return found


def _content(raw: Path) -> str:
    digest = hashlib.sha256()
    for path in [*listed(raw, "*.*"), *listed(raw / "editions", "*")]:
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()

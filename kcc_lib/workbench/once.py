"""What was worked out is not worked out again of the same values.

Each section's notebook judges the whole edition, so that it can be read and run alone; a
build runs a dozen of them, each in a process that starts with what the builder had. What is
kept goes by the content of everything it was worked out of, and everyone is given a copy: an
analyst who changes a frame, before or after, gets what the change gives.
"""

import hashlib
import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

Made = TypeVar("Made")
#: How many results are kept; the oldest goes first.
_MOST = 32
_kept: dict[str, bytes] = {}


def once(work: Callable[..., Made], *given: Any, **named: Any) -> Made:
    """What `work` gives of these values, worked out unless it was before.

    Parameters
    ----------
    work
        A function of nothing but what it is given. What it raises is raised, and not kept.
    """
    name = _content(work.__module__, work.__qualname__, given, named)
    if name not in _kept:
        made = work(*given, **named)
        if len(_kept) >= _MOST:
            _kept.pop(next(iter(_kept)))
        _kept[name] = pickle.dumps(made)
        return made
    found: Made = pickle.loads(_kept[name])  # noqa: S301 - what was pickled a few lines above
    return found


class _ByContent(pickle.Pickler):
    """Equal values give equal bytes, whether or not they share their parts."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.fast = True  # a part that stands twice is written twice

    def reducer_override(self, obj: object) -> Any:
        """A frame by its cells: how pandas keeps them in blocks is no part of what they say."""
        if not isinstance(obj, pd.DataFrame):
            return NotImplemented
        cells = [_cells(obj[column]) for column in obj.columns]
        return tuple, (list(obj.columns), obj.dtypes.map(str).tolist(), obj.index.tolist(), cells)


def _cells(column: "pd.Series[Any]") -> bytes | list[Any]:
    """The cells of a column: numbers and days as they lie in memory, all else one by one."""
    kind = column.dtype
    plain = not pd.api.types.is_extension_array_dtype(kind) and kind.kind in "biufmM"
    return column.to_numpy().tobytes() if plain else column.tolist()


def _content(*values: object) -> str:
    written = io.BytesIO()
    _ByContent(written).dump(values)
    return hashlib.sha256(written.getbuffer()).hexdigest()

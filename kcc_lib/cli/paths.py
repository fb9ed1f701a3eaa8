"""Files and folders as they are named on a command line."""

from pathlib import Path
from typing import Any

import click


class Named(click.Path):
    """A file or folder by its name; a variable that a script left empty names none."""

    def __init__(self, **more: Any) -> None:
        super().__init__(path_type=Path, **more)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read it."""
        if not str(value).strip():
            self.fail(f"it names no {self.name}; name one, or leave it out", param, ctx)
        # a Path already, which click's types do not know; "-" is one too
        return Path(str(super().convert(value, param, ctx)))

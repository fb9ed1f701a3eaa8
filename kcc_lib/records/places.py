"""Where the workbook keeps things."""

import os
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.errors import KccError


@dataclass(frozen=True, slots=True)
class Workbook:
    """The folders of one checkout."""

    root: Path

    @property
    def raw(self) -> Path:
        """Data as collected; edited by people, read by the program."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Data as checked; rebuilt from `raw` at any time."""
        return self.root / "data" / "processed"

    @property
    def notebooks(self) -> Path:
        """The parameterised notebooks."""
        return self.root / "notebooks"

    @property
    def outputs(self) -> Path:
        """Built editions."""
        return self.root / "outputs"

    def shown(self, path: Path) -> str:
        """A path as messages print it: relative to the workbook where it lies inside."""
        try:
            return real_path(path).relative_to(self.root).as_posix()
        except ValueError:
            return str(path)


def real_path(path: Path) -> Path:
    """Where a path leads; of links that lead round in a circle, one of them."""
    return Path(os.path.realpath(path))  # `resolve` raises there


def find_workbook(start: Path | None = None) -> Workbook:
    """Find the workbook around `start` (the working folder by default).

    The environment variable KCC_WORKBOOK names it outright; otherwise the first folder
    upwards that holds both `data/raw` and `notebooks`, or the one this package lies in.

    Raises
    ------
    KccError
        If there is no such folder.
    """
    named = os.environ.get("KCC_WORKBOOK")
    places = [Path(named)] if named else [*_upwards(start or Path.cwd()), Path(__file__).parents[2]]
    for place in places:
        if (place / "data" / "raw").is_dir() and (place / "notebooks").is_dir():
            return Workbook(place.resolve())
    raise KccError(
        f"no workbook found from {places[0]}: it needs the folders data/raw and notebooks; "
        "run kcc inside a checkout, or set KCC_WORKBOOK to one"
    )


def _upwards(folder: Path) -> list[Path]:
    folder = folder.resolve()
    return [folder, *folder.parents]

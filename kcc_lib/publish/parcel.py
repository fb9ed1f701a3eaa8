"""What goes to a cluster's workers and comes back: a workbook in a parcel, pages made of it.

Workers need no disk in common with the builder, and nothing of it stays with them.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.publish.execute import Outcome
from kcc_lib.records.folders import files_under, listed
from kcc_lib.records.places import Workbook


@dataclass(frozen=True, slots=True)
class Parcel:
    """A workbook as plain values.

    Parameters
    ----------
    name
        Told by nobody else's parcel.
    edition
        The edition that is built of it, which is loaded and judged once in each place.
    packed
        The files, as a ZIP archive.
    """

    name: str
    edition: str
    packed: bytes

    def unpack(self, folder: Path) -> Workbook:
        """Put the files into a folder."""
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            archive.extractall(folder)
        return Workbook(folder)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a section at a worker, with the files it made, by their path."""

    result: Outcome | tuple[Outcome, ...] | None
    failure: str
    seconds: float
    files: dict[str, bytes]


def pack(workbook: Workbook, *, name: str, edition: str) -> Parcel:
    """Pack what sections are built of."""
    files = [*files_under(workbook.raw), *listed(workbook.notebooks, "*.ipynb")]
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(files):
            archive.write(path, path.relative_to(workbook.root).as_posix())
    return Parcel(name, edition, into.getvalue())

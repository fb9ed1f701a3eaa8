"""Where `kcc report` builds: a folder, or a store that what is whole is published into."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from kcc_lib.errors import KccError
from kcc_lib.publish.elsewhere import Place, is_elsewhere
from kcc_lib.records.places import Workbook


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that is built in, and the store that it is published into, if there is one."""

    folder: Path
    place: Place | None = None


@contextmanager
def opened_output(named: str | None, workbook: Workbook, *, partly: bool) -> Iterator[Output]:
    """Where to build: a folder, or one that nobody keeps, to publish what is whole.

    Parameters
    ----------
    named
        As the command line has it; the workbook's own folder where None.
    partly
        Whether a part of an edition is wanted alone.

    Raises
    ------
    KccError
        If it is a file, or a store that cannot be used or added to.
    """
    if named is None or not is_elsewhere(named):
        folder = workbook.outputs if named is None else Path(named)
        if folder.is_file():
            raise KccError(f"--output {named} is a file; name a folder")
        yield Output(folder)
        return
    from kcc_lib.publish.elsewhere import open_place

    if partly:
        raise KccError(f"{named} holds no build to add to: build all, without --only or --area")
    place = open_place(named)
    with tempfile.TemporaryDirectory(prefix="kcc-publish-") as temporary:
        yield Output(Path(temporary), place)


def kept_in(output: Output, built: Path, workbook: Workbook) -> str:
    """Where a failed build can be looked at."""
    if output.place:
        return f"no place: nothing was published in {output.place.address}; build into a folder"
    return workbook.shown(built)


def show(output: Output, index: Path, workbook: Workbook, *, err: bool) -> None:
    """Print where the first page is, last and alone on stdout, unless `err` sends it elsewhere."""
    if output.place:
        inside = index.relative_to(output.folder).as_posix()
        click.echo(f"{output.place.address}/{inside}", err=err)
        return
    here = Path.cwd() == workbook.root
    click.echo(workbook.shown(index) if here else index.resolve(), err=err)

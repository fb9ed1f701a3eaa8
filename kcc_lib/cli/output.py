"""Where `kcc report` builds: a folder, or a store that what is whole is published into."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from kcc_lib.cli.streams import leave_stdout
from kcc_lib.cli.where import refuse_unfit, store_fault
from kcc_lib.errors import KccError, storage_words
from kcc_lib.publish.elsewhere import Place, folder_at, is_elsewhere
from kcc_lib.records.places import Workbook


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that is built in, and the store that it is published into, if there is one."""

    folder: Path
    place: Place | None = None

    @property
    def pages(self) -> Path:
        """The folder of this machine that readers have the pages in, where that is not a store."""
        return (folder_at(self.place.address) if self.place else None) or self.folder


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
        If it is a file, a folder that builds rest on, or a store that cannot be used, added to
        or found again.
    """
    if named is None or not is_elsewhere(named):
        folder = folder_named(named, workbook)
        refuse_unfit("outputs" if named is None else named, folder, workbook)
        yield Output(folder)
        return
    from kcc_lib.publish.elsewhere import open_place
    from kcc_lib.publish.passing import passing_folder

    refuse_unfit(named, folder_at(named), workbook)
    if fault := store_fault(named, partly=partly):
        raise KccError(fault)
    place = open_place(named)
    with passing_folder("kcc-publish-") as folder:
        yield Output(folder, place)


def folder_named(named: str | None, workbook: Workbook) -> Path:
    """The folder of this machine that an output names; the workbook's own where it names none."""
    if named is None or not named.strip():
        return workbook.outputs
    return (folder_at(named) or workbook.outputs) if is_elsewhere(named) else Path(named)


def kept_in(output: Output, built: Path, workbook: Workbook) -> str:
    """Where a failed build can be looked at."""
    if output.place:
        return f"no place: nothing was published in {output.place.told}; build into a folder"
    return workbook.shown(built)


def show(output: Output, index: Path, workbook: Workbook, *, err: bool) -> bool:
    """Print where the first page is, last and alone on stdout, unless `err` sends it elsewhere.

    Whether it could be printed: the page stands all the same, and other editions are to come.
    """
    return printed(_address(output, index, workbook), err=err)


def printed(text: str, *, err: bool = False, nl: bool = True) -> bool:
    """Print what a run is asked for, once its pages stand; whether it could be printed."""
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError:  # whoever read it has gone, and misses nothing
        leave_stdout()
    except OSError as error:
        leave_stdout()
        click.echo(
            f"kcc: the pages stand, but stdout cannot be written ({storage_words(error)})", err=True
        )
        return False
    return True


def _address(output: Output, index: Path, workbook: Workbook) -> str:
    if output.place:
        return f"{output.place.told}/{index.relative_to(output.folder).as_posix()}"
    here = Path.cwd() == workbook.root
    return workbook.shown(index) if here else str(index.resolve())

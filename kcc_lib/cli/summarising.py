"""`kcc report --summary`: what was built, against the build that stood there before.

Nothing heavy is loaded unless a summary is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcc_lib.cli.output import printed
from kcc_lib.errors import KccError, storage_words
from kcc_lib.publish.events import EditionFailed, Event, Tell
from kcc_lib.publish.web_address import address_fault, unsigned
from kcc_lib.records.places import real_path

if TYPE_CHECKING:
    from kcc_lib.publish.difference.area_builds import AreaBuild
    from kcc_lib.publish.difference.builds import Build
    from kcc_lib.publish.elsewhere import Place

ADDRESS = "Where the output folder is served, for the link of the summary."
#: Each edition's build as it stood before the run; None where there was none to compare with.
Before = Mapping[str, "Build | AreaBuild | None"]
#: The sections that failed, by edition.
Failed = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The summary that was asked for: the file it goes to (None for none), and the address."""

    file: Path | None = None
    address: str = ""

    @property
    def to_stdout(self) -> bool:
        """Whether it goes to stdout; then it is alone there."""
        return str(self.file) == "-"


def checked_address(address: str) -> str:
    """An address that a reader of a mail can follow, and that names no user.

    Raises
    ------
    click.UsageError
        If it is none.
    """
    if fault := web_address_fault(address):
        raise click.UsageError(fault)
    return address


def web_address_fault(address: str) -> str:
    """What is wrong with the address that the output folder is served at; "" where nothing is."""
    if not address:
        return ""
    if not address.lower().startswith(("http://", "https://")):
        fault = "begins with neither http:// nor https://"
    else:
        fault = address_fault(address)
    known = "no web address such as https://reports.example.org"
    return f"--address {unsigned(address)!r} is {known}: it {fault}" if fault else ""


def before(
    asked: Asked, output: Path, names: Sequence[str], place: "Place | None" = None
) -> Before:
    """The builds as they stand, read before any is built.

    Parameters
    ----------
    place
        The store that is published into, where they stand; the output folder itself where None.

    Raises
    ------
    KccError
        If the summary has no folder to go to, or would stand among the pages.
    """
    if asked.file is None:
        return {}
    if not asked.to_stdout and not asked.file.parent.is_dir():
        raise KccError(f"--summary: there is no folder {asked.file.parent}")
    if not asked.to_stdout and real_path(asked.file).is_relative_to(real_path(output)):
        raise KccError(f"--summary {asked.file} would stand among the pages")
    return {name: _fetched(place, name) if place else _standing(output / name) for name in names}


def _fetched(place: "Place", name: str) -> "Build | AreaBuild | None":
    from kcc_lib.publish.passing import passing_folder

    with passing_folder("kcc-summary-") as folder:
        place.fetch(name, folder)
        return _standing(folder / name)


def _standing(folder: Path) -> "Build | AreaBuild | None":
    from kcc_lib.errors import DataError

    try:
        return _read(folder)
    except DataError:  # none yet, or one of a version that kept less
        return None


def _read(folder: Path) -> "Build | AreaBuild":
    from kcc_lib.publish.difference.reading import is_by_area

    if is_by_area(folder):
        from kcc_lib.publish.difference.area_builds import read_area_build

        return read_area_build(folder)
    from kcc_lib.publish.difference.builds import read_build

    return read_build(folder)


def noting_failures(tell: Tell, failed: Failed) -> Tell:
    """The same listener, which also keeps what failed."""

    def note(happened: Event | str) -> None:
        if isinstance(happened, EditionFailed):
            failed[happened.edition] = happened.failed
        tell(happened)

    return note


def tell_summary(
    asked: Asked, stood: Before, output: Path, failed: Failed, place: "Place | None" = None
) -> bool:
    """Write what was built, edition by edition; of one that stands unchanged, that it does.

    Whether it could be written: the pages stand all the same.
    """
    if asked.file is None:
        return True
    parts = []
    for name, build in stood.items():
        if name in failed:
            stands = place.holds(name) if place else (output / name).is_dir()
            parts.append(_failed(name, failed[name], stands=stands))
        elif place and build and not (output / name / "run.json").is_file():  # left as it stands
            parts.append(_told(build, build, asked.address))
        else:
            parts.append(_told(build, _read(output / name), asked.address))
    told = "\n".join(parts)
    if asked.to_stdout:
        return printed(told, nl=False)
    from kcc_lib.records.processed import write_whole

    try:
        write_whole(asked.file, told)
    except OSError as error:
        lost = f"the pages stand, but the summary cannot be written ({storage_words(error)})"
        click.echo(f"kcc: {lost}", err=True)
        return False
    return True


def _told(stood: "Build | AreaBuild | None", build: "Build | AreaBuild", address: str) -> str:
    from kcc_lib.publish.difference.builds import Build
    from kcc_lib.publish.difference.compare import compare_builds
    from kcc_lib.publish.difference.summary import as_markdown, first_summary

    if not isinstance(build, Build):
        return _of_areas(stood, build, address)
    if not isinstance(stood, Build):
        return first_summary(build, address=address)
    return as_markdown(compare_builds(stood, build, sentences=False), address=address)


def _of_areas(stood: "Build | AreaBuild | None", build: "AreaBuild", address: str) -> str:
    from kcc_lib.publish.difference.area_builds import AreaBuild
    from kcc_lib.publish.difference.compare_areas import compare_area_builds
    from kcc_lib.publish.difference.telling_areas import areas_as_markdown, first_areas_summary

    if not isinstance(stood, AreaBuild):
        return first_areas_summary(build, address=address)
    return areas_as_markdown(compare_area_builds(stood, build), address=address)


def _failed(name: str, sections: Sequence[str], *, stands: bool) -> str:
    from kcc_lib.publish.difference.summary import failed_summary
    from kcc_lib.workbench import edition

    found = edition(name)
    titles = {section.name: section.title for section in found.sections}
    titles["inputs"] = "data or code changed while it was built"
    pages = [titles.get(section, section) for section in sections]
    return failed_summary(found.title, found.subtitle, pages, stands=stands)

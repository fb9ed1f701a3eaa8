"""The folder that a build takes the place of, and who may read it.

Where an edition's name in the output folder is a link, what is served stands where it leads:
there it is built, beside that folder, and swapped in by one renaming like any other. The link
stays as it is.
"""

import os
from pathlib import Path

from kcc_lib.errors import OutputError
from kcc_lib.publish.up_to_date import last_record
from kcc_lib.records.places import real_path

_FOLDER, _FILE = 0o755, 0o644


def place_of(target: Path) -> Path:
    """The folder that an edition's build takes the place of: where its name leads.

    Raises
    ------
    OutputError
        If it leads to a file, nowhere, or to a folder of anything but this edition's build.
    """
    real = real_path(target)
    if real.is_symlink():
        raise OutputError(f"{target} is a link that leads round in a circle; remove it")
    if real.exists() and not real.is_dir():
        raise OutputError(f"{real} is a file, and a folder is built there; move it away")
    if not target.is_symlink():
        return target
    filled = real.is_dir() and any(real.iterdir())
    if filled and last_record(real).get("edition") != target.name:
        raise OutputError(
            f"{target} leads to {real}, which holds other things than a build of {target.name}, "
            "and a build takes the whole folder's place; lead it to an empty folder"
        )
    return real


def make_open(folder: Path) -> None:
    """Make a folder for all who may read what is published, whatever this process is told to do."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for place in made:
        place.chmod(_FOLDER)


def open_to_readers(published: Path) -> None:
    """Let everybody read a build, file for file alike, or a page: a web server is another user."""
    if published.is_file():
        published.chmod(_FILE)
    for place, _, names in os.walk(published):
        os.chmod(place, _FOLDER)
        for name in names:
            os.chmod(os.path.join(place, name), _FILE)

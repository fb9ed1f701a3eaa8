"""Whether what a build rests on stayed as it was from before it was read until the swap."""

from contextlib import suppress
from dataclasses import dataclass

from kcc_lib.publish.up_to_date import input_files, input_name, inputs_fingerprint
from kcc_lib.records.places import Workbook

#: What tells one writing of a file from the next: which file it is, and when it was written.
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every input as it stood at one moment.

    Parameters
    ----------
    hashes
        The hash of each, by name.
    marks
        Which file it was and when it was written: one that was changed and put back while
        the build ran has the same hash, and yet a page may have been made in between.
    """

    hashes: dict[str, str]
    marks: dict[str, Mark]


def look_at_inputs(workbook: Workbook) -> Inputs:
    """Every input as it stands; to be called before any of them is read."""
    marks = _marks(workbook)
    return Inputs(inputs_fingerprint(workbook), marks)


def changed_since(before: Inputs, workbook: Workbook) -> list[str]:
    """What became of inputs since, a line for each.

    Parameters
    ----------
    before
        As they stood before they were read.
    """
    after = look_at_inputs(workbook)
    told = []
    for name in sorted(before.marks.keys() | after.marks.keys()):
        if name not in after.marks:
            became = "removed"
        elif name not in before.marks:
            became = "added"
        elif before.hashes.get(name) != after.hashes.get(name):
            became = "changed"
        elif before.marks[name] != after.marks[name]:
            became = "written again"
        else:
            continue
        told.append(f"{name} was {became} while the report was built")
    return told


def _marks(workbook: Workbook) -> dict[str, Mark]:
    found = {}
    for path in input_files(workbook):
        with suppress(FileNotFoundError):  # an editor's file that is gone again
            told = path.stat()
            found[input_name(workbook, path)] = told.st_ino, told.st_mtime_ns
    return found

"""Options of `kcc report` that are to be run each quarter: refused now, and not in the night.

What depends on the day or the machine (a disk, a server, a browser) is for the run to find.
"""

import ntpath
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from kcc_lib.cli.report_options import option_faults
from kcc_lib.cli.where import among_inputs, nowhere_fault, store_fault
from kcc_lib.errors import UnknownNameError
from kcc_lib.publish.elsewhere import folder_at, is_elsewhere
from kcc_lib.publish.notice import where_fault
from kcc_lib.publish.schedule.windows import name_fault

#: Folders of a workbook that builds rest on.
_INPUTS = ("data", "notebooks", "kcc_lib")


def scheduled_faults(
    given: Mapping[str, Any], sections: Sequence[str], root: str, *, windows: bool
) -> list[str]:
    """All that is wrong with options that are to be run each quarter.

    Parameters
    ----------
    given
        The options as click read them.
    sections
        The names of the sections of the quarterly editions.
    root
        The workbook on the machine that is to run it.
    windows
        Whether that machine's system is Windows.
    """
    faults = option_faults(**{k: given[k] for k in ("jobs", "scheduler", "address")})
    faults += [fault for where in given["notify"] if (fault := where_fault(where))]
    faults += _choice_faults(given, sections)
    return faults + _path_faults(given, root, windows)


def _choice_faults(given: Mapping[str, Any], sections: Sequence[str]) -> list[str]:
    """Editions, days and parts that no run of the latest quarter could build."""
    faults = []
    if given["editions"] or given["quarter"] != "latest":
        faults.append("the run builds the latest quarter; leave out editions, --quarter")
    if given["as_of"]:
        faults.append("every run has its own day; leave --as-of out")
    if given["areas"]:
        faults.append("--area is for editions by area, and no quarterly one is; leave it out")
    unknown = dict.fromkeys(name for name in given["only"] if name not in sections)
    faults += [f"--only: {UnknownNameError('section', name, sections)}" for name in unknown]
    if given["output"] is not None and (fault := nowhere_fault(given["output"])):
        faults.append(fault)
    if fault := store_fault(given["output"] or "", partly=bool(given["only"])):
        faults.append(fault)
    return faults


def _path_faults(given: Mapping[str, Any], root: str, windows: bool) -> list[str]:
    """Files that could not have their name there, or would be published with the pages.

    And an output among what builds rest on, as far as its name tells.
    """
    output = given["output"] or "outputs"
    output = output.partition("://")[2] if folder_at(output) else output
    named = {option: str(given[option]) for option in ("log", "summary") if given[option]}
    files = named if is_elsewhere(output) else {**named, "output": output}
    faults = [
        f"--{option} {path!r}: {fault}"
        for option, path in files.items()
        if windows and (fault := name_fault(path))
    ]
    if is_elsewhere(output):
        return faults
    pages = _there(root, output, windows)
    for inputs in _INPUTS:
        if pages.is_relative_to(_there(root, inputs, windows)):
            faults.append(among_inputs(output, inputs))
    for option, path in named.items():
        if path != "-" and _there(root, path, windows).is_relative_to(pages):
            remedy = "name a file outside the output folder"
            faults.append(f"--{option} {path} would stand among the pages; {remedy}")
    return faults


def _there(root: str, path: str, windows: bool) -> PurePath:
    """A path as the machine that is to run it takes it, which need not be this one."""
    if windows:
        return PureWindowsPath(ntpath.normpath(ntpath.join(root, path)))
    return PurePosixPath(posixpath.normpath(posixpath.join(root, path)))

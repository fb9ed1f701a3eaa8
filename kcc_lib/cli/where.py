"""Where `kcc report` may build and publish: what `--output` cannot be."""

from pathlib import Path

from kcc_lib.errors import KccError
from kcc_lib.publish.elsewhere import OF_THIS_MACHINE, is_elsewhere
from kcc_lib.publish.up_to_date import PACKAGE
from kcc_lib.publish.web_address import unsigned
from kcc_lib.records.places import Workbook, real_path


def refuse_unfit(named: str, folder: Path | None, workbook: Workbook) -> None:
    """Refuse what names no place, a file, and a folder whose every file is taken for an input.

    Parameters
    ----------
    named
        As it is written.
    folder
        Of this machine; None where a store is named.

    Raises
    ------
    KccError
        If it is one of these, with what to write instead.
    """
    if fault := nowhere_fault(named):
        raise KccError(fault)
    if folder is None:
        return
    if folder.is_file():
        raise KccError(f"--output {named} is a file; name a folder")
    real = real_path(folder)
    for inputs in (workbook.root / "data", workbook.notebooks, PACKAGE):
        if real.is_relative_to(real_path(inputs)):
            raise KccError(among_inputs(named, inputs.name))


def among_inputs(named: str, inputs: str) -> str:
    """Why an output may not lie in a folder that every build rests on."""
    return (
        f"--output {named} lies in {inputs}, on which builds rest; name a folder outside it, or "
        "leave it out to build in outputs"
    )


def store_fault(named: str, *, partly: bool) -> str:
    """What is wrong with a store as the output of a part of an edition; "" where nothing is."""
    if not (partly and is_elsewhere(named)):
        return ""
    return (
        f"--output {unsigned(named)} is a store, into which an edition is published whole: leave "
        "out --only and --area, or build into a folder"
    )


def nowhere_fault(named: str) -> str:
    """What is wrong with an output as it is written, on whatever machine; "" where nothing is."""
    if not named.strip():
        return "--output names no folder; name one, or leave it out to build in outputs"
    scheme, between, where = named.partition("://")
    if between and scheme == "memory":
        return f"--output {unsigned(named)} would be gone when kcc ends; name a folder or a store"
    if between and not where.strip("/ "):
        example = "s3://bucket/reports" if scheme not in OF_THIS_MACHINE else "/srv/reports"
        return f"--output {unsigned(named)} names no place; write one out, such as {example}"
    return ""

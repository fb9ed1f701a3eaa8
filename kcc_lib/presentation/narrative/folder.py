"""An edition's folder of narrative: one Markdown file for each passage."""

from pathlib import Path

from kcc_lib.errors import Fault
from kcc_lib.presentation.narrative.binding import bind, fill
from kcc_lib.presentation.narrative.facts import Facts


def read_passage(folder: Path | None, name: str, facts: Facts, *, shown: str) -> str | None:
    """One passage filled in; None where none is written.

    Parameters
    ----------
    shown
        The folder as messages print it.

    Raises
    ------
    NarrativeError
        With everything in it that is unbound, broken or untrue.
    """
    path = folder / f"{name}.md" if folder else None
    if path is None or not path.is_file():
        return None
    return bind(path.read_text("utf-8"), facts, file=f"{shown}/{path.name}")


def faults_of(folder: Path | None, facts: Facts, *, shown: str) -> list[Fault]:
    """Everything wrong in any passage, in the order of their names."""
    return [
        fault
        for path in sorted(folder.glob("*.md") if folder else ())
        for fault in fill(path.read_text("utf-8"), facts, file=f"{shown}/{path.name}").faults
    ]

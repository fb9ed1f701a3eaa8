"""Look at narrative while it is written: filled in, with its faults."""

from functools import reduce
from operator import add
from pathlib import Path

from kcc_lib.errors import DataError, Fault, KccError, UnknownNameError
from kcc_lib.presentation.narrative.binding import fill
from kcc_lib.presentation.narrative.draft import Draft
from kcc_lib.records.folders import listed
from kcc_lib.records.places import Workbook, find_workbook, real_path
from kcc_lib.workbench.exploring import open_report


def preview(name: str | Path = "", *, edition: str = "") -> Draft:
    """Fill in narrative as it stands, faulty or not.

    Parameters
    ----------
    name
        A narrative of the edition ("1.1", "introduction"), or a Markdown file anywhere; all
        of the edition's narrative where none is named.
    edition
        Whose data fill it in; that of the file's own folder, or `annual-2019`, where not given.

    Returns
    -------
    Draft
        Its `text`, with what is wrong between ⟦ and ⟧, and its `faults`. JupyterLab shows
        the text as a page would, and the faults below it.

    Raises
    ------
    UnknownNameError
        If the edition or its narrative does not exist.
    DataError
        If a file cannot be read.
    """
    workbook = find_workbook()
    named = Path(name)
    file = named if str(name) and (named.suffix == ".md" or named.is_file()) else None
    report = open_report(edition or _edition_around(workbook, file) or "annual-2019")
    folder = workbook.raw / "narrative" / report.edition.name
    facts = report.facts()
    drafts = [
        fill(_read(path, workbook), facts, file=workbook.shown(path))
        for path in ([file] if file else _found(folder, str(name)))
    ]
    return reduce(add, drafts)


def _edition_around(workbook: Workbook, file: Path | None) -> str:
    """The edition in whose folder of narrative a file lies; "" for any other."""
    folder = workbook.raw / "narrative"
    real = real_path(file) if file else folder
    return real.parent.name if real.parent.parent == folder else ""


def _found(folder: Path, name: str) -> list[Path]:
    known = {path.stem: path for path in listed(folder, "*.md")}
    if not known:
        raise KccError(f"no narrative is written of {folder.name}")
    if name and name not in known:
        raise UnknownNameError("narrative", name, list(known))
    return [known[name]] if name else list(known.values())


def _read(path: Path, workbook: Workbook) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        problem = f"cannot be opened ({reason})"
        fault = Fault(workbook.shown(path), 0, "", "", problem, "check the path")
        raise DataError([fault]) from error

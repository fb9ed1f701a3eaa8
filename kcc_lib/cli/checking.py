"""`kcc check` of narrative: every unbound figure and broken binding of every edition."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kcc_lib.errors import Fault
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.publish.frozen import frozen_faults
from kcc_lib.records.folders import edition_names, files_under
from kcc_lib.records.places import find_workbook, real_path
from kcc_lib.records.sign_off import FILE as SIGNATURES
from kcc_lib.records.withheld import withheld_rows
from kcc_lib.workbench import open_report


def split_narrative(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Which narrative the paths ask for, and which other data.

    The whole of `data/raw`, named or not, asks for its narrative too.
    """
    raw = find_workbook().raw
    folder = raw / "narrative"
    whole = not paths or any(real_path(p) == raw for p in paths)
    told = [folder] if whole and folder.is_dir() else []
    told += [real_path(p) for p in paths if real_path(p).is_relative_to(folder)]
    return told, [p for p in paths if not real_path(p).is_relative_to(folder)]


def check_narratives(told: Sequence[Path]) -> tuple[list[Fault], int]:
    """Check narrative against its edition's own data, and signed editions against themselves.

    Returns
    -------
    (faults, files)
        Every fault in the files asked for, and how many there are.
    """
    workbook = find_workbook()
    files = {p for path in told for p in ([path] if path.is_file() else _narratives(path))}
    wanted = {workbook.shown(p) for p in files}
    missing = [p for p in told if not p.exists()]
    problem = "cannot be opened (No such file or directory)"
    faults = [Fault(workbook.shown(p), 0, "", "", problem, "check the path") for p in missing]
    whole = workbook.raw / "narrative" in told
    signatures = f"{workbook.shown(workbook.raw)}/{SIGNATURES}"
    for name in edition_names(workbook.raw):
        report = open_report(name)
        found = prose_faults(report)
        faults += [f for f in found if whole or f.file in wanted]
        if whole and not found:
            faults += frozen_faults(report, workbook, signatures)
    return faults, len(files)


def _narratives(folder: Path) -> list[Path]:
    return [path for path in files_under(folder) if path.suffix == ".md"]


def suppression_lines() -> list[str]:
    """How many rows each rule of the workbook holds back; none is named, and no number told."""
    rows = withheld_rows(find_workbook())
    first = Counter(f"{row.subject} {row.name}" for row in rows if row.name)
    more = sum(not row.name for row in rows)
    told = [f"suppressed: {n} row{'s' * (n != 1)} of {what}" for what, n in sorted(first.items())]
    if more:
        told.append(f"suppressed: {more} more, from which one of these could be worked out")
    return told

"""`kcc check`: every fault in the workbook's data, or in files of one's own."""

from collections.abc import Sequence
from pathlib import Path

from kcc_lib.errors import Fault
from kcc_lib.records.catalogue import MEASURES, check_catalogue, read_measures
from kcc_lib.records.editions import check_edition, edition_names
from kcc_lib.records.figures import check_figures
from kcc_lib.records.lines import Lines, check_columns, read_lines
from kcc_lib.records.observations import OPTIONAL, REQUIRED, check_files
from kcc_lib.records.places import find_workbook


def check_paths(paths: Sequence[Path]) -> tuple[list[Fault], int]:
    """Check folders of raw data and single files.

    A folder is checked as `data/raw` is. A file is checked as a catalogue or as
    observations, whichever its headings are nearer to; observations that bring their own
    metadata stand alone, others are checked against the workbook's catalogue.

    Returns
    -------
    (faults, files)
        Every fault, in file and line order, and how many files were looked at.
    """
    workbook = find_workbook()
    faults: list[Fault] = []
    files = 0
    for path in paths or [workbook.raw]:
        shown = workbook.shown(path)
        if path.is_dir():
            more, count = check_folder(path, shown)
        else:
            more, count = _check_file(path, shown), 1
        faults += more
        files += count
    return sorted(faults), files


def check_folder(raw: Path, shown: str) -> tuple[list[Fault], int]:
    """Check a folder laid out as `data/raw`."""
    catalogue, faults = check_catalogue(raw, shown=shown)
    series = sorted((raw / "observations").glob("*.csv"))
    if catalogue.measures:
        names = [f"{shown}/observations/{p.name}" for p in series]
        faults += check_files(series, names, measures=catalogue.measures, areas=catalogue.areas)[1]
    faults += check_figures(raw, shown=shown)[1]
    for name in edition_names(raw):
        faults += check_edition(raw, name, catalogue, shown=shown)[1]
    # windows and published judgements are read once for each edition
    return list(dict.fromkeys(faults)), len(
        [p for p in raw.rglob("*") if p.suffix in {".csv", ".toml"}]
    )


def _check_file(path: Path, shown: str) -> list[Fault]:
    lines, faults = read_lines(path, shown)
    if lines is None:
        return faults
    catalogue, more = check_catalogue(find_workbook().raw, shown="data/raw")
    if more:
        return more
    if _is_catalogue(lines):
        lines, more = check_columns(lines, MEASURES)
        faults += more
        if all(c in lines.cells for c in MEASURES.required):
            faults += read_measures(lines, catalogue.supporting_outcomes, catalogue.areas)[1]
        return faults
    if "polarity" in lines.cells or not set(lines.cells.get("measure", [])) & set(
        catalogue.measures
    ):
        return check_files([path], [shown])[1]
    return check_files([path], [shown], measures=catalogue.measures, areas=catalogue.areas)[1]


def _is_catalogue(lines: Lines) -> bool:
    heads = set(lines.cells.columns)
    as_catalogue = len(heads & set(MEASURES.columns))
    as_observations = len(heads & {*REQUIRED, *OPTIONAL})
    return as_catalogue > as_observations and "value" not in heads and "period" not in heads

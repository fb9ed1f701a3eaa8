"""`kcc check`: every fault in the workbook's data, or in files of one's own."""

from collections.abc import Sequence
from pathlib import Path

from kcc_lib.errors import Fault
from kcc_lib.measures import Catalogue
from kcc_lib.records import arrivals, corrections, council, glossary, sign_off, statement
from kcc_lib.records.catalogue import MEASURES, check_catalogue, read_measures
from kcc_lib.records.documents import FILE as DOCUMENTS_FILE
from kcc_lib.records.easy_words import FILE as EASY_FILE
from kcc_lib.records.editions import check_edition
from kcc_lib.records.figures import check_figures
from kcc_lib.records.folders import edition_names, files_under, listed
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines
from kcc_lib.records.observations import OPTIONAL, REQUIRED, check_files
from kcc_lib.records.places import find_workbook, real_path
from kcc_lib.records.published_outcomes import FILES as OUTCOME_FILES
from kcc_lib.records.quarterly_edition import FILES as QUARTERLY_FILES
from kcc_lib.records.related import FILE as RELATED_FILE
from kcc_lib.records.related import check_related
from kcc_lib.records.riding import RIDING
from kcc_lib.records.suppression import FILE as RULES
from kcc_lib.records.suppression import SUMS_FILE, read_suppression
from kcc_lib.records.targets import FILE as TARGETS_FILE
from kcc_lib.records.targets import read_targets

ALL = (*REQUIRED, *OPTIONAL)
#: The TOML files beside its folders.
RAW_TOML = frozenset({council.FILE, statement.FILE})
#: The CSV files of `data/raw` that stand beside its folders.
RAW_FILES = frozenset(
    {
        "areas.csv", "audit_notes.csv", "document_figures.csv", "measure_notes.csv", "measures.csv",
        DOCUMENTS_FILE, EASY_FILE,
        "neighbours.csv", "published_judgements.csv", "strategic_outcomes.csv",
        "supporting_outcomes.csv", "windows.csv", TARGETS_FILE, RELATED_FILE, sign_off.FILE,
        corrections.FILE, glossary.FILE, *OUTCOME_FILES, *QUARTERLY_FILES, RULES, SUMS_FILE,
        arrivals.FILE,
    }
)  # fmt: skip


def check_paths(paths: Sequence[Path]) -> tuple[list[Fault], int]:
    """Check folders of raw data and single files.

    A folder is checked as `data/raw` is, a file of `data/raw` as what it is there. Another
    file is checked as a catalogue or as observations, whichever its headings are nearer to;
    observations that bring their own metadata stand alone, others are checked against the
    workbook's catalogue, and all of them together.

    Returns
    -------
    (faults, files)
        Every fault, in file and line order, and how many files were looked at.
    """
    workbook = find_workbook()
    paths = list(dict.fromkeys(real_path(p) for p in paths))
    folders = [p for p in paths or [workbook.raw] if p.is_dir()]
    faults: list[Fault] = []
    files: set[Path] = set()
    for folder in folders:
        more, looked_at = check_folder(folder, workbook.shown(folder))
        faults += more
        files |= looked_at
    inside = [p for p in paths if p not in folders and real_path(p).is_relative_to(workbook.raw)]
    if inside:
        named = {workbook.shown(p) for p in inside}
        more, looked_at = check_folder(workbook.raw, workbook.shown(workbook.raw))
        read = {real_path(p) for p in looked_at}
        faults += [f for f in more if f.file in named]
        faults += [_unread(p, workbook.shown(p)) for p in inside if p not in read]
        files |= {real_path(p) for p in inside}
    others = [p for p in paths if p not in folders and p not in inside]
    faults += _check_files(others, [workbook.shown(p) for p in others])
    files |= {real_path(p) for p in others}
    return sorted(set(faults)), len(files)


def check_folder(folder: Path, shown: str) -> tuple[list[Fault], set[Path]]:
    """Check a folder laid out as `data/raw`, or one of nothing but observation files.

    Returns
    -------
    (faults, files)
        Every fault, and the files looked at.
    """
    if not any((folder / name).exists() for name in ("measures.csv", "observations", "editions")):
        series = listed(folder, "*.csv")
        if not series:
            return [Fault(shown, 0, "", "", "holds no CSV files", "name a folder of data")], set()
        return _check_files(series, [f"{shown}/{p.name}" for p in series]), set(series)
    catalogue, faults = check_catalogue(folder, shown=shown)
    suppression, more = read_suppression(folder, shown, catalogue.measures, catalogue.areas)
    faults += more if catalogue.measures else []
    series = listed(folder / "observations", "*.csv")
    if not series:
        problem, remedy = "holds no observation files", "add the series held, as CSV files"
        faults.append(Fault(f"{shown}/observations", 0, "", "", problem, remedy))
    elif catalogue.measures:
        names = [f"{shown}/observations/{p.name}" for p in series]
        areas = catalogue.areas or None  # a missing list of areas is told once, not on each row
        faults += check_files(
            series, names, suppression=suppression, measures=catalogue.measures, areas=areas
        )[1]
    faults += check_figures(folder, shown=shown, suppression=suppression)[1]
    if catalogue.measures:
        faults += read_targets(folder, f"{shown}/{TARGETS_FILE}", catalogue.measures)[1]
        faults += check_related(folder, catalogue.measures, shown=shown)[1]
        faults += arrivals.check_arrivals(folder, catalogue.measures, shown=shown)[1]
    for name in edition_names(folder) if catalogue.measures else []:
        faults += check_edition(folder, name, catalogue, shown=shown)[1]
    faults += corrections.check_signatures(folder, shown=shown)[2]
    faults += _strangers(folder, shown)
    files = {p for p in files_under(folder) if p.suffix in {".csv", ".toml"}}
    # windows and published judgements are read once for each edition
    return list(dict.fromkeys(faults)), files


def _unread(path: Path, shown: str) -> Fault:
    if not path.is_file():
        problem = "cannot be opened (No such file or directory)"
        return Fault(shown, 0, "", "", problem, "check the path")
    return Fault(shown, 0, "", "", "is no file of the raw data that is read", "check the path")


def _strangers(folder: Path, shown: str) -> list[Fault]:
    """Files that no part of the program reads: a misspelt name would be passed over in silence."""
    return [
        Fault(f"{shown}/{p.name}", 0, "", "", "is no file of the raw data", "rename or remove it")
        for p in sorted([*listed(folder, "*.csv"), *listed(folder, "*.toml")])
        if p.name not in RAW_FILES | RAW_TOML
    ]


def _check_files(paths: Sequence[Path], shown: Sequence[str]) -> list[Fault]:
    """Check files of one's own: catalogues one by one, observations together."""
    if not paths:
        return []
    raw = find_workbook().raw
    catalogue, faults = check_catalogue(raw, shown="data/raw")
    suppression, more = read_suppression(raw, "data/raw", catalogue.measures, catalogue.areas)
    faults += more
    alone: list[tuple[Path, str]] = []
    held: list[tuple[Path, str]] = []
    for path, name in zip(paths, shown, strict=True):
        lines, more = read_lines(path, name)
        if lines is None:
            faults += more
        elif _is_catalogue(_as_meant(lines)):
            faults += more + _check_catalogue_file(lines, catalogue)
        else:
            rides = any(column in _as_meant(lines).cells for column in RIDING)
            (alone if rides else held).append((path, name))
    if alone:
        files, names = [p for p, _ in alone], [n for _, n in alone]
        faults += check_files(files, names, suppression=suppression)[1]
    if held:
        measures, areas = catalogue.measures, catalogue.areas or None
        files, names = [p for p, _ in held], [n for _, n in held]
        faults += check_files(
            files, names, suppression=suppression, measures=measures, areas=areas
        )[1]
    return faults


def _check_catalogue_file(lines: Lines, catalogue: Catalogue) -> list[Fault]:
    lines, faults = check_columns(lines, MEASURES)
    if all(c in lines.cells for c in MEASURES.required):
        faults += read_measures(lines, catalogue.supporting_outcomes, catalogue.areas)[1]
    return faults


def _as_meant(lines: Lines) -> Lines:
    """The lines with headings read as what they plainly misspell."""
    known = tuple(dict.fromkeys((*ALL, *RIDING, *MEASURES.columns)))
    return check_columns(lines, Contract("any file", (), known))[0]


def _is_catalogue(lines: Lines) -> bool:
    heads = set(lines.cells.columns)
    as_catalogue = len(heads & set(MEASURES.columns))
    return as_catalogue > len(heads & set(ALL)) and not heads & {"value", "period"}

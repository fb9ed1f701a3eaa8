"""`data/processed`: the checked observations, rebuilt whenever their sources have changed."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

import pandas as pd

from kcc_lib.errors import DataError, Fault
from kcc_lib.measures import RARE_NUMBERS
from kcc_lib.records.catalogue import check_catalogue
from kcc_lib.records.dating import DATES
from kcc_lib.records.folders import listed
from kcc_lib.records.observations import COLUMNS, DERIVED, check_files, held_columns
from kcc_lib.records.places import Workbook
from kcc_lib.records.suppression import FILE as RULES
from kcc_lib.records.suppression import SUMS_FILE, read_suppression

_TEXT = ("measure", "area", "period", "flags", "source", "published", "note", "period_type")


def observation_files(workbook: Workbook) -> list[Path]:
    """The workbook's observation files, in order of name."""
    return listed(workbook.raw / "observations", "*.csv")


def fingerprint(paths: list[Path]) -> str:
    """One hash of the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load(workbook: Workbook) -> pd.DataFrame:
    """The checked observations; checked anew if anything they rest on has changed.

    Raises
    ------
    DataError
        If the sources have faults. What was processed before stays as it is.
    """
    table = workbook.processed / "observations.csv"
    mark = workbook.processed / "observations.json"
    catalogue_files = [workbook.raw / n for n in ("measures.csv", "areas.csv", RULES, SUMS_FILE)]
    package = Path(__file__).parents[1]
    code = sorted([*listed(package, "*.py"), *listed(package / "records", "*.py")])
    present = [p for p in (*observation_files(workbook), *catalogue_files, *code) if p.is_file()]
    current = fingerprint(present)
    if _mark(mark) == {"rests_on": current, "table": _hash(table)}:
        return _read(table)
    frame = _check(workbook)
    workbook.processed.mkdir(parents=True, exist_ok=True)
    write_whole(table, frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d"))
    told = {"rests_on": current, "table": _hash(table)}
    write_whole(mark, json.dumps(told, indent=1) + "\n")
    return _read(table)


def _mark(path: Path) -> object:
    """What the last table rested on; None where that cannot be read, and it is made again."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _check(workbook: Workbook) -> pd.DataFrame:
    catalogue, faults = check_catalogue(workbook.raw, shown=workbook.shown(workbook.raw))
    paths = observation_files(workbook)
    if not paths:
        folder = f"{workbook.shown(workbook.raw)}/observations"
        remedy = "add the series held, as CSV files"
        raise DataError([*faults, Fault(folder, 0, "", "", "holds no observation files", remedy)])
    suppression, more = read_suppression(
        workbook.raw, workbook.shown(workbook.raw), catalogue.measures, catalogue.areas
    )
    faults += more
    observations, more = check_files(
        paths, [workbook.shown(p) for p in paths], suppression=suppression,
        measures=catalogue.measures, areas=catalogue.areas,
    )  # fmt: skip
    if faults or more or observations is None:
        raise DataError([*faults, *more])
    return observations.frame[[*held_columns(observations.frame), *DERIVED]]


def _read(table: Path) -> pd.DataFrame:
    numbers = [c for c in (*COLUMNS, *RARE_NUMBERS, *DERIVED) if c not in _TEXT]
    blanks = {column: [""] for column in numbers}  # a blank text is a text, a blank number is NaN
    text = dict.fromkeys(_TEXT, "str")
    frame = pd.read_csv(table, dtype=text, keep_default_na=False, na_values=blanks)
    for column in ("period_start", "period_end"):
        frame[column] = pd.to_datetime(frame[column]).astype(DATES)
    return frame


def write_whole(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            file.write(text)
        os.chmod(name, 0o644)  # temporary files are private; results are for reading
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

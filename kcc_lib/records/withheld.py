"""What a workbook's rules of suppression withhold, told by file and line and never by number."""

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from kcc_lib.errors import DataError, KccError
from kcc_lib.records.catalogue import check_catalogue
from kcc_lib.records.claims import read_claims
from kcc_lib.records.counted import Countable
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.figures import FIGURES
from kcc_lib.records.figures import FILE as FIGURES_FILE
from kcc_lib.records.folders import edition_names, listed
from kcc_lib.records.hidden_figures import hide_figures
from kcc_lib.records.lines import open_file
from kcc_lib.records.observations import check_files
from kcc_lib.records.once import read_once
from kcc_lib.records.places import Workbook, find_workbook
from kcc_lib.records.printed import read_printed_tables
from kcc_lib.records.suppression import NO_RULES, Suppression, Withheld, read_suppression

#: What of a row held back may be told: what it is of, and where it is from.
_NAMES = frozenset([
    "measure", "area", "period", "flags", "source", "published", "figure", "title", "area_detail",
    "period_label", "unit", "edition", "table", "row", "group", "column", "claim",
])  # fmt: skip


def rules_of(workbook: Workbook) -> Suppression:
    """A workbook's rules and known sums.

    Raises
    ------
    DataError
        With every fault in them: a rule that cannot be read protects nobody.
    """
    shown = workbook.shown(workbook.raw)
    return read_once(
        workbook.raw, ("suppression", shown), None, lambda: _read_rules(workbook.raw, shown)
    )


def _read_rules(raw: Path, shown: str) -> Suppression:
    catalogue, faults = check_catalogue(raw, shown=shown)
    found, more = read_suppression(raw, shown, catalogue.measures, catalogue.areas)
    if faults or more:
        raise DataError([*faults, *more])
    return found


def rules_here() -> Suppression:
    """The rules of the workbook around; none where files are judged without one."""
    try:
        workbook = find_workbook()
    except KccError:
        return NO_RULES
    return rules_of(workbook)


def withheld_rows(workbook: Workbook) -> tuple[Withheld, ...]:
    """Every row of the workbook's files of which nothing is told."""
    raw, shown = workbook.raw, workbook.shown(workbook.raw)
    suppression = rules_of(workbook)
    if not suppression.rules:
        return ()
    catalogue, _ = check_catalogue(raw, shown=shown)
    paths = listed(raw / "observations", "*.csv")
    observations, _ = check_files(
        paths, [workbook.shown(p) for p in paths], suppression=suppression,
        measures=catalogue.measures, areas=catalogue.areas,
    )  # fmt: skip
    found = list(observations.withheld) if observations else []
    lines, _ = open_file(raw, FIGURES_FILE, FIGURES, f"{shown}/{FIGURES_FILE}")
    if lines is not None:
        found += hide_figures(lines, suppression).withheld
    names = edition_names(raw)
    for name in names:
        tables = Tables(raw, shown, names, catalogue.measures, suppression)
        printed, _ = read_printed_tables(tables, name, [])
        read_claims(tables, name, [], Countable({t.table: t for t in printed}))
        found += tables.withheld
    return tuple(sorted(set(found)))


def told_hash(path: Path, lines: Iterable[int]) -> str:
    """The hash of a file as far as it may be told: of the rows on some lines, only their names.

    The hash of a whole file is a fingerprint of every number in it, and a single small number
    is soon guessed from one. This is the same whatever number stands there.
    """
    out = set(lines)
    if not out:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    heads: list[str] = []
    begun = 1
    for row in reader:
        heads = heads or [head.strip() for head in row]
        cells = row
        if begun in out:
            named = zip(heads, row, strict=True)
            cells = [cell.split(";")[0].strip() for head, cell in named if head in _NAMES]
        digest.update(("\x1f".join(cells) + "\x1e").encode())
        begun = reader.line_num + 1
    return digest.hexdigest()

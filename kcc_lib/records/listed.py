"""What a quarterly edition lists: its directorates, its KPIs, and the printed counts of them."""

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.quarterly import Directorate, ListedKpi, PrintedCounts
from kcc_lib.records.cells import read_numbers, read_words, require_filled, split_parts
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.lines import Contract, Lines
from kcc_lib.vocabulary import Direction, Kind, Rag

DIRECTORATES = Contract(
    "directorates",
    ("edition", "directorate", "cabinet_members", "lead_role", "lead", "source", "locator"),
    ("note",),
)
KPIS = Contract(
    "KPIs of an edition",
    (
        "edition", "measure", "directorate", "rag", "rag_basis", "direction", "direction_basis",
        "source", "locator",
    ),
    ("note",),
)  # fmt: skip
#: The columns of the printed matrix and the word that each counts.
COUNTED = {
    "green": Rag.GREEN, "amber": Rag.AMBER, "red": Rag.RED,
    "improved": Direction.IMPROVED, "same": Direction.SAME, "worsened": Direction.WORSENED,
}  # fmt: skip
COUNTS = Contract("printed counts", ("edition", "directorate", *COUNTED, "source", "locator"))
_BASES = ("stated", "implied")


def check_directorate(lines: Lines, row: int, name: str, known: list[str]) -> list[Fault]:
    """A directorate named is one of the edition's."""
    if not name or name in known:
        return []
    remedy = nearest(name, known, shown=20)
    return [lines.fault(row, "directorate", "is no directorate of this edition", remedy)]


def read_directorates(tables: Tables, edition: str) -> tuple[tuple[Directorate, ...], list[Fault]]:
    """Read the directorates of one edition, in the order of print."""
    lines, faults = tables.open("directorates.csv", DIRECTORATES)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "directorate", "source"))
    found = tuple(
        Directorate(
            cells["directorate"], split_parts(cells["cabinet_members"]), cells["lead_role"],
            cells["lead"], cells.get("note", ""),
        )
        for _, cells in tables.rows(lines, edition, ("edition", "directorate"), faults)
    )  # fmt: skip
    return found, faults


def read_kpis(
    tables: Tables, edition: str, directorates: list[str]
) -> tuple[tuple[ListedKpi, ...], list[Fault]]:
    """Read the KPIs that one edition lists, in the order of print."""
    lines, faults = tables.open("edition_kpis.csv", KPIS)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "measure", "directorate", "source"))
    rags, more = read_words(lines, "rag", Rag, what="rating")
    faults += more
    directions, more = read_words(lines, "direction", Direction)
    faults += more
    for word in ("rag", "direction"):
        faults += _check_bases(lines, word)
    kpis = []
    for row, cells in tables.rows(lines, edition, ("edition", "measure"), faults):
        if tables.measures[cells["measure"]].kind is Kind.OUTCOME:
            remedy = "list a measure whose kind is kpi or activity"
            faults.append(lines.fault(row, "measure", "is an outcome measure", remedy))
        if directorates:
            faults += check_directorate(lines, row, cells["directorate"], directorates)
        kpis.append(
            ListedKpi(
                cells["measure"], cells["directorate"], rags[row], cells["rag_basis"],
                directions[row], cells["direction_basis"], cells.get("note", ""),
                cells["source"], cells["locator"],
            )
        )  # fmt: skip
    return tuple(kpis), faults


def _check_bases(lines: Lines, word: str) -> list[Fault]:
    """A rating or direction says what it rests on, and nothing stands without one."""
    faults = []
    column = f"{word}_basis"
    for row, (given, basis) in enumerate(zip(lines.text(word), lines.text(column), strict=True)):
        remedy = f"write {' or '.join(_BASES)}"
        if given and not basis:
            problem = f"is blank beside the {word} {given}"
            faults.append(lines.fault(row, column, problem, remedy))
        elif basis and not given:
            problem = f"stands without a {word}"
            faults.append(lines.fault(row, column, problem, f"give the {word} or leave it blank"))
        elif basis and basis not in _BASES:
            faults.append(lines.fault(row, column, "is not a basis", remedy))
    return faults


def read_printed_counts(
    tables: Tables, edition: str, directorates: list[str]
) -> tuple[tuple[PrintedCounts, ...], list[Fault]]:
    """Read the printed matrix of one edition; its row of totals names no directorate."""
    lines, faults = tables.open("printed_counts.csv", COUNTS, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "source"))
    columns = {}
    for name in COUNTED:
        columns[name], more = read_numbers(lines, name)
        faults += more
        wrong = np.flatnonzero((columns[name] < 0) | (columns[name] % 1 > 0))
        remedy = "write a whole number, or nothing where print is blank"
        faults += lines.faults(wrong, name, "is not a count", remedy)
    found = []
    for row, cells in tables.rows(lines, edition, ("edition", "directorate"), faults):
        if directorates:
            faults += check_directorate(lines, row, cells["directorate"], directorates)
        counts = {
            str(word): int(columns[name][row])
            for name, word in COUNTED.items()
            if np.isfinite(columns[name][row])
        }
        found.append(PrintedCounts(cells["directorate"], counts, cells["source"], cells["locator"]))
    return tuple(found), faults

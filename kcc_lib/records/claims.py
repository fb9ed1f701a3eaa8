"""Claims: printed statements about tables and counts, put so that they can be worked out again."""

import math

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.quarterly import Claim, ClaimKind
from kcc_lib.records.cells import read_numbers, read_words, require_filled, split_parts
from kcc_lib.records.counted import Countable, count
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.hidden_cells import veil_table, withheld_claims, without
from kcc_lib.records.lines import Contract, Lines
from kcc_lib.records.listed import COUNTED, check_directorate
from kcc_lib.records.misprints import why_not_a_number

CLAIMS = Contract(
    "claims",
    ("edition", "claim", "kind", "says", "stated", "figures", "source", "locator"),
    (
        "stated_counted", "figures_counted", "rounded_to", "stated_period", "held_period", "table",
        "directorate", "word", "reference",
    ),
)  # fmt: skip
#: How many figures each kind of claim follows from: the least, and the most where there is one.
_FIGURES: dict[ClaimKind, tuple[int, int | None]] = {
    ClaimKind.CHANGE: (2, 2),
    ClaimKind.PERCENT_CHANGE: (2, 2),
    ClaimKind.SHARE: (2, 2),
    ClaimKind.TOTAL: (1, None),
    ClaimKind.COUNT: (1, None),
    ClaimKind.PERIOD: (0, 0),
    ClaimKind.PARTIAL: (1, None),
}


def read_claims(
    tables: Tables, edition: str, directorates: list[str], held: Countable
) -> tuple[tuple[Claim, ...], list[Fault]]:
    """Read the claims of one edition.

    Parameters
    ----------
    directorates
        The edition's directorates, which a claim may name.
    held
        Its printed tables, which a claim may name too, and what else can be counted.
    """
    lines, faults = tables.open("claims.csv", CLAIMS, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "claim", "kind", "says", "source"))
    kinds, more = read_words(lines, "kind", ClaimKind, what="kind of claim")
    faults += more
    stated, more = read_numbers(lines, "stated")
    faults += more
    steps, more = read_numbers(lines, "rounded_to")
    faults += more
    remedy = "write the step that figures were rounded to, such as 1, or nothing"
    faults += lines.faults(steps < 0, "rounded_to", "is below zero", remedy)
    claims = []
    for row, cells in tables.rows(lines, edition, ("edition", "claim"), faults):
        kind = kinds[row]
        number, figures, more = _read_sides(lines, row, float(stated[row]), held)
        faults += more
        if kind is None:
            continue
        claim = Claim(
            cells["claim"], kind, cells["says"], number, figures,
            float(np.nan_to_num(steps[row])), cells.get("stated_period", ""),
            cells.get("held_period", ""), cells.get("table", ""), cells.get("directorate", ""),
            cells.get("word", ""), bool(cells.get("figures_counted")),
            cells.get("reference", ""), cells["source"], cells["locator"],
        )  # fmt: skip
        faults += [] if more else _check_shape(lines, row, claim)
        faults += _check_names(lines, row, claim, directorates, list(held.tables))
        claims.append(claim)
    # a statement about a table from which something is left out may state just that
    partial = {t.table for t in held.tables.values() if any(c.suppressed for c in t.cells)}
    tables.withheld.extend(withheld_claims(lines, partial))
    return without(claims, partial), veil_table(faults, lines, tables.suppression)


def _read_sides(
    lines: Lines, row: int, stated: float, held: Countable
) -> tuple[float, tuple[float, ...], list[Fault]]:
    """What a claim states and the figures it follows from, each typed or counted."""
    typed, faults = _read_figures(lines, row, lines.text("figures")[row])
    counted = {}
    for column in ("stated", "figures"):
        counted[column], more = count(lines, row, f"{column}_counted", held)
        faults += more
        if _has(lines, row, column) and _has(lines, row, f"{column}_counted"):
            problem, remedy = f"stands beside {column}_counted", "keep one of the two"
            faults.append(lines.fault(row, column, problem, remedy))
    number = math.fsum(counted["stated"]) if counted["stated"] else stated
    return number, counted["figures"] or typed, faults


def _check_names(
    lines: Lines, row: int, claim: Claim, directorates: list[str], printed: list[str]
) -> list[Fault]:
    """The directorate, the table and the word of the matrix that a claim names exist."""
    faults = []
    if directorates:
        faults += check_directorate(lines, row, claim.directorate, directorates)
    if claim.table and claim.table not in printed:
        remedy = nearest(claim.table, printed, shown=20)
        faults.append(lines.fault(row, "table", "is no table of this edition", remedy))
    words = [str(w) for w in COUNTED.values()]
    if claim.word and claim.word not in words:
        remedy = nearest(claim.word, words, shown=20)
        faults.append(lines.fault(row, "word", "is no word of the printed matrix", remedy))
    elif claim.word and not claim.directorate:
        problem, remedy = "is of no directorate", "name the directorate whose count it is"
        faults.append(lines.fault(row, "word", problem, remedy))
    return faults


def _read_figures(lines: Lines, row: int, text: str) -> tuple[tuple[float, ...], list[Fault]]:
    """The figures of a claim, separated by ` | `."""
    figures, faults = [], []
    for part in split_parts(text):
        try:
            figures.append(float(part))
        except ValueError:
            problem, remedy = why_not_a_number(part, "figures")
            faults.append(lines.fault(row, "figures", f"{problem} ({part!r})", remedy))
    return tuple(figures), faults


def _check_shape(lines: Lines, row: int, claim: Claim) -> list[Fault]:
    """A claim has what its kind is worked out from, and nothing else."""
    kind = claim.kind
    faults = []
    periods = ("stated_period", "held_period")
    if kind is ClaimKind.PERIOD:
        faults += [_lacking(lines, row, c, kind) for c in periods if not getattr(claim, c)]
        sides = ("stated", "figures", "stated_counted", "figures_counted")
        faults += [_spare(lines, row, c, kind) for c in sides if _has(lines, row, c)]
        return faults
    faults += [_spare(lines, row, c, kind) for c in periods if getattr(claim, c)]
    if not _has(lines, row, "stated") and not _has(lines, row, "stated_counted"):
        faults.append(_lacking(lines, row, "stated", kind))
    least, most = _FIGURES[kind]
    if len(claim.figures) < least or (most is not None and len(claim.figures) > most):
        problem = f"holds {len(claim.figures)} figures of a {kind}"
        remedy = f"give {least} separated by |" if most else "give at least one"
        return [*faults, lines.fault(row, "figures", problem, remedy)]
    base = {ClaimKind.PERCENT_CHANGE: 0, ClaimKind.SHARE: 1}.get(kind)
    if base is not None and claim.figures[base] == 0:
        remedy = "give the earlier figure first, or the part and then the whole"
        faults.append(lines.fault(row, "figures", "has nought to divide by", remedy))
    return faults


def _has(lines: Lines, row: int, column: str) -> bool:
    return bool(lines.text(column)[row])


def _lacking(lines: Lines, row: int, column: str, kind: ClaimKind) -> Fault:
    return lines.fault(row, column, f"is blank in a claim of kind {kind}", "fill it in")


def _spare(lines: Lines, row: int, column: str, kind: ClaimKind) -> Fault:
    problem = f"has no place in a claim of kind {kind}"
    return lines.fault(row, column, problem, "leave it blank, or mend the kind")

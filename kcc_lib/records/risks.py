"""The corporate risk register of an edition: risks that moved, and what was done about risks."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from kcc_lib.errors import Fault
from kcc_lib.quarterly import PrintedTable
from kcc_lib.records.cells import read_numbers, read_words, require_filled
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.lines import Contract, Lines
from kcc_lib.risks import (
    CURRENT_LEVEL,
    RISK_LEVELS,
    TARGET_LEVEL,
    MitigatingAction,
    RiskChange,
    RiskLevel,
    RiskMovement,
    level_column,
)

RISKS = Contract(
    "risks",
    (
        "edition", "risk", "movement", "level_before", "level_now", "score_before", "score_now",
        "reason", "source", "locator",
    ),
)  # fmt: skip
ACTIONS = Contract("mitigating actions", ("edition", "risk", "action", "source", "locator"))
RISKS_FILE, ACTIONS_FILE = "risks.csv", "mitigating_actions.csv"
_BEFORE, _NOW = ("level_before", "score_before"), ("level_now", "score_now")


def read_risks(tables: Tables, edition: str) -> tuple[tuple[RiskChange, ...], list[Fault]]:
    """Read the risks of one edition that are new, moved or left, in the order of print."""
    lines, faults = tables.open(RISKS_FILE, RISKS, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "risk", "movement", "source", "locator"))
    movements, more = read_words(lines, "movement", RiskMovement, what="movement of a risk")
    faults += more
    levels, scores = {}, {}
    for level, score in (_BEFORE, _NOW):
        levels[level], more = read_words(lines, level, RiskLevel, what="level of a risk")
        faults += more
        scores[score], more = read_numbers(lines, score)
        faults += more
        wrong = np.flatnonzero((scores[score] <= 0) | (scores[score] % 1 > 0))
        remedy = "write a whole number above nought, or nothing where it is not held"
        faults += lines.faults(wrong, score, "is not a score", remedy)
    found = []
    for row, cells in tables.rows(lines, edition, ("edition", "risk"), faults):
        movement = movements[row]
        if movement is None:
            continue
        change = RiskChange(
            cells["risk"], movement, levels["level_before"][row], levels["level_now"][row],
            float(scores["score_before"][row]), float(scores["score_now"][row]),
            cells["reason"], cells["source"], cells["locator"],
        )  # fmt: skip
        faults += _check_movement(lines, row, change)
        found.append(change)
    return tuple(found), faults


def _check_movement(lines: Lines, row: int, change: RiskChange) -> list[Fault]:
    """Levels and scores say what the movement says, as far as they are held."""
    movement = change.movement
    absent = {RiskMovement.NEW: _BEFORE, RiskMovement.REMOVED: _NOW}.get(movement, ())
    faults = [
        lines.fault(row, column, f"cannot be of a risk that is {movement}",
                    "leave it blank, or mend the movement")
        for column in absent
        if lines.text(column)[row]
    ]  # fmt: skip
    sign = movement.sign
    if not sign:
        return faults
    before, now = change.level_before, change.level_now
    steps = now.rank - before.rank if before and now else math.nan
    rise = change.score_now - change.score_before
    for column, gone, least in (("level_now", steps, 0), ("score_now", rise, 1)):
        # a level may stay as it is while the score moves within it
        if sign * gone < least:
            problem = f"does not go with a risk that is {movement}"
            remedy = f"mend it, {column.replace('now', 'before')} or the movement"
            faults.append(lines.fault(row, column, problem, remedy))
    return faults


def read_actions(tables: Tables, edition: str) -> tuple[tuple[MitigatingAction, ...], list[Fault]]:
    """Read the mitigating actions that one edition tells of, risk by risk."""
    lines, faults = tables.open(ACTIONS_FILE, ACTIONS, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ACTIONS.required)
    key = ("edition", "risk", "action")
    found = tuple(
        MitigatingAction(cells["risk"], cells["action"], cells["source"], cells["locator"])
        for _, cells in tables.rows(lines, edition, key, faults)
    )
    return found, faults


def check_levels(shown: str, edition: str, printed: Sequence[PrintedTable]) -> list[Fault]:
    """The table of risk levels has every cell that its sentence is made of.

    Parameters
    ----------
    shown
        The folder of data, as messages print it.
    """
    cells = {(c.row, c.column) for t in printed if t.table == RISK_LEVELS for c in t.cells}
    if not cells:
        return []
    needed = product((CURRENT_LEVEL, TARGET_LEVEL), map(level_column, RiskLevel))
    remedy = "add it, or give the table another name"
    return [
        Fault(f"{shown}/printed_tables.csv", 0, "table", RISK_LEVELS,
              f"has no cell {row!r}, {column!r} in {edition}", remedy)
        for row, column in needed
        if (row, column) not in cells
    ]  # fmt: skip

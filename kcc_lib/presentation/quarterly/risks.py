"""The corporate risk register: levels now and expected, what moved, and what is done about it."""

import math
from collections import Counter
from collections.abc import Sequence

from kcc_lib.judgement.reconcile import Agreement
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.comparisons import listing
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.quarterly.findings import claim_of, figure_words
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.table import table_with_notes
from kcc_lib.presentation.quarterly.words import NOT_HELD
from kcc_lib.quarterly import ClaimKind, PrintedTable
from kcc_lib.risks import (
    ACTIONS_DUE,
    CURRENT_LEVEL,
    RISK_LEVELS,
    TARGET_LEVEL,
    RiskChange,
    RiskLevel,
    RiskMovement,
    level_column,
)

_MOVED = {
    RiskMovement.NEW: ("is new", "are new"),
    RiskMovement.RAISED: ("was raised", "were raised"),
    RiskMovement.REDUCED: ("was reduced", "were reduced"),
    RiskMovement.REMOVED: ("was removed", "were removed"),
}
OFF_REGISTER = "not on the register"


def risk_register(quarter: Quarter) -> list[Block]:
    """The section of the tables page; nothing where the edition holds nothing of its risks."""
    told = quarter.quarterly
    tables = {t.table: t for t in told.tables}
    levels, due = tables.get(RISK_LEVELS), tables.get(ACTIONS_DUE)
    if not (levels or due or told.risks or told.actions):
        return []
    found = [_heading(2, "Corporate risk register", "risks")]
    if levels:
        said = levels_sentence(levels)
        found += [*table_with_notes(quarter, levels), *([_prose(said)] if said else [])]
    if told.risks:
        found += [_prose(movements_sentence(told.risks)), movements_table(told.risks)]
    if due:
        found += table_with_notes(quarter, due)
    return found + (_by_risk(quarter) if told.actions else [])


def levels_sentence(table: PrintedTable) -> str:
    """How many risks there are, and how many are High and expected to be; "" where blank."""
    held = {(c.row, c.column): c.value for c in table.cells}
    now, then = (
        [held.get((row, level_column(level)), math.nan) for level in RiskLevel]
        for row in (CURRENT_LEVEL, TARGET_LEVEL)
    )
    if any(math.isnan(n) for n in (*now, *then)):
        return ""
    at = RiskLevel.HIGH.rank
    said = (
        f"Of {count_words(int(sum(now)), 'corporate risk')}, {_are(now[at])} High now, and "
        f"{_are(then[at])} expected to be High after further action."
    )
    if sum(now) != sum(then):
        said += f" The target levels are of {count_words(int(sum(then)), 'risk')}."
    return said


def _are(number: float) -> str:
    return f"{int(number) or 'none'} {'are' if number > 1 else 'is'}"


def movements_sentence(risks: Sequence[RiskChange]) -> str:
    """How many risks are new, were raised, reduced or removed."""
    count = Counter(r.movement for r in risks)
    said = [f"{count[m]} {_MOVED[m][count[m] != 1]}" for m in RiskMovement if count[m]]
    return f"Risks since the quarter before: {listing(said)}."


def movements_table(risks: Sequence[RiskChange]) -> Block:
    """Each risk that moved: how, from where to where, and why."""
    return {
        "kind": "table",
        "id": "risk-movements",
        "caption": "Risks that are new or have moved",
        "columns": [
            {"name": "Risk"}, {"name": "Movement"}, {"name": "Before"}, {"name": "Now"},
            {"name": "Why", "wide": True},
        ],
        "rows": [
            [r.risk, r.movement.capitalize(), *_standings(r), r.reason or NOT_HELD] for r in risks
        ],
    }  # fmt: skip


def _standings(risk: RiskChange) -> tuple[str, str]:
    """Level and score before and now."""
    before = _standing(risk.level_before, risk.score_before)
    now = _standing(risk.level_now, risk.score_now)
    if risk.movement is RiskMovement.NEW:
        before = OFF_REGISTER
    if risk.movement is RiskMovement.REMOVED:
        now = OFF_REGISTER
    return before, now


def _standing(level: RiskLevel | None, score: float) -> str:
    if level is None and math.isnan(score):
        return NOT_HELD
    scored = NOT_HELD if math.isnan(score) else figure_words(score)
    return f"{level or f'level {NOT_HELD}'}, score {scored}"


def _by_risk(quarter: Quarter) -> list[Block]:
    """A heading and a list for each risk that something was done about."""
    actions: dict[str, list[str]] = {}
    for one in quarter.quarterly.actions:
        actions.setdefault(one.risk, []).append(one.action)
    found = [
        _heading(3, "Mitigating actions by risk", "actions"),
        _prose(actions_sentence(quarter)),
    ]
    for at, (risk, told) in enumerate(actions.items(), start=1):
        found += [_heading(4, risk, f"risk-{at}"), {"kind": "notes", "items": told}]
    return found


def actions_sentence(quarter: Quarter) -> str:
    """How many actions are listed under how many risks, and how many the table counts."""
    actions = quarter.quarterly.actions
    risks = {a.risk for a in actions}
    verb = "is" if len(actions) == 1 else "are"
    said = f"{count_words(len(actions), 'action')} {verb} listed under "
    said += f"{count_words(len(risks), 'risk')}."
    findings = quarter.findings_on(table=ACTIONS_DUE)
    for finding in (f for f in findings if claim_of(f) is ClaimKind.PARTIAL):
        if finding.agreement is Agreement.NOT_SETTLED:
            said += (
                f" The table of due dates counts {figure_words(finding.stated)}. The report calls "
                "its list a summary, so the list may leave some out."
            )
    return said


def _heading(level: int, text: str, identifier: str) -> Block:
    return {"kind": "heading", "level": level, "text": text, "id": identifier}


def _prose(text: str) -> Block:
    return {"kind": "prose", "markdown": text}

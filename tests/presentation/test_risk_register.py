"""The corporate risk register on the tables page: sentences from its rows, nothing made up."""

import math

import pytest

from kcc_lib import pages
from kcc_lib.presentation.blocks import block_faults, render_blocks
from kcc_lib.presentation.quarterly.risks import (
    actions_sentence,
    levels_sentence,
    movements_sentence,
    movements_table,
    risk_register,
)
from kcc_lib.quarterly import Claim, ClaimKind, PrintedCell, PrintedTable
from kcc_lib.risks import MitigatingAction, RiskChange, RiskLevel, RiskMovement

from .quarterly_builders import HOSTILE, RISING, kpi, quarter

NEW, RAISED, REDUCED, REMOVED = RiskMovement
LOW, MEDIUM, HIGH = RiskLevel


def levels(now, then):
    """The table of risk levels: low, medium and high, now and expected."""
    cells = tuple(
        PrintedCell(row, "", f"{level} Risk", value)
        for row, values in (("Current risk level", now), ("Target risk level", then))
        for level, value in zip(RiskLevel, values, strict=True)
    )
    return PrintedTable("risk-register", "Risks in each level", "", "Risk level", cells)


def due():
    cells = (PrintedCell("June", "", "Done", 2.0), PrintedCell("June", "", "Open", 1.0))
    return PrintedTable("mitigating-actions", "Actions by date", "", "Due", cells)


def actions(*risks):
    return tuple(MitigatingAction(r, f"{r} {n}") for n, r in enumerate(risks, start=1))


def held(**told):
    return quarter([(kpi("m"), RISING)], **told)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((0, 6, 10), (2, 14, 0),
         "Of 16 corporate risks, 10 are High now, and none is expected to be High after further "
         "action."),
        ((0, 0, 1), (0, 0, 1),
         "Of 1 corporate risk, 1 is High now, and 1 is expected to be High after further action."),
        ((1, 1, 3), (1, 1, 2),
         "Of 5 corporate risks, 3 are High now, and 2 are expected to be High after further "
         "action. The target levels are of 4 risks."),
        ((1, math.nan, 3), (1, 1, 2), ""),
    ],
)  # fmt: skip
def test_the_sentence_on_levels_follows_from_the_table(now, then, said):
    assert levels_sentence(levels(now, then)) == said


def test_the_sentence_on_movements_counts_the_rows():
    risks = [RiskChange(n, m) for n, m in zip("abcd", (NEW, REDUCED, REDUCED, RAISED), strict=True)]

    assert movements_sentence(risks) == (
        "Risks since the quarter before: 1 is new, 1 was raised and 2 were reduced."
    )


@pytest.mark.parametrize(
    ("change", "before", "now"),
    [
        (RiskChange("r", REDUCED, HIGH, HIGH, 20, 16), "High, score 20", "High, score 16"),
        (RiskChange("r", REDUCED, HIGH, MEDIUM), "High, score not held", "Medium, score not held"),
        (RiskChange("r", RAISED, score_now=9), "not held", "level not held, score 9"),
        (RiskChange("r", NEW), "not on the register", "not held"),
        (RiskChange("r", REMOVED, LOW), "Low, score not held", "not on the register"),
    ],
)
def test_a_level_or_score_that_is_not_held_is_said_to_be_so(change, before, now):
    row = movements_table([change])["rows"][0]

    assert row[2:4] == [before, now]
    assert row[4] == "not held"


def test_the_list_by_risk_is_set_beside_the_table_without_calling_it_wrong():
    claim = Claim("c", ClaimKind.PARTIAL, "S", 3.0, (2.0,), table="mitigating-actions")
    quarterly = held(tables=(due(),), actions=actions("A", "B"), claims=(claim,))

    assert actions_sentence(quarterly) == (
        "2 actions are listed under 2 risks. The table of due dates counts 3. The report calls its "
        "list a summary, so the list may leave some out."
    )
    assert "contradicts" not in str(render_blocks(risk_register(quarterly)))


def test_a_list_with_more_than_the_table_counts_contradicts_it():
    claim = Claim("c", ClaimKind.PARTIAL, "Sums up", 3.0, (4.0,), table="mitigating-actions")
    quarterly = held(tables=(due(),), actions=actions(*"AABB"), claims=(claim,))

    assert actions_sentence(quarterly) == "4 actions are listed under 2 risks."
    assert "Sums up: print says 3, the figures held say 4." in str(risk_register(quarterly))


def test_the_register_stands_in_order_under_its_heading_and_apart_from_other_tables():
    other = PrintedTable("t", "Another", "", "R", (PrintedCell("a", "", "c", 1.0),))
    quarterly = held(
        tables=(levels((0, 6, 10), (2, 14, 0)), other, due()), risks=(RiskChange("r", NEW),),
        actions=actions("B", "A", "B"),
    )  # fmt: skip

    found = pages.printed_tables(quarterly).blocks
    ids = [b["id"] for b in found if "id" in b]

    assert [f for b in found for f in block_faults(b)] == []
    assert ids == [
        "top", "d-whole-council", "t-t", "risks", "t-risk-register", "risk-movements",
        "t-mitigating-actions", "actions", "risk-1", "risk-2",
    ]  # fmt: skip
    lists = [(b["text"], found[at + 1]["items"]) for at, b in enumerate(found)
             if str(b.get("id")).startswith("risk-") and b["kind"] == "heading"]  # fmt: skip
    assert lists == [("B", ["B 1", "B 3"]), ("A", ["A 2"])]


def test_without_risks_there_is_no_register_and_without_anything_it_is_said():
    quarterly = held()

    assert risk_register(quarterly) == []
    assert "No printed table of this edition is held." in str(
        pages.printed_tables(quarterly).blocks
    )
    assert len(risk_register(held(actions=actions("A")))) == 5


def test_hostile_text_of_a_risk_is_shown_and_never_run():
    quarterly = held(
        risks=(RiskChange(HOSTILE, NEW, reason=HOSTILE),),
        actions=(MitigatingAction(HOSTILE, HOSTILE),),
    )

    page = str(render_blocks(pages.printed_tables(quarterly).blocks))

    assert "<script" not in page
    assert "<img" not in page

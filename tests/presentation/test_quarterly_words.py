"""Sentences of a quarterly report follow from its counts and its figures."""

import math
from dataclasses import replace
from datetime import date

import pytest

from kcc_lib.judgement.reconcile import Agreement, Finding, check_claim
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.findings import (
    ROUNDING_NOTE,
    contradiction_note,
    explanation,
    in_order,
    notes_on,
)
from kcc_lib.presentation.quarterly.outlook import chance_words, outlook_sentence
from kcc_lib.presentation.quarterly.tallies import Tally
from kcc_lib.presentation.quarterly.words import (
    directorate_sentence,
    majority_sentence,
    net_sentence,
    target_sentence,
)
from kcc_lib.quarterly import Claim, ClaimKind
from kcc_lib.vocabulary import Direction

from .quarterly_builders import RISING, kpi, quarter

OLD = (Direction.IMPROVED, Direction.SAME, Direction.WORSENED, Direction.NOT_GIVEN)
NEW = (Direction.IMPROVING, Direction.STABLE, Direction.WORSENING, Direction.NOT_GIVEN)


def tally(ratings, directions=(0, 0, 0, 0)):
    return Tally("North", sum(ratings), ratings, directions)


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ((23, 12, 3, 0), "A majority of the 38 KPIs are Green (23); 12 are Amber and 3 are Red."),
        ((2, 1, 1, 0), "Half of the 4 KPIs are Green (2); 1 is Amber and 1 is Red."),
        ((1, 2, 0, 1), "Fewer than half of the 4 KPIs are Green (1); 2 are Amber, none is Red "
         "and 1 could not be rated."),
        ((0, 2, 1, 0), "None of the 3 KPIs is Green; 2 are Amber and 1 is Red."),
        ((0, 0, 0, 5), "None of the 5 KPIs could be rated."),
        ((0, 1, 0, 0), "The one KPI is Amber."),
        ((0, 0, 0, 0), "The report lists no KPI."),
    ],
)  # fmt: skip
def test_the_majority_sentence_follows_from_the_counts(ratings, said):
    assert majority_sentence(tally(ratings)) == said


@pytest.mark.parametrize(
    ("directions", "words", "said"),
    [
        ((18, 8, 12, 0), OLD, "The net direction of travel was positive: 18 KPIs improved and 12 "
         "worsened; 8 stayed the same."),
        ((1, 0, 3, 0), NEW, "The net direction of travel was negative: 1 KPI is improving and 3 "
         "are worsening."),
        ((0, 1, 2, 1), NEW, "The net direction of travel was negative: no KPIs are improving and "
         "2 are worsening; 1 is stable, and 1 has no direction."),
        ((2, 0, 2, 0), OLD, "The net direction of travel was level: as many KPIs improved as "
         "worsened (2 each)."),
        ((0, 3, 0, 0), NEW, "No KPI is improving or is worsening; 3 are stable."),
        ((0, 0, 0, 4), NEW, "No KPI has a direction of travel."),
    ],
)  # fmt: skip
def test_the_net_direction_follows_from_the_counts(directions, words, said):
    assert net_sentence(tally((sum(directions), 0, 0, 0), directions), words) == said


def test_a_directorate_is_told_in_its_own_counts_and_no_count_of_none():
    told = directorate_sentence(tally((2, 0, 0, 1), (1, 0, 1, 1)), OLD)

    assert told == (
        "Of its 3 KPIs, 2 are Green and 1 is not rated (N/A). By direction of travel, 1 improved, "
        "1 worsened and 1 has no direction (N/A)."
    )


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.01, "less than 1 in 20"), (0.08, "about 1 in 10"), (0.2, "about 1 in 5"),
        (0.48, "about 1 in 2"), (0.81, "about 4 in 5"), (0.97, "more than 19 in 20"),
    ],
)  # fmt: skip
def test_a_chance_is_told_as_one_in_so_many(chance, said):
    assert chance_words(chance) == said


def one_view(values, **told):
    return quarter([(kpi("m", **told), values)], aims=[("m", 97, 90, math.nan, math.nan)]).kpis()[0]


def test_the_outlook_is_told_with_its_interval_and_the_chance_of_the_target():
    ahead = {
        "value": 95.0, "low": 90.0, "high": 99.0, "target": 97.0, "chance": 0.2, "n_points": 6,
        "year_end": date(2025, 3, 31), "reasons": "",
    }  # fmt: skip

    assert outlook_sentence(replace(one_view(RISING), ahead=ahead)) == (
        "If the course of the last six quarters went on, the value at the end of March 2025 "
        "would be about 95%; four times in five it would lie between 90% and 99%. The chance of "
        "meeting the target of 97% would be about 1 in 5."
    )


@pytest.mark.parametrize(
    ("values", "told", "why"),
    [
        (RISING[:4], {}, "too few"),
        (RISING, {"rolling": True}, "overlap"),
        ([5.0] * 6, {}, "do not scatter"),
    ],
    ids=["four quarters", "rolling", "no scatter"],
)
def test_where_there_is_no_outlook_it_is_said_why(values, told, why):
    said = outlook_sentence(one_view(values, **told))

    assert said.startswith("No outlook for the end of the year is given: ")
    assert why in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (85, "It meets the target of 85%."),
        (84, "It misses the target of 85% but meets the floor of 75%."),
        (74, "It misses the target of 85% and the floor of 75%."),
        (math.nan, ""),
    ],
)
def test_a_target_and_a_floor_are_met_or_missed_in_plain_words(value, said):
    aims = [("m", 85, 75, math.nan, math.nan)]
    view = quarter([(kpi("m"), [80.0, value])], aims=aims).kpis()[0]

    assert target_sentence(view) == said
    assert said in kpi_card(view, commentary="")["caption"]


def finding(agreement, stated=3.0, found=2.0, **told):
    return Finding("Total, 2016", agreement, stated, found, **told)


def test_contradictions_come_first():
    found = in_order([finding(a) for a in reversed(Agreement)])

    assert found[0].agreement is Agreement.CONTRADICTS
    assert found[-1].agreement is Agreement.AGREES


def test_a_contradiction_is_noted_with_both_figures_and_rounding_once():
    bad = finding(Agreement.CONTRADICTS, 15001, 15002.5)
    near = [finding(Agreement.ROUNDING), finding(Agreement.ROUNDING)]

    told = notes_on([bad, *near, finding(Agreement.AGREES)])

    assert [t["items"] for t in told] == [[contradiction_note(bad)], [ROUNDING_NOTE]]
    assert contradiction_note(bad) == "Total, 2016: print says 15,001, its parts make 15,002.5."


def statement(word, stated=1.0, found=2.0, directorate="North"):
    claim = Claim("c", ClaimKind.COUNT, "The matrix counts one.", stated, (found,), word=word,
                  directorate=directorate)  # fmt: skip
    return check_claim(claim)


@pytest.mark.parametrize(
    ("claimed", "notes"),
    [
        pytest.param(statement("same"), 1, id="the same count"),
        pytest.param(statement("worsened"), 2, id="another word"),
        pytest.param(statement(""), 2, id="no word, and the same figures by chance"),
        pytest.param(statement("same", found=3.0), 2, id="other figures"),
        pytest.param(statement("same", directorate="South"), 2, id="another directorate"),
        pytest.param(statement("same", found=1.0), 1, id="a statement that agrees"),
    ],
)
def test_a_count_of_the_matrix_is_left_to_the_statement_that_tells_it_more_fully(claimed, notes):
    count = finding(Agreement.CONTRADICTS, 1.0, 2.0, word="same", directorate="North")

    said = notes_on([count, claimed])[0]["items"]

    assert len(said) == notes
    fuller = notes == 1 and claimed.agreement is Agreement.CONTRADICTS
    assert said[-1].startswith("The matrix" if fuller or notes == 2 else "Total, 2016")


def test_a_total_and_a_statement_of_no_word_are_both_told_though_their_figures_are_alike():
    total = finding(Agreement.CONTRADICTS, 1.0, 2.0, parts=(1.5, 0.5), directorate="North")

    assert len(notes_on([total, statement("")])[0]["items"]) == 2


def test_a_claim_of_a_period_is_told_in_periods():
    claim = Claim("c", ClaimKind.PERIOD, "The year of the rise.", stated_period="2016",
                  held_period="2017")  # fmt: skip

    assert contradiction_note(check_claim(claim)) == (
        "The year of the rise: print says 2016, the figures held say 2017."
    )


def test_parts_that_are_blank_or_unknown_are_told_of():
    told = explanation(finding(Agreement.NOT_SETTLED, parts=(1.0, math.nan), blanks=1, unknown=2))

    assert told == (
        "1. 1 part is blank in print and is left out. Of 2 KPIs print does not say whether they "
        "count."
    )

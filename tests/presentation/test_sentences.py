"""Captions and explanations agree with the numbers they are made from."""

import pytest

import kcc_lib as kcc
from kcc_lib.presentation.explanations import agreement_words, explain_verdict
from kcc_lib.presentation.outcome_words import why
from kcc_lib.presentation.overview import counts, majority_sentence
from kcc_lib.presentation.sentences import caption, chart_title, description
from kcc_lib.workbench import open_section


def test_a_caption_says_where_the_value_stands_and_came_from(section):
    told = caption(section.view("1.41"))

    assert told.startswith(
        "Kent was 74.0% in June 2019, down 1.1 percentage points from 75.1% in June 2018."
    )
    assert "England was 71.8%, lower than Kent." in told


def test_a_comparator_of_another_period_is_never_quoted(section):
    told = caption(section.view("2.14"))

    assert "England was 66.3%" in told  # 2018, the same survey year as Kent's latest


def test_a_measure_without_a_series_says_so(section):
    told = caption(section.view("1.12"))

    assert told == (
        "No series of figures is held for this measure. "
        "The published judgement is shown and has not been recomputed."
    )


def test_figures_of_other_years_only_are_told_apart_from_none(section):
    told = caption(section.view("2.34"))

    assert told.startswith("Figures are held for this measure, but none from the period")


def test_a_rate_carries_its_whole_unit_where_it_is_first_named(section):
    assert "39.2 per 10,000 population aged under 18 in March 2019" in caption(section.view("1.21"))


def test_a_break_is_named_with_its_reason_and_not_compared_across(section):
    told = caption(section.view("1.62"))

    assert "before a break in series" in told
    assert "Break in series before 2016/17: the GCSE method changed significantly in 2017." in told


def test_an_internal_point_is_marked_in_words(section):
    assert "(i), hollow: from an internal council source." in caption(section.view("3.72"))


def test_a_gap_in_years_is_not_called_a_step(section):
    told = caption(section.view("1.63"))

    assert "from 91% in August 2017" not in told or "unchanged" in told


@pytest.mark.parametrize("code", ["1.41", "2.23", "3.71"])
def test_the_description_holds_every_value_on_the_chart(section, code):
    view = section.view(code)

    told = description(view)

    assert told.count(";") == len(view.held) + len(view.other_held) - 2


def test_the_chart_is_named_with_measure_areas_and_span(section):
    name = chart_title(section.view("1.41"))

    assert name == (
        "1.41 Good level of development at Foundation Stage: "
        "chart of Kent and England, June 2015 to June 2019"
    )


def test_an_explanation_gives_test_numbers_and_caveats(section):
    verdict = section.view("3.71").verdicts[0]

    told = " ".join(explain_verdict(section.view("3.71"), verdict))

    assert "whether the survey's 95% intervals overlap" in told
    assert "z = 2.46, p = 0.014, below 0.05" in told
    assert "A two-sample test alone would call it" in told


@pytest.mark.parametrize(
    ("code", "at", "words"),
    [
        ("1.41", 0, "As published, and as recomputed"),
        ("1.62", 0, "As published; recomputed by the 5% rule: Maintaining"),
        ("1.12", 0, "As published; not recomputed"),
        ("1.53a", 0, "Not judged in the published report"),
    ],
)
def test_each_judgement_says_how_ours_stands_to_the_published_one(section, code, at, words):
    assert agreement_words(section.view(code).verdicts[at]) == words


def test_the_majority_sentence_follows_from_the_counts():
    labels = ["Improving"] * 13 + ["Maintaining"] * 45 + ["Not Improving"] * 14 + ["Not judged"] * 2

    assert majority_sentence(labels) == (
        "Most of the 74 measures were judged *Improving* (13) or *Maintaining* (45) over the last "
        "year; 14 were judged *Not Improving*, and 2 were not judged."
    )


def test_a_minority_is_not_called_most():
    assert majority_sentence(["Not Improving"] * 3 + ["Improving"]).startswith("Fewer than half")


def test_a_comparator_inside_the_interval_is_said_to_be_within_its_margin(section):
    told = caption(section.view("2.23"))

    assert "England was 57.7%, higher than Kent but within its margin of error." in told


def test_a_break_that_no_chart_shows_is_told_in_the_notes(section):
    block = section.measure("1.12").blocks[0]

    assert block["notes"].startswith(
        "Not comparable before 2016: the way casualties are classified"
    )


def test_a_survey_judged_by_its_intervals_never_says_that_chance_decides(section):
    told = " ".join(explain_verdict(section.view("3.71"), section.view("3.71").verdicts[0]))

    assert "they do, so no movement is called" in told
    assert "A two-sample test alone would call it, z = 2.46, p = 0.014, below 0.05." in told
    assert "told from chance" not in told


def test_a_break_across_which_figures_are_compared_is_not_said_to_bar_it(section):
    notes = {code: section.measure(code).blocks[0]["notes"] for code in ("1.34", "1.35")}

    assert "Counted in another way before 2015/16: from 2016" in notes["1.34"]
    assert "Not comparable before 2016/17: GCSE grades were reformed" in notes["1.35"]


def test_a_period_chosen_to_agree_with_the_print_is_said_so_beside_the_judgement(section):
    assert "the two agree proves nothing" in section.measure("1.11").blocks[0]["notes"]


def test_the_counts_of_what_was_worked_out_are_those_of_the_judgements_themselves(section):
    (table,) = [b for b in counts(section).blocks if b.get("id") == "judgement-counts"]
    own = section.judgements[section.judgements["area"] == section.area]
    for row, horizon in ((table["rows"][1], "1-year"), (table["rows"][3], "long-term")):
        held = own[own["horizon"] == horizon]["label"].value_counts()
        assert row[1:] == [str(held.get(c["name"], 0)) for c in table["columns"][1:]]


def test_nothing_is_said_of_p_where_a_judgement_has_none():
    by_rule, tested = (kcc.explain("1.11", **how) for how in ({"method": "variance-2017"}, {}))

    assert (
        "To bear in mind: the periods overlap and share data, so no test of chance holds."
        in by_rule
    )
    assert "p is not reliable" not in by_rule
    assert "the periods overlap and share data: p is not reliable" in tested
    words = open_section("annual-2019").outcome_words()
    assert any("periods of a measure overlap and share data" in why(word) for word in words)
    assert not any(" p " in why(word) or "chance holds" in why(word) for word in words)

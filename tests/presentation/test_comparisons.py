"""Beside others, in words: the period is always told, and nothing is called without a test."""

import re
from dataclasses import replace

import pytest

from kcc_lib.presentation.beside import Beside
from kcc_lib.presentation.beside_table import comparisons
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.comparisons import beside_line, comparison_sentences, listing, ordinal
from kcc_lib.vocabulary import Polarity

LIST = "its ten statistical neighbours, as listed in May 2025, and Kent"


def told(section, measure):
    return " ".join(comparison_sentences(section.view(measure)))


def test_a_tested_difference_is_told_with_its_period_both_values_and_the_test(section):
    assert comparison_sentences(section.view("1.41"))[0] == (
        "In June 2019 Kent was 74.0% and England 71.8%: better, and the difference "
        "(2.2 percentage points) is larger than chance would explain "
        "(z-test on standard errors from published intervals, p below 0.001)."
    )


def test_a_difference_that_chance_could_explain_is_not_called(section):
    said = told(section, "2.31")

    assert "In 2018 Kent was 75.7% and England 75.4%: higher, but the difference" in said
    assert "is no larger than chance could explain" in said
    assert beside_line(section.view("2.31")).startswith("Beside England in 2018: no clear diff")


def test_without_uncertainty_the_values_stand_side_by_side(section):
    said = told(section, "1.22")

    assert (
        "In 2018/19 Kent was 26.1% and England 22.6%. Whether the difference (3.5 percentage "
        "points) is chance cannot be said: no interval, count or sample size is held"
    ) in said
    assert beside_line(section.view("1.22")).startswith(
        "Beside England in 2018/19: higher, not tested."
    )


def test_england_taken_as_known_is_said(section):
    said = told(section, "3.71")

    assert "In 2018/19 Kent was 84.6% and England 77.6%: better" in said
    assert "England against Kent's own 95% interval" in said
    assert "England is so large that its own error is left out" in said


def test_a_gap_is_told_as_a_gap(section):
    assert "In 2017/18 the gap was 41 percentage points in Kent and 31 in England: worse" in told(
        section, "1.33"
    )


def test_a_place_is_told_with_its_period_its_company_and_which_end_is_best(section):
    assert f"In 2018/19 Kent was 10th of 11 ({LIST}); 1st is the best." in told(section, "1.22")


def test_neighbours_without_a_figure_are_named(section):
    said = told(section, "1.11")

    assert "In 2016 to 2018 Kent was 9th of 9 (eight of its ten statistical neighbours" in said
    assert "none held for Bexley and Bedford Borough" in said


def test_equal_places_are_joint(section):
    assert "Joint 4th of 11 with its statistical neighbours in 2018." in beside_line(
        section.view("1.75")
    )


def test_each_neighbour_is_tested_by_itself_and_named(section):
    said = told(section, "1.76")

    assert "worse than West Sussex; not clearly different from Essex, East Sussex" in said
    assert "Not tested against Bexley and Bedford Borough." in said


def test_a_list_and_figures_later_than_the_report_are_said_to_be(section):
    said = told(section, "1.73")

    assert "The list of neighbours is later than this report." in said
    assert "as last revised, not as known at the time" in said


def test_without_polarity_a_place_is_of_the_highest_and_neither_good_nor_bad(section):
    view = section.view("1.22")
    plain = replace(view, measure=replace(view.measure, polarity=Polarity.NONE))
    said = " ".join(comparison_sentences(plain))

    assert "10th highest of 11" in said
    assert "1st is the highest, which is not judged good or bad" in said


def test_a_measure_with_nothing_beside_it_says_nothing(section):
    view = section.view("1.12")

    assert (beside_line(view), comparison_sentences(view)) == ("", [])
    assert view.beside.wholes == ()
    assert not Beside().ranked


def test_every_comparison_shown_is_inside_the_window_and_of_one_period(section):
    ends = {
        w.measure: (w.long_term_to or w.one_year_to).end
        for w in section.edition.windows
        if w.long_term_to or w.one_year_to
    }
    held = section.observations.set_index(["measure", "area", "period"])
    compared = section.around.comparisons.query("period != ''")

    assert len(compared) > 150
    for row in compared.to_dict("records"):
        for area, name in ((row["area"], "value"), (row["other"], "other_value")):
            point = held.loc[(row["measure"], area, row["period"])]
            assert point["value"] == row[name]
            assert point["period_end"].date() <= ends[row["measure"]]


@pytest.fixture(scope="module")
def table(section):
    *_, block = comparisons(section).blocks
    return block


def test_one_table_sets_every_comparable_measure_beside_england_and_its_neighbours(table, section):
    cells = [row["cells"] for row in table["rows"] if "cells" in row]
    shown = {c[0]["text"].split()[0]: c[1:] for c in cells}

    assert table["caption"] == "Kent beside England and its statistical neighbours"
    assert [c["name"] for c in table["columns"]] == [
        "Measure", "Period", "Kent", "England", "Beside England", "Place among neighbours",
    ]  # fmt: skip
    assert shown["1.41"] == ["June 2019", "74.0%", "71.8%", "better", "4th of 11"]
    assert shown["1.73"][-2:] == ["lower, not tested", "7th of 11"]
    assert shown["1.21"][-1] == "not held"
    assert all(re.search(r"20\d\d", c[1]) for c in cells)


def test_the_page_says_the_period_and_how_old_the_list_is(section):
    page = str(render_blocks(comparisons(section).blocks))

    assert "as listed in May 2025" in page
    assert "figures are as last revised, not as known in October 2019" in page
    assert '<th scope="col">Beside England</th>' in page
    assert '<caption id="comparisons-caption">' in page


def test_a_measure_s_block_has_the_line_under_its_table_and_the_details_in_its_evidence(section):
    page = str(render_blocks(section.measure("1.41").blocks))
    line = '<p class="beside">Beside England in June 2019: better.'

    assert page.index("</table>") < page.index(line) < page.index('class="evidence"')
    assert "<h4>Beside other areas</h4>" in page


def test_a_section_of_another_area_has_no_neighbours_where_no_list_is_held(section):
    essex = replace(section, area="E10000012", comparators=())

    assert essex.around.listed is None
    assert "of 11" not in beside_line(essex.view("1.41"))


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"),
                         (13, "13th"), (21, "21st"), (22, "22nd"), (111, "111th")],
)  # fmt: skip
def test_ordinals(number, text):
    assert ordinal(number) == text


def test_names_are_listed_with_and():
    names = [["A"], ["A", "B"], ["A", "B", "C"]]

    assert [listing(n) for n in names] == ["A", "A and B", "A, B and C"]


def test_a_neighbour_compared_in_another_period_than_the_place_is_not_listed_with_it(section):
    view = section.view("1.76")
    moved = [{**r, "period": "2017"} if r["name"] == "Devon" else r for r in view.beside.neighbours]
    said = comparison_sentences(replace(view, beside=replace(view.beside, neighbours=tuple(moved))))

    assert "better than Devon, Norfolk" in told(section, "1.76")
    assert "better than Norfolk" in " ".join(said)


def test_a_neighbour_compared_in_another_period_is_not_passed_over(section):
    view = section.view("1.11")
    beside = view.beside
    moved = tuple(
        {**row, "period": "2015 to 2017"} if row["name"] == "Devon" else row
        for row in beside.neighbours
    )

    said = " ".join(comparison_sentences(replace(view, beside=replace(beside, neighbours=moved))))

    assert "Not tested against" not in said
    assert "Compared in another period: Devon." in said
    assert "another period" not in told(section, "1.11")


def test_a_neighbour_that_could_be_compared_in_no_period_is_not_said_to_be(section):
    view = section.view("1.11")
    beside = view.beside
    moved = tuple(
        {**row, "period": "2015 to 2017", "label": "Not compared"}
        if row["name"] == "Devon"
        else row
        for row in beside.neighbours
    )

    said = " ".join(comparison_sentences(replace(view, beside=replace(beside, neighbours=moved))))

    assert "Not tested against Devon." in said
    assert "another period" not in said


def test_where_no_neighbour_can_be_tested_that_is_said_though_one_was_in_another_period(section):
    view = section.view("1.11")
    beside = view.beside
    moved = tuple(
        {**row, "period": "2015 to 2017"} if row["name"] == "Devon"
        else {**row, "label": "Not compared"}
        for row in beside.neighbours
    )  # fmt: skip

    said = " ".join(comparison_sentences(replace(view, beside=replace(beside, neighbours=moved))))

    assert "Too little is held of its neighbours" in said
    assert "Compared in another period: Devon." in said

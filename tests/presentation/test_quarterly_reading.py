"""Quarterly pages as they are read: at a glance, aloud, by an analyst, from a download."""

import re
from dataclasses import replace

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import kcc_lib as kcc
from kcc_lib import pages
from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.chart import picture
from kcc_lib.presentation.theme import LEVEL_DASHES
from kcc_lib.quarterly import Claim, ClaimKind, ListedKpi
from kcc_lib.vocabulary import Direction, Kind, Polarity

from .quarterly_builders import RISING, kpi, quarter, usual

MARK = "provisional, unaudited"
EDITION = "qpr-2024-25-q3"


@pytest.fixture(scope="module")
def north():
    """A quarter with every rating, direction and lack."""
    return usual()


def html(view):
    return str(render_blocks([kpi_card(view, commentary="")]))


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def direction_note(held, code):
    return kpi_card(held.view(code), commentary="")["status"][1]["note"]


def test_a_chart_s_name_and_its_values_say_which_figures_are_provisional(north):
    drawn = picture(north.view("green"))

    assert f"(2024/25 Q1 to 2024/25 Q3 {MARK})" in drawn["title"]
    assert drawn["description"].count(MARK) == 3
    assert "2023/24 Q4, 92%;" in drawn["description"]


def test_a_chart_of_nothing_but_provisional_figures_says_so_once():
    held = quarter([(kpi("m"), RISING[-2:])])

    assert picture(held.view("m"))["title"].endswith(f"({MARK})")


def test_a_value_that_is_missing_is_not_called_provisional(north):
    found = kpi_card(north.view("missing"), commentary="")

    assert found["table"]["rows"][-1][1:] == ["N/A", "synthetic; not available"]
    assert found["facts"][0]["note"] == "2024/25 Q3, synthetic; not available"
    assert MARK in found["facts"][1]["note"]


def test_a_direction_says_what_it_looks_back_on(north):
    assert direction_note(north, "green") == "over 6 quarters, worked out here"
    assert direction_note(north, "rolling") == "over 6 periods that overlap, worked out here"


def test_a_direction_by_the_last_quarter_looks_back_on_one_period():
    held = quarter([(kpi("m"), RISING)], method="last-quarter-2017")

    assert direction_note(held, "m") == "since the period before, worked out here"


def test_without_a_direction_it_is_said_why():
    held = quarter([(kpi("m"), RISING[:2])])

    assert held.view("m").direction is Direction.NOT_GIVEN
    assert direction_note(held, "m") == "there are too few comparable points"


@pytest.mark.parametrize(
    ("polarity", "said"),
    [(Polarity.HIGHER, "Higher is better"), (Polarity.LOWER, "Lower is better")],
)
def test_a_card_says_above_its_chart_which_way_is_good(polarity, said):
    held = quarter([(kpi("m", polarity=polarity), RISING)])

    head = html(held.view("m")).partition("<figure")[0]

    assert f"Which way is good {said}" in words(head)


def test_an_activity_has_no_good_way():
    measure = kpi("calls", kind=Kind.ACTIVITY, polarity=Polarity.NONE, unit="count")
    held = quarter([(measure, [5, 6, 5]), (kpi("m"), RISING)])

    assert "Which way is good" not in html(held.view("calls"))


def test_a_caption_calls_each_line_across_what_it_is_drawn_as(north):
    kpi_said = kpi_card(north.view("green"), commentary="")["caption"]
    activity_said = kpi_card(north.view("calls"), commentary="")["caption"]

    assert "Across: target (dashed) and floor (dotted) for 2024/25." in kpi_said
    assert "upper threshold (dashes and dots) and lower threshold (dashes in pairs)" in (
        activity_said
    )
    dashes = {kind: len(drawn) for kind, drawn in LEVEL_DASHES.items()}
    assert dashes == {"target": 2, "floor": 2, "upper": 4, "lower": 4}
    assert LEVEL_DASHES["floor"][0] < 3 < LEVEL_DASHES["target"][0]


def test_no_line_strikes_through_a_name_beside_the_chart(north):
    for size in ("wide", "narrow"):
        drawn = picture(north.view("green"))[size]
        for name in ("Target", "Floor", "Kent"):
            texts = re.findall(rf"<text([^>]*)>{name}[^<]*</text>", drawn)
            assert len(texts) == 2, name
            assert 'stroke="white"' in texts[0] or 'stroke="#ffffff"' in texts[0]


def test_where_no_p_is_printed_none_is_spoken_of(north):
    said = [s for part in kpi_card(north.view("rolling"), commentary="")["evidence"]
            for s in part["said"]]  # fmt: skip

    assert "the periods overlap and share data, so no test of chance holds" in said[-1]
    assert not any(re.search(r"\bp\b", s) for s in said)


def test_without_provisional_values_a_direction_may_be_n_a():
    held = quarter([(kpi("m"), RISING[:2])], method="last-quarter-2017", flags="p")

    said = [s for part in kpi_card(held.view("m"), commentary="")["evidence"] for s in part["said"]]

    assert "Without its provisional values it would be N/A." in said


def test_a_source_is_named_once_with_each_way_its_figures_were_read():
    held = quarter([(kpi("m"), RISING)], listed=[ListedKpi("m", "North", source="print")])
    ways = ["(read from chart)", "(printed)"] * 3
    held.shown["source"] = [f"Report Q3 (Cabinet), page 9 {way}" for way in ways]

    said = kpi_card(held.view("m"), commentary="")["source"]

    assert said == "Figures: Report Q3 (Cabinet), page 9 (read from chart; printed)."


def test_an_analyst_sees_a_kpi_with_its_target_floor_and_rating():
    shown = words(str(render_blocks(kcc.chart("gl-foi-on-time", edition=EDITION).blocks)))

    assert "RAG status Red" in shown
    assert "Target 92%" in shown
    assert "Floor 90%" in shown
    assert "stable" in shown
    assert "Maintaining" not in shown


def test_an_analyst_s_table_of_a_kpi_says_which_figures_are_provisional():
    rows = kcc.table("gl-foi-on-time", edition=EDITION).blocks[0]["rows"]

    assert [MARK in row[-1] for row in rows] == [False] * 3 + [True] * 3


def test_a_kpi_is_explained_word_for_word_as_its_page_has_it():
    page = kcc.chart("ph-health-checks", edition=EDITION).blocks[0]["evidence"]

    told = [line.strip() for line in kcc.explain("ph-health-checks", edition=EDITION).splitlines()]

    assert all(sentence in told for part in page for sentence in part["said"])
    assert not re.search(r"\bp (=|below)|Improving|Maintaining", "\n".join(told))
    assert any("33,550 (provisional, unaudited) against a target of 31,000" in t for t in told)


def test_a_kpi_that_the_report_does_not_show_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="did you mean 'gl-foi-on-time'"):
        kcc.chart("gl-foi-in-time", edition=EDITION)


def test_a_page_judged_by_another_method_than_its_report_s_says_so(north):
    held = quarter([(kpi("m"), RISING)], method="last-quarter-2017")
    strange = replace(held, edition=replace(held.edition, method="regression-2020"))

    for page in (pages.quarterly_summary, lambda held: pages.directorate(held, "North")):
        told = "Judged by last-quarter-2017. The method of this report is regression-2020."
        assert told in words(str(render_blocks(page(strange).blocks)))
        assert "Judged by" not in words(str(render_blocks(page(north).blocks)))


def test_the_number_of_a_known_contradiction_is_explained():
    claims = (Claim("b", ClaimKind.TOTAL, "Wrong", 4.0, (1.0, 2.0), reference="A99"),)
    known = quarter([(kpi("m"), RISING)], claims=claims)
    new = quarter([(kpi("m"), RISING)], claims=(replace(claims[0], reference=""),))

    said = "A known contradiction was noted when the printed report was transcribed"
    assert said in words(str(render_blocks(pages.reconciliation(known).blocks)))
    assert said not in words(str(render_blocks(pages.reconciliation(new).blocks)))


def test_a_wrong_directorate_gives_an_analyst_one_clear_line(north):
    shell = InteractiveShell()
    shell.user_ns.update(kcc=kcc, quarter=north)

    with capture_output() as told:
        shell.run_cell("kcc.pages.directorate(quarter, 'Nort')")

    plain = re.sub(r"\x1b\[[0-9;]*m", "", told.stdout).strip()
    assert plain == "UnknownNameError: no directorate 'Nort'; did you mean 'North'?"

"""The direction of travel as printed in 2017, its audit, and both years on a measure's page."""

import re
from dataclasses import replace

import pytest

import kcc_lib as kcc
from kcc_lib import pages
from kcc_lib.errors import KccError
from kcc_lib.judgement.roll_up import combine
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.presentation.section import Section
from kcc_lib.workbench import open_section


@pytest.fixture(scope="module")
def report():
    """The 2017 edition loaded and judged for Kent."""
    return open_section("annual-2017")


@pytest.fixture(scope="module")
def page(report):
    return pages.direction_of_travel(report).blocks


@pytest.fixture(scope="module")
def audit(report):
    return {b["id"]: b for b in pages.outcomes_audit(report).blocks if "id" in b}


def tables(blocks):
    return [b for b in blocks if b["kind"] == "table" and b["id"].startswith("direction-")]


def with_edition(report, **changes):
    """The same report of an edition that differs in something."""
    return replace(report, edition=replace(report.edition, **changes))


def test_three_tables_hold_seven_six_and_seven_outcomes(page):
    assert [len(t["rows"]) for t in tables(page)] == [7, 6, 7]
    assert [c["name"] for c in tables(page)[0]["columns"]] == [
        "Supporting outcome", "1 year", "3 years",
    ]  # fmt: skip


def test_the_counts_are_sentences_made_from_the_words(page):
    said = next(b["markdown"] for b in page if b["kind"] == "prose")

    assert said.split("\n\n") == [
        "13 of the 20 supporting outcomes are *Improving* or *Maintaining* over 1 year.",
        "11 of the 20 supporting outcomes are *Improving* over 3 years.",
    ]


def test_a_count_follows_a_word_that_changes_and_print_is_then_said_to_contradict_it(report):
    words = [
        replace(p, label="Mixed") if (p.outcome, p.horizon) == ("1.1", "1-year") else p
        for p in report.edition.published_outcomes
    ]
    told = pages.direction_of_travel(with_edition(report, published_outcomes=tuple(words))).blocks
    said = next(b["markdown"] for b in told if b["kind"] == "prose")
    warning = next(b for b in told if b["kind"] == "warning")

    assert said.startswith("12 of the 20 supporting outcomes")
    assert "print says 13" in warning["items"][0]


def test_the_overall_word_stands_once_as_printed(page):
    cards = next(b["cards"] for b in page if b["kind"] == "cards")

    assert cards == [{"count": "Overall", "label": "Mixed"}]


def test_only_the_outcome_with_one_measure_is_starred_and_the_star_is_explained(page):
    starred = [
        row[0]["text"][:3] for t in tables(page) for row in t["rows"] if row[1]["star"]
    ]  # fmt: skip
    notes = [b["items"] for b in page if b["kind"] == "notes"]

    assert starred == ["3.4"]
    assert notes == [["* Rests on the one measure that was available."]]
    assert str(render_blocks(page)).count('*<span class="hidden"> rests on a single measure') == 2


def test_the_key_explains_each_of_the_four_words_once(page):
    key = next(b for b in page if b.get("id") == "words")

    assert [row[0]["label"] for row in key["rows"]] == [
        "Improving", "Maintaining", "Mixed", "Not Improving",
    ]  # fmt: skip


def test_every_word_is_text_with_a_mark_of_its_own(page):
    html = str(render_blocks(page))
    marks = {
        word: html.split(f"judgement-{word}", 1)[1].split("</svg>", 1)[0]
        for word in ("improving", "maintaining", "mixed", "not-improving")
    }

    assert len(set(marks.values())) == 4


def test_where_nothing_was_printed_ours_stands(report):
    blank = with_edition(report, published_outcomes=(), published_counts=())
    blank = replace(blank, judgements=report.judgements)
    row = tables(pages.direction_of_travel(blank).blocks)[0]["rows"][5]

    assert row[0]["text"].startswith("1.6")
    assert [(c["label"], c["star"]) for c in row[1:]] == [("Improving", False), ("Improving", True)]
    assert "outcomes" not in blank.files


def test_the_audit_holds_every_word_of_both_horizons_with_a_reason(audit):
    rows = [r for r in audit["outcomes-table"]["rows"] if isinstance(r, list)]

    assert len(rows) == 42
    assert all(row[-1] for row in rows)
    assert {row[3] for row in rows} == {"Agrees", "Differs", "Not recomputed"}


def test_the_audit_says_by_which_rule_words_are_rolled_up(report):
    said = pages.outcomes_audit(report).blocks[1]["markdown"]

    assert "rolled up by a rule of our own, since print gives only an example" in said
    assert "Mixed unless one word holds more than two thirds of those judged" in said
    assert list(combine([2, 3, 2, 1, 1], [0, 0, 0, 1, 0], [2, 1, 1, 0, 0])) == [
        "Mixed", "Improving", "Mixed", "Maintaining", "Improving",
    ]  # fmt: skip


def test_the_audit_says_where_the_printed_word_is_out_of_reach(audit):
    rows = audit["outcomes-table"]["rows"]
    at = next(i for i, r in enumerate(rows) if isinstance(r, dict) and r["group"].startswith("3.7"))

    assert rows[at + 1][3:] == [
        "Differs",
        "1 of 2 measures judged: 1 Maintaining. For 1 no figure known at the time is held. "
        "Whatever the measures not judged say, they cannot make it the printed word: the list of "
        "measures, a figure or the rule was another.",
    ]


def test_the_counts_of_agreement_add_up_to_the_outcomes(audit):
    for row in audit["agreement-counts"]["rows"]:
        *parts, total = (int(cell) for cell in row[1:])

        assert sum(parts) == total == 20


def test_each_measure_stands_once_with_its_values_and_why_its_periods(audit):
    rows = {r[0]["text"].split()[0]: r for r in audit["measures-table"]["rows"]}

    assert len(rows) == 74
    assert rows["1.22"][3] == (
        "1 year: 20.8% in 2015/16, 23% in 2016/17, +10.6%. "
        "3 years: 28.4% in 2014/15, 23% in 2016/17, −19.0% (two years)."
    )
    assert rows["1.22"][4].startswith("Year to March 2017 closed")
    assert rows["3.41"][3].startswith("Not judged, because figures are held, but none inside")


def test_an_outcome_s_heading_is_followed_by_its_printed_words_and_no_narrative(report):
    kinds = [b["kind"] for b in report.supporting_outcome("1.2").blocks]
    words = report.supporting_outcome("1.2").blocks[1]["verdicts"]

    assert kinds == ["heading", "verdicts", "measure", "measure", "measure"]
    assert [(w["label"], w["note"]) for w in words] == [
        ("Maintaining", "As published, and as recomputed from 2 of 3 measures"),
        ("Improving", "As published, and as recomputed from 1 of 3 measures"),
    ]


def test_once_one_outcome_has_a_narrative_every_outcome_needs_one(report, tmp_path):
    told = replace(report, narrative=tmp_path)
    assert told.narrative_faults() == []
    (tmp_path / "1.1.md").write_text("Plain words.\n")

    missing = [f.file for f in told.narrative_faults()]

    assert len(missing) == 19
    assert told.supporting_outcome("1.1").blocks[2]["kind"] == "prose"
    with pytest.raises(KccError, match=r"no narrative 1\.2"):
        told.supporting_outcome("1.2")


def test_a_measure_without_a_figure_of_its_time_says_so_and_shows_no_chart(report):
    later, never = (measure_block(report.view(code)) for code in ("3.72", "1.12"))

    assert later["chart"] is never["chart"] is None
    assert later["caption"].startswith("Figures are held for this measure, but none from")
    assert never["caption"].startswith("No series of figures is held")
    assert {v["note"] for v in later["verdicts"]} == {"Too little is held to judge"}
    assert "published judgement" not in later["caption"]


def test_the_source_of_a_measure_is_the_other_report_s_and_says_so(report, section):
    assert report.view("1.64").named_in == "annual report 2019"
    assert measure_block(report.view("1.64"))["source"].startswith("Source as the annual report")
    assert measure_block(section.view("1.64"))["source"].startswith("Published source:")


def test_a_note_of_one_report_stands_in_no_other(report, section):
    assert "145 for 2018" in measure_block(section.view("1.76"))["notes"]
    assert "2018" not in measure_block(report.view("1.76"))["notes"]


def test_each_measure_shows_what_the_other_annual_report_says_of_it(report, section):
    there = measure_block(report.view("1.11"))["elsewhere"]
    here = measure_block(section.view("3.71"))["elsewhere"]

    assert there == [
        {
            "title": "Annual report 2019", "note": "as published", "judged": True,
            "told": [
                {"heading": "1 year", "label": "Maintaining"},
                {"heading": "3 to 4 years", "label": "Not Improving"},
            ],
        }
    ]  # fmt: skip
    assert here == [
        {
            "title": "Strategic Statement Annual Report 2017", "note": "worked out here",
            "judged": True,
            "told": [
                {"heading": "1 year", "label": "Maintaining"},
                {"heading": "3 years", "label": "Maintaining"},
            ],
        }
    ]  # fmt: skip


def test_where_the_other_report_judged_nothing_one_sentence_says_so(section):
    page = str(render_blocks([measure_block(section.view("1.12"))]))

    said = re.search(r'<p class="elsewhere">(.*?)</p>', page)[1]
    assert said == (
        "Strategic Statement Annual Report 2017, worked out here: not judged over 1 year or 3 years"
    )


def test_every_measure_of_both_editions_names_the_other(report, section):
    for one in (report, section):
        assert all(len(view.elsewhere) == 1 for view in one.views())


def test_explaining_a_measure_tells_the_other_report_s_judgements_too():
    told = kcc.explain("1.11", edition="annual-2017")

    assert told.endswith(
        "Annual report 2019, as published: 1 year Maintaining; 3 to 4 years Not Improving"
    )


def test_a_section_made_without_other_editions_shows_none(report):
    alone = Section(
        report.edition, report.catalogue, report.observations, report.judgements, report.area
    )

    assert alone.view("1.11").elsewhere == ()

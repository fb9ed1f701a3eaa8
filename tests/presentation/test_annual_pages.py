"""Pages of an annual report around its judgements: contents, key results, where to read on."""

from dataclasses import replace

import pytest

from kcc_lib import pages
from kcc_lib.errors import KccError
from kcc_lib.presentation.key_results import bullets, parts_with_results
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.workbench import open_section


@pytest.fixture(scope="module")
def annual():
    """The 2017 edition as shipped."""
    return open_section("annual-2017")


def with_sections(annual, keep):
    """The same edition with those of its sections that `keep` says."""
    kept = tuple(r for r in annual.edition.sections if keep(r))
    return replace(annual, edition=replace(annual.edition, sections=kept))


def headings(found):
    return [(b["level"], b["text"]) for b in found.blocks if b["kind"] == "heading"]


def prose(found):
    return "\n\n".join(b["markdown"] for b in found.blocks if b["kind"] == "prose")


def test_the_contents_name_every_page_once_under_the_part_it_is_in(annual):
    lines = prose(pages.contents(annual, "Foreword", "Our outcomes")).splitlines()

    assert [line for line in lines if not line.startswith(" ")] == [
        "- **Overview**",
        "- [**Find a measure**](find-a-measure.html)",
        *(f"- [**Outcome {o.outcome}: {o.title}**](outcome-{o.outcome}.html)"
          for o in annual.catalogue.strategic_outcomes.values()),
        "- [**Working better together**](working-better-together.html)",
        "- [**Find out more**](find-out-more.html)",
        "- [**About this report**](method.html)",
    ]  # fmt: skip
    assert lines[1:5] == [
        "  - [Foreword](#foreword)", "  - [Our outcomes](#our-outcomes)",
        "  - [Direction of travel](direction-of-travel.html)", "  - [Finance](finance.html)",
    ]  # fmt: skip
    text = "\n".join(lines)
    assert all(text.count(f"({r.name}.html)") == 1 for r in annual.edition.sections[1:])


def test_an_edition_without_pages_has_no_contents(annual):
    with pytest.raises(KccError, match="no sections"):
        pages.contents(with_sections(annual, lambda r: False))


def test_the_title_of_a_page_of_measures_is_not_that_of_the_page_that_tells_of_the_outcome(
    annual, section
):
    told, measured = pages.outcome_story(annual, "1").blocks[0], annual.heading("1").blocks[0]

    assert (told["kicker"], measured["kicker"]) == ("Outcome 1", "Measures of outcome 1")
    assert section.heading("1").blocks[0]["kicker"] == "Outcome 1"


def test_key_results_say_where_they_come_from_and_the_news_repeats_only_the_results(annual):
    found = pages.key_results(annual, "Outcome 1")

    assert prose(found).startswith("The report's own pages of key results are lost")
    assert prose(found).endswith(bullets(annual, "Outcome 1"))
    assert "are lost" not in prose(pages.news(annual))


def test_every_part_with_key_results_shows_them_on_its_page(annual):
    *outcomes, last = parts_with_results(annual)
    shown = [prose(pages.outcome_story(annual, name[-1])) for name in outcomes]
    shown.append(prose(pages.chapter(annual, "working_better_together")))

    assert last == "Working better together"
    assert all(bullets(annual, n) in s for n, s in zip([*outcomes, last], shown, strict=True))


def test_the_key_results_of_a_chapter_come_before_its_other_headings(annual):
    found = pages.chapter(annual, "working_better_together")

    assert headings(found)[:3] == [
        (1, "Working better together"), (2, "Key results"), (2, "Progress on priorities"),
    ]  # fmt: skip
    assert found.blocks[1]["kind"] == "prose"


def test_a_chapter_without_key_results_is_its_narrative_alone(annual, tmp_path):
    assert pages.chapter(annual, "find_out_more") == pages.story(annual, "find_out_more")
    (tmp_path / "plain.md").write_text("# Plain\n\nWords.\n", "utf-8")
    bare = replace(annual, narrative=tmp_path)
    assert headings(pages.chapter(bare, "plain")) == [(1, "Plain")]


def test_the_direction_of_travel_leads_to_the_rule_the_measures_and_the_audit(annual):
    said = prose(pages.direction_of_travel(annual))

    assert "judged by a change of more than 5%" in said
    assert (
        "[measures of outcome 1](measures-1.html), [measures of outcome 2](measures-2.html) and "
        "[measures of outcome 3](measures-3.html)" in said
    )
    assert "[audit](audit.html)" in said


def test_the_direction_of_travel_leads_to_no_page_that_is_not_made(annual):
    alone = with_sections(annual, lambda r: r.name == "measures-2")

    said = prose(pages.direction_of_travel(alone))

    assert "pages of their own: [measures of outcome 2](measures-2.html)." in said
    assert "audit" not in said
    assert "pages of their own" not in prose(
        pages.direction_of_travel(with_sections(annual, lambda r: False))
    )


def test_a_report_without_a_foreword_leads_to_what_the_leader_said(annual):
    assert "[committee report](committee-report.html)" in prose(pages.foreword(annual))
    assert "committee" not in prose(pages.foreword(with_sections(annual, lambda r: False)))


def test_a_measure_that_shows_no_figure_does_not_say_whose_the_figure_is(annual, section):
    for code in ("3.12", "3.13", "3.53"):
        block = measure_block(annual.view(code))
        assert block["chart"] is None
        assert "figure shown" not in block["notes"]
        assert "The figure shown is NHS Digital's" in measure_block(section.view(code))["notes"]


def test_the_quotation_from_the_statement_stands_in_quotation_marks(annual):
    assert (
        "“Our focus is on improving lives by ensuring every pound spent in Kent is delivering "
        "better outcomes for Kent's residents, communities and businesses.”"
    ) in prose(pages.our_outcomes(annual))


def test_the_overview_says_the_words_and_counts_of_the_direction_of_travel(annual):
    said = " ".join(prose(pages.introduction(annual)).split())

    assert (
        "all outcomes together is Mixed: 13 of 20 supporting outcomes are Improving or "
        "Maintaining over one year, and 11 are Improving over three years" in said
    )

"""Find a measure: every one once under its letter, and under each telling word of its name."""

import re

import pytest

from kcc_lib import pages
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.entries import entries, folded
from kcc_lib.presentation.stepping import kpi_places, measure_places, with_steps
from kcc_lib.workbench import open_report


@pytest.fixture(scope="module")
def quarter():
    """The quarterly edition of 2024/25 as shipped."""
    return open_report("qpr-2024-25-q3")


def listed(found):
    (block,) = [b for b in found.blocks if b["kind"] == "az"]
    return block


def lines(block):
    return [line for one in block["letters"] for line in one["entries"]]


@pytest.mark.parametrize(("name", "count"), [("section", 74), ("quarter", 38)])
def test_everything_stands_once_under_its_first_letter_with_what_stands_of_it(request, name, count):
    report = request.getfixturevalue(name)
    block = listed(pages.find_a_measure(report))
    found = {e.code: e for e in entries(report)}

    assert len(lines(block)) == len({line["name"] for line in lines(block)}) == count
    for one in block["letters"]:
        names = [line["text"] for line in one["entries"]]
        assert names == sorted(names, key=folded)
        assert {folded(n)[0].upper() for n in names} <= {one["letter"]}
    for line in lines(block):
        (told,) = line["reports"]
        entry = found[line["name"]]
        assert line["href"] == f"{entry.page}#{entry.identifier}"
        assert [s["label"] for s in told["statuses"]] == [s.label for s in entry.statuses]
        assert told["value"]


def test_a_line_has_the_judgements_that_the_measure_s_own_block_has(section):
    (line,) = [x for x in lines(listed(pages.find_a_measure(section))) if x["name"] == "1.11"]

    assert line["reports"] == [
        {
            "statuses": [
                {"heading": "1 year", "label": "Maintaining"},
                {"heading": "3 to 4 years", "label": "Not Improving"},
            ],
            "value": "4.0", "period": "2016 to 2018",
        }
    ]  # fmt: skip


def test_a_name_is_found_under_its_telling_words_too(section):
    block = listed(pages.find_a_measure(section))
    words = {w["word"]: w["links"] for one in block["letters"] for w in one["also"]}

    assert {"text": "1.11 Infant deaths", "href": "outcome-1.html#m-1-11"} in words["Deaths"]
    assert "2.42 High anxiety" in [link["text"] for link in words["Anxiety"]]
    assert not {"Of", "The", "And", "Ages"} & set(words)


@pytest.mark.parametrize("word", ["infant", "1.11", "outcomes framework", "best start in life"])
def test_a_search_looks_in_code_title_outcome_and_source(section, word):
    (line,) = [x for x in lines(listed(pages.find_a_measure(section))) if x["name"] == "1.11"]

    assert word in line["find"]


def test_search_text_is_folded():
    assert folded("Café’s ÉLAN") == "cafe's elan"


def test_choices_are_judgements_and_the_part_of_the_report(section, quarter):
    annual = listed(pages.find_a_measure(section))["choices"]
    quarterly = listed(pages.find_a_measure(quarter))["choices"]

    assert [c["name"] for c in annual] == ["1 year", "3 to 4 years", "Outcome"]
    assert [c["name"] for c in quarterly] == ["RAG status", "Direction", "Directorate"]
    for block in (annual, quarterly):
        assert all(len(c["options"]) == len(set(c["options"])) > 1 for c in block)
    for line in lines(listed(pages.find_a_measure(section))):
        assert all(label in c["options"] for label, c in zip(line["labels"], annual, strict=True))


def test_letters_lead_to_headings_that_exist(section):
    html = str(render_blocks(pages.find_a_measure(section).blocks))

    nav = re.search(r'<nav class="letters".*?</nav>', html, re.S)[0]
    for anchor in re.findall(r'href="#([\w-]+)"', nav):
        assert f'<h2 id="{anchor}">' in html


@pytest.mark.parametrize("name", ["annual-2019", "annual-2017", "qpr-2024-25-q3", "qpr-2017-18-q1"])
def test_every_edition_has_the_page_and_its_first_page_leads_there(name):
    report = open_report(name)
    first = (
        pages.quarterly_summary(report) if "qpr" in name else pages.introduction(report)
    )  # fmt: skip

    (ways,) = [b for b in first.blocks if b["kind"] == "ways"]
    assert ways["links"][0]["href"] == "find-a-measure.html"
    has_changes = name in {"annual-2019", "qpr-2024-25-q3"}
    assert ("changes.html" in [link["href"] for link in ways["links"]]) is has_changes


def test_from_the_first_measure_next_leads_through_all_of_them_and_previous_back(section, quarter):
    for places in (measure_places(section.edition, section.catalogue), kpi_places(quarter)):
        blocks = [with_steps({"id": p.identifier}, places) for p in places]
        steps = [{s["rel"]: s["href"] for s in b["steps"]} for b in blocks]
        assert [set(s) for s in (steps[0], steps[1], steps[-1])] == [
            {"next"}, {"prev", "next"}, {"prev"},
        ]  # fmt: skip
        for here, there, step, back in zip(places, places[1:], steps, steps[1:], strict=False):
            page = "" if here.page == there.page else there.page
            assert step["next"] == f"{page}#{there.identifier}"
            assert back["prev"].endswith(f"#{here.identifier}")


def test_a_measure_its_chart_and_its_table_have_addresses_made_of_the_code_alone(section, quarter):
    annual = str(render_blocks(section.supporting_outcome("1.1").blocks))
    card = str(render_blocks(pages.directorate(quarter, "Customer Services").blocks))

    for identifier in ("m-1-11", "f-1-11", "t-1-11"):
        assert annual.count(f'id="{identifier}"') == 1
    for identifier in ("k-cs-calls-answered", "f-k-cs-calls-answered", "t-k-cs-calls-answered"):
        assert card.count(f'id="{identifier}"') == 1
    assert '<a class="permalink" href="#m-1-11" aria-label="Link to measure 1.11">Link<' in annual
    assert (
        '<a href="../measures.html#m-1-11" aria-label="All reports on 1.11">All reports<' in annual
    )
    assert 'href="../measures.html#k-cs-calls-answered"' in card

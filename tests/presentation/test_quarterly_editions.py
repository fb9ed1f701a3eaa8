"""The shipped quarterly editions as their pages show them."""

import re

import pytest

from kcc_lib import pages
from kcc_lib.judgement.reconcile import Agreement
from kcc_lib.presentation.blocks import block_faults, render_blocks
from kcc_lib.presentation.quarterly.tallies import counted, standing
from kcc_lib.vocabulary import Rag
from kcc_lib.workbench import open_report


@pytest.fixture(scope="module")
def held_2017():
    """The report of the first quarter of 2017/18."""
    return open_report("qpr-2017-18-q1")


@pytest.fixture(scope="module")
def held_2024():
    """The report of the third quarter of 2024/25."""
    return open_report("qpr-2024-25-q3")


#: Every page of an edition as shipped, made once.
MADE = {}


def every_page(held):
    if held.edition.name not in MADE:
        names = [d.name for d in held.quarterly.directorates]
        MADE[held.edition.name] = [
            pages.quarterly_summary(held), *(pages.directorate(held, n) for n in names),
            pages.printed_tables(held), pages.reconciliation(held),
        ]  # fmt: skip
    return MADE[held.edition.name]


@pytest.mark.parametrize("edition", ["held_2017", "held_2024"])
def test_every_page_is_whole_and_every_chart_passes_the_vetting(edition, request):
    held = request.getfixturevalue(edition)

    for page in every_page(held):
        assert [f for b in page.blocks for f in block_faults(b)] == []
        assert render_blocks(page.blocks)


@pytest.mark.parametrize("edition", ["held_2017", "held_2024"])
def test_each_of_38_kpis_has_one_card_on_its_directorate_s_page(edition, request):
    held = request.getfixturevalue(edition)

    cards = [b["id"] for page in every_page(held) for b in page.blocks if b["kind"] == "kpi"]

    assert len(cards) == len(set(cards)) == 38


def test_the_matrix_of_2017_is_the_printed_one(held_2017):
    matrix = standing(held_2017)

    assert matrix.printed
    assert matrix.total.ratings == (23, 12, 3, 0)
    assert matrix.total.directions == (18, 8, 12, 0)
    told = str(pages.quarterly_summary(held_2017).blocks)
    assert "A majority of the 38 KPIs are Green (23)" in told
    assert "was positive: 18 KPIs improved and 12 worsened; 8 stayed the same" in told


def test_the_kpis_of_2017_can_be_counted_by_rating_and_partly_by_direction(held_2017):
    assert counted(held_2017).total.ratings == standing(held_2017).total.ratings
    assert counted(held_2017).total.directions[3] > 0


def test_the_matrix_of_2024_is_counted_from_its_kpis(held_2024):
    matrix = standing(held_2024)

    assert not matrix.printed
    assert matrix.total.kpis == sum(t.kpis for t in matrix.rows) == 38
    assert sum(matrix.total.ratings) == sum(matrix.total.directions) == 38


def test_every_known_contradiction_is_told_on_the_reconciliation_page(held_2017):
    table = next(b for b in pages.reconciliation(held_2017).blocks if b["kind"] == "table")
    told = " ".join(row[4] for row in table["rows"])

    known = {f.reference for f in held_2017.findings if f.reference}
    assert known
    assert all(f"Known contradiction {k}." in told for k in known)


def test_every_contradiction_stands_on_the_page_or_table_it_concerns(held_2017):
    told = "".join(str(page.blocks) for page in every_page(held_2017)[:-1])
    bad = [f for f in held_2017.findings if f.agreement is Agreement.CONTRADICTS]
    totals = {(f.stated, f.found, f.parts) for f in bad if not f.claim}
    words = {(f.directorate, f.claim.word) for f in bad if f.claim}

    for finding in bad:
        summed = (finding.stated, finding.found, finding.parts) in totals
        again = summed if finding.claim else (finding.directorate, finding.word) in words
        assert again or finding.what.rstrip(".").replace("'", "") in told.replace("'", "")


def test_one_contradiction_is_noted_once_on_a_page_and_found_twice_by_the_gate(held_2017):
    name = "Specialist Children's Services"
    page = pages.directorate(held_2017, name).blocks
    noted = next(b["items"] for b in page if b["kind"] == "warning")
    table = next(b for b in pages.reconciliation(held_2017).blocks if b["kind"] == "table")

    assert len(noted) == 4
    assert [n.partition(";")[0] for n in noted[:2]] == [
        "The matrix counts one KPI as unchanged", "The matrix counts three KPIs as worse",
    ]  # fmt: skip
    for word in ("same", "worsened"):
        assert f"Summary: {word}, {name}" not in str(page)
        assert [r[3]["label"] for r in table["rows"] if r[0] == f"Summary: {word}, {name}"] == [
            "Contradicts"
        ]
    assert len(held_2017.files["reconciliation"]) == len(table["rows"]) == len(held_2017.findings)


def test_the_risk_register_of_2017_tells_its_counts_from_its_rows(held_2017):
    told = str(pages.printed_tables(held_2017).blocks)

    assert "Of 16 corporate risks, 10 are High now, and none is expected to be High" in told
    assert "Risks since the quarter before: 1 is new and 2 were reduced." in told
    assert "11 actions are listed under 7 risks. The table of due dates counts 16." in told


def test_no_rolling_kpi_shows_a_p_value(held_2024):
    rolling = {v.measure.title for v in held_2024.kpis() if v.measure.rolling}
    cards = [b for page in every_page(held_2024) for b in page.blocks if b["kind"] == "kpi"]

    assert rolling
    for card in (c for c in cards if c["title"] in rolling):
        said = " ".join(s for part in card["evidence"] for s in part["said"])
        assert not re.search(r"\bp (=|below)", said)


def test_every_figure_of_the_year_is_marked_provisional(held_2024):
    cards = [b for page in every_page(held_2024) for b in page.blocks if b["kind"] == "kpi"]
    ours = [r for c in cards for r in c["table"]["rows"] if r[0].startswith("2024/25")]

    assert len(ours) > 100
    assert all(("provisional, unaudited" in r[-1]) == (r[1] != "N/A") for r in ours)


def test_every_result_of_2017_behind_target_has_a_commentary(held_2017):
    behind = [v.measure.measure for v in held_2017.kpis() if v.rag in {Rag.AMBER, Rag.RED}]
    words = {code: len(held_2017.prose(code).split()) for code in behind}

    assert len(behind) == 15
    assert {code: n for code, n in words.items() if not 30 <= n <= 70} == {}


def test_every_directorate_of_2017_is_told_under_sub_headings_and_in_the_summary(held_2017):
    summary = pages.quarterly_summary(held_2017).blocks
    for directorate in held_2017.quarterly.directorates:
        page = pages.directorate(held_2017, directorate.name).blocks
        headings = [b["level"] for b in page if str(b.get("id")).startswith("told-")]
        told = held_2017.prose(f"summary-{directorate.slug}").strip()

        assert headings.count(3) == len(headings) >= 3, directorate.name
        assert told
        assert {"kind": "prose", "markdown": told} in summary


@pytest.mark.parametrize("edition", ["held_2017", "held_2024"])
def test_no_heading_of_a_quarterly_page_stands_over_nothing(edition, request):
    for page in every_page(request.getfixturevalue(edition)):
        kinds = [(b["kind"], b.get("level", 9)) for b in page.blocks]
        for (kind, level), (after, deeper) in zip(kinds, [*kinds[1:], ("end", 9)], strict=True):
            assert kind != "heading" or after not in {"heading", "end"} or deeper == level + 1


def test_where_no_commentary_is_held_nothing_is_said_of_it(held_2024):
    assert held_2024.written.names == ("data_quality", "method")
    assert "Commentary" not in str([page.blocks for page in every_page(held_2024)])


def test_a_table_whose_columns_differ_in_unit_says_each(held_2017):
    tables = {b["id"]: b for b in pages.printed_tables(held_2017).blocks if b["kind"] == "table"}

    online, *_, last = [c["name"] for c in tables["t-digital-take-up"]["columns"][1:]]
    assert online.endswith(" (%)")
    assert last == "Total Transactions Last 12 Months"


def test_the_tables_page_says_that_figures_of_the_year_are_provisional(held_2017):
    first = pages.printed_tables(held_2017).blocks[1]

    assert first["markdown"].startswith("Figures of 2017/18 are provisional, unaudited")


def test_a_source_line_has_no_name_that_only_the_data_know(held_2017):
    for page in every_page(held_2017):
        for block in page.blocks:
            assert "qpr-2017-18-q1" not in str(block.get("source", ""))

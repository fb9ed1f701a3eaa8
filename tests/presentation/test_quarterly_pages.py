"""Pages of a quarterly report, from invented records: nothing hidden, nothing guessed."""

import json
import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from kcc_lib import pages
from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.blocks import block_faults, render_blocks
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.tallies import counted, standing
from kcc_lib.quarterly import (
    Axis,
    Claim,
    ClaimKind,
    Footing,
    ListedKpi,
    PrintedCell,
    PrintedCounts,
    PrintedTable,
)
from kcc_lib.vocabulary import Direction, Kind, Polarity, Rag

from .quarterly_builders import HOSTILE, RISING, kpi, quarter, usual

MARK = "provisional, unaudited"


@pytest.fixture(scope="module")
def north():
    """A quarter with every rating, direction and lack."""
    return usual()


def card(held, code):
    views = [*held.kpis(), *held.activities("North")]
    return kpi_card(next(v for v in views if v.measure.measure == code), commentary="")


def html(shown):
    return str(render_blocks(shown.blocks))


def text(shown):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(shown)))


def every_page(held):
    return [
        pages.quarterly_summary(held), pages.directorate(held, "North"),
        pages.directorate(held, "South"), pages.printed_tables(held), pages.reconciliation(held),
    ]  # fmt: skip


def test_every_block_is_whole_and_can_be_kept_in_a_notebook(north):
    for page in every_page(north):
        assert [f for b in page.blocks for f in block_faults(b)] == []
        json.dumps(page.blocks)


def test_a_page_names_no_two_things_alike(north):
    for page in every_page(north):
        ids = re.findall(r' id="([^"]+)"', html(page))
        assert len(ids) == len(set(ids))


def test_covering_report_matrix_and_pages_tell_the_same_counts(north):
    matrix = standing(north)
    told = text(pages.quarterly_summary(north))

    assert matrix.total.ratings == (2, 2, 1, 1)
    green, amber, _, none = matrix.total.ratings
    assert f"{green} met or beat the target (Green), {amber} missed it but met the floor" in told
    assert f"{none} could not be rated (N/A)." in told
    for row in matrix.rows:
        table = next(
            b for b in pages.directorate(north, row.name).blocks if b.get("id") == "counts"
        )
        counts = [str(n) for n in (*row.ratings, *row.directions, row.kpis)]
        assert table["rows"][0]["cells"][1:] == counts


def test_rows_of_the_matrix_add_to_its_total_and_to_the_kpis(north):
    matrix = counted(north)

    for part in ("ratings", "directions"):
        columns = zip(*(getattr(t, part) for t in matrix.rows), strict=True)
        assert tuple(sum(c) for c in columns) == getattr(matrix.total, part)
        assert sum(getattr(matrix.total, part)) == matrix.total.kpis == 6


def test_a_missing_value_is_n_a_and_counted_so_and_never_zero(north):
    found = card(north, "missing")

    assert found["facts"][0]["value"] == "N/A"
    assert found["status"][0]["label"] == "N/A"
    assert found["table"]["rows"][-1][1] == "N/A"
    assert "It is counted as N/A." in found["caption"]
    assert standing(north).row("North").ratings == (1, 1, 1, 1)


def test_a_kpi_whose_value_is_not_given_shows_the_status_stated_and_says_so(north):
    found = card(north, "stated")

    assert found["facts"][0]["value"] == "value not published in the text"
    assert found["status"][0] == {
        "heading": "RAG status", "label": "Amber", "note": "as the report states",
    }  # fmt: skip
    assert found["chart"] is None
    assert standing(north).row("South").ratings[1] == 1


def test_a_status_the_report_states_stands_and_ours_is_told_beside_it():
    listed = [ListedKpi("m", "North", Rag.RED, "stated", Direction.WORSENING, "implied")]
    held = quarter([(kpi("m"), RISING)], aims=[("m", 90, 80, math.nan, math.nan)], listed=listed)

    found = card(held, "m")

    assert [s["label"] for s in found["status"]] == ["Red", "worsening"]
    assert "a floor of 80%: Green." in found["evidence"][0]["said"][1]
    assert "Worked out here: improving." in found["evidence"][1]["said"]


def test_a_direction_in_the_words_of_another_method_does_not_stand():
    listed = [ListedKpi("m", "North", None, "", Direction.SAME, "stated")]

    held = quarter([(kpi("m"), RISING)], listed=listed)

    assert held.kpis()[0].direction is Direction.IMPROVING


def test_every_status_is_a_word_beside_a_shape(north):
    page = html(pages.directorate(north, "North"))

    badges = re.findall(r'<span class="judgement[^>]*>(.*?)</span></span>', page)
    assert badges
    for badge in badges:
        assert re.fullmatch(r"<svg class=\"icon\".*</svg><span>[A-Za-z/ ]+", badge, re.S)
    shapes = {re.search(r"<svg.*</svg>", b)[0] for b in badges if ">Green" in b or ">Red" in b}
    assert len(shapes) == 2


def test_where_periods_overlap_no_p_value_is_told(north):
    said = " ".join(s for p in card(north, "rolling")["evidence"] for s in p["said"])
    plain = " ".join(s for p in card(north, "green")["evidence"] for s in p["said"])

    assert "overlap" in said
    assert not re.search(r"\bp (=|below)|tau is|95% interval", said)
    assert re.search(r"\bp (=|below)", plain)


def test_figures_of_the_year_are_provisional_and_unaudited_wherever_they_stand(north):
    found = card(north, "green")
    notes = [row[-1] for row in found["table"]["rows"]]

    assert [MARK in f["note"] for f in found["facts"][:2]] == [True, True]
    assert MARK in found["caption"]
    assert [MARK in n for n in notes] == [False] * 3 + [True] * 3
    for page in every_page(north)[:3]:
        captions = [b["caption"] for b in page.blocks if b.get("id") in {"matrix", "kpis"}]
        assert all(MARK in c for c in captions)
        assert MARK in text(page)
    assert MARK in north.covers


def test_a_rating_that_rounding_would_change_is_told():
    held = quarter([(kpi("m"), [90.0, 92.9])], aims=[("m", 93, 80, math.nan, math.nan)])

    said = card(held, "m")["evidence"][0]["said"]

    assert held.kpis()[0].rag is Rag.AMBER
    assert any("rounded as it is printed it would have another colour" in s for s in said)


def test_without_a_floor_a_missed_target_is_n_a_and_it_is_said_why():
    held = quarter([(kpi("m"), [90.0, 91.0])], aims=[("m", 93, math.nan, math.nan, math.nan)])

    found = card(held, "m")

    assert found["status"][0]["label"] == "N/A"
    assert "without a floor Amber and Red cannot be told apart" in found["evidence"][0]["said"][0]


@pytest.mark.parametrize(
    ("value", "word"),
    [(9, "above expected range"), (3, "below expected range"), (8, "as expected")],
)
def test_an_activity_has_no_rating_and_is_placed_in_words(value, word):
    measure = kpi("calls", kind=Kind.ACTIVITY, unit="count", polarity=Polarity.NONE)
    aims = [("calls", math.nan, math.nan, 4, 8)]
    held = quarter([(measure, [5, 6, value]), (kpi("m"), RISING)], aims=aims)

    found = card(held, "calls")
    shown = str(render_blocks([found]))

    assert [s["label"] for s in found["status"]] == [word]
    assert not re.search("Green|Amber|Red|RAG", shown)
    assert found["outlook"] == ""
    assert standing(held).total.kpis == 1


def test_who_leads_is_told_or_that_it_is_not_held(north):
    leaders = pages.directorate(north, "South").blocks[1]["items"]

    assert [i["text"] for i in leaders] == ["not held", "not held"]
    assert "A B" in text(pages.directorate(north, "North"))


def test_an_unknown_directorate_is_refused(north):
    with pytest.raises(UnknownNameError, match="did you mean 'North'"):
        pages.directorate(north, "Nort")


def test_commentary_is_shown_where_it_is_written_and_nothing_where_not(north, tmp_path):
    (tmp_path / "green.md").write_text('It {{ claim("rose to 95%", measure("green")) }}.')

    page = text(pages.directorate(replace(north, narrative=tmp_path), "North"))

    assert "It rose to 95%." in page
    (tmp_path / "red.md").write_text("It fell to a low.")
    assert len(replace(north, narrative=tmp_path).narrative_faults()) == 1


def hostile_table():
    cells = tuple(
        PrintedCell(row, "", HOSTILE, value, note=HOSTILE)
        for row, value in (("a", 4.0), ("b", math.nan), ("All", 5.0))
    )
    return PrintedTable("t", HOSTILE, "", HOSTILE, cells, (Footing("All", ("a", "b")),), (HOSTILE,))


def test_hostile_text_is_shown_and_never_run():
    measure = kpi("m", title=HOSTILE, short_title=HOSTILE, unit=HOSTILE, notes=HOSTILE)
    listed = [ListedKpi("m", "North", note=HOSTILE, source=HOSTILE, locator=HOSTILE)]
    claim = Claim("c", ClaimKind.TOTAL, HOSTILE, 3.0, (1.0,))
    held = quarter([(measure, RISING)], listed=listed, tables=(hostile_table(),), claims=(claim,),
                   aims=[("m", 90, 80, math.nan, math.nan)])  # fmt: skip

    for page in every_page(held):
        shown = html(page)
        assert "<script" not in shown
        assert "<img" not in shown


def test_a_printed_table_keeps_print_and_says_what_does_not_add_up():
    table = hostile_table()
    held = quarter([(kpi("m"), RISING)], tables=(table,))

    found = pages.printed_tables(held).blocks
    shown = next(b for b in found if b["kind"] == "table")

    assert [r["cells"][1] for r in shown["rows"]] == ["4", "–", "5"]
    assert [r.get("total", False) for r in shown["rows"]] == [False, False, True]
    assert "print says 5, its parts make 4." in str(found)


def test_a_rounding_note_is_made_where_parts_add_up_but_for_rounding():
    cells = tuple(PrintedCell(r, "", "2016", v) for r, v in (("a", 4.0), ("b", 3.0), ("All", 8.0)))
    footing = Footing("All", ("a", "b"), Axis.ROWS, rounded_to=1)
    held = quarter([(kpi("m"), RISING)],
                   tables=(PrintedTable("t", "T", "", "R", cells, (footing,)),))  # fmt: skip

    told = text(pages.printed_tables(held))

    assert "because figures were rounded before they were printed" in told
    assert "contradicts" not in told


def test_printed_counts_stand_and_a_contradiction_is_told_on_its_page():
    listed = [ListedKpi("m", "North", Rag.GREEN), ListedKpi("n", "South", Rag.RED)]
    printed = (
        PrintedCounts("North", {"Amber": 1, "stable": 1}), PrintedCounts("South", {"Red": 1}),
        PrintedCounts("", {"Amber": 1, "Red": 1, "stable": 1}),
    )  # fmt: skip
    series = [(kpi("m"), RISING), (kpi("n", directorate="South"), RISING)]

    held = quarter(series, listed=listed, printed_counts=printed)

    assert standing(held).printed
    assert standing(held).total.ratings == (0, 1, 1, 0)
    assert standing(held).total.directions == (0, 1, 0, 1)
    assert standing(held).row("South").directions == (0, 0, 0, 1)
    page = text(pages.directorate(held, "North"))
    assert "Summary: Amber, North: print says 1, its parts make 0." in page
    assert "counted from the KPIs shown here" in text(pages.quarterly_summary(held))


def test_kpis_that_print_counts_under_no_word_are_n_a():
    printed = (PrintedCounts("North", {"Amber": 1, "stable": 1}), PrintedCounts("South", {}))

    held = quarter([(kpi("m"), RISING), (kpi("n"), RISING)], printed_counts=printed)

    assert standing(held).row("North").ratings == (0, 1, 0, 1)
    assert standing(held).row("North").directions == (0, 1, 0, 1)
    assert standing(held).total.ratings == (0, 1, 0, 1)


def test_the_reconciliation_lists_contradictions_first_and_counts_each():
    claims = (
        Claim("a", ClaimKind.TOTAL, "Right", 3.0, (1.0, 2.0)),
        Claim("b", ClaimKind.TOTAL, "Wrong", 4.0, (1.0, 2.0), reference="A99"),
    )
    held = quarter([(kpi("m"), RISING)], claims=claims)

    found = pages.reconciliation(held).blocks
    table = next(b for b in found if b["kind"] == "table")
    cards = next(b for b in found if b["kind"] == "cards")["cards"]

    assert [r[0] for r in table["rows"]] == ["Wrong", "Right"]
    assert table["rows"][0][3]["label"] == "Contradicts"
    assert "A99" in table["rows"][0][4]
    assert {c["label"]: c["count"] for c in cards}["Contradicts"] == 1


def test_nothing_after_the_quarter_and_no_more_than_six_quarters_are_shown():
    held = quarter([(kpi("m"), RISING)])
    later = held.observations.assign(period_end=held.observations["period_end"].max())
    later["period_end"] += later["period_end"] - held.observations["period_end"].min()

    both = replace(held, observations=pd.concat([held.observations, later], ignore_index=True))

    assert len(both.shown) == 6
    assert both.shown["period_end"].max().date() == both.period.end

"""A suppressed figure is told as such: in tables, words, cards, judgements and narrative."""

from dataclasses import replace

import numpy as np
import pytest

from kcc_lib.presentation.document_figures import figures_by_document
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.presentation.narrative.binding import fill
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.quarterly.card import caption as kpi_caption
from kcc_lib.presentation.quarterly.card import data_table as kpi_table
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.table import table_with_notes
from kcc_lib.presentation.quarterly.words import latest_words, previous_words
from kcc_lib.presentation.sentences import caption
from kcc_lib.quarterly import PrintedCell, PrintedTable
from kcc_lib.workbench import assess
from tests.presentation.quarterly_builders import kpi, quarter, rows

CODE, KENT = "1.41", "E10000016"


def without(points, period, *, area=KENT, measure=CODE):
    """The same points with one of them suppressed, as they leave the door."""
    hidden = (points["measure"] == measure) & (points["area"] == area)
    hidden &= points["period"] == period
    assert hidden.sum() == 1
    points = points.copy()
    points.loc[hidden, ["value", "numerator", "denominator", "lower_ci", "upper_ci"]] = np.nan
    points.loc[hidden, "flags"] = "c"
    return points


@pytest.fixture(scope="module")
def partial(section):
    """The 2019 edition without Kent's latest value of one measure."""
    points = without(section.observations, "Jun 2019")
    judged = assess(points, section.catalogue, edition=section.edition)
    return replace(section, observations=points, judgements=judged)


def test_a_table_shows_the_shorthand_and_says_why(partial):
    (row,) = [r for r in data_table(partial.view(CODE))["rows"] if r[0] == "June 2019"]

    assert row[1] == "[c]"
    assert "Kent: suppressed to protect people" in row[-1]


def test_a_caption_says_that_the_latest_value_is_suppressed(partial):
    told = caption(partial.view(CODE))

    assert told.startswith("The figure of Kent for June 2019 is suppressed to protect people. ")
    assert "75.1% in June 2018" in told


def test_a_judgement_is_made_from_what_remains_and_says_so(partial):
    found = partial.judgements.set_index(["measure", "horizon"])

    year, trend = (found.loc[(CODE, span)] for span in ("1-year", "long-term"))
    assert year["label"] == "Not judged"
    assert {"suppressed", "period_missing"} <= set(year["reasons"].split())
    assert "suppressed" in trend["reasons"].split()
    assert trend["period_to"] == "Jun 2018"
    assert not found.drop(CODE)["reasons"].str.contains("suppressed").any()


def test_a_comparator_that_is_suppressed_is_not_called_unheld(section):
    points = without(section.observations, "Jun 2019", area="E92000001")
    told = caption(replace(section, observations=points).view(CODE))

    assert "England's figure for June 2019 is suppressed to protect people." in told


def filled(facts, text):
    return fill(text, facts, file="1.4.md")


@pytest.mark.parametrize(
    "expression",
    [
        'measure("1.41")', 'measure("1.41").change', 'measure("1.41", "Jun 2019").value',
        'measure("1.41").since("Jun 2015").difference', 'measure("1.41").against("England")',
        'claim("rose", measure("1.41"))',
    ],
)  # fmt: skip
def test_narrative_that_quotes_a_suppressed_value_is_refused_with_its_line(partial, expression):
    draft = filled(partial.facts(), f"First line.\n\nIt was {{{{ {expression} }}}}.")

    (fault,) = draft.faults
    assert (fault.file, fault.line) == ("1.4.md", 3)
    assert "is suppressed in June 2019" in fault.problem


@pytest.mark.parametrize(
    "expression",
    [
        'measure("1.41").change', 'measure("1.41").previous',
        'claim("the highest on record", measure("1.41"))',
    ],
)  # fmt: skip
def test_narrative_never_passes_over_a_suppressed_value_to_the_one_before(section, expression):
    points = without(section.observations, "Jun 2018")
    facts = replace(section, observations=points).facts()

    (fault,) = filled(facts, f"It {{{{ {expression} }}}}.").faults

    assert "is suppressed in June 2018" in fault.problem


def test_narrative_may_quote_what_is_told_of_the_same_measure(partial):
    draft = filled(partial.facts(), 'It was {{ measure("1.41", "Jun 2018").value }}.')

    assert draft.text == "It was 75.1%."


def test_narrative_that_quotes_a_suppressed_document_figure_is_refused(section):
    told = section.facts()
    figures = tuple(
        replace(f, value=np.nan, suppressed=True) if f.figure == "smokers-quit" else f
        for f in told.figures
    )
    facts = Facts(told.catalogue, told.area, told.points, told.published, figures)

    (fault,) = filled(facts, 'It was {{ figure("smokers-quit") }}.').faults

    assert "is suppressed" in fault.problem


def test_a_table_of_document_figures_shows_the_shorthand(section):
    figures = tuple(
        replace(f, value=np.nan, suppressed=True) if f.figure == "smokers-quit" else f
        for f in section.figures
    )
    block = figures_by_document(replace(section, figures=figures), "Smokers", "smokers-quit")

    assert "[c]" in str(block.blocks)


def seen(values, hidden):
    """A quarter's view of one KPI with some of its values suppressed."""
    made = quarter([(kpi("k-1"), values)])
    points = rows("k-1", values)
    points.loc[hidden, "value"], points.loc[hidden, "flags"] = np.nan, "c s"
    view = made.view("k-1")
    listed = replace(view.listed, locator="3 of 280 in time", source="the report")
    return replace(view, points=points, listed=listed)


def test_a_card_shows_the_shorthand_for_its_latest_value():
    view = seen([90.0, 91.0, 92.0], [2])

    assert latest_words(view) == "[c]"
    assert kpi_caption(view) == (
        "The latest value is suppressed to protect people; it is counted as N/A."
    )
    assert kpi_table(view)["rows"][-1][1] == "[c]"
    assert "3 of 280" not in str(kpi_card(view, commentary=""))


def test_a_card_shows_the_shorthand_for_the_value_before():
    view = seen([90.0, 91.0, 92.0], [1])

    assert previous_words(view) == "[c]"
    assert "the value before it is suppressed to protect people" in kpi_caption(view)


def test_a_printed_table_shows_the_shorthand_and_tells_it_from_a_dash():
    cells = (
        PrintedCell("a", "", "x", np.nan, suppressed=True), PrintedCell("b", "", "x", np.nan),
        PrintedCell("c", "", "x", 7.0),
    )  # fmt: skip
    table = PrintedTable("t", "Ages", "", "Age", cells)

    block, notes = table_with_notes(quarter([(kpi("k-1"), [90.0])]), table)

    assert [row["cells"][1] for row in block["rows"]] == ["[c]", "–", "7"]
    assert [note.split(":")[0] for note in notes["items"]] == ["[c]", "–"]

"""Figures of several documents, side by side."""

from dataclasses import replace
from datetime import date

import pytest

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.document_figures import figures_by_document


def test_figures_stand_in_order_of_time_each_with_its_document(section):
    table = figures_by_document(section, "Savings", "annual-savings").blocks[0]

    assert [row[2] for row in table["rows"]] == [
        "£100 million", "£100 million", "£100 million", "£80 million a year",
        "£90 million a year", "£73 million", "£50.2 million",
    ]  # fmt: skip
    assert [row[1] for row in table["rows"]][:3] == ["2011/12", "2012/13", "2013/14"]
    assert not any("implied" in row[1] for row in table["rows"])
    assert {row[3] for row in table["rows"]} >= {"Report by the Leader of the Council"}


def test_two_documents_that_differ_on_one_period_are_named_with_both_figures(section):
    one = next(f for f in section.figures if f.figure == "annual-savings" and f.value == 73)
    other = replace(one, value=74.0, document="Another paper")
    held = replace(section, figures=(one, other))

    told = figures_by_document(held, "Savings", "annual-savings").blocks[1]

    assert told["kind"] == "warning"
    assert "£73 million in Increasing" in told["items"][0]
    assert "£74 million in Another paper" in told["items"][0]


def test_a_later_document_is_not_quoted(section):
    then = replace(section, edition=replace(section.edition, as_of=date(2012, 12, 31)))

    rows = figures_by_document(then, "Savings", "annual-savings").blocks[0]["rows"]

    assert {row[3] for row in rows} == {"Report by the Leader of the Council"}
    with pytest.raises(UnknownNameError):
        figures_by_document(then, "Savings", "cumulative-savings")

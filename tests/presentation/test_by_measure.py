"""Frames are parted by measure once, and lose nothing by it."""

import copy

import pandas as pd
import pytest

from kcc_lib.presentation.by_measure import ByMeasure, some_rows

OBSERVATIONS = pd.DataFrame({
    "measure": ["1.11", "1.12", "1.11", "1.11", "1.13", "1.13"],
    "area": ["kent", "kent", "england", "kent", "kent", "england"],
    "value": [1.0, 2.0, 3.0, 4.0, None, 5.0],
})  # fmt: skip
JUDGEMENTS = pd.DataFrame({
    "measure": ["1.11", "1.11", "1.11"], "area": ["kent", "kent", "medway"],
    "horizon": ["one_year", "long_term", "one_year"],
})  # fmt: skip


@pytest.fixture(params=["made", "copied", "copied after use"])
def parted(request):
    made = ByMeasure(OBSERVATIONS, OBSERVATIONS[:4], JUDGEMENTS, "kent", ("kent", "england"))
    if request.param == "copied after use":
        made.points("1.11", "kent")
        made.view("1.11", lambda _: "a view")
    return made if request.param == "made" else copy.deepcopy(made)


def test_the_points_of_a_measure_are_those_of_one_area_in_their_order(parted):
    pd.testing.assert_frame_equal(parted.points("1.11", "kent"), OBSERVATIONS.iloc[[0, 3]])
    pd.testing.assert_frame_equal(parted.points("1.11", "england"), OBSERVATIONS.iloc[[2]])


@pytest.mark.parametrize(
    ("measure", "area"), [("1.13", "kent"), ("9.99", "kent"), ("1.11", "medway"), ("1.11", "")]
)
def test_where_no_points_may_be_shown_there_are_no_rows_of_the_same_columns(parted, measure, area):
    assert parted.points(measure, area).empty
    assert list(parted.points(measure, area)) == list(OBSERVATIONS)


def test_judgements_are_those_of_the_area(parted):
    assert [row["horizon"] for row in parted.judged("1.11")] == ["one_year", "long_term"]
    assert parted.judged("1.12") == []


def test_a_measure_is_held_where_the_area_has_a_value_shown_or_not(parted):
    assert parted.is_held("1.12")
    assert not parted.is_held("1.13")  # a blank is no figure, and another area's is not ours
    assert not parted.is_held("9.99")


def test_a_view_is_made_once(parted):
    made = []

    for _ in range(2):
        parted.view("1.12", made.append)

    assert made == ["1.12"]


def test_some_rows_have_the_columns_that_are_there_in_the_order_asked_for():
    rows = some_rows(OBSERVATIONS[3:5], ["value", "note", "measure"])

    assert [list(row) for row in rows] == [["value", "measure"]] * 2
    assert rows[0] == {"value": 4.0, "measure": "1.11"}
    assert pd.isna(rows[1]["value"])
    assert some_rows(OBSERVATIONS[:0], ["value"]) == []

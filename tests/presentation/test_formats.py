"""The one formatter."""

import math

import pytest

from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import (
    format_change,
    format_number,
    format_period,
    format_value,
    moved,
    named_span,
    short_period,
)

PERCENT = Measure(measure="m", unit="%", decimals=1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.0, "1,234,567"), (-3.25, "−3.2"), (0.04, "0.0"), (-0.04, "0.0"), (68.0, "68"),
        (math.nan, "N/A"),
    ],
)  # fmt: skip
def test_numbers_have_commas_a_true_minus_and_no_negative_zero(value, text):
    assert format_number(value, 1) == text


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("%", 74.0241, "74.0%"), ("percentage points", 26, "26 percentage points"),
        ("percentage points", 1, "1 percentage point"), ("pounds per week", 512.3, "£512.3"),
        ("rate per 10,000 population", 39.16, "39.2"), ("weeks", 14, "14 weeks"),
    ],
)  # fmt: skip
def test_a_value_carries_its_unit(unit, value, text):
    assert format_value(Measure(measure="m", unit=unit, decimals=1), value) == text


def test_two_percentages_differ_by_percentage_points():
    assert format_change(PERCENT, -1.1166) == "1.1 percentage points"


def test_a_change_too_small_for_the_decimals_is_said_to_be_small_and_not_none():
    assert format_change(PERCENT, 0.04) == "less than 0.1 percentage points"


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("2018-19", "2018/19"), ("2011-12", "2011/12"), ("Jun 2019", "June 2019"),
        ("12 months to Jun 2018", "year to June 2018"), ("2016 to 2018", "2016 to 2018"),
        ("2018", "2018"), ("2018-19 Q1", "2018/19 Q1"),
    ],
)  # fmt: skip
def test_periods_are_printed_as_the_council_prints_them(label, printed):
    assert format_period(label) == printed


@pytest.mark.parametrize(
    ("label", "wide", "narrow"),
    [
        ("2018-19", "2018/19", "18/19"), ("Jun 2019", "Jun 2019", "Jun 19"),
        ("2016 to 2018", "2016–18", "16–18"), ("12 months to Jun 2018", "Jun 2018", "Jun 18"),
    ],
)  # fmt: skip
def test_axis_labels_are_short_and_shorter_on_a_phone(label, wide, narrow):
    assert (short_period(label), short_period(label, narrow=True)) == (wide, narrow)


@pytest.mark.parametrize(("start", "end", "way"), [(75.1, 74.0, -1), (74.01, 74.04, 0), (1, 2, 1)])
def test_movement_is_what_a_reader_of_the_printed_figures_sees(start, end, way):
    assert moved(PERCENT, start, end) == way


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2013 to 2015", "2016 to 2018", "2013–15 to 2016–18"),
        ("2014-15", "2017-18", "2014/15 to 2017/18"),
        ("Mar 2018", "Mar 2018", "March 2018"),
        ("2013 to 2015", "2013 to 2015", "2013 to 2015"),
    ],
)
def test_a_span_of_pooled_years_need_not_be_read_twice(first, last, words):
    assert named_span(first, last) == words

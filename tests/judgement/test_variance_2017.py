"""variance-2017: a change beyond 5% of the earlier value, over one year and over three."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.judgement.assess import assess
from kcc_lib.measures import Break, Window
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, Frequency, Polarity

from .builders import judged, measure, reasons, series

METHOD = "variance-2017"


def one_year(values, record=None, **told):
    return judged(series(values), record, horizon="1-year", method=METHOD, **told)


def three_years(values, record=None, **told):
    return judged(series(values), record, horizon="long-term", method=METHOD, **told)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (100, 105.0, "Maintaining"),
        (100, 105.01, "Improving"),
        (100, 95.0, "Maintaining"),
        (100, 94.99, "Not Improving"),
        (0.1, 0.105, "Maintaining"),  # in binary a little more than 5%
        (0.3, 0.315, "Maintaining"),
        (1.1, 1.155, "Maintaining"),
        (-100, -94.9, "Improving"),
        (-100, -105.1, "Not Improving"),
        (100, 100, "Maintaining"),
    ],
)
def test_exactly_five_per_cent_of_the_earlier_value_is_no_movement(start, end, label):
    row = one_year([start, end])

    assert (row["label"], row["basis"]) == (label, "variance_5_percent")


def test_the_share_is_of_the_earlier_value_not_the_later():
    assert one_year([100, 95.2])["label"] == "Maintaining"  # 5.04% of the later
    assert one_year([95.2, 100])["label"] == "Improving"


@pytest.mark.parametrize(
    ("polarity", "label"),
    [
        (Polarity.HIGHER, "Improving"),
        (Polarity.LOWER, "Not Improving"),
        (Polarity.NONE, "Not judged"),
        (None, "Not judged"),
    ],
)
def test_without_a_polarity_there_is_no_judgement(polarity, label):
    row = one_year([100, 120], measure(polarity=polarity))

    assert row["label"] == label
    assert ("no_polarity" in reasons(row)) == (label == "Not judged")


@pytest.mark.parametrize(("start", "end"), [(0, 5), (0, 0), (-2, 3), (2, -3)])
def test_a_start_of_zero_or_of_the_other_sign_is_not_judged(start, end):
    row = one_year([start, end])

    assert (row["label"], row["basis"]) == ("Not judged", "none")
    assert "start_not_comparable" in reasons(row)


def test_a_fall_to_zero_is_judged():
    assert one_year([2, 0])["label"] == "Not Improving"


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [(40, 45, "Maintaining"), (40, 45.1, "Improving"), (-2, 3, "Maintaining"), (0, 6, "Improving")],
)
def test_points_are_five_percentage_points_whatever_the_start(start, end, label):
    row = one_year([start, end], options={"mode": "points"})

    assert (row["label"], row["basis"]) == (label, "variance_5_points")


@pytest.mark.parametrize(
    ("inclusive", "label"), [("yes", "Improving"), (True, "Improving"), ("no", "Maintaining")]
)
@pytest.mark.parametrize(("start", "end"), [(100, 105), (0.1, 0.105), (1.1, 1.155)])
def test_whether_exactly_five_per_cent_moves_is_an_option(inclusive, label, start, end):
    assert one_year([start, end], options={"inclusive": inclusive})["label"] == label


def test_the_variance_is_an_option():
    assert one_year([100, 108], options={"variance": 0.1})["label"] == "Maintaining"
    assert one_year([100, 108], options={"variance": "0.07"})["label"] == "Improving"


# The years compared


def test_three_years_are_compared_where_they_are_held():
    row = three_years([100, 103, 104, 106])

    assert (row["period_from"], row["period_to"], row["label"]) == ("2014", "2017", "Improving")
    assert "two_year_fallback" not in reasons(row)


@pytest.mark.parametrize("values", [[103, 104, 110], [np.nan, 103, 104, 110]])
def test_two_years_are_compared_where_three_are_not_held(values):
    row = three_years(values)

    assert (row["value_from"], row["value_to"], row["label"]) == (103, 110, "Improving")
    assert "two_year_fallback" in reasons(row)


@pytest.mark.parametrize("values", [[104, 110], [1, np.nan, np.nan, 104, 110], [104]])
def test_neither_three_nor_two_years_is_not_judged(values):
    row = three_years(values)

    assert (row["label"], row["basis"]) == ("Not judged", "none")
    assert "period_missing" in reasons(row)


def test_one_year_is_never_more():
    row = one_year([100, np.nan, 120])

    assert row["label"] == "Not judged"
    assert "period_missing" in reasons(row)


def test_a_two_yearly_measure_is_compared_two_years_apart():
    row = one_year([100, np.nan, 120], measure(frequency=Frequency.TWO_YEARLY))

    assert (row["label"], row["period_from"]) == ("Improving", "2014")
    assert "gap_2" in reasons(row)


@pytest.mark.parametrize(("at", "grade"), [("2015", "hard"), ("2017", "hard"), ("2016", "noted")])
def test_nothing_is_compared_across_a_hard_break(at, grade):
    record = measure(breaks=(Break(parse_period(at), BreakGrade(grade), "new method"),))

    row = three_years([100, 103, 104, 120], record)

    assert row["label"] == ("Not judged" if grade == "hard" else "Improving")
    assert f"break_{grade}" in reasons(row)


def test_a_break_before_the_years_compared_does_not_matter():
    record = measure(breaks=(Break(parse_period("2014"), BreakGrade.HARD, "new method"),))

    assert three_years([100, 103, 104, 120], record)["label"] == "Improving"


def test_an_edition_compares_its_windows_years():
    window = Window("m", parse_period("2016"), parse_period("2017"), None, None)
    frame = series([100, 103, 104, 120, 500])

    rows = assess(frame, {"m": measure()}, method=METHOD, windows=[window])

    assert list(rows["period_from"]) == ["2016", "2014"]
    assert list(rows["period_to"]) == ["2017", "2017"]


def test_no_test_is_made_so_no_p_value_is_given():
    for row in (one_year([100, 120]), three_years([100, 103, 104, 120])):
        assert np.isnan([row["p_value"], row["se"], row["q_value"]]).all()
        assert row["fragile"] == ""


def test_the_change_needed_is_given_in_the_measures_unit():
    assert one_year([80, 90])["detectable_change"] == pytest.approx(4)
    assert three_years([80, 90, 91, 92])["detectable_change"] == pytest.approx(4)


tenths = st.integers(-1000, 1000).map(lambda v: v / 10)


@given(st.lists(st.tuples(tenths, tenths), min_size=30, max_size=30))
@settings(max_examples=6, derandomize=True, deadline=None)
def test_the_rule_is_that_of_the_whole_numbers_behind_it(pairs):
    """In tenths: beyond 5% where twenty times the change is more than the start."""
    frame = series([v for pair in pairs for v in pair], first=1950)
    frame["area"] = [f"a{i // 2}" for i in range(len(frame))]

    found = assess(frame, {"m": measure()}, method=METHOD)

    labels = found.loc[found["horizon"] == "1-year", "label"]
    for (start, end), label in zip(pairs, labels, strict=True):
        s, e = round(start * 10), round(end * 10)
        if s == 0 or s * e < 0:
            expected = "Not judged"
        elif 20 * abs(e - s) > abs(s):
            expected = "Improving" if e > s else "Not Improving"
        else:
            expected = "Maintaining"
        assert label == expected, (start, end)

"""A cell that is no plain number is told what it is, and what to do with it."""

import pytest

from kcc_lib.records.misprints import why_not_a_number
from kcc_lib.records.observations import check_files
from kcc_lib.records.suppression import NO_RULES

WITHHELD = "leave it blank and flag it c (suppressed to protect people)"


@pytest.mark.parametrize(
    "text", ["<5", "< 5", "<=5", "≤5", ">95%", "<0.1", "fewer than 5", "Less than 10", "under 5"]
)
def test_a_limit_is_left_blank_and_flagged_as_withheld(text):
    assert why_not_a_number(text) == ("is a limit, not a number", WITHHELD)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("c", "c (suppressed to protect people)"),
        ("[c]", "c (suppressed to protect people)"),
        ("C", "c (suppressed to protect people)"),
        ("suppressed", "c (suppressed to protect people)"),
        ("[x]", "x (not available)"),
        ("(z)", "z (not applicable)"),
        ("[low]", "u (low reliability)"),
    ],
)
def test_a_flag_in_place_of_a_number_belongs_in_flags(text, flag):
    said = f"leave it blank and put {flag} in flags"

    assert why_not_a_number(text) == ("is a flag, not a number", said)


@pytest.mark.parametrize("text", ["~", "#", ":", "-", "–", "**"])
def test_a_mark_in_place_of_a_number_is_left_blank_with_its_flag(text):
    problem, remedy = why_not_a_number(text)

    assert problem == "is a mark, not a number"
    assert remedy.startswith(WITHHELD)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5*", "5"),
        ("5 *", "5"),
        ("24.1†", "24.1"),
        ("1,234*", "1234"),
        ("12%*", "12"),
        ("£1,234‡", "1234"),
        ("-3.5[1]", "-3.5"),
        ("7 [note 2]", "7"),
        ("5¹", "5"),
        ("5 (1)", "5"),
    ],
)
def test_a_footnote_mark_is_taken_from_its_number(text, number):
    said = f"write {number}, and in note what the mark means"

    assert why_not_a_number(text) == ("has a footnote mark", said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.3p", "write 12.3 and put p (provisional) in flags"),
        ("12.3 [r]", "write 12.3 and put r (revised) in flags"),
        ("1,234 (e)", "write 1234 and put e (estimated) in flags"),
    ],
)
def test_a_flag_beside_a_number_is_moved_to_flags(text, said):
    assert why_not_a_number(text) == ("has a flag beside the number", said)


@pytest.mark.parametrize("text", ["~500", "≈ 500", "c. 500"])
def test_an_approximate_number_is_flagged_as_estimated(text):
    said = "write 500 and put e (estimated) in flags"

    assert why_not_a_number(text) == ("is an approximate number", said)


@pytest.mark.parametrize("text", ["5-10", "5 – 10", "5 to 10%", "1,000-2,000"])
def test_a_range_is_no_number(text):
    assert why_not_a_number(text)[0] == "is a range, not a number"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,234", "write 1234"),
        ("12%", "write 12; the catalogue holds the unit"),
        ("£5", "write 5; the catalogue holds the unit"),
        ("−4", "write -4"),
        ("1 234", "write 1234"),
    ],
)
def test_a_number_in_a_printers_spelling_is_written_plainly(text, said):
    assert why_not_a_number(text)[1] == said


@pytest.mark.parametrize("text", ["<5", "c", "~", "5-10"])
def test_a_count_that_is_withheld_is_left_blank_without_a_flag_for_the_value(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(f"measure,period,value,numerator\nm,2018,4,{text}\n")

    (fault,) = check_files([path], ["a.csv"], suppression=NO_RULES)[1]

    assert (fault.column, fault.found, fault.remedy) == ("numerator", text, "leave it blank")


def test_a_withheld_value_is_one_fault(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("measure,period,value\nm,2018,<5\n", "utf-8")

    (fault,) = check_files([path], ["a.csv"], suppression=NO_RULES)[1]

    assert str(fault) == f"a.csv, line 2, value: '<5' is a limit, not a number; {WITHHELD}"

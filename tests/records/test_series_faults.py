"""Faults that only several rows together show: keys, periods of one series, order of reports."""

import pytest

SERIES = "data/raw/observations/series.csv"
HEADINGS = "measure,area,period,value\n"
RIDING = "measure,polarity,period,value\n"
NOT_NUMBER = "is not a number; leave it blank and flag it x (not available), c or z"
PERCENTAGE = "check the figure; a percentage is written 74.1, not 0.741 or 7410"
ONE_FREQUENCY = "keep one frequency in a series"
FLAGS = (
    "known: p provisional, r revised, e estimated, b break in series, i internal source, "
    "d read from a chart, s synthetic, c suppressed to protect people, u low reliability, "
    "x not available, "
    "z not applicable"
)


def test_a_key_that_stands_twice_in_one_file_names_both_lines(book):
    book.plant({"period": "2017/18"})

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        f"{SERIES}, line 11, period: '1.22, E10000016, 2017-18' is already on line 6; keep one"
    ]
    assert result.exit_code == 2


def test_a_key_that_stands_in_two_files_names_both_files_and_lines(book):
    book.plant({"period": "2019-20"}, {"period": "2017-18"}, name="observations/later.csv")

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        f"{SERIES}, line 6, period: '1.22, E10000016, 2017-18' is already on "
        "data/raw/observations/later.csv, line 3; keep one"
    ]
    assert result.exit_code == 2


def test_a_key_that_stands_in_two_files_of_ones_own_names_both_files_and_lines(book):
    first = book.mine(HEADINGS + "1.22,E10000016,2018-19,24.7\n", "first.csv")
    second = book.mine(HEADINGS + "1.22,E10000016,2018/19,24.8\n", "second.csv")

    result = book.kcc("check", first, second)

    assert result.stdout.splitlines() == [
        "second.csv, line 2, period: '1.22, E10000016, 2018-19' is already on "
        "first.csv, line 2; keep one"
    ]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("labels", "faults"),
    [
        pytest.param(
            ["2011-12"],
            [
                "line 2, period: '2011-12' could be a financial or academic year such as 2018-19 "
                "or a month such as Mar 2019; write it in full or name the period_type"
            ],
            id="2011-12 alone is a year or a month",
        ),
        pytest.param(
            ["2010-12", "2009-12"],
            [
                f"line {line}, period: '{label}' could be a month such as Mar 2019 or pooled years "
                "such as 2016 to 2018; write it in full or name the period_type"
                for line, label in ((2, "2010-12"), (3, "2009-12"))
            ],
            id="three years or a December",
        ),
        pytest.param(
            ["2016", "2017", "2018-19", "2019"],
            [
                "line 4, period: '2018-19' is a financial or academic year such as 2018-19, "
                f"but this series has a calendar year such as 2018; {ONE_FREQUENCY}"
            ],
            id="a financial year among calendar years",
        ),
        pytest.param(
            ["2016", "2017-18"],
            [
                f"line {line}, period: '{label}' does not share a form with the rest of its "
                f"series; {ONE_FREQUENCY}"
                for line, label in ((2, "2016"), (3, "2017-18"))
            ],
            id="two frequencies, neither the commoner",
        ),
        pytest.param(
            ["2016", "2017", "never"],
            ["line 4, period: 'never' is not a period; write a calendar year such as 2018"],
            id="a word among calendar years",
        ),
    ],
)
def test_where_no_catalogue_says_the_series_decides_what_its_periods_are(book, labels, faults):
    rows = "".join(f"sales,higher,{label},4\n" for label in labels)

    result = book.kcc("check", book.mine(RIDING + rows))

    assert result.stdout.splitlines() == [*(f"mine.csv, {fault}" for fault in faults)]
    assert result.exit_code == 2


def test_a_period_type_that_rides_along_settles_an_ambiguous_period(book):
    text = "measure,polarity,period_type,period,value\nsales,higher,financial year,2011-12,4\n"

    result = book.kcc("check", book.mine(text))

    assert result.exit_code == 0


def test_a_lone_word_where_a_period_belongs_is_said_to_be_no_period(book):
    result = book.kcc("check", book.mine(RIDING + "sales,higher,banana,4\n"))

    assert result.stdout.startswith("mine.csv, line 2, period: 'banana' is not a period; ")


@pytest.mark.parametrize("label", ["0000", "0012", "0000 to 0005", "Jan 0000"])
def test_a_year_before_1900_is_an_impossible_period(book, label):
    result = book.kcc("check", book.mine(RIDING + f"sales,higher,{label},4\n"))

    assert result.exit_code == 2
    assert f"mine.csv, line 2, period: '{label}' " in result.stdout


def test_two_frequencies_of_one_series_in_two_files_are_refused(book):
    first = book.mine(RIDING + "sales,higher,2016,4\nsales,higher,2017,5\n", "first.csv")
    second = book.mine(RIDING + "sales,higher,2018-19,6\nsales,higher,2019-20,7\n", "second.csv")

    result = book.kcc("assess", first, second)

    assert result.exit_code == 2


def test_a_series_in_two_files_decides_as_a_whole(book):
    first = book.mine(RIDING + "sales,higher,2010-11,4\nsales,higher,2011-12,5\n", "first.csv")
    second = book.mine(RIDING + "sales,higher,2012-13,6\nsales,higher,2013-14,7\n", "second.csv")

    result = book.kcc("assess", first, second)

    assert result.exit_code == 0


def test_all_faults_of_all_files_are_reported_at_once_in_file_and_line_order(book):
    book.plant({"value": "n/a"}, {"period": "2019-20", "flags": "q", "area": "Kent"})
    book.plant({"period": "2018/19", "value": "124.7"}, name="observations/later.csv")
    book.swap("measures.csv", "1.12,1.1,", "1.12,1.9,")
    book.write("observations/empty.csv", "")

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        "data/raw/measures.csv, line 3, supporting_outcome: '1.9' is no supporting outcome; "
        "did you mean '1.2'?",
        "data/raw/observations/empty.csv: is empty; give it a header row and rows of data",
        "data/raw/observations/later.csv, line 2, value: '124.7' is outside 0 to 100; "
        + PERCENTAGE,
        f"{SERIES}, line 11, period: '1.22, E10000016, 2018-19' is already on "
        "data/raw/observations/later.csv, line 2; keep one",
        f"{SERIES}, line 11, value: 'n/a' {NOT_NUMBER}",
        f"{SERIES}, line 12, area: 'Kent' is no area in the catalogue; known: E10000016, E92000001",
        f"{SERIES}, line 12, flags: 'q' is not a flag; {FLAGS}",
    ]
    assert result.exit_code == 2
    assert result.stderr == "9 files checked, 7 faults found\n"


def test_a_value_that_its_counts_do_not_make_is_refused(book):
    rows = "measure,statistic,period,value,numerator,denominator\nm,proportion,2018,70,5,1000\n"

    result = book.kcc("check", book.mine(rows))

    assert result.stdout.splitlines() == [
        "mine.csv, line 2, value: '70' is not 0.5, as its numerator and denominator make it; "
        "check the value and both counts"
    ]
    assert result.exit_code == 2

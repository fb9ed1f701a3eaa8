"""Each fault that an observation can have, planted in good data, is told by `kcc check`."""

import csv

import pytest

SERIES = "data/raw/observations/series.csv"
HEADINGS = "measure,area,period,value\n"
NOT_NUMBER = "is not a number; leave it blank and flag it x (not available), c or z"
PERCENTAGE = "check the figure; a percentage is written 74.1, not 0.741 or 7410"
YEAR_SPAN = "this series has a financial or academic year such as 2018-19"
ONE_FREQUENCY = "keep one frequency in a series"
FLAGS = (
    "known: p provisional, r revised, e estimated, b break in series, i internal source, "
    "d read from a chart, s synthetic, c suppressed to protect people, u low reliability, "
    "x not available, "
    "z not applicable"
)


def test_good_data_pass(book):
    result = book.kcc("check")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "7 files checked, no faults\n"


def test_the_planted_rows_are_good_but_for_what_is_planted(book):
    book.plant({})

    result = book.kcc("check")

    with (book.raw / "observations" / "series.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 11
    assert result.exit_code == 0


@pytest.mark.slow
def test_the_shipped_data_pass(whole):
    result = whole.kcc("check")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.endswith("files checked, no faults\n")


@pytest.mark.parametrize("name", ["outcome_1.csv", "outcome_2.csv", "outcome_3.csv"])
def test_a_shipped_series_named_outright_passes(shipped, name):
    result = shipped.kcc("check", shipped.raw / "observations" / name)

    assert result.exit_code == 0
    assert result.stderr == "1 file checked, no faults\n"


CODES = [
    pytest.param(
        {"measure": "1.222"},
        "measure: '1.222' is no measure in the catalogue; did you mean '1.22'?",
        id="unknown measure",
    ),
    pytest.param(
        {"measure": "income"},
        "measure: 'income' is no measure in the catalogue; "
        "known: 1.11, 1.12, 1.21, 1.22, 1.23, 1.24, 1.25",
        id="a measure like no other",
    ),
    pytest.param(
        {"area": "E1000016"},
        "area: 'E1000016' is no area in the catalogue; did you mean 'E10000016'?",
        id="unknown area",
    ),
    pytest.param(
        {"area": "Kent"},
        "area: 'Kent' is no area in the catalogue; known: E10000016, E92000001",
        id="an area by name",
    ),
    pytest.param({"measure": ""}, "measure: is blank; fill it in", id="blank measure"),
    pytest.param({"area": ""}, "area: is blank; fill it in", id="blank area"),
    pytest.param({"period": ""}, "period: is blank; fill it in", id="blank period"),
]


NUMBERS = [
    pytest.param({"value": "n/a"}, f"value: 'n/a' {NOT_NUMBER}", id="n/a"),
    pytest.param({"value": "twenty"}, f"value: 'twenty' {NOT_NUMBER}", id="a word"),
    pytest.param(
        {"value": "*"},
        "value: '*' is a mark, not a number; leave it blank and flag it c (suppressed) if it was "
        "withheld, x (not available) if not; write 0 only where it means nought",
        id="a mark for suppression",
    ),
    pytest.param({"value": ".."}, f"value: '..' {NOT_NUMBER}", id="two points"),
    pytest.param({"value": "0x10"}, f"value: '0x10' {NOT_NUMBER}", id="hexadecimal"),
    pytest.param(
        {"value": "nan", "flags": "x"},
        "value: 'nan' is not a number that can be published; leave it blank and flag it x",
        id="nan",
    ),
    pytest.param(
        {"value": "inf"},
        "value: 'inf' is not a number that can be published; leave it blank and flag it x",
        id="infinity",
    ),
    pytest.param(
        {"denominator": "1,234"},
        "denominator: '1,234' has thousands commas; write 1234",
        id="thousands commas",
    ),
    pytest.param(
        {"denominator": "1,234,567.5"},
        "denominator: '1,234,567.5' has thousands commas; write 1234567.5",
        id="millions with decimals",
    ),
    pytest.param(
        {"denominator": "£12,345"},
        "denominator: '£12,345' has thousands commas; write 12345",
        id="pounds with thousands commas",
    ),
    pytest.param(
        {"value": "24,7"},
        "value: '24,7' has a comma in a number; use a point for decimals and no thousands commas",
        id="a decimal comma",
    ),
    pytest.param(
        {"value": "24.7%"},
        "value: '24.7%' has a % sign; write 24.7; the catalogue holds the unit",
        id="a % sign",
    ),
    pytest.param(
        {"value": "24.7 %"},
        "value: '24.7 %' has a % sign; write 24.7; the catalogue holds the unit",
        id="a % sign after a space",
    ),
    pytest.param(
        {"value": "£24.7"},
        "value: '£24.7' has a currency sign; write 24.7; the catalogue holds the unit",
        id="a pound sign",
    ),
]


RANGES = [
    pytest.param(
        {"value": "124.7"},
        f"value: '124.7' is outside 0 to 100; {PERCENTAGE}",
        id="a percentage above 100",
    ),
    pytest.param(
        {"value": "-0.1"},
        f"value: '-0.1' is outside 0 to 100; {PERCENTAGE}",
        id="a percentage below 0",
    ),
    pytest.param(
        {"value": "99", "lower_ci": "95", "upper_ci": "103"},
        f"upper_ci: '103' is outside 0 to 100; {PERCENTAGE}",
        id="a limit above 100",
    ),
    pytest.param(
        {"measure": "1.11", "period": "2016 to 2018", "value": "-3.2"},
        "value: '-3.2' is below zero; check the figure",
        id="a rate below zero",
    ),
    pytest.param(
        {"measure": "1.12", "period": "2018", "value": "-3"},
        "value: '-3' is below zero; check the figure",
        id="a count below zero",
    ),
]


COUNTS = [
    pytest.param(
        {"value": "100", "numerator": "1001", "denominator": "1000"},
        "numerator: '1001' is above the denominator; "
        "a proportion counts part of the whole; check both",
        id="numerator above denominator",
    ),
    pytest.param(
        {"value": "0", "numerator": "-1", "denominator": "1000"},
        "numerator: '-1' is below zero; check the figure",
        id="numerator below zero",
    ),
    pytest.param(
        {"numerator": "0", "denominator": "0"},
        "denominator: '0' is not above zero; check the figure",
        id="denominator of zero",
    ),
    pytest.param(
        {"sample_size": "0"},
        "sample_size: '0' is not above zero; check the figure",
        id="a sample of nobody",
    ),
]


INTERVALS = [
    pytest.param(
        {"lower_ci": "24.8", "upper_ci": "26"},
        "value: '24.7' lies outside its interval; check the value and both limits",
        id="interval above its value",
    ),
    pytest.param(
        {"lower_ci": "20", "upper_ci": "24.6"},
        "value: '24.7' lies outside its interval; check the value and both limits",
        id="interval below its value",
    ),
    pytest.param(
        {"lower_ci": "26", "upper_ci": "24"},
        "lower_ci: '26' is above upper_ci; swap the limits",
        id="limits the wrong way round",
    ),
    pytest.param(
        {"lower_ci": "24"},
        "lower_ci: '24' stands without the other limit; give both limits or neither",
        id="one limit",
    ),
]


PERIODS = [
    pytest.param(
        {"period": "banana"},
        "period: 'banana' is not a period; write a financial or academic year such as 2018-19",
        id="a word",
    ),
    pytest.param(
        {"period": "2018-18"},
        "period: '2018-18' is not a period; write a financial or academic year such as 2018-19",
        id="a year that ends as it starts",
    ),
    pytest.param(
        {"period": "3018-19"},
        "period: '3018-19' is not a period; write a financial or academic year such as 2018-19",
        id="the far future",
    ),
    pytest.param(
        {"measure": "1.23", "period": "2018-13"},
        "period: '2018-13' is not a period; write a month such as Mar 2019",
        id="a thirteenth month",
    ),
    pytest.param(
        {"measure": "1.23", "period": "Juno 2018"},
        "period: 'Juno 2018' is not a period; write a month such as Mar 2019",
        id="no such month",
    ),
    pytest.param(
        {"measure": "1.25", "period": "2018-19 Q5", "value": "3"},
        "period: '2018-19 Q5' is not a period; write a financial quarter such as 2018-19 Q1",
        id="a fifth quarter",
    ),
    pytest.param(
        {"measure": "1.11", "period": "2018 to 2016", "value": "3"},
        "period: '2018 to 2016' is not a period; write pooled years such as 2016 to 2018",
        id="pooled years backwards",
    ),
    pytest.param(
        {"period": "2018"},
        f"period: '2018' is a calendar year such as 2018, but {YEAR_SPAN}; {ONE_FREQUENCY}",
        id="a calendar year among financial years",
    ),
    pytest.param(
        {"period": "2018-19 Q1"},
        "period: '2018-19 Q1' is a financial quarter such as 2018-19 Q1, "
        f"but {YEAR_SPAN}; {ONE_FREQUENCY}",
        id="a quarter among financial years",
    ),
    pytest.param(
        {"period": "2016-18"},
        f"period: '2016-18' is pooled years such as 2016 to 2018, but {YEAR_SPAN}; {ONE_FREQUENCY}",
        id="pooled years among financial years",
    ),
]


FLAGGED = [
    pytest.param(
        {"value": ""},
        "value: is blank without a flag; "
        "flag it x (not available), c (suppressed) or z (not applicable), or fill it in",
        id="blank without a flag",
    ),
    pytest.param(
        {"value": "", "flags": "p"},
        "value: is blank without a flag; "
        "flag it x (not available), c (suppressed) or z (not applicable), or fill it in",
        id="blank with a flag that does not say why",
    ),
    pytest.param({"flags": "q"}, f"flags: 'q' is not a flag; {FLAGS}", id="unknown flag"),
    pytest.param({"flags": "p q"}, f"flags: 'p q' is not a flag; {FLAGS}", id="one of two unknown"),
    pytest.param({"flags": "pi"}, f"flags: 'pi' is not a flag; {FLAGS}", id="flags run together"),
    pytest.param(
        {"flags": "x"},
        "flags: 'x' contradicts the value beside it; "
        "remove the value, or the flag that says there is none",
        id="a value flagged not available",
    ),
    pytest.param(
        {"flags": "b"},
        "flags: 'b' flags a break that the catalogue does not hold; "
        "add 2018-19:hard or noted:reason to breaks in measures.csv",
        id="a break that the catalogue lacks",
    ),
]


NO_DAY = "is not a date; write it as 2018-03-31, or leave it blank"
DAYS = [
    pytest.param({"published": "spring"}, f"published: 'spring' {NO_DAY}", id="a season"),
    pytest.param({"published": "Feb 2020"}, f"published: 'Feb 2020' {NO_DAY}", id="a month"),
    pytest.param({"published": "31/03/2018"}, f"published: '31/03/2018' {NO_DAY}", id="slashes"),
    pytest.param({"published": "20180331"}, f"published: '20180331' {NO_DAY}", id="run together"),
    pytest.param(
        {"published": "2018-02-30"}, f"published: '2018-02-30' {NO_DAY}", id="no such day"
    ),
]


@pytest.mark.parametrize(
    ("cells", "words"),
    [*CODES, *NUMBERS, *RANGES, *COUNTS, *INTERVALS, *PERIODS, *FLAGGED, *DAYS],
)
def test_a_faulty_cell_is_named_with_what_stands_there_and_what_to_do(book, cells, words):
    book.plant(cells)

    result = book.kcc("check")

    assert result.stdout.splitlines() == [f"{SERIES}, line 11, {words}"]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"value": "0"}, id="nought per cent"),
        pytest.param({"value": "100"}, id="a hundred per cent"),
        pytest.param(
            {"value": "100", "numerator": "1000", "denominator": "1000"}, id="all of the whole"
        ),
        pytest.param({"lower_ci": "24.7", "upper_ci": "24.7"}, id="an interval of no width"),
        pytest.param(
            {"value": "", "lower_ci": "20", "upper_ci": "30", "flags": "c"}, id="a hidden value"
        ),
        pytest.param({"value": "24.7", "flags": "u"}, id="a value of low reliability"),
        pytest.param({"flags": "r,p"}, id="flags with a comma between"),
        pytest.param({"period": "2018/19"}, id="a publisher's spelling of the period"),
        pytest.param({"measure": "1.21", "value": "-99.9"}, id="a gap below zero"),
        pytest.param(
            {"measure": "1.11", "period": "2016-18", "numerator": "9", "denominator": "3"},
            id="a rate's numerator above its denominator",
        ),
        pytest.param({"measure": "1.12", "period": "2016", "flags": "b"}, id="a catalogued break"),
        pytest.param({"published": "2018-03-31"}, id="a day of publication"),
    ],
)
def test_a_cell_at_the_edge_of_the_rules_passes(book, cells):
    book.plant(cells)

    result = book.kcc("check")

    assert result.exit_code == 0


def test_what_check_refuses_of_a_day_freshness_refuses_in_the_same_words(book):
    book.plant({"published": "spring"}, {"period": "2019-20", "published": "2019"})

    checked, asked = book.kcc("check"), book.kcc("freshness", "--as-of", "2020-03-31")

    assert len(checked.stdout.splitlines()) == 2
    assert [line.strip() for line in asked.stderr.splitlines()[1:]] == checked.stdout.splitlines()
    assert asked.exit_code == 2


def test_a_file_of_ones_own_is_held_against_the_catalogue(book):
    mine = book.mine(HEADINGS + "1.22,E10000016,2018-19,24.7\n1.222,Kent,2018-19,24.7\n")

    result = book.kcc("check", mine)

    assert result.stdout.splitlines() == [
        "mine.csv, line 3, area: 'Kent' is no area in the catalogue; known: E10000016, E92000001",
        "mine.csv, line 3, measure: '1.222' is no measure in the catalogue; did you mean '1.22'?",
    ]
    assert result.exit_code == 2


def test_a_file_whose_only_measure_is_unknown_is_refused(book):
    mine = book.mine(HEADINGS + "1.222,E10000016,2018-19,24.7\n")

    result = book.kcc("check", mine)

    assert result.stdout.splitlines() == [
        "mine.csv, line 2, measure: '1.222' is no measure in the catalogue; did you mean '1.22'?"
    ]
    assert result.exit_code == 2

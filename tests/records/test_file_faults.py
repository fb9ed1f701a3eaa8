"""Files that are no tidy table of UTF-8 text: each is told what it is, and the rest still read."""

import pytest

ODD = "data/raw/observations/odd.csv"
HEADINGS = "measure,area,period,value\n"
YEAR_SPAN = "this series has a financial or academic year such as 2018-19"
ONE_FREQUENCY = "keep one frequency in a series"
CSV = "save it as CSV UTF-8 (comma delimited)"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(
            "measure,area,value\n1.22,E10000016,24.7\n",
            ["line 1, period: the column period is missing; add it to the header and rows"],
            id="missing column",
        ),
        pytest.param(
            "measure,value\n1.22,24.7\n",
            [
                "line 1, area: the column area is missing; add it to the header and rows",
                "line 1, period: the column period is missing; add it to the header and rows",
            ],
            id="two missing columns",
        ),
        pytest.param(
            "measure,area,perod,value\n1.22,E10000016,2018-19,24.7\n",
            ["line 1, perod: 'perod' is not a column of this file; rename it period"],
            id="misspelt column",
        ),
        pytest.param(
            "measure,area,perod,value\n1.22,E10000016,2018-19,24.7%\n1.22,Kent,2018,24.7\n",
            [
                "line 1, perod: 'perod' is not a column of this file; rename it period",
                "line 2, value: '24.7%' has a % sign; write 24.7; the catalogue holds the unit",
                "line 3, area: 'Kent' is no area in the catalogue; known: E10000016, E92000001",
                "line 3, period: '2018' is a calendar year such as 2018, "
                f"but {YEAR_SPAN}; {ONE_FREQUENCY}",
            ],
            id="misspelt column, and the rest still checked",
        ),
        pytest.param(
            "Measure,area,period,Value,Lower CI,upper ci\n1.22,E10000016,2018-19,24.7,20,30\n",
            [
                "line 1, Lower CI: 'Lower CI' is not a column of this file; rename it lower_ci",
                "line 1, Measure: 'Measure' is not a column of this file; rename it measure",
                "line 1, Value: 'Value' is not a column of this file; rename it value",
                "line 1, upper ci: 'upper ci' is not a column of this file; rename it upper_ci",
            ],
            id="headings with capitals and spaces",
        ),
        pytest.param(
            "measure,area,period,value,zebra\n1.22,E10000016,2018-19,24.7,1\n",
            [
                "line 1, zebra: 'zebra' is not a column of this file; remove it; known: measure, "
                "period, value, area, numerator, denominator, lower_ci, upper_ci, sample_size, "
                "flags, source, published, note, standard_error, standard_deviation, cv, "
                "confidence, other_numerator, other_denominator, year_numerator, …"
            ],
            id="a column like no other",
        ),
        pytest.param(
            "measure,area,period,value,value\n1.22,E10000016,2018-19,24.7,24.8\n",
            ["line 1, value: 'value' stands twice in the header; keep one"],
            id="repeated heading",
        ),
        pytest.param(
            HEADINGS + "1.22,E10000016,2018-19\n1.22,E10000016,2019-20,24.7%\n",
            [
                "line 2: '1.22,E10000016,2018-19' has 3 cells where the header has 4; "
                "quote text that holds commas, and fill every column",
                "line 3, value: '24.7%' has a % sign; write 24.7; the catalogue holds the unit",
            ],
            id="a row with too few cells, and the rest still checked",
        ),
        pytest.param(
            HEADINGS + "1.22,E10000016,2018-19,24,7\n",
            [
                "line 2: '1.22,E10000016,2018-19,24,7' has 5 cells where the header has 4; "
                "quote text that holds commas, and fill every column"
            ],
            id="a row with too many cells",
        ),
        pytest.param(
            HEADINGS + '1.22,E10000016,2018-19,24.7%\n1.22,E10000016,"2019-20,24.7\n',
            [
                "line 2, value: '24.7%' has a % sign; write 24.7; the catalogue holds the unit",
                f"line 3: cannot be read as CSV (unexpected end of data); {CSV}",
            ],
            id="a quotation mark that is never closed",
        ),
    ],
)
def test_a_fault_of_columns_and_rows_is_named(book, text, faults):
    book.write("observations/odd.csv", text)

    result = book.kcc("check")

    assert result.stdout.splitlines() == [*(f"{ODD}, {fault}" for fault in faults)]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "headings", ["measure,area,period,valu,valeu", "Measure,measures,area,period,value"]
)
def test_two_headings_that_misspell_one_column_are_both_named(book, headings):
    book.write("observations/odd.csv", headings + "\n1.22,1.22,E10000016,2018-19,24.7\n")

    result = book.kcc("check")

    assert result.exit_code == 2
    assert result.stdout.count("is not a column of this file") == 2


def test_a_misspelt_polarity_is_the_only_fault_where_the_area_may_be_left_out(book):
    result = book.kcc("check", book.mine("measure,polarty,period,value\nsales,higher,2018,4\n"))

    assert result.stdout.splitlines() == [
        "mine.csv, line 1, polarty: 'polarty' is not a column of this file; rename it polarity"
    ]
    assert result.exit_code == 2


XLSX = b"PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml"


LATIN = (HEADINGS + "1.22,E10000016,2018-19,24.7\n1.22,E10000016,2019-20,£24\n").encode("latin-1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(LATIN, f", line 3: 'byte 0xa3' is not UTF-8; {CSV}", id="a Latin-1 byte"),
        pytest.param(
            (HEADINGS + "1.22,E10000016,2018-19,24.7\n").encode("utf-16"),
            f": is encoded as UTF-16; {CSV}",
            id="UTF-16",
        ),
        pytest.param(
            (HEADINGS + "1.22,E10000016,2018-19,24.7\n").encode("utf-16-be"),
            f": is not a CSV file; {CSV}",
            id="UTF-16 without its mark",
        ),
        pytest.param(XLSX, f": is a spreadsheet or zip file, not CSV; {CSV}", id="a spreadsheet"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
            f": is not a CSV file; {CSV}",
            id="an old spreadsheet",
        ),
        pytest.param(b"%PDF-1.7\n1 0 obj\n", f": is not a CSV file; {CSV}", id="a PDF"),
        pytest.param(b"\n <!DOCTYPE html>\n<p>", f": is not a CSV file; {CSV}", id="a web page"),
        pytest.param(b'{"measure": "1.22"}', f": is not a CSV file; {CSV}", id="JSON"),
        pytest.param(
            b"measure;area;period;value\n1.22;E10000016;2018-19;24,7\n",
            f", line 1: 'measure;area;period;value' is not separated by commas; {CSV}",
            id="separated by semicolons",
        ),
        pytest.param(
            b"measure\tarea\tperiod\tvalue\n1.22\tE10000016\t2018-19\t24.7\n",
            f", line 1: 'measure\\tarea\\tperiod\\tvalue' is not separated by commas; {CSV}",
            id="separated by tabs",
        ),
        pytest.param(b"", ": is empty; give it a header row and rows of data", id="empty"),
        pytest.param(
            b"\xef\xbb\xbf\r\n",
            ": is empty; give it a header row and rows of data",
            id="only a mark",
        ),
        pytest.param(
            b",,,\n,,,\n", ": is empty; give it a header row and rows of data", id="only commas"
        ),
        pytest.param(
            HEADINGS.encode(), ": has a header but no rows; add rows of data", id="header only"
        ),
    ],
)
def test_a_file_that_is_no_table_of_utf8_text_is_named(book, content, words):
    book.write("observations/odd.csv", content)

    result = book.kcc("check")

    assert result.stdout.splitlines() == [ODD + words]
    assert result.exit_code == 2


def test_a_file_that_is_not_there_is_named(book):
    result = book.kcc("check", book.root / "nowhere.csv")

    assert result.stdout.splitlines() == [
        "nowhere.csv: cannot be opened (No such file or directory); check the path"
    ]
    assert result.exit_code == 2

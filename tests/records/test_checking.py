"""What `kcc check` looks at: the workbook, a folder, or files of one's own."""

import pytest

HEADINGS = "measure,area,period,value\n"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("measures.csv", id="catalogue"),
        *(
            pytest.param(name)
            for name in (
                "areas.csv",
                "windows.csv",
                "published_judgements.csv",
                "document_figures.csv",
                "editions/annual-2019.toml",
            )
        ),
    ],
)
def test_a_file_of_the_workbook_named_outright_is_checked_as_what_it_is(shipped, name):
    result = shipped.kcc("check", shipped.raw / name)

    assert result.stdout == ""
    assert result.exit_code == 0


def test_a_folder_laid_out_as_the_raw_data_is_checked_whole(book):
    book.plant({"value": "n/a"})

    result = book.kcc("check", book.raw)

    assert result.stdout.startswith("data/raw/observations/series.csv, line 11, value: 'n/a' ")
    assert result.stderr == "7 files checked, 1 fault found\n"


def test_a_folder_of_observations_is_checked_file_by_file(book):
    book.plant({"value": "n/a"})

    result = book.kcc("check", book.raw / "observations")

    assert result.stdout.splitlines() == [
        "data/raw/observations/series.csv, line 11, value: 'n/a' is not a number; "
        "leave it blank and flag it x (not available), c or z"
    ]


def test_several_paths_are_checked_in_one_run(book):
    good = book.mine(HEADINGS + "1.22,E10000016,2018-19,24.7\n", "good.csv")
    bad = book.mine(HEADINGS + "1.22,E10000016,2019-20,24.7%\n", "bad.csv")

    result = book.kcc("check", book.raw, good, bad)

    assert result.stdout.splitlines() == [
        "bad.csv, line 2, value: '24.7%' has a % sign; write 24.7; the catalogue holds the unit"
    ]
    assert result.stderr == "9 files checked, 1 fault found\n"


def test_faults_of_the_catalogue_do_not_hide_those_of_the_file_named(book):
    book.swap("measures.csv", "count,lower", "count,down")
    mine = book.mine(HEADINGS + "1.22,E10000016,2018-19,24.7%\n")

    result = book.kcc("check", mine)

    assert "mine.csv, line 2, value: '24.7%' has a % sign" in result.stdout


def test_a_missing_file_of_areas_is_told_once(book):
    (book.raw / "areas.csv").unlink()

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        "data/raw/areas.csv: cannot be opened (No such file or directory); check the path"
    ]


def test_a_file_that_nothing_reads_is_not_passed_over_in_silence(book):
    book.write("windows_2020.csv", "edition,measure\n")

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        "data/raw/windows_2020.csv: is no file of the raw data; rename or remove it"
    ]
    assert result.exit_code == 2


def test_without_a_workbook_the_command_says_what_it_looked_for(book, monkeypatch):
    monkeypatch.setenv("KCC_WORKBOOK", str(book.root / "elsewhere"))

    result = book.kcc("check")

    assert result.exit_code == 2
    assert result.stderr == (
        f"kcc: no workbook found from {book.root / 'elsewhere'}: "
        "it needs the folders data/raw and notebooks; "
        "run kcc inside a checkout, or set KCC_WORKBOOK to one\n"
    )


@pytest.mark.parametrize(
    "name", ["areas_2.csv", "observations/nowhere.csv", "editions/annual-2091.toml"]
)
def test_a_file_of_the_workbook_that_is_not_there_is_named(book, name):
    result = book.kcc("check", book.raw / name)

    assert result.stdout.splitlines() == [
        f"data/raw/{name}: cannot be opened (No such file or directory); check the path"
    ]
    assert result.exit_code == 2


def test_a_file_of_the_workbook_that_nothing_reads_is_not_said_to_be_checked(book):
    result = book.kcc("check", book.write("observations/series.xlsx", b"PK\x03\x04"))

    assert result.exit_code == 2


def test_a_folder_without_data_is_refused(book):
    result = book.kcc("check", book.root / "notebooks")

    assert result.exit_code == 2


def test_a_file_named_twice_is_checked_once(book):
    mine = book.mine(HEADINGS + "1.22,E10000016,2018-19,24.7\n")

    result = book.kcc("check", mine, mine)

    assert result.stdout == ""
    assert result.stderr == "1 file checked, no faults\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param(
            "measures.csv", None, "cannot be opened (No such file or directory); check the path",
            id="no catalogue"
        ),
        pytest.param(
            "measures.csv", "", "is empty; give it a header row and rows of data",
            id="an empty catalogue",
        ),
        pytest.param(
            "supporting_outcomes.csv", None,
            "cannot be opened (No such file or directory); check the path",
            id="no supporting outcomes"
        ),
    ],
)  # fmt: skip
def test_what_all_else_rests_on_is_told_once_where_it_is_missing(book, name, content, words):
    if content is None:
        (book.raw / name).unlink()
    else:
        book.write(name, content)

    result = book.kcc("check")

    assert result.stdout.splitlines() == [f"data/raw/{name}: {words}"]
    assert result.exit_code == 2


def test_an_empty_catalogue_is_told_once_where_editions_rest_on_it(shipped):
    shipped.write("measures.csv", "")

    result = shipped.kcc("check")

    assert result.stdout.splitlines() == [
        "data/raw/measures.csv: is empty; give it a header row and rows of data"
    ]


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_workbook_without_observations_is_told_so(whole, command):
    for path in (whole.raw / "observations").iterdir():
        path.unlink()

    result = whole.kcc(command)

    assert result.exit_code == 2
    assert "data/raw/observations" in result.stdout + result.stderr


def test_observations_with_two_misspelt_headings_are_still_taken_for_observations(book):
    result = book.kcc("check", book.mine("measure,polarity,Period,Value\nsales,higher,2018,4\n"))

    assert result.stdout.splitlines() == [
        "mine.csv, line 1, Period: 'Period' is not a column of this file; rename it period",
        "mine.csv, line 1, Value: 'Value' is not a column of this file; rename it value",
    ]

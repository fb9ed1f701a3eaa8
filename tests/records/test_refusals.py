"""Nothing is written where data are refused: by `kcc check`, `kcc assess` or `kcc report`."""

import pytest

HEADINGS = "measure,area,period,value\n"
RIDING = "measure,polarity,period,value\n"


def test_checking_writes_nothing(book):
    book.plant({"value": "n/a"})
    before = book.files()

    book.kcc("check")

    assert book.files() == before


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_assessing_refused_data_leaves_no_file(book, style):
    bad = book.mine(RIDING + "sales,higher,2017,4\nsales,higher,2018,4%\n")
    before = book.files()

    result = book.kcc("assess", bad, "--format", style, "--output", book.root / "out.csv")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "kcc: 1 fault found; nothing was written\n"
        f"  {bad}, line 3, value: '4%' has a % sign; write 4; the catalogue holds the unit\n"
    )
    assert book.files() == before


def test_assessing_refused_data_leaves_an_earlier_output_as_it_was(book):
    bad = book.mine(RIDING + "sales,higher,2018,4%\n")
    output = book.mine("judged last year\n", "out.csv")

    result = book.kcc("assess", bad, "--output", output)

    assert result.exit_code == 2
    assert output.read_text() == "judged last year\n"


def test_good_files_are_not_assessed_where_one_among_them_is_refused(book):
    good = book.mine(RIDING + "sales,higher,2017,4\nsales,higher,2018,5\n", "good.csv")
    bad = book.mine(RIDING + "visits,higher,2018,4%\n", "bad.csv")
    before = book.files()

    result = book.kcc("assess", good, bad, "--output", book.root / "out.csv")

    assert result.exit_code == 2
    assert book.files() == before


def test_a_file_is_assessed_against_a_catalogue_of_ones_own(book):
    rows = "".join(f"1.22,E10000016,{y}-{y - 1999:02d},{y - 1990}\n" for y in range(2014, 2019))
    mine = book.mine(HEADINGS + rows)

    result = book.kcc("assess", mine, "--measures", book.raw / "measures.csv")

    assert result.exit_code == 0


PLANTED_IN_SHIPPED = [
    pytest.param(
        "observations/outcome_1.csv",
        "1.22,E10000016,2014-15,",
        "1.22,E10000016,2014-15,n/a",
        "value: 'n/a",
        id="observations",
    ),
    pytest.param(
        "measures.csv",
        "\n1.22,1.2,",
        "\n1.22,1.9,",
        "supporting_outcome: '1.9' is no supporting outcome",
        id="catalogue",
    ),
    pytest.param(
        "windows.csv",
        "\nannual-2019,1.22,",
        "\nannual-2019,1.22x,",
        "measure: '1.22x' is no measure in the catalogue",
        id="windows",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), PLANTED_IN_SHIPPED)
def test_a_report_is_refused_before_anything_is_built(shipped, name, old, new, words):
    shipped.swap(name, old, new)
    before = shipped.files()

    result = shipped.kcc("report", "annual-2019")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("kcc: 1 fault found; nothing was written\n")
    assert f"data/raw/{name}, line " in result.stderr
    assert words in result.stderr
    assert shipped.files() == before
    assert not (shipped.root / "outputs").exists()


@pytest.mark.parametrize(("name", "old", "new", "words"), PLANTED_IN_SHIPPED)
def test_a_report_into_a_folder_of_ones_own_leaves_it_empty(shipped, name, old, new, words):
    shipped.swap(name, old, new)
    output = shipped.root / "mine"
    output.mkdir()

    result = shipped.kcc("report", "annual-2019", "--output", output)

    assert result.exit_code == 2
    assert list(output.iterdir()) == []


def test_a_file_is_never_overwritten_with_its_own_judgements(book):
    mine = book.mine(RIDING + "sales,higher,2017,4\nsales,higher,2018,5\n")
    before = mine.read_bytes()

    result = book.kcc("assess", mine, "--output", mine)

    assert mine.read_bytes() == before
    assert result.exit_code == 2

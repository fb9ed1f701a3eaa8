"""`data/processed`: rebuilt when what it rests on changes, and only then; read back equal."""

import json

import pandas as pd
import pytest

from kcc_lib import periods
from kcc_lib.errors import DataError
from kcc_lib.records import processed
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.observations import COLUMNS, DERIVED, load_files
from kcc_lib.records.places import Workbook
from kcc_lib.records.suppression import NO_RULES

TABLE = "observations.csv"
MARK = "observations.json"


@pytest.fixture
def workbook(book):
    return Workbook(book.root)


@pytest.fixture
def rebuilds(monkeypatch):
    """The times the observations were checked anew."""
    done = []
    check = processed._check

    def counted(workbook):
        done.append(workbook)
        return check(workbook)

    monkeypatch.setattr(processed, "_check", counted)
    return done


def held(workbook):
    """The processed files as they stand, with when they were written."""
    files = sorted(workbook.processed.iterdir())
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def test_what_is_read_back_equals_what_was_checked(book, workbook):
    catalogue = read_catalogue(workbook.raw)
    files = processed.observation_files(workbook)
    checked = load_files(
        files,
        [f.name for f in files],
        suppression=NO_RULES,
        measures=catalogue.measures,
        areas=catalogue.areas,
    ).frame[[*COLUMNS, *DERIVED]]

    first = processed.load(workbook)
    second = processed.load(workbook)

    pd.testing.assert_frame_equal(second, first)
    dates = dict.fromkeys(("period_start", "period_end"), first["period_start"].dtype)
    pd.testing.assert_frame_equal(first, checked.astype(dates), check_exact=True)


def test_reading_gives_the_same_types_as_checking(book, workbook):
    files = processed.observation_files(workbook)
    checked = load_files(files, [f.name for f in files], suppression=NO_RULES).frame

    read = processed.load(workbook)

    assert read.dtypes.to_dict() == checked.dtypes[read.columns].to_dict()


@pytest.mark.parametrize(
    "value", ["0.1", "33.333333333333336", "1e-07", "57.00000000000001", "12345678.9"]
)
def test_no_digit_of_a_value_is_lost(book, workbook, value):
    book.write(
        "observations/series.csv", f"measure,area,period,value\n1.12,E10000016,2018,{value}\n"
    )

    frame = processed.load(workbook)

    assert frame["value"].tolist() == [float(value)]


@pytest.mark.parametrize("text", ["NA", "null", "None", "007", "a, b", 'the "first"', "1\n2"])
def test_text_is_read_back_as_it_stood(book, workbook, text):
    book.plant({"note": text})

    frame = processed.load(workbook)

    assert text in frame["note"].tolist()


def test_a_blank_value_is_read_back_blank_with_its_flag(book, workbook):
    frame = processed.load(workbook)

    blank = frame[frame["value"].isna()]
    assert blank[["measure", "area", "period", "flags"]].values.tolist() == [
        ["1.22", "E92000001", "2017-18", "x"]
    ]


def test_nothing_is_rebuilt_when_nothing_changed(book, workbook, rebuilds):
    processed.load(workbook)
    before = held(workbook)

    processed.load(workbook)

    assert held(workbook) == before
    assert len(rebuilds) == 1


CHANGES = [
    pytest.param(lambda book: book.plant({"value": "24.7"}), id="a new observation"),
    pytest.param(
        lambda book: book.swap("observations/series.csv", "24.1", "24.2"), id="a new value"
    ),
    pytest.param(
        lambda book: book.plant({"period": "2019-20"}, name="observations/later.csv"),
        id="a new file",
    ),
    pytest.param(
        lambda book: book.swap("measures.csv", "Re-referrals,Re-referrals", "Again,Again"),
        id="the catalogue",
    ),
    pytest.param(lambda book: book.swap("areas.csv", "Kent", "County of Kent"), id="the areas"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_processed_data_are_rebuilt_when_what_they_rest_on_changes(
    book, workbook, rebuilds, change
):
    processed.load(workbook)
    change(book)

    processed.load(workbook)

    assert len(rebuilds) == 2


def test_a_new_value_is_in_what_is_read_next(book, workbook):
    processed.load(workbook)
    book.swap("observations/series.csv", "2017-18,24.1,", "2017-18,24.2,")

    frame = processed.load(workbook)

    assert 24.2 in frame["value"].tolist()
    assert 24.1 not in frame["value"].tolist()


def test_a_file_taken_away_takes_its_observations_along(book, workbook):
    book.plant({"period": "2019-20"}, name="observations/later.csv")
    more = processed.load(workbook)
    (book.raw / "observations" / "later.csv").unlink()

    fewer = processed.load(workbook)

    assert len(more) == len(fewer) + 1


def test_the_same_raw_data_make_the_same_bytes(book, workbook):
    processed.load(workbook)
    first = (workbook.processed / TABLE).read_bytes()
    (workbook.processed / MARK).unlink()

    processed.load(workbook)

    assert (workbook.processed / TABLE).read_bytes() == first


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(lambda book: book.plant({"value": "24.7%"}), id="in the observations"),
        pytest.param(
            lambda book: book.swap("measures.csv", "count,lower", "count,down"),
            id="in the catalogue",
        ),
        pytest.param(
            lambda book: book.swap("areas.csv", "E92000001,", "E92000002,"), id="in the areas"
        ),
    ],
)
def test_refused_data_leave_the_old_processed_files_as_they_were(book, workbook, plant):
    processed.load(workbook)
    before = held(workbook)
    plant(book)

    with pytest.raises(DataError):
        processed.load(workbook)

    assert held(workbook) == before


def test_refused_data_leave_no_processed_files_where_there_were_none(book, workbook):
    book.plant({"value": "24.7%"})

    with pytest.raises(DataError):
        processed.load(workbook)

    assert not workbook.processed.exists()


def test_mended_data_are_read_after_a_refusal(book, workbook):
    processed.load(workbook)
    book.plant({"value": "24.7%"})
    with pytest.raises(DataError):
        processed.load(workbook)
    book.swap("observations/series.csv", "24.7%", "24.7")

    frame = processed.load(workbook)

    assert 24.7 in frame["value"].tolist()


@pytest.mark.parametrize("name", [TABLE, MARK])
def test_a_missing_half_is_made_again(book, workbook, name):
    expected = processed.load(workbook)
    (workbook.processed / name).unlink()

    frame = processed.load(workbook)

    pd.testing.assert_frame_equal(frame, expected)
    assert (workbook.processed / name).is_file()


@pytest.mark.parametrize("text", ["", "{}", "[]", "half of it"])
def test_a_spoilt_mark_is_made_again(book, workbook, text):
    expected = processed.load(workbook)
    (workbook.processed / MARK).write_text(text)

    frame = processed.load(workbook)

    pd.testing.assert_frame_equal(frame, expected)


def test_a_table_edited_by_hand_is_not_trusted(book, workbook):
    expected = processed.load(workbook)
    table = workbook.processed / TABLE
    table.write_text(table.read_text("utf-8").replace("24.1", "14.1"), "utf-8")

    frame = processed.load(workbook)

    pd.testing.assert_frame_equal(frame, expected)


def test_processed_data_rest_on_the_code_that_reads_periods(book, workbook, monkeypatch):
    seen = []
    monkeypatch.setattr(processed, "fingerprint", lambda paths: seen.extend(paths) or "mark")

    processed.load(workbook)

    assert periods.__file__ in {str(path) for path in seen}


def test_the_mark_says_what_the_table_rests_on(book, workbook):
    processed.load(workbook)

    assert list(json.loads((workbook.processed / MARK).read_text())) == [
        "rests_on",
        "table",
    ]


def test_writing_leaves_nothing_but_the_table_and_its_mark(book, workbook):
    processed.load(workbook)

    assert sorted(held(workbook)) == [TABLE, MARK]


def test_a_failed_write_leaves_the_old_file_and_no_part_of_the_new(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("old\n")

    with pytest.raises(UnicodeEncodeError):
        processed.write_whole(path, "new \udcff\n")

    assert [p.name for p in tmp_path.iterdir()] == ["table.csv"]
    assert path.read_text() == "old\n"

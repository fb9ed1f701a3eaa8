"""The tidy frame that reading gives: sorted, typed, canonical, and blank where data are blank."""

import itertools

import numpy as np
import pandas as pd
import pytest

from kcc_lib.errors import DataError
from kcc_lib.measures import Measure
from kcc_lib.records.observations import COLUMNS, DERIVED, load_files
from kcc_lib.records.suppression import NO_RULES
from kcc_lib.vocabulary import PeriodType, Polarity, Statistic

HEADINGS = "measure,area,period,value,lower_ci,upper_ci,flags,note\n"
MEASURES = {
    "1.22": Measure("1.22", statistic=Statistic.PROPORTION, unit="%",
                    period_type=PeriodType.FINANCIAL_YEAR),
    "1.23": Measure("1.23", statistic=Statistic.RATE, period_type=PeriodType.SNAPSHOT),
}  # fmt: skip
AREAS = {"E10000016": "Kent", "E92000001": "England"}


@pytest.fixture
def load(tmp_path):
    """Read texts as observation files, against a catalogue unless they bring their own."""

    def load(*texts, alone=False):
        paths = [tmp_path / f"file_{number}.csv" for number, _ in enumerate(texts, start=1)]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        known = {} if alone else {"measures": MEASURES, "areas": AREAS}
        return load_files(paths, [path.name for path in paths], suppression=NO_RULES, **known)

    return load


def refusal(load, *texts, **how):
    """The faults for which texts are refused, as lines."""
    with pytest.raises(DataError) as refused:
        load(*texts, **how)
    return [str(fault) for fault in refused.value.faults]


def test_rows_are_sorted_by_measure_area_and_time(load):
    frame = load(
        HEADINGS
        + "1.23,E10000016,Mar 2019,4,,,,\n"
        + "1.22,E92000001,2017-18,3,,,,\n"
        + "1.22,E10000016,2018-19,2,,,,\n"
        + "1.22,E10000016,1999-00,1,,,,\n"
        + "1.23,E10000016,Sep 2018,5,,,,\n"
    ).frame

    assert frame[["measure", "area", "period", "value"]].values.tolist() == [
        ["1.22", "E10000016", "1999-00", 1.0],
        ["1.22", "E10000016", "2018-19", 2.0],
        ["1.22", "E92000001", "2017-18", 3.0],
        ["1.23", "E10000016", "Sep 2018", 5.0],
        ["1.23", "E10000016", "Mar 2019", 4.0],
    ]


ROWS = (
    "1.22,E10000016,2017-18,24,20,28,,first\n",
    "1.22,E10000016,2018-19,25,21,29,p,\n",
    "1.22,E92000001,2017-18,,,,x,\n",
    '1.23,E10000016,Mar 2018,5.5,,,,"a, b"\n',
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[1::5])
def test_the_order_of_rows_in_the_file_does_not_change_the_frame(load, order):
    expected = load(HEADINGS + "".join(ROWS)).frame

    frame = load(HEADINGS + "".join(ROWS[row] for row in order)).frame

    pd.testing.assert_frame_equal(frame, expected)


def test_how_rows_are_shared_among_files_does_not_change_the_frame(load):
    expected = load(HEADINGS + "".join(ROWS)).frame

    frame = load(HEADINGS + ROWS[3] + ROWS[0], HEADINGS + ROWS[2] + ROWS[1]).frame

    pd.testing.assert_frame_equal(frame, expected)


def test_the_order_of_columns_in_the_file_does_not_change_the_frame(load):
    expected = load("measure,area,period,value,flags\n1.22,E10000016,2017-18,24,p\n").frame

    frame = load("flags,value,period,area,measure\np,24,2017-18,E10000016,1.22\n").frame

    pd.testing.assert_frame_equal(frame, expected)


def test_every_column_of_the_contract_is_there_whatever_the_file_left_out(load):
    frame = load("measure,area,period,value\n1.22,E10000016,2017-18,24\n").frame

    assert set(frame.columns) == {*COLUMNS, *DERIVED}
    assert frame.loc[0, ["numerator", "denominator", "sample_size"]].isna().all()
    assert frame.loc[0, ["flags", "source", "published", "note"]].tolist() == [""] * 4


def test_numbers_are_floats_and_dates_are_dates(load):
    types = load(HEADINGS + "".join(ROWS)).frame.dtypes

    numbers = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size", "time"]
    assert (types[numbers] == np.float64).all()
    assert pd.api.types.is_datetime64_dtype(types["period_start"])
    assert pd.api.types.is_datetime64_dtype(types["period_end"])


def test_codes_that_look_like_numbers_stay_text(load):
    frame = load(HEADINGS + ROWS[0]).frame

    assert frame["measure"].tolist() == ["1.22"]


def test_a_period_is_canonical_and_knows_its_ends_and_middle(load):
    row = load(HEADINGS + "1.22,E10000016,2017/2018,24,,,,\n").frame.iloc[0]

    assert row["period"] == "2017-18"
    assert row["period_type"] == "financial year"
    assert row["period_start"] == pd.Timestamp("2017-04-01")
    assert row["period_end"] == pd.Timestamp("2018-03-31")
    assert row["time"] == 2017.75


@pytest.mark.parametrize("flag", ["x", "c", "z", "u"])
def test_a_blank_value_stays_blank_with_its_flag_and_is_never_nought_or_dropped(load, flag):
    frame = load(HEADINGS + ROWS[0] + f"1.22,E10000016,2018-19,,,,{flag},\n").frame

    assert frame["period"].tolist() == ["2017-18", "2018-19"]
    assert np.isnan(frame["value"].iloc[1])
    assert frame["flags"].iloc[1] == flag


def test_a_value_of_nought_is_no_blank(load):
    frame = load(HEADINGS + "1.22,E10000016,2018-19,0,,,,\n").frame

    assert frame["value"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        pytest.param("p", "p", id="one"),
        pytest.param("p i", "i p", id="in order"),
        pytest.param("r,p", "p r", id="commas"),
        pytest.param("p, i  e", "e i p", id="commas and spaces"),
        pytest.param("i i", "i", id="twice the same"),
        pytest.param("", "", id="none"),
    ],
)
def test_flags_are_put_in_one_order_with_one_space_between(load, written, canonical):
    frame = load(HEADINGS + f'1.22,E10000016,2018-19,24,,,"{written}",\n').frame

    assert frame["flags"].tolist() == [canonical]


@pytest.mark.parametrize(
    "remade",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace(b"\n", b"\r"), id="CR"),
        pytest.param(lambda text: text.rstrip(b"\n"), id="no last line end"),
        pytest.param(lambda text: text.replace(b"\n", b"\n\n"), id="blank lines between"),
        pytest.param(lambda text: text + b",,,,,,,\n", id="a row of blanks at the end"),
        pytest.param(
            lambda text: text.replace(b"E10000016,2017-18,24", b" E10000016 , 2017-18, 24 "),
            id="spaces round a cell",
        ),
        pytest.param(lambda text: text.replace(b"E10000016", b'"E10000016"'), id="quoted codes"),
    ],
)
def test_what_spreadsheets_do_to_a_file_does_not_change_the_frame(load, remade):
    text = (HEADINGS + "".join(ROWS)).encode()
    expected = load(text).frame

    frame = load(remade(text)).frame

    pd.testing.assert_frame_equal(frame, expected)


def test_quoted_cells_keep_their_commas_and_line_ends(load):
    frame = load(HEADINGS + '1.22,E10000016,2018-19,24,,,,"one, two\nthree ""four"""\n').frame

    assert frame["note"].tolist() == ['one, two\nthree "four"']


@pytest.mark.parametrize("end", [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF")])
def test_line_numbers_stay_right_after_cells_of_several_lines_and_blank_lines(load, end):
    rows = (
        '1.22,E10000016,2015-16,24,,,,"a\nb\nc, d"\n'  # lines 2 to 4
        "1.22,E10000016,2016-17,24%,,,,\n"  # line 5
        "\n"
        '1.22,E10000016,2017-18,25%,,,,"e\n"\n'  # lines 7 and 8
        "1.22,E10000016,2018-19,26%,,,,\n"  # line 9
    )

    faults = refusal(load, (HEADINGS + rows).replace("\n", end))

    assert [fault.split(" has a ")[0] for fault in faults] == [
        "file_1.csv, line 5, value: '24%'",
        "file_1.csv, line 7, value: '25%'",
        "file_1.csv, line 9, value: '26%'",
    ]


RIDING = "measure,polarity,statistic,unit,survey,decimals,target,period,value\n"


def test_metadata_that_ride_along_make_a_measure(load):
    observations = load(RIDING + "sales,higher,count,sales,yes,0,12,2018,10\n", alone=True)

    assert observations.measures == {
        "sales": Measure("sales", statistic=Statistic.COUNT, polarity=Polarity.HIGHER,
                         unit="sales", survey=True, decimals=0)
    }  # fmt: skip
    assert observations.targets[["measure", "target"]].values.tolist() == [["sales", 12.0]]


def test_metadata_may_stand_on_one_row_of_a_measure(load):
    observations = load(RIDING + "sales,higher,count,,,,,2017,9\nsales,,,,,,,2018,10\n", alone=True)

    assert observations.measures["sales"].polarity is Polarity.HIGHER


def test_metadata_differ_between_measures(load):
    observations = load(RIDING + "sales,higher,,,,,,2018,9\nwaste,lower,,,,,,2018,10\n", alone=True)

    assert observations.measures["sales"].polarity is Polarity.HIGHER
    assert observations.measures["waste"].polarity is Polarity.LOWER


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param(
            "sales,higher,,pounds,,,,2017,9\nsales,higher,,euros,,,,2018,10\n",
            "file_1.csv, line 3, unit: 'euros' differs from 'pounds' earlier in measure sales; "
            "say the same on every row of a measure",
            id="unit",
        ),
        pytest.param(
            "sales,higher,,,,,,2017,9\nsales,lower,,,,,,2018,10\n",
            "file_1.csv, line 3, polarity: 'lower' differs from 'higher' earlier in measure sales; "
            "say the same on every row of a measure",
            id="polarity",
        ),
        pytest.param(
            "sales,higher,,,,,12,2017,9\nsales,higher,,,,,13,2018,10\n",
            "file_1.csv, line 3, target: '13' differs from '12' earlier in measure sales; "
            "say the same on every row of a measure",
            id="target",
        ),
        pytest.param(
            "sales,up,,,,,,2017,9\n",
            "file_1.csv, line 2, polarity: 'up' is not a polarity; "
            "known: higher, lower, target, none",
            id="unknown polarity",
        ),
        pytest.param(
            "sales,higher,,,maybe,,,2017,9\n",
            "file_1.csv, line 2, survey: 'maybe' is not yes or no; write yes or no",
            id="survey neither yes nor no",
        ),
        pytest.param(
            "sales,higher,proportion,%,,,,2017,109\n",
            "file_1.csv, line 2, value: '109' is outside 0 to 100; "
            "check the figure; a percentage is written 74.1, not 0.741 or 7410",
            id="a percentage above 100",
        ),
    ],
)
def test_metadata_that_contradict_themselves_or_the_data_are_refused(load, rows, fault):
    faults = refusal(load, RIDING + rows, alone=True)

    assert faults == [fault]


def test_metadata_that_differ_between_two_files_are_refused(load):
    text = "measure,unit,period,value\nsales,{},{},9\n"

    faults = refusal(load, text.format("pounds", 2017), text.format("euros", 2018), alone=True)

    assert faults == [
        "file_2.csv, line 2, unit: 'euros' differs from 'pounds' earlier in measure sales; "
        "say the same on every row of a measure"
    ]


def test_the_area_may_be_left_out_where_metadata_ride_along(load):
    frame = load("measure,polarity,period,value\nsales,higher,2018,9\n", alone=True).frame

    assert frame["area"].tolist() == ["not stated"]


def test_the_area_may_be_left_out_where_no_catalogue_is_asked(load):
    frame = load("measure,period,value\nsales,2018,9\n", alone=True).frame

    assert frame["area"].tolist() == ["not stated"]


def test_without_a_catalogue_any_measure_and_area_is_taken(load):
    frame = load("measure,area,period,value\nsales,Ashford,2018,9\n", alone=True).frame

    assert frame[["measure", "area"]].values.tolist() == [["sales", "Ashford"]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("-100.1", "is outside -100 to 100", id="below"),
        pytest.param("100.1", "is outside -100 to 100", id="above"),
    ],
)
def test_a_gap_beyond_its_range_is_told_the_range_of_a_difference(load, value, words):
    row = f"gap,gap,percentage points,2018,{value}\n"

    faults = refusal(load, "measure,statistic,unit,period,value\n" + row, alone=True)

    assert words in faults[0]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("1 234", id="a space for thousands"),
        pytest.param("−4", id="a typographic minus"),
    ],
)
def test_a_number_in_a_printers_spelling_is_not_to_be_left_blank(load, value):
    faults = refusal(load, f"measure,unit,period,value\nm,pounds,2018,{value}\n", alone=True)

    assert "leave it blank" not in faults[0]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("− 4", "'− 4' has a typographic minus; write -4", id="minus and a space"),
        pytest.param("%", "'%' is not a number; ", id="a % sign alone"),
        pytest.param("£", "'£' is not a number; ", id="a pound sign alone"),
    ],
)
def test_what_to_write_instead_of_a_sign_is_never_nothing(load, value, said):
    faults = refusal(load, f"measure,unit,period,value\nm,pounds,2018,{value}\n", alone=True)

    assert said in faults[0]


@pytest.mark.parametrize("period", ["2011-12", "banana"])
def test_a_flagged_break_in_a_period_that_cannot_be_read_is_refused(load, period):
    faults = refusal(
        load, f"measure,polarity,period,value,flags\nm,higher,{period},4,b\n", alone=True
    )

    assert faults[0].startswith(f"file_1.csv, line 2, period: '{period}' ")


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        pytest.param("12,10", "is above the denominator", id="numerator above denominator"),
        pytest.param("-1,10", "is below zero", id="numerator below zero"),
        pytest.param("1,0", "is not above zero", id="denominator of zero"),
    ],
)
def test_one_wrong_count_is_one_fault(load, counts, fault):
    text = "measure,statistic,unit,period,value,numerator,denominator\nm,proportion,%,2018,50,"

    faults = refusal(load, text + counts + "\n", alone=True)

    assert len(faults) == 1
    assert fault in faults[0]

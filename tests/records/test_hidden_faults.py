"""No fault hides another: not a missing column, not another file, not a great many of them."""

import pytest

from kcc_lib.errors import nearest
from kcc_lib.measures import Measure
from kcc_lib.records import observations
from kcc_lib.records.observations import check_files
from kcc_lib.records.suppression import NO_RULES
from kcc_lib.vocabulary import PeriodType, Statistic

MEASURES = {
    "m": Measure("m", statistic=Statistic.PROPORTION, period_type=PeriodType.CALENDAR_YEAR),
    "n": Measure("n", period_type=PeriodType.FINANCIAL_YEAR),
}
AREAS = {"E10000016": "Kent", "E92000001": "England"}
ADD = "add it to the header and rows"


@pytest.fixture
def faults(tmp_path):
    """The faults of texts as observation files a.csv, b.csv, ..., as lines without remedies."""

    def faults(*texts, alone=False):
        paths = [tmp_path / f"{letter}.csv" for letter, _ in zip("abcd", texts, strict=False)]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        known = {} if alone else {"measures": MEASURES, "areas": AREAS}
        found = check_files(paths, [path.name for path in paths], suppression=NO_RULES, **known)[1]
        return [str(fault).split(";", maxsplit=1)[0] for fault in sorted(found)]

    return faults


HEADINGS = ["measure", "area", "period", "value"]
ROW = {"measure": "o", "area": "Kent", "period": "20x8", "value": "12%"}
ROW_FAULTS = {
    "measure": "a.csv, line 2, measure: 'o' is no measure in the catalogue",
    "area": "a.csv, line 2, area: 'Kent' is no area in the catalogue",
    "period": "a.csv, line 2, period: '20x8' is not a period",
    "value": "a.csv, line 2, value: '12%' has a % sign",
}


@pytest.mark.parametrize("missing", HEADINGS)
def test_a_missing_column_hides_no_fault_of_the_columns_that_are_there(faults, missing):
    held = [name for name in HEADINGS if name != missing]
    head = ",".join([*held, "zebra", "denominator", "flags"])
    row = ",".join([*(ROW[name] for name in held), "1", "x*", "q"])

    found = faults(f"{head}\n{row}\n")

    assert found == sorted(
        [
            f"a.csv, line 1, {missing}: the column {missing} is missing",
            "a.csv, line 1, zebra: 'zebra' is not a column of this file",
            *(ROW_FAULTS[name] for name in held),
            "a.csv, line 2, denominator: 'x*' is not a number",
            "a.csv, line 2, flags: 'q' is not a flag",
        ],
        key=lambda fault: fault.split(":")[0].replace("line 1, zebra", "line 1, zz"),
    )


@pytest.mark.parametrize("missing", HEADINGS)
def test_a_missing_column_is_the_only_fault_of_a_file_that_is_else_good(faults, missing):
    rows = [
        {"measure": "m", "area": "E10000016", "period": "2018", "value": "4"},
        {"measure": "n", "area": "E10000016", "period": "2018-19", "value": "4"},
        {"measure": "n", "area": "E92000001", "period": "2018-19", "value": "5"},
    ]
    held = [name for name in HEADINGS if name != missing]
    text = "".join(",".join(row[name] for name in held) + "\n" for row in rows)

    found = faults(",".join(held) + "\n" + text)

    assert found == [f"a.csv, line 1, {missing}: the column {missing} is missing"]


def test_periods_without_a_column_of_measures_are_of_no_ones_series(faults):
    found = faults(
        "area,period,value\nE10000016,2018,1\nE10000016,2018-19,2\n",
        "measure,area,period,value\n,E10000016,2018,1\n",
    )

    assert found == [
        "a.csv, line 1, measure: the column measure is missing",
        "b.csv, line 2, measure: is blank",
    ]


def test_metadata_without_a_column_of_measures_contradict_nobody(faults):
    found = faults("polarity,period,value\nhigher,2018,1\nlower,2018-19,2\nup,2019,3\n", alone=True)

    assert found == [
        "a.csv, line 1, measure: the column measure is missing",
        "a.csv, line 4, polarity: 'up' is not a polarity",
    ]


def test_a_heading_that_stands_twice_hides_no_other_fault(faults):
    found = faults("measure,area,period,value,value\nm,Kent,2018,1,2\n")

    assert found == [
        "a.csv, line 1, value: 'value' stands twice in the header",
        "a.csv, line 2, area: 'Kent' is no area in the catalogue",
    ]


def test_no_file_hides_a_fault_of_another(faults):
    head = "measure,area,period,value\n"

    found = faults(
        "measure,area,period\nm,E10000016,2018\n",  # no values
        b"\xff\xfe not text",
        head + "m,E10000016,2018,4\nm,E10000016,2019,c\n",
        head + 'm,E10000016,2019,5\nm,Kent,2018,"5\n',
    )

    assert found == [
        "a.csv, line 1, value: the column value is missing",
        "b.csv: is encoded as UTF-16",
        "c.csv, line 2, period: 'm, E10000016, 2018' is already on a.csv, line 2",
        "c.csv, line 3, value: 'c' is a flag, not a number",
        "d.csv, line 2, period: 'm, E10000016, 2019' is already on c.csv, line 3",
        "d.csv, line 3: cannot be read as CSV (unexpected end of data)",
    ]


def test_every_row_of_a_great_many_faults_is_told_and_each_text_looked_up_once(faults, monkeypatch):
    asked = []

    def counted(name, known, **shown):
        asked.append(name)
        return nearest(name, known, **shown)

    monkeypatch.setattr(observations, "nearest", counted)
    rows = "".join(
        f"m,{area},{year},4\n" for area in ("Kent", "Dover") for year in range(1990, 2020)
    )

    found = faults("measure,area,period,value\n" + rows)

    assert len(found) == 60
    assert asked == ["Kent", "Dover"]

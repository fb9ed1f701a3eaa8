"""`arrivals.csv`: every fault of it, where it stands."""

import pytest

from kcc_lib.errors import DataError
from kcc_lib.measures import Measure
from kcc_lib.records.arrivals import read_arrivals

HEAD = "measure,quarters_late,ended,basis,source\n"
MEASURES = {"a": Measure("a"), "b": Measure("b")}


def read(tmp_path, rows):
    (tmp_path / "arrivals.csv").write_text(HEAD + rows)
    return read_arrivals(tmp_path, MEASURES, shown="data/raw")


def test_what_is_known_of_arrivals_is_read(tmp_path):
    told = read(tmp_path, "a,2,,as seen,report\nb,,2017-09-30,it closed,report\n")

    assert told["a"].quarters_late == 2
    assert told["b"].ended.isoformat() == "2017-09-30"


def test_without_the_file_nothing_is_known(tmp_path):
    assert read_arrivals(tmp_path, MEASURES, shown="data/raw") == {}


@pytest.mark.parametrize(("row", "said"), [
    ("z,1,,x,y", "is no measure in the catalogue"),
    ("a,,,x,y", "is blank, and so is ended"),
    ("a,1,2017-09-30,x,y", "are both filled in"),
    ("a,0,,x,y", "is no number of quarters"),
    ("a,half,,x,y", "is no number of quarters"),
    ("a,,autumn,x,y", "is not a date"),
    ("a,1,,,y", "basis: is blank"),
    ("a,1,,x,", "source: is blank"),
    ("a,1,,x,y\na,1,,x,y", "is already on line 2"),
])  # fmt: skip
def test_a_fault_is_told_with_its_line_and_column(tmp_path, row, said):
    with pytest.raises(DataError, match=said) as refused:
        read(tmp_path, row + "\n")

    assert all(f.file == "data/raw/arrivals.csv" and f.line for f in refused.value.faults)

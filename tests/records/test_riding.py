"""What a file without a catalogue is taken to say of its measures."""

import pytest

from kcc_lib.records.observations import load_files
from kcc_lib.records.suppression import NO_RULES
from kcc_lib.vocabulary import BreakGrade, Frequency

HEAD = "measure,polarity,period,value,flags\n"


def measure(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text)
    return load_files([path], ["a.csv"], suppression=NO_RULES).measures["m"]


def test_a_flagged_break_is_taken_as_hard(tmp_path):
    found = measure(tmp_path, HEAD + "m,higher,2016,1,\nm,higher,2017,2,b\nm,higher,2018,3,\n")

    assert [(b.period.label, b.grade) for b in found.breaks] == [("2017", BreakGrade.HARD)]


@pytest.mark.parametrize(
    ("labels", "often"),
    [
        (["2018-19 Q1", "2018-19 Q2", "2018-19 Q4"], Frequency.QUARTERLY),
        (["Jan 2019", "Feb 2019", "Apr 2019"], Frequency.MONTHLY),
        (["Mar 2017", "Mar 2018", "Mar 2019"], Frequency.YEARLY),
        (["2014", "2016", "2018"], Frequency.YEARLY),
        (["2018"], Frequency.YEARLY),
    ],
    ids=["quarters", "months", "snapshots", "every second year", "one point"],
)
def test_how_often_a_series_comes_is_taken_from_its_closest_points(tmp_path, labels, often):
    rows = "".join(f"m,higher,{label},1,\n" for label in labels)

    assert measure(tmp_path, HEAD + rows).frequency is often


def test_a_stated_frequency_is_kept(tmp_path):
    text = "measure,frequency,period,value\nm,two-yearly,2016,1\nm,two-yearly,2018,2\n"

    assert measure(tmp_path, text).frequency is Frequency.TWO_YEARLY

"""Every change of an input while a build runs is noticed and named."""

import os

import pytest

from kcc_lib.publish.same_inputs import changed_since, look_at_inputs
from kcc_lib.records.places import Workbook


@pytest.fixture
def small(tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    for name in ("data/raw/a.csv", "data/raw/b.csv", "notebooks/c.ipynb"):
        (tmp_path / name).write_text(name)
    return Workbook(tmp_path)


def test_inputs_that_stay_as_they_were_are_nothing_to_tell(small):
    before = look_at_inputs(small)

    assert changed_since(before, small) == []


def test_what_was_changed_added_or_removed_is_named(small):
    before = look_at_inputs(small)
    (small.raw / "a.csv").write_text("other")
    (small.raw / "new.csv").write_text("new")
    (small.notebooks / "c.ipynb").unlink()

    assert changed_since(before, small) == [
        "data/raw/a.csv was changed while the report was built",
        "data/raw/new.csv was added while the report was built",
        "notebooks/c.ipynb was removed while the report was built",
    ]


def test_what_was_changed_and_put_back_is_noticed(small):
    before = look_at_inputs(small)
    (small.raw / "a.csv").write_text("other")
    (small.raw / "a.csv").write_text("data/raw/a.csv")
    os.utime(small.raw / "b.csv", ns=(0, 0))

    assert changed_since(before, small) == [
        "data/raw/a.csv was written again while the report was built",
        "data/raw/b.csv was written again while the report was built",
    ]

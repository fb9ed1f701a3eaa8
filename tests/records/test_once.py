"""Files are read once while they stay the same, and again as soon as they do not."""

import pytest

from kcc_lib.errors import DataError
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.editions import read_edition
from kcc_lib.records.once import read_once


def plant(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_same_files_are_read_once(workbook):
    raw = workbook / "data/raw"

    assert read_catalogue(raw) is read_catalogue(raw)
    assert read_edition(raw, "annual-2019", read_catalogue(raw)) is read_edition(
        raw, "annual-2019", read_catalogue(raw)
    )


def test_a_file_that_changed_is_read_again_though_its_size_and_time_are_the_same(workbook):
    import os

    raw = workbook / "data/raw"
    file = raw / "editions" / "annual-2019.toml"
    before, when = read_edition(raw, "annual-2019", read_catalogue(raw)), file.stat()

    plant(file, "Annual report 2019", "Annual report 2018")
    os.utime(file, ns=(when.st_atime_ns, when.st_mtime_ns))

    assert file.stat().st_size == when.st_size
    after = read_edition(raw, "annual-2019", read_catalogue(raw))
    assert (before.subtitle, after.subtitle) == ("Annual report 2019", "Annual report 2018")


def test_faulty_files_are_refused_every_time_and_read_when_they_are_mended(workbook):
    raw = workbook / "data/raw"
    plant(raw / "measures.csv", "proportion", "proportoin")
    for _ in range(2):
        with pytest.raises(DataError):
            read_catalogue(raw)

    plant(raw / "measures.csv", "proportoin", "proportion")

    assert "1.11" in read_catalogue(raw).measures


def test_what_rests_on_another_reading_is_another_reading(workbook):
    raw, calls = workbook / "data/raw", []

    for rests_on in (one := object(), object(), one):
        read_once(raw, ("counted",), rests_on, lambda: calls.append(1))

    assert len(calls) == 2


def test_only_so_many_readings_are_kept(workbook):
    raw, calls = workbook / "data/raw", []

    for number in (*range(40), 0):
        read_once(raw, ("kept", str(number)), None, lambda: calls.append(1))

    assert len(calls) == 41

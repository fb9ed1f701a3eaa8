"""A build that still stands is left alone, at once; one that does not is made again."""

import json
import platform
import subprocess
import sys

import pytest

from kcc_lib.publish.up_to_date import hash_of, is_current, last_record

RESTS_ON = {"data/raw/measures.csv": "1"}


@pytest.fixture
def built(tmp_path):
    page = tmp_path / "index.html"
    page.write_text("as built")
    record = {
        "whole": True, "inputs": RESTS_ON, "outputs": {"index.html": hash_of(page)},
        "environment": {"python": platform.python_version()},
    }  # fmt: skip
    (tmp_path / "run.json").write_text(json.dumps(record))
    return tmp_path


def test_a_build_from_the_same_inputs_stands(built):
    assert is_current(built, dict(RESTS_ON))


def test_a_changed_a_new_and_a_removed_input_each_end_it(built):
    assert not is_current(built, {"data/raw/measures.csv": "2"})
    assert not is_current(built, RESTS_ON | {"data/raw/new.csv": "1"})
    assert not is_current(built, {})


def test_a_page_that_was_changed_or_removed_ends_it(built):
    (built / "index.html").write_text("as edited by hand")
    assert not is_current(built, RESTS_ON)

    (built / "index.html").unlink()
    assert not is_current(built, RESTS_ON)


def test_another_python_ends_it(built):
    told = last_record(built) | {"environment": {"python": "3.10.0"}}
    (built / "run.json").write_text(json.dumps(told))

    assert not is_current(built, RESTS_ON)


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null"])
def test_a_record_that_cannot_be_read_ends_it(built, damaged):
    (built / "run.json").write_text(damaged)

    assert not is_current(built, RESTS_ON)


def test_nothing_heavy_is_loaded_to_find_that_a_build_stands():
    look = "import sys, kcc_lib.cli.commands, kcc_lib.cli.reporting; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    heavy = {"pandas", "numpy", "scipy", "altair", "papermill", "nbconvert", "IPython"}
    assert not heavy & set(done.stdout.split())

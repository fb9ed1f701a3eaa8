"""Where a report is built, and that its address can be told to nobody."""

import io
import os
import sys
import tempfile

import pytest

from kcc_lib.cli.output import Output, opened_output, show
from kcc_lib.records.places import Workbook


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folders")
def test_a_run_into_a_store_clears_what_a_killed_one_left(tmp_path, monkeypatch):
    pytest.importorskip("fsspec")
    temporary = tmp_path / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    left = temporary / "kcc-publish-left"
    (left / "annual-2019").mkdir(parents=True)
    (left / ".kcc-passing").touch()
    store = f"file://{tmp_path}/store"

    with opened_output(store, Workbook(tmp_path / "workbook"), partly=False) as output:
        assert output.folder.is_dir()
        assert not left.exists()

    assert list(temporary.iterdir()) == []


class Full(io.StringIO):
    """A stdout that takes nothing."""

    def __init__(self, error):
        self.error = error

    def write(self, text):
        raise self.error


@pytest.mark.parametrize(
    ("error", "told", "said"),
    [
        (BrokenPipeError(32, "Broken pipe"), True, ""),
        (
            OSError(28, "No space left on device"), False,
            "kcc: the pages stand, but stdout cannot be written (No space left on device)\n",
        ),
    ],
    ids=["nobody reads", "full"],
)  # fmt: skip
def test_an_address_that_cannot_be_told_stops_no_edition(
    tmp_path, monkeypatch, capsys, error, told, said
):
    monkeypatch.setattr(sys, "stdout", Full(error))

    assert show(Output(tmp_path), tmp_path / "x.html", Workbook(tmp_path), err=False) is told
    assert capsys.readouterr().err == said

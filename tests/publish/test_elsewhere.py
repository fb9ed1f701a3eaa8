"""A finished edition goes into a store whole, or what stands there is not taken for whole."""

import json
import mimetypes
import os
import platform
import sys
from importlib import import_module
from pathlib import PurePosixPath

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc as command
from kcc_lib.errors import KccError, PublishError
from kcc_lib.publish.elsewhere import is_elsewhere, open_place

pytest.importorskip("fsspec")


@pytest.fixture
def place(request):
    """A store in memory, in a folder of the test's own."""
    return open_place(f"memory://{request.node.name}/reports/")


@pytest.fixture
def build(tmp_path):
    """A finished edition of two pages."""
    folder = tmp_path / "annual-2019"
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text("first")
    (folder / "outcome-1.html").write_text("second")
    (folder / "data" / "contents.json").write_text("{}")
    (folder / "data" / "judgements.csv").write_text("a,b\n")
    outputs = {"index.html": "", "outcome-1.html": "", "data/judgements.csv": ""}
    record = {"whole": True, "inputs": {"a.csv": "1"}, "outputs": outputs,
              "environment": {"python": platform.python_version()}}  # fmt: skip
    (folder / "run.json").write_text(json.dumps(record))
    return folder


def held(place):
    return {name.removeprefix(f"{place.root}/"): place.store.cat_file(name)
            for name in place.store.find(place.root)}  # fmt: skip


def test_a_published_edition_is_the_built_one_byte_for_byte(place, build):
    place.publish(build)

    assert held(place) == {
        f"annual-2019/{p.relative_to(build).as_posix()}": p.read_bytes()
        for p in build.rglob("*") if p.is_file()
    }  # fmt: skip


def test_what_the_last_build_had_and_this_one_has_not_is_taken_away(place, build):
    place.publish(build)
    (build / "outcome-1.html").unlink()

    place.publish(build)

    assert "annual-2019/outcome-1.html" not in held(place)
    assert "annual-2019/index.html" in held(place)


def test_the_record_is_written_last_and_pages_after_what_they_lead_to(place, build, monkeypatch):
    written = []
    put = type(place)._put
    monkeypatch.setattr(
        type(place), "_put", lambda self, path, name: (written.append(name), put(self, path, name))
    )

    place.publish(build)

    assert [w.partition("/")[2] for w in written] == [
        "data/contents.json", "data/judgements.csv", "index.html", "outcome-1.html", "run.json"
    ]  # fmt: skip


def test_a_store_is_given_each_file_by_its_path_and_so_knows_its_kind(place, build, monkeypatch):
    kinds = {}
    put = place.store.put_file

    def serve(path, whole):
        """As stores of objects do that are read by browsers."""
        kinds[PurePosixPath(whole).name] = mimetypes.guess_type(path)[0]
        put(path, whole)

    monkeypatch.setattr(place.store, "put_file", serve)

    place.publish(build)

    assert kinds["index.html"] == "text/html"
    assert kinds["run.json"] == "application/json"
    assert "annual-2019/index.html" in held(place)


def test_only_a_whole_build_of_the_same_inputs_stands(place, build):
    assert not place.stands("annual-2019", {"a.csv": "1"})
    place.publish(build)

    assert place.stands("annual-2019", {"a.csv": "1"})
    assert not place.stands("annual-2019", {"a.csv": "2"})
    place.store.rm_file(f"{place.root}/annual-2019/outcome-1.html")
    assert not place.stands("annual-2019", {"a.csv": "1"})


def test_the_shelf_is_made_of_every_edition_that_is_there(place, build, tmp_path):
    place.publish(build)

    place.fetch_shelf(tmp_path / "here")

    found = {p.relative_to(tmp_path / "here").as_posix(): p.read_text()
             for p in (tmp_path / "here").rglob("*") if p.is_file()}  # fmt: skip
    assert found == {
        "annual-2019/data/contents.json": "{}", "annual-2019/data/judgements.csv": "",
    }  # fmt: skip


def test_a_store_that_refuses_is_told_with_its_address(place, build, monkeypatch):
    def full(path, whole):
        raise OSError("no space left")

    monkeypatch.setattr(place.store, "put_file", full)

    with pytest.raises(PublishError, match=r"annual-2019 was not published whole .*no space left"):
        place.publish(build)


def test_what_was_being_published_when_a_run_was_stopped_is_said(place, build, monkeypatch):
    def stopped(path, whole):
        raise KeyboardInterrupt

    monkeypatch.setattr(place.store, "put_file", stopped)

    with pytest.raises(KeyboardInterrupt, match=r"annual-2019 was not published whole; run again"):
        place.publish(build)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_folder_of_this_machine_by_its_address_is_open_to_readers_too(build, tmp_path):
    before = os.umask(0o077)
    try:
        place = open_place(f"file://{tmp_path}/new/store")
        place.publish(build)
        place.publish_shelf(build)
    finally:
        os.umask(before)

    found = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert {0o644} == {p.stat().st_mode & 0o777 for p in found if p.is_file()}
    assert {0o755} == {p.stat().st_mode & 0o777 for p in found if p.is_dir()}


def test_a_store_that_nobody_knows_is_refused():
    with pytest.raises(KccError, match="--output nowhere://bucket cannot be used"):
        open_place("nowhere://bucket")


def test_without_the_package_of_a_store_the_line_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(import_module("fsspec.registry")._registry, "s3", raising=False)

    with pytest.raises(KccError) as refused:
        open_place("s3://bucket/reports")

    assert "cannot be used (ImportError: Install s3fs to access S3)" in str(refused.value)
    assert "install s3fs into the workbook's environment" in str(refused.value)
    assert "(.venv/bin/python -m pip install s3fs)" in str(refused.value)


def test_without_fsspec_the_line_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)

    with pytest.raises(KccError, match=r"needs fsspec, which is not installed; .*--extra dask"):
        open_place("s3://bucket")


@pytest.mark.parametrize(
    ("output", "expected"),
    [("outputs", False), ("/a/b", False), ("s3://bucket/a", True), ("memory://a", True)],
)
def test_an_address_is_told_from_a_folder(output, expected):
    assert is_elsewhere(output) is expected


def test_a_part_is_not_built_into_a_store(tmp_path):
    words = ["report", "--only", "index", "--output", f"file://{tmp_path}"]

    done = CliRunner().invoke(command, words)

    assert done.exit_code == 2
    assert "is a store, into which an edition is published whole" in done.stderr

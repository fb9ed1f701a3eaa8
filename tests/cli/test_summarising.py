"""`kcc report --summary`: what was built, what failed, and against which build."""

import errno
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kcc_lib.cli import summarising
from kcc_lib.cli.commands import kcc
from kcc_lib.cli.summarising import Asked, before, noting_failures, tell_summary
from kcc_lib.errors import KccError
from kcc_lib.publish.elsewhere import open_place
from kcc_lib.publish.events import EditionFailed

from ..publish.difference_builders import annual, measure

NAME = "annual-2019"


@pytest.fixture
def asked(tmp_path_factory):
    return Asked(tmp_path_factory.mktemp("told") / "summary.md")


def test_a_build_is_told_against_the_one_that_stood_before_the_run(asked, tmp_path):
    annual(tmp_path / NAME)
    stood = before(asked, tmp_path, [NAME])
    annual(tmp_path / NAME, [measure("1.11", standing="Improving"), measure("1.12")])

    tell_summary(asked, stood, tmp_path, {})

    told = asked.file.read_text()
    assert (
        "**1.11 Measure 1.11**, 1 year: Maintaining → Improving (the published judgement)" in told
    )
    assert "Improving 1 (+1)" in told


def test_a_first_build_says_that_there_is_nothing_to_compare_with(asked, tmp_path):
    stood = before(asked, tmp_path, [NAME])
    annual(tmp_path / NAME)

    tell_summary(asked, stood, tmp_path, {})

    told = asked.file.read_text()
    assert "There is no build before it" in told
    assert "- **1 year**: Maintaining 2\n" in told


def test_a_build_before_that_cannot_be_read_is_no_reason_to_fail(asked, tmp_path):
    annual(tmp_path / NAME)
    (tmp_path / NAME / "run.json").write_text("{")
    stood = before(asked, tmp_path, [NAME])
    annual(tmp_path / NAME)

    tell_summary(asked, stood, tmp_path, {})

    assert "There is no build before it" in asked.file.read_text()


@pytest.mark.parametrize("stands", [True, False])
def test_a_failure_names_its_pages_and_says_what_stands(stands, asked, tmp_path):
    heard = []
    if stands:
        annual(tmp_path / NAME)
    stood = before(asked, tmp_path, [NAME])

    failed = {}
    tell = noting_failures(heard.append, failed)
    tell("a remark"), tell(EditionFailed(NAME, ("outcome-1", "inputs"), "/somewhere"))
    tell_summary(asked, stood, tmp_path, failed)

    told = asked.file.read_text()
    assert "Failed: Outcome 1; data or code changed while it was built." in told
    assert "somewhere" not in told
    assert len(heard) == 2
    assert ("The last good build stands unchanged." in told) is stands
    assert ("No page was published." in told) is not stands


def test_each_edition_has_a_part_of_its_own_in_order(asked, tmp_path):
    for name in ("annual-2019", "annual-2017"):
        annual(tmp_path / name, edition=name)
    stood = before(asked, tmp_path, ["annual-2019", "annual-2017"])

    tell_summary(asked, stood, tmp_path, {})

    told = asked.file.read_text()
    assert told.index("annual-2019/index.html") < told.index("annual-2017/index.html")
    assert told.count("\n## ") + told.startswith("## ") == 2


def test_a_part_built_alone_and_measures_without_figures_are_said_to_be_so(asked, tmp_path):
    held = [measure("1.11"), measure("1.12", values={})]
    folder = annual(tmp_path / NAME, held, record={"whole": False})
    contents = folder / "data" / "contents.json"
    contents.write_text(contents.read_text().replace('"none"', '"no figure held"'))

    tell_summary(asked, before(asked, tmp_path, [NAME]), tmp_path, {})

    told = asked.file.read_text()
    assert "Only a part was built" in told
    assert "No figure is held for 1 of the 2 measures." in told


def test_no_summary_reads_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(summarising, "_standing", lambda folder: pytest.fail("read"))

    stood = before(Asked(), tmp_path, [NAME])
    tell_summary(Asked(), stood, tmp_path, {})

    assert not list(tmp_path.iterdir())


def test_a_summary_without_a_folder_to_go_to_is_refused_before_anything_is_built(tmp_path):
    with pytest.raises(KccError, match="there is no folder"):
        before(Asked(tmp_path / "none" / "summary.md"), tmp_path, [NAME])

    with pytest.raises(KccError, match="would stand among the pages"):
        before(Asked(tmp_path / "index.html"), tmp_path, [NAME])

    done = CliRunner().invoke(kcc, ["report", "--address", "ftp://a.b", "--summary", "-"])
    assert done.exit_code == 2
    assert "no web address" in done.output


@pytest.mark.parametrize("command", [["report"], ["diff", "a", "b"]])
@pytest.mark.parametrize("address", ["http://[", "https://a b.org/", "http://localhost:abc/", "x"])
def test_an_address_that_cannot_be_read_is_refused_and_quoted(command, address, tmp_path):
    where = ["--output", str(tmp_path / "o")] if command == ["report"] else []
    done = CliRunner().invoke(kcc, [*command, "--address", address, *where])

    assert done.exit_code == 2, done.exception
    assert f"--address {address!r} is no web address such as https://" in done.output
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("command", [["report"], ["diff", "a", "b"]])
@pytest.mark.parametrize("option", ["--address", "--scheduler"])
def test_a_password_in_an_address_is_refused_and_not_repeated(command, option, tmp_path):
    if option == "--scheduler" and command != ["report"]:
        pytest.skip("diff has none")
    scheme = "https" if option == "--address" else "tcp"
    where = ["--output", str(tmp_path / "o")] if command == ["report"] else []

    none = "begins with none of" if option == "--scheduler" else "is no web address"
    for begun, said in ((f"{scheme}://", "names a user"), ("", none), ("x:", none)):
        address = f"{begun}me:s3cret@h.org:80"
        done = CliRunner().invoke(kcc, [*command, option, address, *where])

        assert done.exit_code == 2, done.exception
        assert f"{option} '{begun if '/' in begun else ''}…@h.org:80'" in done.output
        assert said in done.output
        assert "s3cret" not in done.output


def test_a_password_that_is_taken_for_a_port_is_not_repeated(tmp_path):
    for words in (["--notify", "https://me:s3/cret@h.org"], ["--address", "https://me:s3/cret@h"]):
        done = CliRunner().invoke(kcc, ["report", *words, "--output", str(tmp_path / "o")])

        assert done.exit_code == 2, done.exception
        assert "s3" not in done.output


def test_a_password_in_the_address_of_a_store_is_not_repeated():
    pytest.importorskip("fsspec")
    for words in ([], ["--only", "index"]):
        done = CliRunner().invoke(kcc, ["report", "--output", "nosuch://me:s3cret@h.org/x", *words])

        assert done.exit_code == 2, done.exception
        assert "--output nosuch://…@h.org/x" in done.output
        assert "s3cret" not in done.output


def test_no_log_is_begun_among_the_pages_of_a_folder_named_by_its_address(tmp_path):
    pytest.importorskip("fsspec")
    words = ["nosuch", "--output", f"file://{tmp_path}/o", "--log", str(tmp_path / "o" / "log")]

    done = CliRunner().invoke(kcc, ["report", *words])

    assert done.exit_code == 2, done.output
    assert "would stand among the pages" in done.output
    assert not (tmp_path / "o" / "log").exists()


def test_no_log_is_begun_among_pages_where_something_else_is_refused(tmp_path):
    words = ["--output", str(tmp_path), "--summary", str(tmp_path / "no" / "s.md")]

    done = CliRunner().invoke(kcc, ["report", *words, "--log", str(tmp_path / "run.jsonl")])

    assert done.exit_code == 2, done.output
    assert "would stand among the pages" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "refused",
    [["--output", "s3://"], ["--output", "memory://x"], ["--output", ""],
     ["--summary", "no-such-folder/s.md"], ["--only", "index", "--output", "s3://b/c"]],
)  # fmt: skip
def test_the_log_hears_of_an_output_that_is_refused(refused, tmp_path, monkeypatch):
    log = tmp_path / "run.jsonl"

    done = CliRunner().invoke(kcc, ["report", *refused, "--log", str(log)])

    assert done.exit_code == 2, done.output
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["run-started", "run-ended"]
    assert lines[-1]["exit_code"] == 2
    assert lines[-1]["said"] in done.stderr


def test_a_summary_that_cannot_be_written_is_said_and_the_pages_stand(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(summarising, "_told", lambda *_: "told")
    monkeypatch.setattr(summarising, "_read", lambda _: None)
    gone, full = Asked(tmp_path / "gone" / "summary.md"), Asked(Path("-"))
    monkeypatch.setattr(sys, "stdout", Full())

    assert not tell_summary(gone, {NAME: None}, tmp_path, {})
    assert "the pages stand, but the summary cannot be written" in capsys.readouterr().err
    assert not tell_summary(full, {NAME: None}, tmp_path, {})
    assert "the pages stand, but stdout cannot be written" in capsys.readouterr().err


class Full(io.StringIO):
    """A stdout on a disk that is full."""

    def write(self, text):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def place(request):
    """A store in memory that a build is published into."""
    pytest.importorskip("fsspec")
    return open_place(f"memory://{request.node.name}/reports")


def test_a_build_for_a_store_is_told_against_the_one_that_stands_there(asked, tmp_path, place):
    place.publish(annual(tmp_path / "first" / NAME))
    stood = before(asked, tmp_path / "out", [NAME], place)
    annual(tmp_path / "out" / NAME, [measure("1.11", standing="Improving"), measure("1.12")])

    tell_summary(asked, stood, tmp_path / "out", {}, place)

    assert "1 year: Maintaining → Improving" in asked.file.read_text()


def test_a_build_that_stands_unchanged_in_a_store_is_told_as_such(asked, tmp_path, place):
    place.publish(annual(tmp_path / NAME))

    tell_summary(asked, before(asked, tmp_path / "out", [NAME], place), tmp_path / "out", {}, place)

    assert "Nothing changed since the build before." in asked.file.read_text()


@pytest.mark.parametrize("stands", [True, False])
def test_after_a_failure_what_stands_in_the_store_is_told(stands, asked, tmp_path, place):
    if stands:
        place.publish(annual(tmp_path / "first" / NAME))
    stood = before(asked, tmp_path / "out", [NAME], place)
    (tmp_path / "out" / NAME / "data").mkdir(parents=True)  # what the shelf is made of

    tell_summary(asked, stood, tmp_path / "out", {NAME: ("outcome-1",)}, place)

    assert ("The last good build stands unchanged." in asked.file.read_text()) is stands


def test_a_store_that_gives_nothing_refuses_before_anything_is_built(
    asked, tmp_path, place, monkeypatch
):
    place.publish(annual(tmp_path / NAME))
    monkeypatch.setattr(place.store, "cat_file", lambda name: 1 / 0)

    with pytest.raises(KccError, match=r"cannot be read .* leave --summary out"):
        before(asked, tmp_path / "out", [NAME], place)

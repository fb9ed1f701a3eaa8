"""What a run is asked for is looked over before anything is built, and nothing is left behind."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kcc_lib.cli.asked_for import refuse_parts
from kcc_lib.cli.commands import kcc
from kcc_lib.errors import KccError

ROOT = Path(__file__).parents[2]


def run(*words):
    return CliRunner().invoke(kcc, [str(word) for word in words])


def report(name, *sections, areas=()):
    pages = tuple(SimpleNamespace(name=s) for s in sections)
    return SimpleNamespace(edition=SimpleNamespace(name=name, sections=pages, areas=areas))


@pytest.fixture
def stands(tmp_path, monkeypatch):
    """An output folder in which every build looks up to date, whatever it is called."""
    monkeypatch.setattr("kcc_lib.cli.reporting.is_current", lambda target, rests_on: True)
    output = tmp_path / "out"
    (output / "annual-2019").mkdir(parents=True)
    (output / "measures.html").write_text("")
    return output


@pytest.mark.parametrize("name", ["annual-2019/", "../{here}/annual-2019", "{path}/annual-2019"])
def test_a_path_to_a_build_is_no_edition(stands, name):
    named = name.format(here=stands.name, path=stands)

    done = run("report", named, "--output", stands)

    assert (done.exit_code, done.stdout) == (2, "")
    assert f"no edition {named!r}" in done.stderr


def test_an_edition_that_stands_is_answered_as_before(stands):
    done = run("report", "annual-2019", "--output", stands)

    assert done.exit_code == 0
    assert "annual-2019 is up to date" in done.stderr


def test_every_unknown_edition_is_named_at_once(tmp_path):
    done = run(
        "report", "annual-2091", "annual-2019", "spring", "spring", "--output", tmp_path / "out"
    )

    assert done.exit_code == 2
    assert "2 faults found; nothing was built" in done.stderr
    assert "no edition 'annual-2091'; did you mean 'annual-2019'?" in done.stderr
    assert "no edition 'spring'; known: " in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_path_to_a_build_is_no_edition_to_trace(tmp_path):
    done = run("trace", "3.71", "--edition", "annual-2019/", "--output", tmp_path)

    assert done.exit_code == 2
    assert "no edition 'annual-2019/'" in done.stderr


@pytest.mark.parametrize("record", [{"outputs": 7}, {"outputs": {}, "inputs": [1]}, [], 7])
def test_a_record_of_another_shape_is_no_trace_and_no_traceback(tmp_path, record):
    (tmp_path / "annual-2019").mkdir()
    (tmp_path / "annual-2019" / "run.json").write_text(json.dumps(record))

    done = run("trace", "3.71", "--output", tmp_path)

    assert done.exit_code == 2
    assert "annual-2019 has no trace here; kcc report annual-2019 makes it" in done.stderr


def test_parts_that_one_of_the_editions_lacks_are_refused_for_all_at_once():
    reports = [report("a", "index", "news"), report("b", "index"), report("c", areas=("E1",))]

    with pytest.raises(KccError) as refused:
        refuse_parts(reports[:2], only=("index", "news"), areas=(), pdf=False)
    assert str(refused.value) == "b: no section 'news'; known: index"

    with pytest.raises(KccError) as refused:
        refuse_parts(reports, only=(), areas=("E2",), pdf=False)
    assert str(refused.value).splitlines() == [
        "3 faults found; nothing was built",
        "  a is of one area; --area is for editions by area",
        "  b is of one area; --area is for editions by area",
        "  c: no area 'E2'; known: E1",
    ]


@pytest.mark.slow
def test_a_section_that_only_one_edition_has_leaves_that_one_as_it_was_too(tmp_path):
    words = ["annual-2017", "annual-2019", "--only", "news", "--output", tmp_path / "out"]

    done = run("report", *words)

    assert done.exit_code == 2
    assert "annual-2019: no section 'news'" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_narrative_of_every_edition_is_looked_over_before_the_first_is_built(workbook, tmp_path):
    page = workbook / "data" / "raw" / "narrative" / "annual-2019" / "1.1.md"
    page.write_text("Deaths fell by 12.\n")
    words = ["annual-2017", "annual-2019", "--only", "method", "--output", tmp_path / "out"]

    done = run("report", *words)

    assert done.exit_code == 2
    assert "annual-2019/1.1.md, line 1, column 16: '12'" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "--output names no folder; name one, or leave it out to build in outputs"),
        (" ", "--output names no folder"),
        ("file://", "--output file:// names no place; write one out, such as /srv/reports"),
        ("file:///", "--output file:/// names no place"),
        ("s3://", "names no place; write one out, such as s3://bucket/reports"),
        ("memory://", "would be gone when kcc ends; name a folder or a store"),
        ("memory://reports", "would be gone when kcc ends"),
        ("{root}/data/raw", "lies in data, on which builds rest; name a folder outside it"),
        ("{root}/data/new/folder", "lies in data"),
        ("file://{root}/data/raw", "lies in data"),
        ("{root}/notebooks", "lies in notebooks"),
        ("{package}/publish", "lies in kcc_lib"),
        ("{link}", "lies in data"),
    ],
)
def test_an_output_in_which_nothing_can_be_published_is_refused(
    workbook, tmp_path, monkeypatch, output, said
):
    monkeypatch.chdir(tmp_path)
    link = tmp_path / "linked"
    link.symlink_to(workbook / "data" / "raw")
    before = sorted(tmp_path.rglob("*"))
    places = {"root": workbook, "package": ROOT / "kcc_lib", "link": link}

    done = run("report", "annual-2019", "--only", "method", "--output", output.format(**places))

    assert done.exit_code == 2
    assert said in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_log_that_is_no_file_is_refused(tmp_path, monkeypatch, stands):
    monkeypatch.chdir(tmp_path)

    done = run("report", "--log", "-", "--output", stands)

    assert done.exit_code == 2
    assert "a log goes to a file; name one, such as run.jsonl" in done.stderr
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("seconds", ["nan", "inf", "0", "-1"])
def test_seconds_that_never_end_are_refused(stands, seconds):
    done = run("report", "--timeout", seconds, "--output", stands)

    assert done.exit_code == 2
    assert "--timeout" in done.stderr


@pytest.mark.parametrize("words", [["assess"], ["check"], ["report", "--log"]])
def test_a_link_that_leads_round_in_a_circle_is_told_and_is_no_traceback(
    tmp_path, monkeypatch, words, stands
):
    link = tmp_path / "circle.csv"
    os.symlink(link, link)
    more = ["--output", stands] if "--log" in words else []

    done = run(*words, link, *more)

    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == (1 if more else 2)  # what was asked for stands; its log is missing
    assert "Too many levels of symbolic links" in done.output


def test_a_summary_whose_name_leads_round_in_a_circle_is_no_traceback(tmp_path, stands):
    link = tmp_path / "circle.md"
    os.symlink(link, link)

    done = run("report", "spring", "--summary", link, "--output", stands)

    assert done.exit_code == 2
    assert "no edition 'spring'" in done.stderr

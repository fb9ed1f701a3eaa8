"""Pages that a build in part leaves as they were are told, if they may not agree with the new."""

import json

import pytest

from kcc_lib.publish.events import PagesOlder
from kcc_lib.publish.older import older_pages

NOW = {"data/raw/observations/outcome_1.csv": "2"}


def test_pages_of_the_same_inputs_agree():
    assert older_pages({"inputs": NOW}, ["index", "method"], NOW) == ()


def test_pages_of_other_inputs_and_of_none_that_are_known_may_not():
    carried = ["index", "method"]

    assert older_pages({"inputs": {}}, carried, NOW) == ("index", "method")
    assert older_pages({}, carried, NOW) == ("index", "method")


def test_a_second_part_of_the_same_inputs_leaves_only_what_is_older_still():
    told = {"inputs": NOW, "older": ["index", "method"]}

    assert older_pages(told, ["index", "outcome-1"], NOW) == ("index",)


def test_a_line_says_which_pages_and_what_builds_them():
    one, many = PagesOlder("a", ("index",)), PagesOlder("a", tuple("abcdefgh"))

    assert "may not agree with these: index; a run without --only or --area" in one.line
    assert "these: a, b, c, d, e, f and 2 more;" in many.line


@pytest.mark.slow
def test_a_part_built_after_a_change_of_data_says_which_pages_are_older(workbook, tmp_path, kcc):
    def build(*pages):
        only = [word for page in pages for word in ("--only", page)]
        log = tmp_path / f"{len(pages)}-{pages[0]}.jsonl"
        done = kcc("report", "--output", output, "--log", log, *only, KCC_WORKBOOK=str(workbook))
        assert done.returncode == 0, done.stderr
        events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
        record = json.loads((output / "annual-2019" / "run.json").read_text())
        return done.stderr, "pages-older" in events, record.get("older")

    output, said = tmp_path / "out", "other pages were built from earlier data"
    told, logged, older = build("method", "glossary")
    assert (said in told, logged, older) == (False, False, None)

    data = workbook / "data" / "raw" / "observations" / "outcome_3.csv"
    data.write_bytes(data.read_bytes().replace(b"84.6", b"84.7", 1))
    told, logged, older = build("method")
    assert "annual-2019: other pages were built from earlier data" in told
    assert "may not agree with these: glossary; a run without --only" in told
    assert (logged, older) == (True, ["glossary"])

    told, logged, older = build("accessibility")  # nothing has changed since, and yet
    assert (logged, older) == (True, ["glossary"])

    told, logged, older = build("glossary")
    assert (said in told, logged, older) == (False, False, None)

"""The log of runs: a line for each thing that happened, whole, and nothing of the machine."""

import json
import re
import threading
from pathlib import Path

import pytest

from kcc_lib.publish.events import (
    Beat,
    EditionFailed,
    EditionStarted,
    EditionSwapped,
    EditionUnchanged,
    PageFailed,
    PagesOlder,
    RunEnded,
    RunStarted,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
)
from kcc_lib.publish.run_log import RunLog, append_line

PAPER = Path(__file__).parents[2] / "docs" / "runs.md"
ROOT = Path("/srv/kent")
EVERY = [
    RunStarted(("one", "two")),
    EditionStarted("one", "Title", "2019"),
    SectionsStarted(("a", "b"), 2),
    SectionStarted("a"),
    SectionReached("a", "cell 2"),
    Beat(),
    SectionEnded("a", "", 1.23456, 1, 2),
    SectionEnded("b", "cell 3: KeyError: 'x'", 2.0, 2, 2),
    PageFailed("a", "a.html: the link to 'b.html' leads nowhere"),
    EditionFailed("one", ("b", "a"), "outputs/one.failed"),
    EditionUnchanged("two", "two is up to date"),
    PagesOlder("two", ("index", "news")),
    EditionSwapped("two"),
    "a remark",
    RunEnded(1),
]


@pytest.fixture
def log(tmp_path):
    warned = []
    made = RunLog(tmp_path / "run.jsonl", ROOT, warned.append)
    made_warned = warned
    return made, made_warned


def lines(log):
    return [json.loads(line) for line in log.path.read_text().splitlines()]


def test_every_event_that_matters_is_a_line_with_the_run_its_version_and_the_time_in_utc(log):
    for event in EVERY:
        log[0](event)

    told = lines(log[0])
    assert [t["event"] for t in told] == [
        "run-started", "edition-started", "sections-started", "section-started", "section-ended",
        "section-failed", "page-failed", "edition-failed", "edition-unchanged", "pages-older",
        "edition-swapped", "run-ended",
    ]  # fmt: skip
    assert {t["run"] for t in told} == {log[0].run}
    assert {t["version"] for t in told} == {1}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", t["at"]) for t in told)


def test_a_section_has_its_edition_and_seconds_and_a_failed_one_its_failure(log):
    for event in EVERY:
        log[0](event)

    ended, failed = (t for t in lines(log[0]) if t["event"] in {"section-ended", "section-failed"})
    assert (ended["edition"], ended["section"], ended["seconds"]) == ("one", "a", 1.235)
    assert (failed["section"], failed["failure"]) == ("b", "cell 3: KeyError: 'x'")


def test_the_paper_tells_of_every_event_and_of_exactly_its_fields(log):
    for event in EVERY:
        log[0](event)

    told = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]*) \|", PAPER.read_text(), re.M))
    for line in lines(log[0]):
        fields = re.findall(r"`(\w+)`", told[line["event"]])
        assert [f for f in line if f not in {"version", "run", "at", "event"}] == fields


def test_a_second_run_adds_to_the_log_with_a_name_of_its_own(log):
    log[0](RunStarted(("one",)))
    again = RunLog(log[0].path, ROOT, print)
    again(RunStarted(("two",)))

    first, second = lines(log[0])
    assert first["run"] != second["run"]


def test_two_runs_at_once_never_tear_each_others_lines(tmp_path):
    path = tmp_path / "run.jsonl"

    def run(letter):
        for n in range(300):
            append_line(path, json.dumps({"n": n, "who": letter * 3000}))

    runs = [threading.Thread(target=run, args=(letter,)) for letter in "abcd"]
    for one in runs:
        one.start()
    for one in runs:
        one.join()

    found = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(found) == 1200
    assert {t["who"] for t in found} == {letter * 3000 for letter in "abcd"}


def test_a_line_that_an_earlier_run_could_not_finish_spoils_no_other(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"torn": ')

    append_line(path, '{"whole": 1}')

    assert path.read_text() == '{"torn": \n{"whole": 1}\n'


def test_a_log_that_cannot_be_written_is_warned_of_once_and_raises_nothing(tmp_path):
    warned = []
    log = RunLog(tmp_path / "no-such-folder" / "run.jsonl", ROOT, warned.append)

    for event in EVERY:
        log(event)

    assert warned == ["THE RUN LOG CANNOT BE WRITTEN: No such file or directory; the build goes on"]
    assert log.lost


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_as_such(tmp_path):
    warned = []
    path = tmp_path / "run.jsonl"
    path.symlink_to("/dev/full")

    RunLog(path, ROOT, warned.append)(RunStarted(("one",)))

    assert "No space left on device" in warned[0]


def test_a_failure_names_no_folder_outside_the_workbook_and_is_cut_if_very_long(log):
    log[0](SectionEnded("a", f"cell 2: {ROOT}/data/raw/x.csv: '/home/jo/My Files/y.csv'", 1, 1, 2))
    log[0](PageFailed("a", "x" * 9000))

    first, second = lines(log[0])
    assert first["failure"].startswith("cell 2: data/raw/x.csv: ")
    assert "home" not in first["failure"]
    assert "jo" not in first["failure"]
    assert len(second["failure"]) == 2000

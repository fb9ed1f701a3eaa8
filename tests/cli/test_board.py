"""The board of a run: what it says, what stays on the terminal, and what it leaves behind."""

import os
import pty
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from kcc_lib.cli.board import Board, board_lines, can_draw
from kcc_lib.cli.progress import Progress, last_times
from kcc_lib.publish.events import (
    Beat,
    EditionFailed,
    EditionStarted,
    EditionSwapped,
    PageFailed,
    RunStarted,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
    line_of,
)

LAST = {"one": {"a": 10.0, "b": 20.0, "c": 30.0}, "two": {"d": 40.0}}
START = [
    RunStarted(("one", "two")),
    EditionStarted("one", "Title", "2019"),
    SectionsStarted(("a", "b", "c"), 2),
    SectionStarted("a"),
    SectionStarted("b"),
]


def follow(events, *, last=LAST, at=0.0, now=0.0):
    progress = Progress(0.0, last)
    for event in events:
        progress.hear(event, at)
    return board_lines(progress, now, 20)


class Screen:
    """A terminal of a few columns that knows what the board uses."""

    def __init__(self, columns=80, rows=24):
        self.lines, self.row, self.columns, self.rows = [""], 0, columns, rows

    def write(self, text):
        for part in re.split(r"(\x1b\[\d*[A-Za-z]|\n|\r)", text):
            if found := re.fullmatch(r"\x1b\[(\d+)A", part):
                self.row -= int(found[1])
                assert self.row >= max(0, len(self.lines) - self.rows)
            elif part == "\x1b[J":
                self.lines[self.row :] = [""]
            elif part == "\n":
                self.row += 1
                self.lines += [""] * (self.row - len(self.lines) + 1)
            elif part != "\r":
                self.lines[self.row] += re.sub(r"\x1b\[[\d;]*m", "", part)
                assert len(self.lines[self.row]) <= self.columns or "FAILED" in part


def board(screen, *, colour=False, last=LAST):
    clock = SimpleNamespace(now=0.0)
    made = Board(
        Progress(0.0, last), colour=colour, write=screen.write,
        size=lambda: (screen.columns, screen.rows), clock=lambda: clock.now,
    )  # fmt: skip
    return made, clock


def test_each_running_section_stands_there_with_its_cell_and_how_long_it_has_run():
    lines = follow([*START, SectionReached("a", "cell 4")], now=65.0)

    assert lines[0].split() == ["a", "cell", "4", "1:05"]
    assert lines[1].split() == ["b", "1:05"]


def test_done_failed_running_and_waiting_are_counted_for_the_edition():
    told = [*START, SectionEnded("a", "cell 2: KeyError: 'x'", 9.0, 1, 3), SectionStarted("c")]

    assert follow(told)[-2] == "one (1 of 2): 1 of 3 done, 1 failed, 2 running, 0 waiting"


def test_the_estimate_is_the_last_builds_seconds_shared_out_with_the_editions_to_come():
    # a has 5 of 10 left, b 15 of 20, c 30 and the next edition 40: 90 seconds for two at a time
    assert (
        follow(START, now=5.0)[-1] == "0:05 gone; about 0:45 left, if it goes like the last build"
    )


def test_the_estimate_is_never_less_than_the_longest_section():
    last = {"one": {"a": 1.0, "b": 1.0, "c": 60.0}, "two": {"d": 1.0}}

    assert "about 1:00 left" in follow(START, last=last)[-1]


def test_without_all_times_of_the_last_build_the_estimate_says_so():
    some = {"one": {"a": 10.0, "b": 20.0}}

    assert follow(START, last=some)[-1] == (
        "0:00 gone; at least 0:20 left: the last build has not all of these"
    )
    assert follow(START, last={})[-1].endswith("no estimate: the last build has no times of these")


def test_a_section_that_takes_longer_than_last_time_is_said_to():
    last = {"one": {"a": 1.0, "b": 1.0, "c": 0.5}, "two": {"d": 0.1}}

    assert follow(START, last=last, now=30.0)[-1] == "0:30 gone; longer than the last build took"


@pytest.mark.parametrize("record", [{}, {"sections": [{}]}, {"sections": [{"section": "a"}]},
                                    {"sections": 3}])  # fmt: skip
def test_a_record_that_tells_no_times_gives_no_estimate_and_no_error(record):
    assert last_times(record, ()) == {}


def test_only_the_sections_wanted_count_for_the_estimate():
    record = {"sections": [{"section": s, "seconds": 1} for s in "ab"]}

    assert last_times(record, ("a",)) == {"a": 1.0}


def test_plain_lines_stay_above_the_board_and_the_board_stands_once():
    screen = Screen()
    made, clock = board(screen)
    for event in [*START, Beat(), SectionEnded("a", "", 9.0, 1, 3), SectionStarted("c")]:
        clock.now += 1
        made(event)

    plain = [line_of(e) for e in [*START, SectionEnded("a", "", 9.0, 1, 3)] if line_of(e)]
    assert screen.lines[: len(plain)] == plain
    assert sum("done" in line for line in screen.lines) == 1
    assert len(screen.lines) == len(plain) + 4 + 1


def test_a_board_taken_off_leaves_only_the_plain_lines():
    screen = Screen()
    made, _ = board(screen)
    for event in START:
        made(event)

    made.close()

    assert screen.lines == [*(line_of(e) for e in START if line_of(e)), ""]


@pytest.mark.parametrize("end", [EditionSwapped("one"), EditionFailed("one", ("a",), "x")])
def test_the_board_is_gone_when_an_editions_address_is_printed(end):
    screen = Screen()
    made, _ = board(screen)
    for event in [*START, end]:
        made(event)
    made("a remark")

    assert not any("running" in line for line in screen.lines)
    assert screen.lines[-2:] == ["a remark", ""]


def test_the_board_fits_a_small_terminal_and_says_how_many_sections_it_leaves_out():
    screen = Screen(columns=40, rows=6)
    made, _ = board(screen)
    names = tuple(f"a-section-with-a-long-name-{n}" for n in range(9))
    made(RunStarted(("one",)))
    made(EditionStarted("one", "T", "S"))
    made(SectionsStarted(names, 9))
    for name in names:
        made(SectionStarted(name))

    assert "  and 8 more" in screen.lines
    assert made.lines <= 4


def test_colour_only_marks_what_words_say_too():
    bare, coloured = Screen(), Screen()
    events = [*START, SectionEnded("a", "it broke", 1.0, 1, 3), PageFailed("a", "a: gone")]
    for screen, colour in ((bare, False), (coloured, True)):
        made, _ = board(screen, colour=colour)
        for event in events:
            made(event)

    assert bare.lines == coloured.lines
    assert "FAILED  it broke" in "\n".join(bare.lines)


@pytest.mark.parametrize(("said", "expected"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_heeded(monkeypatch, said, expected):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    assert Board(Progress(0.0, {})).colour is expected


def in_terminal(code, **environment):
    """What a piece of Python writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in {"TERM", "NO_COLOR"}} | environment
    done = subprocess.run([sys.executable, "-c", code], stderr=theirs, env=env, check=False)
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 65536):
            written += part
    except OSError:  # Linux says so at the end of a terminal
        pass
    os.close(ours)
    return done.returncode, written.decode()


DRAW = "from kcc_lib.cli.board import can_draw; import sys; sys.exit(can_draw())"


@pytest.mark.parametrize(
    ("environment", "drawn"),
    [({"TERM": "xterm"}, 1), ({"TERM": "dumb"}, 0), ({}, 0),
     ({"TERM": "xterm", "NO_COLOR": "1"}, 1)],
)  # fmt: skip
def test_the_board_is_drawn_in_a_terminal_that_can_move_its_cursor(environment, drawn):
    assert in_terminal(DRAW, **environment)[0] == drawn


def test_what_is_no_terminal_gets_plain_lines(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")

    assert not can_draw()  # pytest takes what is written


STOPPED = """
from pathlib import Path
from kcc_lib.cli.watching import watching
from kcc_lib.publish.events import *
from kcc_lib.records.places import Workbook
try:
    with watching(["one"], Path("nowhere"), Workbook(Path("."))) as watch:
        watch.tell(EditionStarted("one", "T", "S"))
        watch.tell(SectionsStarted(("a",), 1))
        watch.tell(SectionStarted("a"))
        raise KeyboardInterrupt
except KeyboardInterrupt:
    pass
"""


def test_a_stop_leaves_the_terminal_clean():
    _, written = in_terminal(STOPPED, TERM="xterm", NO_COLOR="1")
    screen = Screen()

    screen.write(written.replace("\r\n", "\n"))

    assert "a  " in written  # it was drawn
    assert screen.lines == ["one: T, S", "building 1 section, 1 at a time", ""]

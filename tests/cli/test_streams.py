"""Whatever stdout and stderr are connected to, a command does what it was asked."""

import io
import json
import os
import subprocess
import sys

import pytest

from kcc_lib.cli.streams import widen
from tests.cli.waiting import SERIES

CHANGE = "\N{MINUS SIGN}1.16 a year"
FULL = "/dev/full"

unix = pytest.mark.skipif(not os.path.exists(FULL), reason="has no /dev/full")


def kcc(*words, **more):
    command = [sys.executable, "-m", "kcc_lib", *map(str, words)]
    return subprocess.run(command, check=False, timeout=120, **more)


def narrow(*, terminal=False):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", newline="\n")
    stream.isatty = lambda: terminal
    return stream


def written(stream, text):
    stream.write(text)
    stream.flush()
    return stream.buffer.getvalue()


def test_what_is_redirected_on_windows_is_utf_8_like_every_file_we_write(monkeypatch):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    stream = narrow()
    widen(stream)

    assert written(stream, CHANGE) == CHANGE.encode()


def test_a_terminal_keeps_its_letters_and_no_figure_loses_its_sign(monkeypatch):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    stream = narrow(terminal=True)
    widen(stream)

    assert written(stream, f"2014–15: {CHANGE}") == b"2014\x9615: \\u22121.16 a year"


def test_a_stream_that_takes_every_letter_is_left_alone():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-16")
    widen(stream)

    assert (stream.encoding, stream.errors) == ("utf-16", "strict")


def test_an_encoding_that_was_asked_for_is_kept_and_ends_no_command(tmp_path):
    (tmp_path / "a.csv").write_text(SERIES)
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}

    done = kcc("assess", tmp_path / "a.csv", env=environment, capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u22121.16 a year" in done.stdout


@unix
@pytest.mark.slow
@pytest.mark.parametrize("stderr", ["2>&-", f"2>{FULL}", "<&- >&- 2>&-"])
def test_a_refused_run_is_refused_though_nobody_hears_it(tmp_path, stderr):
    log = tmp_path / "run.jsonl"
    words = f"-m kcc_lib report nosuch --output {tmp_path}/o --log {log}"

    done = subprocess.run(  # noqa: S602
        f"{sys.executable} {words} {stderr}", shell=True, check=False, timeout=120
    )

    assert done.returncode == 2
    assert json.loads(log.read_text().splitlines()[-1])["exit_code"] == 2


@unix
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_message_that_a_full_disk_takes_no_more_changes_no_exit_code(encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    with open(FULL, "w") as full:
        done = kcc("preview", "nosuch", env=environment, stdout=subprocess.PIPE, stderr=full)

    assert done.returncode == 2


@unix
@pytest.mark.parametrize("words", [["--help"], ["report", "--help"], ["--version"]])
def test_help_that_cannot_be_printed_is_a_failure_in_one_line(words):
    with open(FULL, "w") as full:
        done = kcc(*words, stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.returncode == 1
    assert done.stderr == "kcc: stdout cannot be written (No space left on device)\n"


@unix
def test_no_file_is_opened_where_stderr_was_closed(tmp_path):
    """What a library says on stderr would be written into it."""
    data, script = tmp_path / "data.csv", tmp_path / "script.py"
    script.write_text(f"""
import os, subprocess
from kcc_lib.cli.streams import ready_streams
ready_streams()
with open({str(data)!r}, "w"):
    os.write(2, b"a warning")
    subprocess.run(["sh", "-c", "echo another >&2"], check=True)
""")
    subprocess.run(f"{sys.executable} {script} 2>&-", shell=True, check=True, timeout=120)  # noqa: S602

    assert data.read_text() == ""


@unix
def test_judgements_that_cannot_be_written_are_a_failure(tmp_path):
    (tmp_path / "a.csv").write_text(SERIES)
    with open(FULL, "w") as full:
        done = kcc("assess", tmp_path / "a.csv", stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.returncode == 1
    assert done.stderr == "kcc: No space left on device; nothing was replaced\n"

"""A run is watched to its end, however it ends, and the watchers never harm it."""

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from kcc_lib.cli.watching import watching
from kcc_lib.errors import DataError, KccError, PublishError
from kcc_lib.publish import notice
from kcc_lib.publish.events import EditionStarted, EditionSwapped
from kcc_lib.records.places import Workbook


@pytest.fixture
def place(tmp_path):
    return tmp_path / "outputs", Workbook(tmp_path), tmp_path / "run.jsonl"


def ends(log):
    return [json.loads(line) for line in log.read_text().splitlines()][-1]


@pytest.mark.parametrize(
    ("raised", "code", "why"),
    [
        (None, 0, ""),
        (DataError([]), 2, "DataError"),
        (PublishError("x"), 1, "PublishError"),
        (KeyboardInterrupt(), 130, "KeyboardInterrupt"),
        (ZeroDivisionError(), 1, "ZeroDivisionError"),
    ],
)
def test_the_log_has_the_exit_code_however_a_run_ends(place, raised, code, why):
    output, workbook, log = place
    expected = pytest.raises(type(raised)) if raised else nullcontext()
    with expected, watching(["one"], output, workbook, log=log) as watch:
        if raised:
            raise raised
        watch.whole = True

    told = ends(log)
    assert (told["event"], told["exit_code"], told["why"]) == ("run-ended", code, why)


def test_a_run_that_is_stopped_says_what_it_had_replaced_by_then(place):
    output, workbook, _ = place
    stopped = pytest.raises(KeyboardInterrupt, match=r"^one had been built by then$")

    with stopped, watching(["one", "two"], output, workbook) as watch:
        watch.tell(EditionSwapped("one"))
        raise KeyboardInterrupt


def test_a_run_without_a_log_that_was_asked_for_builds_on_and_has_not_gone_well(place, capsys):
    output, workbook, log = place
    with watching(["one"], output, workbook, log=log / "no" / "folder") as watch:
        watch.tell(EditionStarted("one", "T", "S"))
        watch.whole = True

    said = capsys.readouterr().err.splitlines()
    assert not watch.whole
    assert said == [
        "THE RUN LOG CANNOT BE WRITTEN: No such file or directory; the build goes on",
        "one: T, S",
        "kcc: the run log is not whole (No such file or directory); what was built stands",
    ]


def test_a_log_among_the_pages_is_refused_since_its_times_would_be_published(place):
    output, workbook, _ = place
    with (
        pytest.raises(KccError, match="name a file outside the output folder"),
        watching(["one"], output, workbook, log=output / "annual-2019" / "run.jsonl"),
    ):
        pass

    assert not output.exists()


def test_a_notice_that_fails_is_one_line_and_leaves_the_exit_code(place, capsys):
    output, workbook, log = place
    with watching(["one"], output, workbook, log=log, notify=["http://127.0.0.1:1/x"]) as watch:
        watch.whole = True

    assert watch.whole
    assert ends(log)["exit_code"] == 0
    assert capsys.readouterr().err == "kcc: the notice could not be sent: Connection refused\n"


def test_a_refused_run_leaves_its_line_in_the_log(tmp_path):
    log = tmp_path / "run.jsonl"

    done = CliRunner().invoke(
        kcc, ["report", "annual-2091", "--output", str(tmp_path / "o"), "--log", str(log)]
    )

    assert done.exit_code == 2
    assert (ends(log)["exit_code"], ends(log)["why"]) == (2, "UnknownNameError")


def test_a_notice_to_nowhere_is_refused_before_anything_is_built(tmp_path):
    done = CliRunner().invoke(kcc, ["report", "--notify", "nowhere", "--output", str(tmp_path)])

    assert done.exit_code == 2
    assert "--notify takes https://" in done.stderr


def test_a_notice_that_cannot_be_sent_leaves_its_refusal_in_the_log(tmp_path, monkeypatch):
    monkeypatch.delenv("KCC_SMTP_HOST", raising=False)
    log = tmp_path / "run.jsonl"
    where = ["--output", str(tmp_path / "o"), "--log", str(log), "--address", "http://["]

    done = CliRunner().invoke(
        kcc, ["report", *where, "--notify", "mailto:a@b.org", "--notify", "x"]
    )

    assert (done.exit_code, ends(log)["exit_code"]) == (2, 2)
    for said in ("needs KCC_SMTP_HOST", "--notify takes https://", "--address 'http://['"):
        assert said in done.stderr
    assert not (tmp_path / "o").exists()


def test_addresses_that_are_in_order_are_told_of_a_refusal_for_another(place, monkeypatch):
    output, workbook, log = place
    sent = []
    monkeypatch.setattr(notice, "_post", lambda url, told: sent.append((url, told["exit_code"])))

    with (
        pytest.raises(KccError, match="begins with none of these"),
        watching(["one"], output, workbook, log=log, notify=["https://h.org/x", "junk"]),
    ):
        pytest.fail("it was not refused")

    assert sent == [("https://h.org/x", 2)]


def test_what_keeps_every_mail_from_being_sent_is_said_once(place, monkeypatch):
    output, workbook, _ = place
    monkeypatch.delenv("KCC_SMTP_HOST", raising=False)
    monkeypatch.delenv("KCC_SMTP_FROM", raising=False)

    with (
        pytest.raises(KccError) as refused,
        watching(
            ["one"], output, workbook, notify=["mailto:a@h.org", "mailto:b@h.org", "mailto:c"]
        ),
    ):
        pytest.fail("it was not refused")

    assert str(refused.value).count("KCC_SMTP_HOST") == 1
    assert "'c' is no address" in str(refused.value)


@pytest.mark.parametrize(
    "options",
    [("--timeout", "nan"), ("--timeout", "inf"), ("--scheduler", "tcp://"),
     ("--scheduler", "tcp://h:1", "--jobs", "2"), ("--notify", "http://["),
     ("--notify", "https://ex ample.org/")],
)  # fmt: skip
def test_options_that_cannot_be_are_refused_before_anything_is_built(options, tmp_path):
    done = CliRunner().invoke(kcc, ["report", *options, "--output", str(tmp_path / "o")])

    assert done.exit_code == 2, done.exception
    assert not (tmp_path / "o").exists()

"""A run that is told to stop ends with 130, whoever tells it and however early."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kcc_lib.cli.stops import heed_stops, is_stopping
from tests.terminal import as_in_a_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SAID = "kcc: stopped; nothing was changed\n"
each_stop = pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)

#: The command line, which loads until it is stopped.
LOADS = """
import signal, sys, types
from kcc_lib.__main__ import main

class Commands(types.ModuleType):
    def __getattr__(self, name):
        print("loading", flush=True)
        signal.pause()

sys.modules["kcc_lib.cli.commands"] = Commands("commands")
main()
"""


@pytest.fixture
def heard():
    """Signals are heeded here as a command heeds them."""
    before = {stop: signal.getsignal(stop) for stop in STOPS}
    as_in_a_terminal()
    yield
    for stop, handler in before.items():
        signal.signal(stop, handler)


def start(*words):
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_in_a_terminal,  # noqa: PLW1509 - it sets handlers and no more
    )


def said_at_its_end(run):
    """What it said on stderr; one that does not end is stopped for good, and the test fails."""
    try:
        return run.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        run.kill()
        raise


@each_stop
def test_a_command_that_still_loads_is_stopped_like_any_other(stop):
    with start("-c", LOADS) as command:
        assert command.stdout.readline() == "loading\n"
        command.send_signal(stop)
        said = said_at_its_end(command)

    assert (command.returncode, said) == (130, SAID)


@pytest.mark.slow
@each_stop
def test_a_run_that_is_stopped_before_it_builds_has_its_end_in_the_log(workbook, tmp_path, stop):
    log, gate = tmp_path / "run.jsonl", workbook / "data/raw/editions/annual-2019.toml"
    gate.unlink()
    os.mkfifo(gate)
    words = "-m", "kcc_lib", "report", "annual-2019", "--output", tmp_path / "o", "--log", log
    with start(*words) as run:
        writes = opened_by(run, gate)
        run.send_signal(stop)
        said = said_at_its_end(run)
        os.close(writes)

    assert (run.returncode, said) == (130, SAID)
    last = json.loads(log.read_text().splitlines()[-1])
    assert (last["event"], last["exit_code"]) == ("run-ended", 130)


def opened_by(run, gate):
    """Wait until a run reads from a pipe, and hold it there."""
    while run.poll() is None:
        try:
            return os.open(gate, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    raise AssertionError(run.communicate()[1])


@pytest.mark.parametrize("stop", [signal.SIGHUP, signal.SIGINT], ids=["nohup", "in a script, &"])
def test_what_the_caller_ignores_stops_nothing(heard, stop):
    signal.signal(stop, signal.SIG_IGN)
    heed_stops()

    os.kill(os.getpid(), stop)

    assert not is_stopping()


def test_what_cleans_up_is_interrupted_by_nobody_but_an_analyst(heard):
    heed_stops()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGHUP)

    os.kill(os.getpid(), signal.SIGHUP)
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_a_process_that_was_forked_leaves_the_answer_to_the_one_that_was_told(heard):
    heed_stops()
    child = os.fork()
    if child == 0:
        try:
            os.kill(os.getpid(), signal.SIGHUP)
        except KeyboardInterrupt:
            os._exit(1)
        os._exit(7)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7

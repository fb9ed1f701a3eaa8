"""Each job has a process of its own, and however it ends the builder hears of it."""

import os
import select
import signal
import subprocess
import sys
import threading
import time

import pytest

from kcc_lib.publish.workers import meanwhile, run_jobs


def double(job, say):
    say("cell 1")
    return job * 2


def run(jobs, work, *, at_once=2, timeout=30.0):
    return {e.job: e for e in run_jobs(jobs, work, at_once=at_once, timeout=timeout)}


def test_every_job_gives_its_result():
    ended = run([1, 2, 3, 4, 5], double)

    assert {job: e.result for job, e in ended.items()} == {1: 2, 2: 4, 3: 6, 4: 8, 5: 10}
    assert all(e.failure == "" for e in ended.values())


def test_jobs_run_in_processes_of_their_own():
    ended = run([1, 2, 3], lambda job, say: os.getpid())

    assert len({e.result for e in ended.values()} | {os.getpid()}) == 4


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "by signal 9"),
        (lambda: os._exit(3), "with code 3"),
    ],
    ids=["killed", "exits"],
)
def test_a_process_that_dies_is_a_failure_that_says_where_and_how_and_stops_no_other(end, told):
    def work(job, say):
        say(f"cell {job}")
        if job == 4:
            end()
        return "built"

    ended = run([3, 4, 5], work)

    assert [ended[3].result, ended[5].result] == ["built", "built"]
    assert ended[4].result is None
    assert told in ended[4].failure
    assert "in cell 4" in ended[4].failure


def test_a_job_that_hangs_is_stopped_and_told_apart_from_one_that_died():
    def work(job, say):
        say("cell 7")
        if job == "hangs":
            threading.Event().wait()
        return "built"

    ended = run(["hangs", "works"], work, timeout=1.0)

    assert ended["works"].result == "built"
    assert ended["hangs"].failure == "ran for more than 1 seconds; it was stopped in cell 7"


def test_a_thread_that_never_ends_does_not_keep_a_job_that_is_done():
    def work(job, say):
        threading.Thread(target=time.sleep, args=(15,)).start()
        return "built"

    began = time.monotonic()
    ended = run([1], work, timeout=10.0)

    assert (ended[1].result, ended[1].failure) == ("built", "")
    assert time.monotonic() - began < 10


def test_a_thread_that_never_ends_does_not_keep_a_job_that_went_wrong(capfd):
    def work(job, say):
        threading.Thread(target=time.sleep, args=(15,)).start()
        raise LookupError("no such page")

    began = time.monotonic()
    ended = run([1], work, timeout=10.0)

    assert "its process ended, with code 1" in ended[1].failure
    assert "LookupError: no such page" in capfd.readouterr().err
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells of a process's own")
@pytest.mark.parametrize("began_by", ["sleep 60", "sleep 60 & exit"], ids=["it", "a child of it"])
def test_what_a_job_started_ends_with_it(began_by):
    """Whoever still ran would hold the pipe open."""
    told, telling = os.pipe()

    def work(job, say):
        subprocess.Popen(["sh", "-c", began_by], pass_fds=[telling])
        return "built"

    ended = run([1], work)
    os.close(telling)
    closed = select.select([told], [], [], 10)[0]
    os.close(told)

    assert (ended[1].result, closed) == ("built", [told])


def test_no_process_is_left_when_the_builder_stops_listening():

    def work(job, say):
        say(str(os.getpid()))
        if job:
            threading.Event().wait()

    jobs = run_jobs([0, 1], work, at_once=2, timeout=30.0)
    next(jobs)
    pids = [one.process.pid for one in jobs.gi_frame.f_locals["running"]]
    jobs.close()

    assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_workers_end_when_the_builder_is_killed(tmp_path):
    """A builder that is killed outright cannot clean up: its workers notice and end."""
    told, telling = os.pipe()
    builder = os.fork()
    if builder == 0:

        def work(job, say):
            os.write(telling, f"{os.getpid()}\n".encode())
            threading.Event().wait()

        list(run_jobs([1], work, at_once=1, timeout=60.0))
        os._exit(0)
    os.close(telling)
    worker = int(os.read(told, 20))

    os.kill(builder, signal.SIGKILL)
    os.waitpid(builder, 0)

    assert os.read(told, 1) == b""  # every process that could still write has ended
    os.close(told)
    assert worker > 0


def test_what_is_done_meanwhile_is_done_once_and_elsewhere(tmp_path):
    def work():
        with (tmp_path / "done").open("a") as file:
            file.write(f"{os.getpid()}\n")
        return {"made by": os.getpid()}

    with meanwhile(work) as wait_for_it:
        made = wait_for_it()

    (pid,) = (tmp_path / "done").read_text().split()
    assert int(pid) != os.getpid()
    assert made == {"made by": int(pid)}


def test_more_than_a_pipe_holds_comes_back_from_meanwhile():
    with meanwhile(lambda: "x" * 1_000_000) as wait_for_it:
        assert len(wait_for_it()) == 1_000_000


@pytest.mark.parametrize("end", [lambda: os._exit(3), lambda: os.kill(os.getpid(), 9)])
def test_what_came_to_nothing_meanwhile_is_done_when_it_is_wanted(end):
    builder, done = os.getpid(), []

    def work():
        if os.getpid() != builder:
            end()
        done.append(os.getpid())
        return "made after all"

    with meanwhile(work) as wait_for_it:
        assert done == []
        assert wait_for_it() == "made after all"

    assert done == [builder]


def test_what_goes_wrong_meanwhile_is_raised_where_it_is_wanted(capfd):
    def work():
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"), meanwhile(work) as wait_for_it:
        wait_for_it()

    assert capfd.readouterr().err == ""


def test_what_is_no_longer_wanted_is_stopped():
    told, telling = os.pipe()

    def work():
        os.write(telling, f"{os.getpid()}\n".encode())
        threading.Event().wait()

    with meanwhile(work):
        pid = int(os.read(told, 20))

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

"""Many jobs at once: a process for each, watched, timed and never left behind.

Where the system can fork, a job starts with everything the builder has loaded: only the
notebook itself is still to run. Elsewhere each process loads for itself.
"""

import math
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kcc_lib.publish.descendants import adopt_orphans, end_descendants, end_here

Job = TypeVar("Job")
Made = TypeVar("Made")
#: What a job may say while it runs: how far it is, in words ("cell 4").
Say = Callable[[str], None]
#: How long the jobs are waited for at a stretch.
BEAT_SECONDS = 1.0
#: How long a process that has answered may take to end.
_LEAVING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Ended(Generic[Job]):
    """How one job ended: with a result, or with a reason why there is none."""

    job: Job
    result: Any
    failure: str
    seconds: float


@dataclass(slots=True)
class _Running(Generic[Job]):
    job: Job
    process: BaseProcess
    answers: Connection
    started: float
    said: str = ""


def run_jobs(
    jobs: Sequence[Job],
    work: Callable[[Job, Say], Any],
    *,
    at_once: int,
    timeout: float,
    heard: Callable[[Job, str], None] = lambda _, __: None,
    beat: Callable[[], None] = lambda: None,
) -> Iterator[Ended[Job]]:
    """Run each job in a process of its own, and give each as it ends.

    Parameters
    ----------
    jobs
        Plain values, in the order they are started.
    work
        What is done with one; it is given the job and a way to say how far it is.
    at_once
        How many processes at a time.
    timeout
        Seconds after which a job is stopped.
    heard
        Told of a job that it started (in no words), and then what it says.
    beat
        Called about once a second while the jobs run.

    Yields
    ------
    Ended
        A result where `work` returned; else whether the process was stopped or died.
    """
    context = _context()
    alive, ours = context.Pipe(duplex=False)
    left = list(jobs)
    running: list[_Running[Job]] = []
    try:
        while left or running:
            while left and len(running) < at_once:
                running.append(_start(context, left.pop(0), work, alive, ours))
                heard(running[-1].job, "")
            beat()
            for one in _ready(running, timeout):
                ended = _ended(one, timeout, heard)
                if ended is not None:
                    running.remove(one)
                    yield ended
    finally:
        for one in running:
            _stop(one.process)
        alive.close()
        ours.close()


@contextmanager
def meanwhile(work: Callable[[], Made]) -> Iterator[Callable[[], Made]]:
    """Do one thing in a process of its own while the builder does others.

    Yields
    ------
    Callable
        Waits until it is done, and gives what came of it. If that process came to nothing, or
        none could start, it is done now: what goes wrong is raised here, and not in a process
        that nobody hears.
    """

    def quietly(_: None, __: Say) -> tuple[Made, ...]:
        with suppress(Exception):
            return (work(),)
        return ()

    if not can_fork():
        yield work
        return
    context = _context()
    alive, ours = context.Pipe(duplex=False)
    one = _start(context, None, quietly, alive, ours)

    def wait_for_it() -> Made:
        wait([one.answers])  # an answer, or the end of a process that gave none
        ended = _ended(one, math.inf, lambda _, __: None)
        made: tuple[Made, ...] = (ended.result or ()) if ended is not None else ()
        return made[0] if made else work()

    try:
        yield wait_for_it
    finally:
        _stop(one.process)
        alive.close()
        ours.close()


def can_fork() -> bool:
    """Whether a process can start as a copy of this one; macOS can, but its libraries cannot."""
    return hasattr(os, "fork") and os.uname().sysname == "Linux"


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if can_fork() else "spawn")


def _start(
    context: Any, job: Job, work: Callable[[Job, Say], Any], alive: Connection, ours: Connection
) -> _Running[Job]:
    answers, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_run, args=(job, work, theirs, alive, ours if can_fork() else None), daemon=False
    )
    process.start()
    theirs.close()
    return _Running(job, process, answers, time.perf_counter())


def _run(
    job: Job,
    work: Callable[[Job, Say], Any],
    answers: Connection,
    alive: Connection,
    inherited: Connection | None,
) -> None:
    """The whole life of a worker."""
    # Ctrl-C and a lost terminal reach every process; only the one that was started answers them
    for stop in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        signal.signal(stop, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if inherited is not None:
        inherited.close()
    threading.Thread(target=_end_with_builder, args=(alive,), daemon=True).start()
    adopt_orphans()
    code = 1
    try:
        answers.send(("done", work(job, lambda words: answers.send(("said", words)))))
        code = 0
    except BaseException:  # the edge of a process: nobody else can say what it was
        traceback.print_exc()
    end_here(code)


def _end_with_builder(alive: Connection) -> None:
    """End at once if the builder is gone, however it went: nobody is left to take the result."""
    wait([alive])
    end_here(1, flush=False)


def _ready(running: Sequence[_Running[Job]], timeout: float) -> list[_Running[Job]]:
    """Those that have something to say, have ended, or have run too long; none after a beat."""
    now = time.perf_counter()
    soonest = min(one.started for one in running) + timeout - now
    watched = [w for one in running for w in (one.answers, one.process.sentinel)]
    speaking = set(wait(watched, max(0.0, min(soonest, BEAT_SECONDS))))
    now = time.perf_counter()
    return [
        one for one in running
        if {one.answers, one.process.sentinel} & speaking or now - one.started >= timeout
    ]  # fmt: skip


def _ended(
    one: _Running[Job], timeout: float, heard: Callable[[Job, str], None]
) -> Ended[Job] | None:
    """How it ended; None where it only said something and runs on."""
    try:
        while one.answers.poll():
            kind, told = one.answers.recv()
            if kind == "done":
                _stop(one.process, within=_LEAVING_SECONDS)
                return _end(one, told, "")
            one.said = told
            heard(one.job, told)
    except EOFError:
        _stop(one.process, within=_LEAVING_SECONDS)
    where = f" in {one.said}" if one.said else ""
    if not one.process.is_alive():
        code = one.process.exitcode or 0
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return _end(one, None, f"its process ended{where}, {how}, before the page was made")
    if time.perf_counter() - one.started >= timeout:
        _stop(one.process)
        return _end(one, None, f"ran for more than {_duration(timeout)}; it was stopped{where}")
    return None


def _end(one: _Running[Job], result: Any, failure: str) -> Ended[Job]:
    one.answers.close()
    return Ended(one.job, result, failure, time.perf_counter() - one.started)


def _stop(process: BaseProcess, *, within: float = 0.0) -> None:
    """Stop a process and what it started, unless it ends by itself in that many seconds."""
    process.join(within)
    if process.pid is not None and process.is_alive():
        end_descendants(process.pid)
    process.kill()
    process.join()


def _duration(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:g} minutes" if minutes >= 2 else f"{seconds:g} seconds"

"""Who runs the jobs of a build: processes of this machine, or the workers of a cluster."""

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from kcc_lib.publish.area_build import AreaJob, Say, build_area
from kcc_lib.publish.execute import Isolation, Job, Outcome, run_job
from kcc_lib.publish.processors import processors
from kcc_lib.publish.workers import Ended, can_fork, run_jobs

#: A section, or all pages of an area.
Task = Job | AreaJob
Heard = Callable[[Task, str], None]


class Run(Protocol):
    """Runs tasks and gives each as it ends; what it made is in its folder by then.

    `timeout` is how many seconds a page may take; `heard` is told of a task that it started
    (in no words), and then what it says; `beat` is called about once a second.
    """

    def __call__(  # noqa: D102 - told of above
        self, tasks: Sequence[Task], *, timeout: float, heard: Heard, beat: Callable[[], None]
    ) -> Iterator[Ended[Task]]: ...


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who build sections: how many at a time, and the way to have them do it.

    `ready` does what can be done before the first of them starts.
    """

    at_once: int
    run: Run
    ready: Callable[[Isolation], None] = lambda _: None


def local_crew(jobs: int = 0) -> Crew:
    """Processes of this machine, one for each processor where `jobs` is 0."""
    at_once = jobs or processors()
    return Crew(at_once, partial(_run_here, at_once=at_once), _ready)


def _run_here(
    tasks: Sequence[Task], *, at_once: int, timeout: float, heard: Heard, beat: Callable[[], None]
) -> Iterator[Ended[Task]]:
    if any(task.isolation is Isolation.PROCESS for task in tasks):
        warm()
    return_freed()
    allowed = max(seconds_for(task, timeout) for task in tasks)
    yield from run_jobs(
        tasks, partial(build, timeout=timeout), at_once=at_once, timeout=allowed, heard=heard,
        beat=beat,
    )  # fmt: skip


def build(task: Task, say: Say, *, timeout: float) -> Outcome | tuple[Outcome, ...]:
    """Build what is asked for; what became of it, for an area of each page."""
    if isinstance(task, AreaJob):
        return build_area(task, say, timeout=timeout)
    return run_job(task, say)


def seconds_for(task: Task, timeout: float) -> float:
    """How long a task may take before it is stopped, if a page may take `timeout`."""
    return timeout * (len(task.pages) + 1 if isinstance(task, AreaJob) else 1)


def return_freed() -> None:
    """Give back memory that is free by now: each process that is forked would begin with it.

    The C library keeps what loading and judging let go of, of all areas 40 MB. Linux only.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library that is not GNU's has no such call
            ctypes.CDLL(None).malloc_trim(0)


def _ready(isolation: Isolation) -> None:
    if isolation is Isolation.PROCESS:
        warm()


@cache
def warm() -> None:
    """Load what every section needs, once, before the processes part."""
    if can_fork():
        import papermill.execute  # noqa: F401

        import kcc_lib.pages  # noqa: F401 - every notebook shows with it
        from kcc_lib.publish import engine, exporter  # noqa: F401

        exporter.rehearse()
        # what is loaded stays: no process need search it for what can be thrown away
        gc.freeze()

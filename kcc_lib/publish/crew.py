"""Who runs the jobs of a build: processes of this machine, or the workers of a cluster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kcc_lib.publish.area_build import PAGE_SECONDS, AreaJob, Say, build_area
from kcc_lib.publish.execute import Isolation, Job, Outcome, run_job
from kcc_lib.publish.processors import processors
from kcc_lib.publish.workers import Ended, can_fork, run_jobs

#: A section, or all pages of an area.
Task = Job | AreaJob
Run = Callable[[Sequence[Task]], Iterator[Ended[Task]]]


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who build sections.

    Parameters
    ----------
    at_once
        How many sections they build at a time.
    run
        Runs jobs and gives each as it ends; what a job made is in its folder by then.
    """

    at_once: int
    run: Run


def local_crew(jobs: int = 0) -> Crew:
    """Processes of this machine, one for each processor where `jobs` is 0."""
    at_once = jobs or processors()
    return Crew(at_once, partial(_run_here, at_once=at_once))


def _run_here(tasks: Sequence[Task], *, at_once: int) -> Iterator[Ended[Task]]:
    if any(task.isolation is Isolation.PROCESS for task in tasks):
        warm()
    yield from run_jobs(tasks, build, at_once=at_once, timeout=max(map(seconds_for, tasks)))


def build(task: Task, say: Say) -> Outcome | tuple[Outcome, ...]:
    """Build what is asked for; what became of it, for an area of each page."""
    return build_area(task, say) if isinstance(task, AreaJob) else run_job(task, say)


def seconds_for(task: Task) -> float:
    """How long a task may take before it is stopped."""
    return PAGE_SECONDS * (len(task.pages) + 1 if isinstance(task, AreaJob) else 1)


def warm() -> None:
    """Load what every section needs, once, before the processes part."""
    if can_fork():
        import papermill.execute  # noqa: F401

        from kcc_lib.publish import engine, exporter  # noqa: F401

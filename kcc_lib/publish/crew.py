"""Who runs the jobs of a build: processes of this machine, or the workers of a cluster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kcc_lib.publish.execute import Isolation, Job, run_job
from kcc_lib.publish.processors import processors
from kcc_lib.publish.workers import Ended, can_fork, run_jobs

#: How long a section may take before it is stopped.
SECTION_SECONDS = 900
Run = Callable[[Sequence[Job]], Iterator[Ended[Job]]]


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


def _run_here(jobs: Sequence[Job], *, at_once: int) -> Iterator[Ended[Job]]:
    if any(job.isolation is Isolation.PROCESS for job in jobs):
        warm()
    yield from run_jobs(jobs, run_job, at_once=at_once, timeout=SECTION_SECONDS)


def warm() -> None:
    """Load what every section needs, once, before the processes part."""
    if can_fork():
        import papermill.execute  # noqa: F401

        from kcc_lib.publish import engine, exporter  # noqa: F401

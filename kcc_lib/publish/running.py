"""Running the sections of a build: those that must be, some at once, each watched."""

from collections.abc import Iterator, Sequence

from kcc_lib.publish.carried import copied, take_over
from kcc_lib.publish.events import (
    Beat,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
    Tell,
)
from kcc_lib.publish.execute import Isolation, Job, Outcome, run_job
from kcc_lib.publish.workers import can_fork, run_jobs


def run_sections(ready: Sequence[Job], jobs: int, timeout: float, tell: Tell) -> Iterator[Outcome]:
    """Run the jobs, some at once, telling which is done and how far we are.

    A section that rests on what it rested on in an earlier build is not run: its page stands.
    """

    def heard(job: Job, words: str) -> None:
        tell(SectionReached(job.section, words) if words else SectionStarted(job.section))

    standing = {job.section: kept for job in ready if (kept := take_over(job))}
    yield from standing.values()
    left = [job for job in ready if job.section not in standing]
    if not left:
        return
    _warm(left)
    total = len(left)
    tell(SectionsStarted(tuple(j.section for j in left), min(jobs, total), len(standing)))
    ended = run_jobs(
        left, run_job, at_once=jobs, timeout=timeout, heard=heard, beat=lambda: tell(Beat()),
    )  # fmt: skip
    for done, one in enumerate(ended, start=1):
        outcome = one.result or Outcome(one.job.section, "", one.failure, one.seconds)
        outcome = copied(one.job, outcome)
        tell(SectionEnded(
            outcome.section, outcome.failure, outcome.seconds, done, total, outcome.kept,
        ))  # fmt: skip
        yield outcome


def _warm(ready: Sequence[Job]) -> None:
    """Load what every section needs, once, before the processes part."""
    if can_fork() and any(job.isolation is Isolation.PROCESS for job in ready):
        import papermill.execute  # noqa: F401

        import kcc_lib.pages  # noqa: F401 - every notebook shows with it
        from kcc_lib.publish import engine, exporter  # noqa: F401

        exporter.rehearse()

"""Running the sections of a build: those that must be, some at once, each watched."""

from collections.abc import Iterator, Sequence

from kcc_lib.publish.carried import copied, take_over
from kcc_lib.publish.crew import Crew, Task
from kcc_lib.publish.events import (
    Beat,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
    Tell,
)
from kcc_lib.publish.execute import Job, Outcome


def run_sections(ready: Sequence[Job], crew: Crew, timeout: float, tell: Tell) -> Iterator[Outcome]:
    """Run the jobs, some at once, telling which is done and how far we are.

    A section that rests on what it rested on in an earlier build is not run: its page stands.
    """

    def heard(job: Task, words: str) -> None:
        tell(SectionReached(job.section, words) if words else SectionStarted(job.section))

    standing = {job.section: kept for job in ready if (kept := take_over(job))}
    yield from standing.values()
    left = [job for job in ready if job.section not in standing]
    if not left:
        return
    total = len(left)
    tell(SectionsStarted(tuple(j.section for j in left), min(crew.at_once, total), len(standing)))
    ended = crew.run(left, timeout=timeout, heard=heard, beat=lambda: tell(Beat()))
    for done, one in enumerate(ended, start=1):
        outcome = one.result or Outcome(one.job.section, "", one.failure, one.seconds)
        outcome = copied(one.job, outcome) if isinstance(one.job, Job) else outcome
        tell(SectionEnded(
            outcome.section, outcome.failure, outcome.seconds, done, total, outcome.kept,
        ))  # fmt: skip
        yield outcome

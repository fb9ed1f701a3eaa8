"""One area of an edition by area: its pages and data, built by a process of its own.

The process is forked from a builder that holds the edition loaded and judged for all areas.
Each of its pages has a process to itself in turn: one that crashes stops no other.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kcc_lib.presentation.downloads.bundle import particulars_of
from kcc_lib.presentation.section import Section
from kcc_lib.publish.downloads.files import write_downloads
from kcc_lib.publish.execute import Isolation, Outcome, run_job
from kcc_lib.publish.frozen import Standing
from kcc_lib.publish.jobs import aim, jobs_of
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.workers import run_jobs
from kcc_lib.records.editions import PageRecipe
from kcc_lib.records.places import Workbook
from kcc_lib.workbench import open_area

Say = Callable[[str], None]
#: How long a page may take before it is stopped.
PAGE_SECONDS = 900


@dataclass(frozen=True, slots=True)
class AreaJob:
    """All pages of one area: plain values, so that it can be sent to another process."""

    section: str
    edition: str
    publisher: str
    pages: tuple[str, ...]
    workbook: str
    output: str
    isolation: Isolation = Isolation.PROCESS


def build_area(
    job: AreaJob, say: Say = lambda _: None, *, timeout: float = PAGE_SECONDS
) -> tuple[Outcome, ...]:
    """Build the pages and data files of one area; what became of each page.

    Parameters
    ----------
    say
        Told how far it is, in words.
    timeout
        Seconds that a page may take before it is stopped.
    """
    # the drawings of every council would push those of all other reports out of the cache
    os.environ.setdefault("KCC_CACHE", "")
    folder = Path(job.output)
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    section = open_area(job.edition, job.section)
    chosen = [r for r in section.edition.sections if r.name in job.pages]
    standing = no_sign_off(job.edition)
    outcomes = _build_pages(job, section, chosen, standing, say, timeout)
    write_data(section, folder / "data")
    of = particulars_of(section, state=standing.state, sign_off=standing.words)
    write_downloads(section, of, folder / "data")
    if not any(o.failure for o in outcomes):
        unbuilt = [f"{r.name}.html" for r in section.edition.sections if r not in chosen]
        for page, faults in folder_faults(folder, unbuilt=unbuilt).items():
            failure = "\n".join(f"{job.section}/{page}: {fault}" for fault in faults)
            outcomes.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    # its files are told once, by the edition's record: 36,000 of them for all of England, and the
    # builder, of which every area's process is a copy, would keep each until its end
    return tuple(replace(o, section=f"{job.section}/{o.section}", files=()) for o in outcomes)


def _build_pages(
    job: AreaJob, section: Section, chosen: Sequence[PageRecipe], standing: Standing,
    say: Say, timeout: float,
) -> list[Outcome]:  # fmt: skip
    workbook = Workbook(Path(job.workbook))
    outcomes = []
    for page in jobs_of(section, workbook, chosen, job.isolation):
        say(f"page {page.section}")
        aimed = aim(page, Path(job.output), section, chosen, standing, publisher=job.publisher)
        (one,) = run_jobs([aimed], run_job, at_once=1, timeout=timeout)
        outcomes.append(one.result or Outcome(page.section, "", one.failure, one.seconds))
    return outcomes


def no_sign_off(edition: str) -> Standing:
    """Where every edition by area stands: nobody signs it."""
    return Standing(edition, None, {}, {})

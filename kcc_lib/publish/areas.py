"""Building an edition by area: a set of pages for every area, and a page that leads to them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.section import Section
from kcc_lib.publish.area_build import PAGE_SECONDS, AreaJob, no_sign_off
from kcc_lib.publish.build import Built
from kcc_lib.publish.crew import Crew, Task, local_crew
from kcc_lib.publish.events import (
    Beat,
    EditionSwapped,
    EditionUnchanged,
    PageFailed,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
    Tell,
    nobody,
)
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.jobs import aim, jobs_of
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.record import write_record
from kcc_lib.publish.same_inputs import Inputs, changed_since, look_at_inputs
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.up_to_date import is_current, standing_words
from kcc_lib.records.places import Workbook
from kcc_lib.workbench.holding import holding


def build_areas(
    report: Section,
    workbook: Workbook,
    *,
    output: Path,
    areas: Sequence[str] = (),
    crew: Crew | None = None,
    force: bool = False,
    isolation: Isolation = Isolation.PROCESS,
    timeout: float = PAGE_SECONDS,
    inputs: Inputs | None = None,
    tell: Tell = nobody,
) -> Built:
    """Build an edition by area into `output/<edition>`, each area in a folder of its own.

    It was loaded and judged once for all areas; the processes that build an area are forked
    from this one. The build takes the last one's place only when every page succeeded.

    Parameters
    ----------
    report
        The edition loaded and judged for all its areas.
    areas
        Codes of areas to build again; the others are carried over.
    crew
        Who builds the areas; processes of this machine, one a processor, where None.
    force
        Build even if nothing has changed since the last build.
    isolation
        Whether a notebook runs in a process of the builder or in a Jupyter kernel.
    timeout
        Seconds that a page may take before it is stopped.
    inputs
        What the build rests on as it stood before the edition was opened; as it stands now
        where None. If it changes before the end, nothing is replaced.
    tell
        Takes what happens, one event at a time.

    Raises
    ------
    UnknownNameError
        Before anything is built, if the edition has no such area.
    BusyError
        Before anything is built, if another run is building the edition there.
    """
    edition = report.edition
    for code in areas:
        if code not in edition.areas:
            raise UnknownNameError("area", code, list(edition.areas))
    target, inputs = output / edition.name, inputs or look_at_inputs(workbook)
    current = is_current(target, inputs.hashes)
    if current and not force and not areas:
        tell(EditionUnchanged(edition.name, standing_words(edition.name)))
        return Built(target, ())
    with staged(target, carry_over=bool(areas)) as staging, holding(report):
        tasks = _tasks(report, workbook, staging.folder, areas or edition.areas, isolation)
        jobs = [task for task in tasks if isinstance(task, Job)]
        outcomes = list(_run(tasks, crew or local_crew(), timeout, tell))
        write_data(report, staging.folder / "data")
        failures = tuple(o for o in outcomes if o.failure) or _first_pages(staging.folder, tell)
        if changed := changed_since(inputs, workbook):
            failures += (Outcome("inputs", "", "\n".join(changed), 0.0),)
            tell(PageFailed("inputs", failures[-1].failure))
        write_record(
            staging.folder, report, inputs.hashes, jobs, outcomes, no_sign_off(edition.name),
            whole=not failures and (current or not areas),
        )  # fmt: skip
        final = staging.keep_as_failed() if failures else staging.swap_in()
    if not failures:
        tell(EditionSwapped(edition.name))
    return Built(final, failures)


def _tasks(
    report: Section, workbook: Workbook, folder: Path, areas: Sequence[str], isolation: Isolation
) -> list[Task]:
    """The areas, then the pages that the edition has once."""
    edition = report.edition
    each = tuple(r.name for r in edition.sections if r.each_area)
    once = [r for r in edition.sections if not r.each_area]
    standing = no_sign_off(edition.name)
    found: list[Task] = [
        AreaJob(code, edition.name, report.area_name, each, str(workbook.root),
                str(folder / code), isolation)
        for code in areas
    ]  # fmt: skip
    jobs = jobs_of(report, workbook, once, isolation)
    found += [aim(job, folder, report, once, standing) for job in jobs]
    return found


def _run(tasks: Sequence[Task], crew: Crew, timeout: float, tell: Tell) -> Iterator[Outcome]:
    """Run the tasks, some at once, telling which is done and how far we are."""

    def heard(task: Task, words: str) -> None:
        tell(SectionReached(task.section, words) if words else SectionStarted(task.section))

    total = len(tasks)
    tell(SectionsStarted(tuple(t.section for t in tasks), min(crew.at_once, total)))
    ended = crew.run(tasks, timeout=timeout, heard=heard, beat=lambda: tell(Beat()))
    for done, one in enumerate(ended, start=1):
        told = one.result or Outcome(one.job.section, "", one.failure, one.seconds)
        outcomes = told if isinstance(told, tuple) else (told,)
        failed = "; ".join(f"{o.section}: {o.failure}" for o in outcomes if o.failure)
        tell(SectionEnded(one.job.section, failed, one.seconds, done, total))
        yield from outcomes


def _first_pages(folder: Path, tell: Tell) -> tuple[Outcome, ...]:
    """The pages that lead to the areas, held to the rules, with every link from them."""
    found = []
    for page, faults in folder_faults(folder, unbuilt=["run.json"]).items():
        failure = "\n".join(f"{page}: {fault}" for fault in faults)
        tell(PageFailed(page.removesuffix(".html"), failure))
        found.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    return tuple(found)

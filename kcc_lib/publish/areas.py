"""Building an edition by area: a set of pages for every area, and a page that leads to them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.section import Section
from kcc_lib.publish.area_build import AreaJob, no_sign_off
from kcc_lib.publish.build import Built, Tell
from kcc_lib.publish.crew import Crew, Task, local_crew
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.jobs import aim, jobs_of
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.record import write_record
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.up_to_date import inputs_fingerprint, is_current, standing_words
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
    tell: Tell = print,
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
    tell
        Takes one line of progress at a time.

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
    target, rests_on = output / edition.name, inputs_fingerprint(workbook)
    current = is_current(target, rests_on)
    if current and not force and not areas:
        tell(standing_words(edition.name))
        return Built(target, ())
    with staged(target, carry_over=bool(areas)) as staging, holding(report):
        tasks = _tasks(report, workbook, staging.folder, areas or edition.areas, isolation)
        jobs = [task for task in tasks if isinstance(task, Job)]
        outcomes = list(_run(tasks, crew or local_crew(), tell))
        write_data(report, staging.folder / "data")
        failures = tuple(o for o in outcomes if o.failure) or _first_pages(staging.folder, tell)
        write_record(
            staging.folder, report, rests_on, jobs, outcomes, no_sign_off(edition.name),
            whole=not failures and (current or not areas),
        )  # fmt: skip
        final = staging.keep_as_failed() if failures else staging.swap_in()
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


def _run(tasks: Sequence[Task], crew: Crew, tell: Tell) -> Iterator[Outcome]:
    """Run the tasks, some at once, telling which is done and how far we are."""
    total, at_once = len(tasks), min(crew.at_once, len(tasks))
    areas = sum(isinstance(task, AreaJob) for task in tasks)
    tell(f"building {areas} area{'' if areas == 1 else 's'}, {at_once} at a time")
    for done, one in enumerate(crew.run(tasks), start=1):
        told = one.result or Outcome(one.job.section, "", one.failure, one.seconds)
        outcomes = told if isinstance(told, tuple) else (told,)
        failed = [o for o in outcomes if o.failure]
        state = "; ".join(f"FAILED  {o.section}: {o.failure}" for o in failed) or "built"
        tell(f"[{done}/{total}] {one.job.section:<12} {one.seconds:5.1f} s  {state}")
        yield from outcomes


def _first_pages(folder: Path, tell: Tell) -> tuple[Outcome, ...]:
    """The pages that lead to the areas, held to the rules, with every link from them."""
    found = []
    for page, faults in folder_faults(folder, unbuilt=["run.json"]).items():
        failure = "\n".join(f"{page}: {fault}" for fault in faults)
        tell(f"FAILED  {failure}")
        found.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    return tuple(found)

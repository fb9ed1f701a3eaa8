"""Building an edition by area: a set of pages for every area, and a page that leads to them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.section import Section
from kcc_lib.publish.area_build import AreaJob, no_sign_off
from kcc_lib.publish.building import BuildOptions, Built, end_build
from kcc_lib.publish.crew import Crew, Task, local_crew
from kcc_lib.publish.events import (
    Beat,
    EditionSwapped,
    EditionUnchanged,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
    Tell,
)
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.jobs import aim, jobs_of
from kcc_lib.publish.same_inputs import look_at_inputs
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.up_to_date import is_current, standing_words
from kcc_lib.records.places import Workbook
from kcc_lib.workbench.holding import holding


def build_areas(
    report: Section, workbook: Workbook, options: BuildOptions, *, areas: Sequence[str] = ()
) -> Built:
    """Build an edition by area into `<output>/<edition>`, each area in a folder of its own.

    It was loaded and judged once for all areas; the processes that build an area are forked
    from this one. The build takes the last one's place only when every page succeeded; a
    failed one is kept as `<edition>.failed`.

    Parameters
    ----------
    report
        The edition loaded and judged for all its areas.
    areas
        Codes of areas to build again; the others are carried over.

    Raises
    ------
    UnknownNameError
        Before anything is built, if the edition has no such area.
    BusyError
        Before anything is built, if another run is building the edition there.
    """
    edition, tell = report.edition, options.tell
    for code in areas:
        if code not in edition.areas:
            raise UnknownNameError("area", code, list(edition.areas))
    target, inputs = options.output / edition.name, options.inputs or look_at_inputs(workbook)
    current = is_current(target, inputs.hashes)
    if current and not options.force and not areas:
        tell(EditionUnchanged(edition.name, standing_words(edition.name)))
        return Built(target, ())
    with staged(target, carry_over=bool(areas)) as staging, holding(report):
        folder = staging.folder
        tasks = _tasks(report, workbook, folder, areas or edition.areas, options.isolation)
        outcomes = list(_run(tasks, options.crew or local_crew(), options.timeout, tell))
        write_data(report, folder / "data")
        failures = end_build(
            report, folder, [task for task in tasks if isinstance(task, Job)], outcomes,
            standing=no_sign_off(edition.name), inputs=inputs, tell=tell, workbook=workbook,
            unbuilt=[f"{code}/" for code in edition.areas if not (folder / code).is_dir()],
            whole=current or not areas, target=target,
            carried=[c for c in edition.areas if c not in areas and (folder / c).is_dir()]
            if areas else (),
        )  # fmt: skip
        final = staging.keep_as_failed() if failures else staging.swap_in()
        if not failures:  # at once: from here on a run that is stopped has changed something
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

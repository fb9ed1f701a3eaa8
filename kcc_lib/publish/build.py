"""Building an edition: every section executed, its pages and data gathered and swapped in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kcc_lib.errors import KccError, NarrativeError
from kcc_lib.presentation.downloads.bundle import particulars_of
from kcc_lib.presentation.downloads.links import CHARTS
from kcc_lib.presentation.drawings_kept import forget_oldest
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.presentation.report import Report
from kcc_lib.publish.building import BuildOptions, Built, end_build
from kcc_lib.publish.carried import aim_at_earlier
from kcc_lib.publish.crew import local_crew
from kcc_lib.publish.downloads.files import write_books, write_downloads
from kcc_lib.publish.events import (
    EditionSwapped,
    EditionUnchanged,
    Tell,
)
from kcc_lib.publish.execute import Job, Outcome
from kcc_lib.publish.frozen import Standing, read_standing, refuse_if_changed
from kcc_lib.publish.jobs import aim, choose_pages, jobs_of
from kcc_lib.publish.pdf.browser import Printer
from kcc_lib.publish.pdf.place import pdf_name, print_report, refuse_unless_whole
from kcc_lib.publish.running import run_sections
from kcc_lib.publish.same_inputs import look_at_inputs
from kcc_lib.publish.shelf import Known, read_known, write_contents
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.tracing import trace_of
from kcc_lib.publish.up_to_date import (
    is_current,
    last_record,
    standing_words,
)
from kcc_lib.publish.workers import meanwhile
from kcc_lib.records.editions import Edition, PageRecipe
from kcc_lib.records.places import Workbook


def build_edition(
    section: Report,
    workbook: Workbook,
    options: BuildOptions,
    *,
    only: Sequence[str] = (),
    printer: Printer | None = None,
) -> Built:
    """Build an edition into `<output>/<edition>`.

    The build is made beside the last one and takes its place only when every section
    succeeded, holds what it promised, and every link between the pages leads somewhere; a
    failed one is kept as `<edition>.failed` and the last one stands.

    Parameters
    ----------
    section
        The edition loaded and judged; its judgements and figures become the data files.
    only
        Names of sections to build again; the others are carried over.
    printer
        Makes a PDF of the pages too; of an edition in which nothing has changed, alone.

    Raises
    ------
    NarrativeError
        Before a kernel starts, if the narrative has faults.
    UnknownNameError, ParameterError
        Before a kernel starts, if a section or a parameter does not exist.
    FrozenError
        Before a kernel starts, if it was signed and says something else now.
    BusyError
        Before a kernel starts, if another run is building the edition there.
    KccError
        Before a kernel starts, if a part was to be built among pages of another sign-off, or
        a PDF made of pages that are not all there.
    """
    edition, tell, crew = section.edition, options.tell, options.crew or local_crew()
    chosen, known = choose_pages(edition, only), read_known(workbook)
    with meanwhile(lambda: _looked_over(section, workbook, chosen, options)) as wait_for_it:
        crew.ready(options.isolation)
        standing, wanted = wait_for_it()
    target, inputs = options.output / edition.name, options.inputs or look_at_inputs(workbook)
    current = is_current(target, inputs.hashes)
    if current and not options.force and not only:
        return _as_it_is(section, target, standing, printer, tell)
    if printer:
        refuse_unless_whole(edition, chosen, target)
    if only:
        refuse_a_mix(edition, standing, target)
    with staged(target, carry_over=bool(only)) as staging:
        folder, again = staging.folder, options.force or bool(only)
        aimed = [aim(job, folder, section, chosen, standing) for job in wanted]
        ready = aim_at_earlier(aimed, inputs.hashes, () if again else staging.earlier)
        outcomes = _make_all(
            section, workbook, folder, ready, standing, known, replace(options, crew=crew)
        )
        failures = end_build(
            section, folder, ready, outcomes, standing=standing, inputs=inputs, tell=tell,
            workbook=workbook, unbuilt=_unbuilt(folder, edition), whole=current or not only,
            carried=_carried(folder, edition, chosen) if only else (), target=target,
        )  # fmt: skip
        if printer and not failures:
            print_report(section, folder, standing, printer, tell)
        final = staging.keep_as_failed() if failures else staging.swap_in()
        if not failures:  # at once: from here on a run that is stopped has changed something
            tell(EditionSwapped(edition.name))
    forget_oldest()
    return Built(final, failures)


def _looked_over(
    section: Report, workbook: Workbook, chosen: Sequence[PageRecipe], options: BuildOptions
) -> tuple[Standing, list[Job]]:
    """Where an edition of sound words stands in its sign-off, and its pages, not yet aimed."""
    if faults := prose_faults(section):
        raise NarrativeError(faults)
    standing = read_standing(section, workbook)
    refuse_if_changed(standing)
    return standing, jobs_of(section, workbook, chosen, options.isolation)


def refuse_a_mix(edition: Edition, standing: Standing, target: Path) -> None:
    """Refuse a part that would be built among pages of another sign-off.

    Raises
    ------
    KccError
        If the sign-off is not that of the build that stands.
    """
    if standing.mixes_with(last_record(target)):
        raise KccError(f"the sign-off of {edition.name} changed; build all of it, without --only")


def _make_all(
    section: Report, workbook: Workbook, folder: Path, ready: Sequence[Job], standing: Standing,
    known: Known, options: BuildOptions,
) -> list[Outcome]:  # fmt: skip
    """Run the sections and write the data, whole whichever pages are built; what became of each.

    Only charts are drawn with their pages. Spreadsheets, which take longest and rest on no
    page, are written meanwhile.
    """
    data = folder / "data"
    of = particulars_of(section, state=standing.state, sign_off=standing.words)
    with meanwhile(lambda: write_books(section, of, data)) as wait_for_books:
        crew = options.crew or local_crew()
        outcomes = list(run_sections(ready, crew, options.timeout, options.tell))
        write_data(section, data)
        wait_for_books()
    write_downloads(section, of, data, trace_of(section, workbook, folder))
    write_contents(section, known, standing, folder)
    return outcomes


def _unbuilt(folder: Path, edition: Edition) -> list[str]:
    """What pages may lead to though it is not there: the rest of an edition built in part."""
    unbuilt = [f"{r.name}.html" for r in edition.sections]
    unbuilt = [name for name in unbuilt if not (folder / name).is_file()]
    # a chart is drawn with the page that shows it
    return [*unbuilt, f"data/{CHARTS}/"] if unbuilt else []


def _carried(folder: Path, edition: Edition, chosen: Sequence[PageRecipe]) -> list[str]:
    """The pages of an edition built in part that are those of the last build."""
    rest = [r.name for r in edition.sections if r not in chosen]
    return [name for name in rest if (folder / f"{name}.html").is_file()]


def _as_it_is(
    section: Report, target: Path, standing: Standing, printer: Printer | None, tell: Tell
) -> Built:
    """An edition in which nothing has changed; with a PDF now, if one is wanted and it has none."""
    name = section.edition.name
    if printer is None or (target / pdf_name(name)).is_file():
        tell(EditionUnchanged(name, standing_words(name)))
        return Built(target, ())
    tell(f"the pages of {name} are up to date")
    with staged(target, carry_over=True) as staging:
        print_report(section, staging.folder, standing, printer, tell)
        final = staging.swap_in()
        tell(EditionSwapped(name))
    return Built(final, ())

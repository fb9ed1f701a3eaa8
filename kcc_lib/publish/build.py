"""Building an edition: every section executed, its pages and data gathered and swapped in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kcc_lib.errors import KccError, NarrativeError
from kcc_lib.presentation.downloads.bundle import particulars_of
from kcc_lib.presentation.downloads.links import CHARTS
from kcc_lib.presentation.drawings_kept import forget_oldest
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.presentation.report import Report
from kcc_lib.publish.area_build import PAGE_SECONDS
from kcc_lib.publish.carried import aim_at_earlier
from kcc_lib.publish.crew import Crew, local_crew
from kcc_lib.publish.downloads.files import write_downloads
from kcc_lib.publish.error_pages import write_error_pages
from kcc_lib.publish.events import (
    EditionSwapped,
    EditionUnchanged,
    PageFailed,
    Tell,
    nobody,
)
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.frozen import Standing, read_standing, refuse_if_changed
from kcc_lib.publish.jobs import aim, choose_pages, jobs_of
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.pdf.browser import Printer
from kcc_lib.publish.pdf.place import pdf_name, print_report, refuse_unless_whole
from kcc_lib.publish.record import write_record
from kcc_lib.publish.running import run_sections
from kcc_lib.publish.same_inputs import Inputs, changed_since, look_at_inputs
from kcc_lib.publish.shelf import Known, read_known, write_contents
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.tracing import trace_of
from kcc_lib.publish.up_to_date import (
    is_current,
    last_record,
    standing_words,
)
from kcc_lib.records.editions import Edition, PageRecipe
from kcc_lib.records.places import Workbook


@dataclass(frozen=True, slots=True)
class Built:
    """Where an edition was built, and what failed in it: sections, or pages beside each other."""

    folder: Path
    failures: tuple[Outcome, ...]

    @property
    def index(self) -> Path:
        """The edition's first page; of a part built alone, the part's."""
        index = self.folder / "index.html"
        pages = sorted(self.folder.glob("*.html"))
        return index if index.is_file() or not pages else pages[0]


def build_edition(
    section: Report,
    workbook: Workbook,
    *,
    output: Path,
    only: Sequence[str] = (),
    crew: Crew | None = None,
    force: bool = False,
    isolation: Isolation = Isolation.PROCESS,
    timeout: float = PAGE_SECONDS,
    printer: Printer | None = None,
    inputs: Inputs | None = None,
    tell: Tell = nobody,
) -> Built:
    """Build an edition into `output/<edition>`.

    The build is made beside the last one and takes its place only when every section
    succeeded, holds what it promised, and every link between the pages leads somewhere; a
    failed one is kept as `<edition>.failed` and the last one stands.

    Parameters
    ----------
    section
        The edition loaded and judged; its judgements and figures become the data files.
    only
        Names of sections to build again; the others are carried over.
    crew
        Who builds the sections; processes of this machine, one a processor, where None.
    force
        Build even if nothing has changed since the last build.
    isolation
        Whether a notebook runs in a process of the builder or in a Jupyter kernel.
    timeout
        Seconds that a section may take before it is stopped.
    printer
        Makes a PDF of the pages too; of an edition in which nothing has changed, alone.
    inputs
        What the build rests on as it stood before the edition was opened; as it stands now
        where None. If it changes before the end, nothing is replaced.
    tell
        Takes what happens, one event at a time.

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
    edition = section.edition
    if faults := prose_faults(section):
        raise NarrativeError(faults)
    chosen, known = choose_pages(edition, only), read_known(workbook)
    standing = read_standing(section, workbook)
    refuse_if_changed(standing)
    wanted = jobs_of(section, workbook, chosen, isolation)
    target = output / edition.name
    inputs = inputs or look_at_inputs(workbook)
    current = is_current(target, inputs.hashes)
    if current and not force and not only:
        return _as_it_is(section, target, standing, printer, tell)
    _refuse_a_mix(edition, chosen, standing, target, printer=printer, partly=bool(only))
    with staged(target, carry_over=bool(only)) as staging:
        aimed = [aim(job, staging.folder, section, chosen, standing) for job in wanted]
        ready = aim_at_earlier(aimed, inputs.hashes, () if force or only else staging.earlier)
        outcomes = list(run_sections(ready, crew or local_crew(), timeout, tell))
        failures = _finish(
            section, staging.folder, ready, outcomes, standing, known, workbook, inputs=inputs,
            whole=current or not only, printer=printer, tell=tell,
        )  # fmt: skip
        final = staging.keep_as_failed() if failures else staging.swap_in()
    forget_oldest()
    if not failures:
        tell(EditionSwapped(edition.name))
    return Built(final, failures)


def _refuse_a_mix(
    edition: Edition, chosen: Sequence[PageRecipe], standing: Standing, target: Path, *,
    printer: Printer | None, partly: bool,
) -> None:  # fmt: skip
    """A PDF of some pages, or a part built among pages of another sign-off."""
    if printer:
        refuse_unless_whole(edition, chosen, target)
    if partly and standing.mixes_with(last_record(target)):
        raise KccError(f"the sign-off of {edition.name} changed; build all of it, without --only")


def _finish(
    section: Report, folder: Path, ready: Sequence[Job], outcomes: Sequence[Outcome],
    standing: Standing, known: Known, workbook: Workbook, *, inputs: Inputs, whole: bool,
    printer: Printer | None, tell: Tell,
) -> tuple[Outcome, ...]:  # fmt: skip
    """Write what stands beside the pages, and look at it all together; what failed."""
    failures = tuple(o for o in outcomes if o.failure)
    _write_all_data(section, workbook, standing, folder, known)
    if not failures:
        failures = _beside_each_other(folder, section.edition, tell)
    if changed := _changed(inputs, workbook, tell):
        failures = (*failures, *changed)
        # which of them saw what was changed is not known: none is taken over by another build
        outcomes = [replace(o, files=()) for o in outcomes]
    if failures:
        write_error_pages(folder, section.edition, ready, failures)
    whole = whole and not failures
    write_record(folder, section, inputs.hashes, ready, outcomes, standing, whole=whole)
    if printer and not failures:
        print_report(section, folder, standing, printer, tell)
    return failures


def _changed(inputs: Inputs, workbook: Workbook, tell: Tell) -> list[Outcome]:
    """Inputs that changed while the build ran: its pages may be made of both."""
    changed = changed_since(inputs, workbook)
    for line in changed:
        tell(f"FAILED  {line}")
    return [Outcome("inputs", "", "\n".join(changed), 0.0)] if changed else []


def _write_all_data(
    section: Report, workbook: Workbook, standing: Standing, staging: Path, known: Known
) -> None:
    """The data, whole whichever pages are built; only charts are drawn with their pages."""
    write_data(section, staging / "data")
    of = particulars_of(section, state=standing.state, sign_off=standing.words)
    write_downloads(section, of, staging / "data", trace_of(section, workbook, staging))
    write_contents(section, known, standing, staging)


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


def _beside_each_other(folder: Path, edition: Edition, tell: Tell) -> tuple[Outcome, ...]:
    """Every page of the edition held to the rules, with the links between them."""
    unbuilt = [f"{r.name}.html" for r in edition.sections]
    unbuilt = [name for name in unbuilt if not (folder / name).is_file()]
    if unbuilt:
        unbuilt.append(f"data/{CHARTS}/")  # a chart is drawn with the page that shows it
    unbuilt.append("run.json")  # written last, over everything else
    found = []
    for page, faults in folder_faults(folder, unbuilt=unbuilt).items():
        failure = "\n".join(f"{page}: {fault}" for fault in faults)
        tell(PageFailed(page.removesuffix(".html"), failure))
        found.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    return tuple(found)

"""Building an edition: every section executed, its pages and data gathered and swapped in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.errors import KccError, NarrativeError
from kcc_lib.presentation.downloads.bundle import particulars_of
from kcc_lib.presentation.downloads.links import CHARTS
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.presentation.report import Report
from kcc_lib.publish.crew import Crew, local_crew
from kcc_lib.publish.downloads.files import write_downloads
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.frozen import Standing, read_standing, refuse_if_changed
from kcc_lib.publish.jobs import aim, choose_pages, jobs_of
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.pdf.browser import Printer
from kcc_lib.publish.pdf.place import pdf_name, print_report, refuse_unless_whole
from kcc_lib.publish.record import write_record
from kcc_lib.publish.shelf import Known, read_known, write_contents
from kcc_lib.publish.staging import staged
from kcc_lib.publish.tables import write_data
from kcc_lib.publish.up_to_date import (
    inputs_fingerprint,
    is_current,
    last_record,
    standing_words,
)
from kcc_lib.records.editions import Edition
from kcc_lib.records.places import Workbook

Tell = Callable[[str], None]


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
    printer: Printer | None = None,
    tell: Tell = print,
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
    printer
        Makes a PDF of the pages too; of an edition in which nothing has changed, alone.
    tell
        Takes one line of progress at a time.

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
    rests_on = inputs_fingerprint(workbook)
    current = is_current(target, rests_on)
    if current and not force and not only:
        return _as_it_is(section, target, standing, printer, tell)
    if printer:
        refuse_unless_whole(edition, chosen, target)
    if only and standing.mixes_with(last_record(target)):
        raise KccError(f"the sign-off of {edition.name} changed; build all of it, without --only")
    with staged(target, carry_over=bool(only)) as staging:
        ready = [aim(job, staging.folder, section, chosen, standing) for job in wanted]
        outcomes = list(_run(ready, crew or local_crew(), tell))
        failures = _finish(
            section, staging.folder, ready, outcomes, standing, known, rests_on=rests_on,
            whole=current or not only, printer=printer, tell=tell,
        )  # fmt: skip
        final = staging.keep_as_failed() if failures else staging.swap_in()
    return Built(final, failures)


def _finish(
    section: Report, folder: Path, ready: Sequence[Job], outcomes: Sequence[Outcome],
    standing: Standing, known: Known, *, rests_on: dict[str, str], whole: bool,
    printer: Printer | None, tell: Tell,
) -> tuple[Outcome, ...]:  # fmt: skip
    """Write what stands beside the pages, and look at it all together; what failed."""
    failures = tuple(o for o in outcomes if o.failure)
    _write_all_data(section, standing, folder, known)
    if not failures:
        failures = _beside_each_other(folder, section.edition, tell)
    whole = whole and not failures
    write_record(folder, section, rests_on, ready, outcomes, standing, whole=whole)
    if printer and not failures:
        print_report(section, folder, standing, printer, tell)
    return failures


def _write_all_data(section: Report, standing: Standing, staging: Path, known: Known) -> None:
    """The data, whole whichever pages are built; only charts are drawn with their pages."""
    write_data(section, staging / "data")
    of = particulars_of(section, state=standing.state, sign_off=standing.words)
    write_downloads(section, of, staging / "data")
    write_contents(section, known, standing, staging)


def _as_it_is(
    section: Report, target: Path, standing: Standing, printer: Printer | None, tell: Tell
) -> Built:
    """An edition in which nothing has changed; with a PDF now, if one is wanted and it has none."""
    name = section.edition.name
    if printer is None or (target / pdf_name(name)).is_file():
        tell(standing_words(name))
        return Built(target, ())
    tell(f"the pages of {name} are up to date")
    with staged(target, carry_over=True) as staging:
        print_report(section, staging.folder, standing, printer, tell)
        return Built(staging.swap_in(), ())


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
        tell(f"FAILED  {failure}")
        found.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    return tuple(found)


def _run(ready: Sequence[Job], crew: Crew, tell: Tell) -> Iterator[Outcome]:
    """Run the jobs, some at once, telling which is done and how far we are."""
    total = len(ready)
    at_once = min(crew.at_once, total)
    tell(f"building {total} section{'' if total == 1 else 's'}, {at_once} at a time")
    for done, one in enumerate(crew.run(ready), start=1):
        outcome = one.result or Outcome(one.job.section, "", one.failure, one.seconds)
        state = f"FAILED  {outcome.failure}" if outcome.failure else "built"
        tell(f"[{done}/{total}] {outcome.section:<12} {outcome.seconds:5.1f} s  {state}")
        yield outcome

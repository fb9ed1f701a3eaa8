"""What a build of either kind takes and gives, and how it ends: of one area, or by area."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kcc_lib.presentation.report import Report
from kcc_lib.publish.area_build import PAGE_SECONDS
from kcc_lib.publish.crew import Crew
from kcc_lib.publish.error_pages import write_error_pages
from kcc_lib.publish.events import PageFailed, PagesOlder, Tell, nobody
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.frozen import Standing
from kcc_lib.publish.older import older_pages
from kcc_lib.publish.page_check import folder_faults
from kcc_lib.publish.record import write_record
from kcc_lib.publish.same_inputs import Inputs, changed_since
from kcc_lib.publish.up_to_date import last_record
from kcc_lib.records.places import Workbook


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How an edition is built.

    Parameters
    ----------
    output
        The folder of all editions; this one is built into a folder of its name.
    crew
        Who builds the pages; processes of this machine, one a processor, where None.
    force
        Build even if nothing has changed since the last build.
    isolation
        Whether a notebook runs in a process of the builder or in a Jupyter kernel.
    timeout
        Seconds that a page may take before it is stopped.
    inputs
        What the build rests on as it stood before the edition was opened; as it stands when
        the build starts where None. If it changes before the end, nothing is replaced.
    tell
        Takes what happens, one event at a time.
    """

    output: Path
    crew: Crew | None = None
    force: bool = False
    isolation: Isolation = Isolation.PROCESS
    timeout: float = PAGE_SECONDS
    inputs: Inputs | None = None
    tell: Tell = nobody


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


def end_build(
    report: Report, folder: Path, jobs: Sequence[Job], outcomes: Sequence[Outcome], *,
    standing: Standing, inputs: Inputs, workbook: Workbook, unbuilt: Sequence[str], whole: bool,
    carried: Sequence[str], target: Path, tell: Tell,
) -> tuple[Outcome, ...]:  # fmt: skip
    """Look at all pages together, and record what was made; what failed.

    Parameters
    ----------
    jobs
        The pages of the edition itself, with what stands around them.
    unbuilt
        Files that a page may lead to though they are not there yet.
    whole
        Whether every page is there, if none failed.
    carried
        The pages of a build in part that are taken from the one that stands in `target`.
    """
    failures = tuple(o for o in outcomes if o.failure) or _beside_each_other(folder, unbuilt, tell)
    if changed := changed_since(inputs, workbook):
        failures = (*failures, Outcome("inputs", "", "\n".join(changed), 0.0))
        for line in changed:
            tell(PageFailed("inputs", line))
        # which of them saw what was changed is not known: none is taken over by another build
        outcomes = [replace(o, files=()) for o in outcomes]
    if failures:
        write_error_pages(folder, report.edition, jobs, failures)
    whole = whole and not failures
    older = older_pages(last_record(target), carried, inputs.hashes)
    if older and not failures:
        tell(PagesOlder(report.edition.name, older))
    write_record(folder, report, inputs.hashes, jobs, outcomes, standing, whole=whole, older=older)
    return failures


def _beside_each_other(folder: Path, unbuilt: Sequence[str], tell: Tell) -> tuple[Outcome, ...]:
    """The pages held to the rules, with the links between them."""
    found = []
    # the record is written last, over everything else
    for page, faults in folder_faults(folder, unbuilt=[*unbuilt, "run.json"]).items():
        failure = "\n".join(f"{page}: {fault}" for fault in faults)
        tell(PageFailed(page.removesuffix(".html"), failure))
        found.append(Outcome(page.removesuffix(".html"), page, failure, 0.0))
    return tuple(found)

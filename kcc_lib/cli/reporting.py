"""`kcc report`: what stands is left; the other editions are opened, all of them, then built."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kcc_lib.cli.asked_for import refuse_parts, refuse_unknown, refuse_unsound
from kcc_lib.cli.output import Output, folder_named, kept_in, opened_output, show
from kcc_lib.cli.summarising import Asked, Before, Failed, before, noting_failures, tell_summary
from kcc_lib.cli.watching import watching
from kcc_lib.errors import KccError, refusal_words, storage_words, together
from kcc_lib.publish.events import (
    EditionFailed,
    EditionStarted,
    EditionSwapped,
    EditionUnchanged,
    Event,
    Tell,
)
from kcc_lib.publish.pdf.place import pdf_name
from kcc_lib.publish.up_to_date import inputs_fingerprint, is_current, standing_words
from kcc_lib.records.folders import edition_names
from kcc_lib.records.places import Workbook, find_workbook

if TYPE_CHECKING:  # heavy: loaded once it is known that something is to be built
    from kcc_lib.presentation.report import Report
    from kcc_lib.publish.building import BuildOptions, Built
    from kcc_lib.publish.pdf.browser import Printer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for; `refusal` is why there is nothing that could be built."""

    editions: tuple[str, ...]
    output: str | None
    only: tuple[str, ...]
    jobs: int
    force: bool
    isolation: str
    pdf: bool
    timeout: float
    log: Path | None = None
    notify: tuple[str, ...] = ()
    refusal: KccError | None = None
    summary: Asked = field(default_factory=Asked)
    scheduler: str = ""
    areas: tuple[str, ...] = ()

    @property
    def partly(self) -> bool:
        """Whether a part of an edition is wanted alone."""
        return bool(self.only or self.areas)


def build_reports(wanted: Wanted) -> bool:
    """Build them and print each index page's path; whether all went well."""
    workbook = find_workbook()
    names = wanted.editions or ("annual-2019",)
    with ExitStack() as opened:
        output, stood, refusal = _place(names, wanted, workbook, opened)
        failed = Failed()
        with watching(
            names, output.pages, workbook, only=wanted.only, log=wanted.log,
            notify=wanted.notify, refusal=refusal,
        ) as watch:  # fmt: skip
            refuse_unknown(names, workbook.raw)
            tell = noting_failures(watch.tell, failed)
            whole = _build_or_leave(names, output, wanted, workbook, tell)
            told = tell_summary(wanted.summary, stood, output.folder, failed, output.place)
            watch.whole = whole and told
    return watch.whole


def _place(
    names: Sequence[str], wanted: Wanted, workbook: Workbook, opened: ExitStack
) -> tuple[Output, Before, KccError | None]:
    """Where to build, what stands there, and why there is nothing to build, if that is so.

    What cannot be built in is for the run to say, so that its log and its notice hear of it.
    """
    there = edition_names(workbook.raw)
    known = [name for name in names if name in there]
    output = Output(folder_named(wanted.output, workbook))
    try:
        output = opened.enter_context(opened_output(wanted.output, workbook, partly=wanted.partly))
        return output, before(wanted.summary, output.folder, known, output.place), wanted.refusal
    except KccError as error:
        return output, {}, together([refusal_words(one) for one in (wanted.refusal, error) if one])


def _build_or_leave(
    names: Sequence[str], output: Output, wanted: Wanted, workbook: Workbook, tell: Tell
) -> bool:
    if not wanted.force and not wanted.partly and _all_stand(wanted, names, output, workbook):
        shown = True
        for name in names:
            tell(EditionUnchanged(name, standing_words(name)))
            index = output.folder / name / "index.html"
            shown = show(output, index, workbook, err=wanted.summary.to_stdout) and shown
        return shown
    if output.place:
        output.place.fetch_shelf(output.folder)
    return _build(names, output, wanted, workbook, tell)


def _all_stand(wanted: Wanted, names: Sequence[str], output: Output, workbook: Workbook) -> bool:
    """Whether each was built from what is there now, and the shelf beside them.

    Then nothing needs to be loaded.
    """
    rests_on = inputs_fingerprint(workbook)
    if output.place:
        place = output.place
        return not wanted.pdf and all(place.stands(name, rests_on) for name in names)
    folder = output.folder
    if not (folder / "measures.html").is_file():
        return False
    if wanted.pdf and not all((folder / name / pdf_name(name)).is_file() for name in names):
        return False
    return all(is_current(folder / name, rests_on) for name in names)


def _build(
    names: Sequence[str], output: Output, wanted: Wanted, workbook: Workbook, tell: Tell
) -> bool:
    from kcc_lib.publish.building import BuildOptions
    from kcc_lib.publish.cluster import crews
    from kcc_lib.publish.execute import Isolation
    from kcc_lib.publish.pdf.browser import find_printer
    from kcc_lib.publish.same_inputs import look_at_inputs

    inputs = look_at_inputs(workbook)
    reports = _opened(names, output, wanted, workbook)
    printer = find_printer() if wanted.pdf else None
    whole = True
    with crews(workbook, scheduler=wanted.scheduler, jobs=wanted.jobs) as crew_of:
        for report in reports:
            edition = report.edition
            tell(EditionStarted(edition.name, edition.title, edition.subtitle))
            options = BuildOptions(
                output.folder, crew_of(edition.name), wanted.force, Isolation(wanted.isolation),
                wanted.timeout, inputs, _until_published(tell) if output.place else tell,
            )  # fmt: skip
            built = _build_one(report, workbook, options, wanted, printer)
            if built.failures:
                whole = False
                failed = tuple(o.section for o in built.failures)
                tell(EditionFailed(edition.name, failed, kept_in(output, built.folder, workbook)))
            else:
                whole = _shelve(output, tell) and whole
                if output.place:
                    output.place.publish(built.folder)
                    output.place.publish_shelf(output.folder)
                    tell(EditionSwapped(edition.name))
                to_stderr = wanted.summary.to_stdout
                whole = show(output, built.index, workbook, err=to_stderr) and whole
    return whole


def _until_published(tell: Tell) -> Tell:
    """Readers of a store have the new pages once they are there, and not when they are made."""

    def told(happened: Event | str) -> None:
        if not isinstance(happened, EditionSwapped):
            tell(happened)

    return told


def _opened(
    names: Sequence[str], output: Output, wanted: Wanted, workbook: Workbook
) -> "list[Report]":
    """Every edition, before any is built: refused input leaves nothing half done."""
    from kcc_lib.publish.frozen import check_frozen
    from kcc_lib.workbench import open_report

    reports = [open_report(name) for name in names]
    for report in reports:
        check_frozen(report, workbook)
    refuse_parts(reports, only=wanted.only, areas=wanted.areas, pdf=wanted.pdf)
    if len(reports) > 1:
        refuse_unsound(reports, workbook, output.folder, wanted.only, pdf=wanted.pdf)
    return reports


def _build_one(
    report: "Report", workbook: Workbook, options: "BuildOptions", wanted: Wanted,
    printer: "Printer | None",
) -> "Built":  # fmt: skip
    """An edition of either kind: of one area, or by area."""
    from kcc_lib.presentation.section import Section
    from kcc_lib.publish.areas import build_areas
    from kcc_lib.publish.build import build_edition

    if isinstance(report, Section) and report.edition.areas:
        return build_areas(report, workbook, options, areas=wanted.areas)
    return build_edition(report, workbook, options, only=wanted.only, printer=printer)


def _shelve(output: Output, tell: Tell) -> bool:
    """Make the pages beside the editions again; whether it could be done."""
    from kcc_lib.publish.shelf import rebuild_shelf

    try:
        rebuild_shelf(output.folder, tell)
    except OSError as error:
        tell(f"FAILED  the pages beside the editions are as they were: {storage_words(error)}")
        return False
    return True

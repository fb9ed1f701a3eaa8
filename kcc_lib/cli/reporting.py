"""`kcc report`: what stands is left; the other editions are opened, all of them, then built."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from kcc_lib.cli.summarising import Asked, Failed, before, noting_failures, tell_summary
from kcc_lib.cli.watching import heed_stops, watching
from kcc_lib.errors import KccError, storage_words
from kcc_lib.publish.events import EditionFailed, EditionStarted, EditionUnchanged, Tell
from kcc_lib.publish.pdf.place import pdf_name
from kcc_lib.publish.up_to_date import inputs_fingerprint, is_current, standing_words
from kcc_lib.records.places import Workbook, find_workbook


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for; `refusal` is why there is nothing that could be built."""

    editions: tuple[str, ...]
    output: Path | None
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


def build_reports(wanted: Wanted) -> bool:
    """Build them and print each index page's path; whether all went well."""
    workbook = find_workbook()
    output = wanted.output or workbook.outputs
    names = wanted.editions or ("annual-2019",)
    stood, failed = before(wanted.summary, output, names), Failed()
    with watching(
        names, output, workbook, only=wanted.only, log=wanted.log, notify=wanted.notify
    ) as watch:
        if wanted.refusal:
            raise wanted.refusal
        tell = noting_failures(watch.tell, failed)
        watch.whole = _build_or_leave(names, output, wanted, workbook, tell)
    tell_summary(wanted.summary, stood, output, failed)
    return watch.whole


def _build_or_leave(
    names: Sequence[str], output: Path, wanted: Wanted, workbook: Workbook, tell: Tell
) -> bool:
    if not wanted.force and not wanted.only and _all_stand(wanted, names, output, workbook):
        for name in names:
            tell(EditionUnchanged(name, standing_words(name)))
            _show(output / name / "index.html", workbook, wanted.summary)
        return True
    return _build(names, output, wanted, workbook, tell)


def _all_stand(wanted: Wanted, names: Sequence[str], output: Path, workbook: Workbook) -> bool:
    """Whether each was built from what is there now, and the shelf beside them.

    Then nothing needs to be loaded.
    """
    if not (output / "measures.html").is_file():
        return False
    if wanted.pdf and not all((output / name / pdf_name(name)).is_file() for name in names):
        return False
    rests_on = inputs_fingerprint(workbook)
    return all(is_current(output / name, rests_on) for name in names)


def _build(
    names: Sequence[str], output: Path, wanted: Wanted, workbook: Workbook, tell: Tell
) -> bool:
    from kcc_lib.publish.build import build_edition
    from kcc_lib.publish.execute import Isolation
    from kcc_lib.publish.frozen import check_frozen
    from kcc_lib.publish.pdf.browser import find_printer
    from kcc_lib.publish.same_inputs import look_at_inputs
    from kcc_lib.workbench import open_report

    heed_stops()
    inputs = look_at_inputs(workbook)
    # every edition is opened before any is built: refused input leaves nothing half done
    reports = [open_report(name) for name in names]
    for report in reports:
        check_frozen(report, workbook)
    printer = find_printer() if wanted.pdf else None
    whole = True
    for report in reports:
        edition = report.edition
        tell(EditionStarted(edition.name, edition.title, edition.subtitle))
        built = build_edition(
            report, workbook, output=output, only=wanted.only, jobs=wanted.jobs,
            force=wanted.force, isolation=Isolation(wanted.isolation), printer=printer, tell=tell,
            timeout=wanted.timeout, inputs=inputs,
        )  # fmt: skip
        if built.failures:
            whole = False
            failed = tuple(o.section for o in built.failures)
            tell(EditionFailed(edition.name, failed, workbook.shown(built.folder)))
        else:
            whole = _shelve(output, tell) and whole
            _show(built.index, workbook, wanted.summary)
    return whole


def _shelve(output: Path, tell: Tell) -> bool:
    """Make the pages beside the editions again; whether it could be done."""
    from kcc_lib.publish.shelf import rebuild_shelf

    try:
        rebuild_shelf(output, tell)
    except OSError as error:
        tell(f"FAILED  the pages beside the editions are as they were: {storage_words(error)}")
        return False
    return True


def _show(index: Path, workbook: Workbook, summary: Asked) -> None:
    """Print where the first page is, last and alone on stdout, unless a summary goes there."""
    here = Path.cwd() == workbook.root
    click.echo(workbook.shown(index) if here else index.resolve(), err=summary.to_stdout)

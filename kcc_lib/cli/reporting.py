"""`kcc report`: what stands is left; the other editions are opened, all of them, then built."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcc_lib.cli.watching import heed_stops, watching
from kcc_lib.errors import KccError
from kcc_lib.publish.elsewhere import Place, is_elsewhere
from kcc_lib.publish.events import EditionFailed, EditionStarted, EditionUnchanged, Tell
from kcc_lib.publish.pdf.place import pdf_name
from kcc_lib.publish.up_to_date import inputs_fingerprint, is_current, standing_words
from kcc_lib.records.places import Workbook, find_workbook

if TYPE_CHECKING:  # heavy: loaded once it is known that something is to be built
    from kcc_lib.presentation.report import Report
    from kcc_lib.publish.build import Built
    from kcc_lib.publish.pdf.browser import Printer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

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
    scheduler: str = ""
    areas: tuple[str, ...] = ()

    @property
    def partly(self) -> bool:
        """Whether a part of an edition is wanted alone."""
        return bool(self.only or self.areas)


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that is built in, and the store that it is published into, if there is one."""

    folder: Path
    place: Place | None = None


def build_reports(wanted: Wanted) -> bool:
    """Build them and print each index page's path; whether all went well."""
    workbook = find_workbook()
    names = wanted.editions or ("annual-2019",)
    with (
        _output(wanted, workbook) as output,
        watching(
            names, output.folder, workbook, only=wanted.only, log=wanted.log, notify=wanted.notify
        ) as watch,
    ):
        watch.whole = _build_or_leave(names, output, wanted, workbook, watch.tell)
    return watch.whole


@contextmanager
def _output(wanted: Wanted, workbook: Workbook) -> Iterator[Output]:
    """Where to build: a folder, or one that nobody keeps, to publish what is whole."""
    named = wanted.output or str(workbook.outputs)
    if not is_elsewhere(named):
        if Path(named).is_file():
            raise KccError(f"--output {named} is a file; name a folder")
        yield Output(Path(named))
        return
    from kcc_lib.publish.elsewhere import open_place

    if wanted.partly:
        raise KccError(f"{named} holds no build to add to: build all, without --only or --area")
    place = open_place(named)
    with tempfile.TemporaryDirectory(prefix="kcc-publish-") as folder:
        yield Output(Path(folder), place)


def _build_or_leave(
    names: Sequence[str], output: Output, wanted: Wanted, workbook: Workbook, tell: Tell
) -> bool:
    if not wanted.force and not wanted.partly and _all_stand(wanted, names, output, workbook):
        for name in names:
            tell(EditionUnchanged(name, standing_words(name)))
            _show(output, output.folder / name / "index.html", workbook)
        return True
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
    from kcc_lib.publish.cluster import crews
    from kcc_lib.publish.frozen import check_frozen
    from kcc_lib.publish.pdf.browser import find_printer
    from kcc_lib.publish.same_inputs import look_at_inputs
    from kcc_lib.publish.shelf import rebuild_shelf
    from kcc_lib.workbench import open_report

    heed_stops()
    inputs = look_at_inputs(workbook)
    # every edition is opened before any is built: refused input leaves nothing half done
    reports = [open_report(name) for name in names]
    for report in reports:
        check_frozen(report, workbook)
        _refuse_mixed(report, wanted)
    printer = find_printer() if wanted.pdf else None
    whole = True
    with crews(workbook, scheduler=wanted.scheduler, jobs=wanted.jobs) as crew_of:
        for report in reports:
            edition = report.edition
            tell(EditionStarted(edition.name, edition.title, edition.subtitle))
            how = {"crew": crew_of(edition.name), "inputs": inputs, "tell": tell}
            built = _build_one(report, output.folder, wanted, workbook, printer, **how)
            if built.failures:
                whole = False
                failed = tuple(o.section for o in built.failures)
                tell(EditionFailed(edition.name, failed, _kept_in(output, built, workbook)))
            else:
                rebuild_shelf(output.folder, tell)
                if output.place:
                    output.place.publish(built.folder)
                    output.place.publish_shelf(output.folder)
                _show(output, built.index, workbook)
    return whole


def _build_one(
    report: "Report", output: Path, wanted: Wanted, workbook: Workbook,
    printer: "Printer | None", **how: Any,
) -> "Built":  # fmt: skip
    """An edition of either kind: of one area, or by area."""
    from kcc_lib.presentation.section import Section
    from kcc_lib.publish.areas import build_areas
    from kcc_lib.publish.build import build_edition
    from kcc_lib.publish.execute import Isolation

    how |= {"output": output, "force": wanted.force, "timeout": wanted.timeout,
            "isolation": Isolation(wanted.isolation)}  # fmt: skip
    if isinstance(report, Section) and report.edition.areas:
        return build_areas(report, workbook, areas=wanted.areas, **how)
    return build_edition(report, workbook, only=wanted.only, printer=printer, **how)


def _refuse_mixed(report: "Report", wanted: Wanted) -> None:
    """Options that are of editions of one area, or of editions by area, are not of the other."""
    name, by_area = report.edition.name, bool(report.edition.areas)
    if wanted.areas and not by_area:
        raise KccError(f"{name} is of one area; --area is for editions by area")
    if by_area and (wanted.only or wanted.pdf):
        raise KccError(f"{name} is built by area: choose with --area, not --only; it has no --pdf")


def _kept_in(output: Output, built: "Built", workbook: Workbook) -> str:
    """Where a failed build can be looked at."""
    if output.place:
        return f"no place: nothing was published in {output.place.address}; build into a folder"
    return workbook.shown(built.folder)


def _show(output: Output, index: Path, workbook: Workbook) -> None:
    """Print where the first page is, last and alone on stdout."""
    if output.place:
        inside = index.relative_to(output.folder).as_posix()
        click.echo(f"{output.place.address}/{inside}")
        return
    here = Path.cwd() == workbook.root
    click.echo(workbook.shown(index) if here else index.resolve())

"""`kcc report`: what stands is left; the other editions are opened, all of them, then built."""

import signal
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcc_lib.errors import KccError
from kcc_lib.publish.elsewhere import is_elsewhere
from kcc_lib.publish.pdf.place import pdf_name
from kcc_lib.publish.up_to_date import inputs_fingerprint, is_current, standing_words
from kcc_lib.records.places import Workbook, find_workbook

if TYPE_CHECKING:  # heavy: loaded once it is known that something is to be built
    from kcc_lib.presentation.report import Report
    from kcc_lib.publish.crew import Crew
    from kcc_lib.publish.elsewhere import Place
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
    scheduler: str
    areas: tuple[str, ...]


def build_reports(wanted: Wanted) -> bool:
    """Build them and print each index page's path; whether every section was built."""
    workbook = find_workbook()
    names = wanted.editions or ("annual-2019",)
    if wanted.output and is_elsewhere(wanted.output):
        return _build_elsewhere(names, wanted.output, wanted, workbook)
    output = _folder(wanted.output) if wanted.output else workbook.outputs
    partly = wanted.only or wanted.areas
    if not wanted.force and not partly and _all_stand(wanted, names, output, workbook):
        for name in names:
            _tell(standing_words(name))
            _show(output / name / "index.html", workbook)
        return True
    return _build(names, output, wanted, workbook)


def _folder(output: str) -> Path:
    if Path(output).is_file():
        raise KccError(f"--output {output} is a file; name a folder")
    return Path(output)


def _build_elsewhere(
    names: Sequence[str], address: str, wanted: Wanted, workbook: Workbook
) -> bool:
    """Build in a folder of this machine that nobody keeps, and publish what is whole."""
    from kcc_lib.publish.elsewhere import open_place

    if wanted.only or wanted.areas:
        raise KccError(f"{address} holds no build to add to: build all, without --only or --area")
    place = open_place(address)
    rests_on = inputs_fingerprint(workbook)
    if not wanted.force and not wanted.pdf and all(place.stands(n, rests_on) for n in names):
        for name in names:
            _tell(standing_words(name))
            click.echo(f"{place.address}/{name}/index.html")
        return True
    with tempfile.TemporaryDirectory(prefix="kcc-publish-") as folder:
        place.fetch_shelf(Path(folder))
        return _build(names, Path(folder), wanted, workbook, place)


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
    names: Sequence[str], output: Path, wanted: Wanted, workbook: Workbook,
    place: "Place | None" = None,
) -> bool:  # fmt: skip
    from kcc_lib.publish.cluster import crews
    from kcc_lib.publish.frozen import check_frozen
    from kcc_lib.publish.pdf.browser import find_printer
    from kcc_lib.workbench import open_report

    # a scheduler's stop is cleaned up after like an analyst's
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    # every edition is opened before any is built: refused input leaves nothing half done
    reports = [open_report(name) for name in names]
    for report in reports:
        check_frozen(report, workbook)
        _refuse_mixed(report, wanted)
    printer = find_printer() if wanted.pdf else None
    with crews(workbook, scheduler=wanted.scheduler, jobs=wanted.jobs) as crew_of:
        built = [
            _build_one(
                report, crew_of(report.edition.name), output, wanted, workbook, printer, place
            )
            for report in reports
        ]
    return all(built)


def _refuse_mixed(report: "Report", wanted: Wanted) -> None:
    """Options that are of editions of one area, or of editions by area, are not of the other."""
    name, by_area = report.edition.name, bool(report.edition.areas)
    if wanted.areas and not by_area:
        raise KccError(f"{name} is of one area; --area is for editions by area")
    if by_area and (wanted.only or wanted.pdf):
        raise KccError(f"{name} is built by area: choose with --area, not --only; it has no --pdf")


def _build_one(
    report: "Report", crew: "Crew", output: Path, wanted: Wanted, workbook: Workbook,
    printer: "Printer | None", place: "Place | None",
) -> bool:  # fmt: skip
    """Build one edition and say where it is, or what failed."""
    from kcc_lib.presentation.section import Section
    from kcc_lib.publish.areas import build_areas
    from kcc_lib.publish.build import build_edition
    from kcc_lib.publish.execute import Isolation
    from kcc_lib.publish.shelf import rebuild_shelf

    edition = report.edition
    _tell(f"{edition.name}: {edition.title}, {edition.subtitle}")
    how: dict[str, Any] = {
        "output": output, "crew": crew, "force": wanted.force,
        "isolation": Isolation(wanted.isolation), "tell": _tell,
    }  # fmt: skip
    if isinstance(report, Section) and edition.areas:
        built = build_areas(report, workbook, areas=wanted.areas, **how)
    else:
        built = build_edition(report, workbook, only=wanted.only, printer=printer, **how)
    if built.failures:
        failed = ", ".join(o.section for o in built.failures)
        _tell(f"{edition.name}: failed: {failed}; no page was replaced")
        kept = f"what was built is in {workbook.shown(built.folder)}"
        _tell(f"nothing was published in {place.address}" if place else kept)
        return False
    rebuild_shelf(output, _tell)
    if place:
        place.publish(built.folder)
        place.publish_shelf(output)
        click.echo(f"{place.address}/{edition.name}/{built.index.name}")
    else:
        _show(built.index, workbook)
    return True


def _show(index: Path, workbook: Workbook) -> None:
    """Print where the first page is, last and alone on stdout."""
    here = Path.cwd() == workbook.root
    click.echo(workbook.shown(index) if here else index.resolve())


#: Set once we are told to stop: a library that was at work may swallow the interrupt.
_stopping = threading.Event()


def _interrupt(*_: object) -> None:
    _stopping.set()
    raise KeyboardInterrupt


def _tell(line: str) -> None:
    if _stopping.is_set():
        raise KeyboardInterrupt
    click.echo(line, err=True)

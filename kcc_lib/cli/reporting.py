"""`kcc report`: editions opened, all of them, then built one after the other."""

import signal
from dataclasses import dataclass
from pathlib import Path

import click

from kcc_lib.publish.build import build_edition
from kcc_lib.publish.execute import Isolation
from kcc_lib.publish.frozen import check_frozen
from kcc_lib.publish.shelf import rebuild_shelf
from kcc_lib.records.places import find_workbook
from kcc_lib.workbench import open_report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

    editions: tuple[str, ...]
    output: Path | None
    only: tuple[str, ...]
    jobs: int
    force: bool
    isolation: str


def build_reports(wanted: Wanted) -> bool:
    """Build them and print each index page's path; whether every section was built."""
    workbook = find_workbook()
    # a scheduler's stop is cleaned up after like an analyst's
    signal.signal(signal.SIGTERM, _interrupt)
    # every edition is opened before any is built: refused input leaves nothing half done
    reports = [open_report(name) for name in wanted.editions or ("annual-2019",)]
    for report in reports:
        check_frozen(report, workbook)
    whole = True
    for report in reports:
        edition = report.edition
        _tell(f"{edition.name}: {edition.title}, {edition.subtitle}")
        built = build_edition(
            report, workbook, output=wanted.output or workbook.outputs, only=wanted.only,
            jobs=wanted.jobs, force=wanted.force, isolation=Isolation(wanted.isolation), tell=_tell,
        )  # fmt: skip
        if built.failures:
            whole = False
            names = ", ".join(o.section for o in built.failures)
            _tell(f"{edition.name}: failed: {names}; no page was replaced")
            _tell(f"what was built is in {workbook.shown(built.folder)}")
        else:
            rebuild_shelf(wanted.output or workbook.outputs, _tell)
            here = Path.cwd() == workbook.root
            click.echo(workbook.shown(built.index) if here else built.index.resolve())
    return whole


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _tell(line: str) -> None:
    click.echo(line, err=True)

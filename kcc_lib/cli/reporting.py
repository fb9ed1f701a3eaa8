"""`kcc report`: editions built one after another; their index pages on stdout."""

import signal
from dataclasses import dataclass
from pathlib import Path

import click

from kcc_lib.publish.build import build_edition
from kcc_lib.publish.frozen import check_frozen
from kcc_lib.publish.pdf.browser import find_printer
from kcc_lib.records.places import Workbook
from kcc_lib.workbench import open_report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the editions, the folder, the sections, and how to build."""

    editions: tuple[str, ...]
    output: Path | None
    only: tuple[str, ...]
    jobs: int
    force: bool
    pdf: bool


def build_editions(wanted: Wanted, workbook: Workbook) -> bool:
    """Build them and print each index page's path; whether all succeeded."""
    # a scheduler's stop is cleaned up after like an analyst's
    signal.signal(signal.SIGTERM, _interrupt)
    # every edition is opened before any is built: refused input leaves nothing half done
    sections = [open_report(name) for name in wanted.editions]
    for section in sections:
        check_frozen(section, workbook)
    printer = find_printer() if wanted.pdf else None
    failed = False
    for section in sections:
        _tell(f"{section.edition.name}: {section.edition.title}, {section.edition.subtitle}")
        built = build_edition(
            section, workbook, output=wanted.output or workbook.outputs, only=wanted.only,
            jobs=wanted.jobs, force=wanted.force, printer=printer, tell=_tell,
        )  # fmt: skip
        if built.failures:
            failed = True
            names = ", ".join(o.section for o in built.failures)
            _tell(f"{section.edition.name}: failed: {names}; no page was replaced")
            _tell(f"what was built is in {workbook.shown(built.folder)}")
        else:
            here = Path.cwd() == workbook.root
            click.echo(workbook.shown(built.index) if here else built.index.resolve())
    return not failed


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _tell(line: str) -> None:
    click.echo(line, err=True)

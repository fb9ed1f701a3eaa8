"""Tracing what was built: from the executed notebooks, whose cells show the blocks of pages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from kcc_lib.presentation.blocks import MIME
from kcc_lib.presentation.downloads.bundle import DataFile, groups_of
from kcc_lib.presentation.downloads.trace import ShownBlock, trace_files
from kcc_lib.presentation.report import Report
from kcc_lib.publish.failures import cell_number
from kcc_lib.records.places import Workbook
from kcc_lib.records.row_places import read_places


def trace_of(report: Report, workbook: Workbook, folder: Path) -> list[DataFile]:
    """The tables that trace every figure of an edition.

    Parameters
    ----------
    folder
        What is built of it: pages, and their executed notebooks.
    """
    places = read_places(workbook, report.catalogue, report.edition.name)
    views = [view for group in groups_of(report) for view in group.views]
    return trace_files(report, views, places, shown_blocks(report, folder))


def shown_blocks(report: Report, folder: Path) -> Iterator[ShownBlock]:
    """Every block of every page that is there, in the order of the menu.

    A cell has the number by which messages call it: its place in the notebook as it is opened.
    """
    for recipe in report.edition.sections:
        executed = folder / "notebooks" / f"{recipe.name}.ipynb"
        if not executed.is_file():
            continue
        cells = json.loads(executed.read_text("utf-8"))["cells"]
        named = [nbformat.from_dict({"metadata": cell["metadata"]}) for cell in cells]
        for index, cell in enumerate(cells):
            number = cell_number(named, index)
            for block in _blocks(cell):
                yield ShownBlock(f"{recipe.name}.html", recipe.notebook, number, block)


def _blocks(cell: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for output in cell.get("outputs", []):
        yield from output.get("data", {}).get(MIME, {}).get("blocks", [])

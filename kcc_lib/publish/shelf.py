"""The shelf at the root of the output folder: made again of the editions that stand there.

Editions never link to each other, for another may not be built, or not yet. They link to the
shelf, which every build makes again, and it leads on to those that are there.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbformat.v4 import new_code_cell, new_notebook, new_output

from kcc_lib.measures import Catalogue
from kcc_lib.presentation.blocks import MIME, Blocks
from kcc_lib.presentation.contents_file import VERSION, contents_of
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.shelving import MEASURES_PAGE, Shelved, measures_page, reports_page
from kcc_lib.publish.frozen import Standing
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.places import Workbook
from kcc_lib.records.processed import write_whole
from kcc_lib.records.related import Related, read_related

#: Where an edition leaves what the shelf is made of.
CONTENTS = Path("data", "contents.json")
#: What can be taken away, by words and by the pattern of its file.
_FILES = (
    ("Whole report (PDF)", "*.pdf"),
    ("Spreadsheet (ODS)", "data/*.ods"),
    ("Spreadsheet (Excel)", "data/*.xlsx"),
    ("Judgements (CSV)", "data/judgements.csv"),
    ("Figures (CSV)", "data/observations.csv"),
)
#: Every page of ours has it; what has not is somebody else's and is left alone.
_OURS = '<body class="kcc'
#: The catalogue whole, and what of it is related.
Known = tuple[Catalogue, tuple[Related, ...]]


def read_known(workbook: Workbook) -> Known:
    """What an edition's contents rest on beside the edition.

    Raises
    ------
    DataError
        With every fault in the catalogue, or in the table of related measures.
    """
    catalogue = read_catalogue(workbook.raw)
    shown = workbook.shown(workbook.raw)
    return catalogue, read_related(workbook.raw, catalogue.measures, shown=shown)


def write_contents(report: Report, known: Known, standing: Standing, staging: Path) -> None:
    """Leave what an edition holds in its folder, for the shelf and for machines."""
    pages = {p.stem for p in staging.glob("*.html")}
    told = contents_of(report, *known, pages=pages, sign_off=standing.record)
    write_whole(staging / CONTENTS, json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def rebuild_shelf(output: Path, tell: Callable[[str], None] = print) -> None:
    """Make `index.html` and `measures.html` of an output folder again.

    What is no edition is passed over; a page of either name that is not ours is left alone.
    """
    shelved = [s for folder in sorted(output.iterdir()) if (s := _read(folder, tell))]
    if not shelved:
        return
    made = {"index.html": reports_page(shelved), MEASURES_PAGE: measures_page(shelved)}
    titles = {"index.html": "Reports", MEASURES_PAGE: "All measures and KPIs"}
    for name, shown in made.items():
        page = output / name
        before = page.read_text("utf-8") if page.is_file() else ""
        if before and _OURS not in before:
            tell(f"{name} of the output folder is none of ours and was left as it is")
            continue
        text = _render(shown, name, titles)
        if text != before:
            write_whole(page, text)


def _read(folder: Path, tell: Callable[[str], None]) -> Shelved | None:
    """An edition as it stands in a folder; None where the folder holds none."""
    if folder.name.startswith(".") or not (folder / CONTENTS).is_file():
        return None
    try:
        told: dict[str, Any] = json.loads((folder / CONTENTS).read_text("utf-8"))
        if told["version"] != VERSION or told["edition"] != folder.name:
            return None
        found = Shelved(quote(folder.name), told, tuple(_files(folder)))
        measures_page([found]), reports_page([found])
    except (KeyError, TypeError, ValueError, AttributeError, OSError):
        tell(f"{folder.name}/{CONTENTS.as_posix()} cannot be read; build {folder.name} again")
        return None
    return found


def _files(folder: Path) -> list[tuple[str, str]]:
    return [
        (words, quote(path.relative_to(folder).as_posix()))
        for words, pattern in _FILES
        for path in sorted(folder.glob(pattern))
    ]


def _render(shown: Blocks, name: str, titles: dict[str, str]) -> str:
    """A page of the shelf, by the exporter that makes every page."""
    from kcc_lib.publish.exporter import ReportHTMLExporter

    data = {MIME: {"version": 1, "blocks": json.loads(json.dumps(shown.blocks))}}
    notebook = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data=data)])])
    resources = {
        "title": f"{titles[name]} – Kent County Council",
        "description": "Kent County Council's outcome and performance reports.",
        "edition": "Outcome and performance reports",
        "draft": "",
        "shelf": True,
        "pages": [
            {"href": page, "title": title, "current": "page" if page == name else ""}
            for page, title in titles.items()
        ],
    }
    page, _ = ReportHTMLExporter().from_notebook_node(notebook, {"report": resources})
    return str(page)

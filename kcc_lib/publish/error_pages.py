"""The pages of a failed build: what failed, in the place of the page, and on the first page.

They stand in `<edition>.failed`, which is never published, and are made by the exporter that
makes every page, so that whoever opens them finds their way as in the report.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook, new_output

from kcc_lib.presentation.blocks import MIME, Block, Blocks, blocks, render_blocks
from kcc_lib.publish.execute import Job, Outcome
from kcc_lib.publish.remedies import remedies
from kcc_lib.records.editions import Edition

_INDEX = "index.html"
#: Below the title of a page is said what failed.
_TITLE = "</h1>"


def write_error_pages(
    folder: Path, edition: Edition, jobs: Sequence[Job], failures: Sequence[Outcome]
) -> None:
    """Put a page in the place of each that could not be made, and say so on the first page.

    Parameters
    ----------
    folder
        The build that failed, before its record is written.
    jobs
        Those that were run: what stands around their pages.
    failures
        What failed: sections, pages beside each other, or what the build rests on.
    """
    titles = {recipe.name: recipe.title for recipe in edition.sections}
    for job in jobs:
        failed = next((f for f in failures if f.section == job.section), None)
        if failed is None or failed.page:
            continue
        shown = _error_page(titles[job.section], edition, failed)
        text = _render(shown, job.resources, "This page could not be made")
        (folder / f"{job.section}.html").write_text(text, encoding="utf-8")
    index = folder / _INDEX
    told = _told(titles, failures, index=index.is_file(), folder=folder)
    if index.is_file():
        text = index.read_text("utf-8")
        head, title, rest = text.partition(_TITLE)
        index.write_text(f"{head}{title}{render_blocks(told.blocks)}{rest}", encoding="utf-8")
    else:
        text = _render(told, _plain(edition), "This report could not be made")
        index.write_text(text, encoding="utf-8")


def _error_page(title: str, edition: Edition, failed: Outcome) -> Blocks:
    """What stands in the place of one page."""
    where = f"“{title}” of “{edition.title}, {edition.subtitle}”"
    parts: list[Block] = [
        _heading(1, "This page could not be made", "not-made"),
        {"kind": "notice", "text": f"{where} failed while it was built. Nothing was replaced: "
         "what was published before stands as it was. This folder is not for publication."},
        _heading(2, "What failed", "what-failed"),
        {"kind": "notes", "items": failed.failure.splitlines()},
        _heading(2, "What to do", "what-to-do"),
        {"kind": "notes", "items": remedies(failed.failure)},
    ]  # fmt: skip
    return blocks(parts)


def _told(
    titles: dict[str, str], failures: Sequence[Outcome], *, index: bool, folder: Path
) -> Blocks:
    """What the first page says of everything that failed; a page of its own where it is missing."""
    said = [
        f"{titles.get(f.section, f.section.capitalize())}: {line}"
        for f in failures
        for line in f.failure.splitlines()
    ]
    title = "This build failed and was not published. What failed:"
    parts: list[Block] = [{"kind": "warning", "title": title, "items": said}]
    if index:
        return blocks(parts)
    made = [(name, t) for name, t in titles.items() if (folder / f"{name}.html").is_file()]
    links = [{"href": f"{name}.html", "text": t, "code": ""} for name, t in made]
    head = _heading(1, "This report could not be made", "not-made")
    pages: list[Block] = [{"kind": "contents", "title": "Pages of this build", "links": links}]
    return blocks(head, parts, pages if links else [])


def _heading(level: int, text: str, identifier: str) -> Block:
    return {"kind": "heading", "level": level, "text": text, "id": identifier}


def _plain(edition: Edition) -> dict[str, Any]:
    """What stands around a first page that was not to be built."""
    named = f"{edition.title}: {edition.subtitle}"
    return {"title": edition.subtitle, "edition": named, "draft": "Failed; not for publication."}


def _render(shown: Blocks, resources: dict[str, Any], title: str) -> str:
    """A page by the exporter that makes every page."""
    from kcc_lib.publish.exporter import ReportHTMLExporter

    data = {MIME: {"version": 1, "blocks": json.loads(json.dumps(shown.blocks))}}
    notebook = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data=data)])])
    around = {
        **resources, "title": f"{title}: {resources['title']}", "description": f"{title}.",
        "terms": {}, "corrections": [],
    }  # fmt: skip
    page, _ = ReportHTMLExporter().from_notebook_node(notebook, {"report": around})
    return str(page)

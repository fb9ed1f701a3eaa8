"""The exporter publishes our blocks and refuses everything else."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from kcc_lib.errors import PublishError
from kcc_lib.presentation.blocks import MIME
from kcc_lib.publish.exporter import ReportHTMLExporter

HEADING = {"kind": "heading", "level": 1, "text": "A page", "id": "top"}


def shown(*blocks):
    data = {MIME: {"version": 1, "blocks": list(blocks)}, "text/html": "<b>lab only</b>"}
    return new_code_cell("secret = 1", outputs=[new_output("display_data", data=data)])


def export(*cells, report=None):
    page, _ = ReportHTMLExporter().from_notebook_node(
        new_notebook(cells=list(cells)), {"report": report or {}}
    )
    return page


def test_a_page_holds_the_blocks_and_no_source_and_no_lab_html():
    page = export(shown(HEADING))

    assert '<h1 id="top">A page</h1>' in page
    assert "secret" not in page
    assert "lab only" not in page


def test_a_page_is_british_english_titled_and_allows_only_its_own_style():
    page = export(shown(HEADING), report={"title": "Outcome 1 – Kent"})

    assert '<html lang="en-GB">' in page
    assert "<title>Outcome 1 – Kent</title>" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert "default-src &#39;none&#39;" in policy
    assert "script-src &#39;none&#39;" in policy


def test_only_a_page_with_a_filter_carries_a_script():
    table = {"kind": "table", "id": "t", "caption": "c", "columns": [{"name": "Measure"}],
             "rows": [{"cells": ["x"], "find": "x", "labels": []}], "filter": True}  # fmt: skip

    assert "<script>" in export(shown(HEADING, table))
    assert "<script>" not in export(shown(HEADING))


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (new_output("stream", name="stdout", text="hello"), "prints to stdout: 'hello'"),
        (new_output("stream", name="stderr", text="warning"), "prints to stderr"),
        (new_output("error", ename="KeyError", evalue="x", traceback=[]), "KeyError: x"),
        (new_output("display_data", data={"text/html": "<b>1</b>"}), "shows text/html"),
        (new_output("execute_result", data={"text/plain": "1"}, execution_count=1), "text/plain"),
    ],
    ids=["stdout", "stderr", "error", "html", "value"],
)
def test_any_other_output_is_refused(output, said):
    with pytest.raises(PublishError, match=re.escape(said)):
        export(shown(HEADING), new_code_cell("x", outputs=[output]))


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(PublishError, match="the id top stands twice"):
        export(shown(HEADING), shown(HEADING))


def test_a_notebook_that_was_not_run_is_refused():
    with pytest.raises(PublishError, match="nothing to publish"):
        export(new_code_cell("kcc.pages.counts(section)"))


def test_a_figure_typed_into_a_markdown_cell_is_refused():
    with pytest.raises(PublishError, match="not bound to data"):
        export(shown(HEADING), new_markdown_cell("It rose by 12 points."))


def test_notes_for_analysts_stay_in_the_workbook():
    note = new_markdown_cell("Run the 3 cells below.", metadata={"tags": ["workbook"]})

    page = export(shown(HEADING), note, new_markdown_cell("Shown to all."))

    assert "cells below" not in page
    assert "Shown to all." in page


def test_a_template_in_the_working_folder_is_never_used(tmp_path, monkeypatch):
    (tmp_path / "report_html").mkdir()
    (tmp_path / "report_html" / "index.html.j2").write_text("stolen")
    monkeypatch.chdir(tmp_path)

    assert "stolen" not in export(shown(HEADING))

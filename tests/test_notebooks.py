"""Notebooks are thin, stripped and readable aloud."""

import ast
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def test_there_is_a_notebook_for_each_section_of_the_report():
    names = {p.stem for p in NOTEBOOKS}

    assert names == {
        "overview", "outcome_1", "outcome_2", "outcome_3", "audit", "method_and_data_quality",
        "annual_overview", "direction_of_travel", "outcomes_audit",
        "quarterly_summary", "directorate", "quarterly_tables", "reconciliation",
        "find_a_measure", "changes", "quarter_changes",
        "outcome_story", "narrative", "finance", "news", "easy_read", "committee_report",
        "quarterly_easy_read",
        "downloads", "areas",
        "quarterly_quality", "glossary", "corrections", "formats", "accessibility",
    }  # fmt: skip


def test_outputs_are_never_committed(notebook):
    assert all(not c.outputs and c.execution_count is None for c in code(notebook))


def test_exactly_one_cell_holds_the_parameters(notebook):
    tagged = [c for c in code(notebook) if "parameters" in c.metadata.get("tags", [])]

    assert len(tagged) == 1


def test_cells_are_few_and_short(notebook):
    cells = code(notebook)

    assert len(cells) <= 14
    assert all(len(c.source.splitlines()) <= 6 for c in cells)


def test_nothing_is_defined_and_no_figure_or_path_is_typed(notebook):
    for cell in code(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For))
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, (int, float))
                assert "/" not in str(node.value)


def test_only_the_workbook_library_is_imported(notebook):
    for cell in code(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.ImportFrom)
            if isinstance(node, ast.Import):
                assert [a.name for a in node.names] == ["kcc_lib"]

"""Cells run in the builder's process show what a kernel would show."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from kcc_lib.publish import engine
from kcc_lib.publish.execute import Isolation, Job, run_job

CELLS = [
    "x = 40",
    "print('said')\nx + 2",
    "x + 2;",
    "import sys\nprint('to err', file=sys.stderr)",
    "from IPython.display import display, Markdown",
    "display(Markdown('*shown*'))\ndisplay({'a': x})",
    "_ , x",
    "",
    "%%capture\nprint('kept quiet')",
    "class Own:\n    def _repr_mimebundle_(self, **_):\n        return {'text/plain': 'plain'}",
    "Own()",
    "None",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
]


def notebook(tmp_path, *sources):
    cells = [new_markdown_cell("Words"), *(new_code_cell(s) for s in sources)]
    path = tmp_path / "in.ipynb"
    spec = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(new_notebook(cells=cells, metadata=spec), path)
    return path


def executed(path, tmp_path, **options):
    out = tmp_path / "out.ipynb"
    options |= {"kernel_name": "python3", "progress_bar": False}
    with ThreadPoolExecutor(1) as alone:  # a browser of other tests may hold this thread's loop
        try:
            alone.submit(execute_notebook, str(path), str(out), **options).result()
        finally:
            alone.submit(close_loop).result()
    return nbformat.read(out, as_version=4)


def close_loop():
    """A kernel's client leaves its thread's loop open."""
    with suppress(RuntimeError):
        asyncio.get_event_loop().close()


def shown(nb):
    return [(c.execution_count, joined(c.outputs)) for c in nb.cells if c.cell_type == "code"]


def joined(outputs):
    """Outputs with what was printed in one piece: a busy kernel may send it in several."""
    told = []
    for output in outputs:
        last = told[-1] if told else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            told.append(dict(output))
    return told


@pytest.mark.slow
def test_a_notebook_shows_the_same_in_process_as_in_a_kernel(tmp_path):
    path = notebook(tmp_path, *CELLS)

    ours = shown(executed(path, tmp_path, engine_name=engine.NAME))

    assert ours == shown(executed(path, tmp_path))
    assert sum(len(outputs) for _, outputs in ours) >= 8


def test_the_first_error_stops_the_notebook_and_names_its_cell(tmp_path):
    path = notebook(tmp_path, "x = 1", "1 / 0", "x = 2")

    with pytest.raises(PapermillExecutionError) as told:
        executed(path, tmp_path, engine_name=engine.NAME)

    assert (told.value.ename, told.value.evalue) == ("ZeroDivisionError", "division by zero")
    assert told.value.cell_index == 2
    left = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1]
    assert (left.execution_count, left.outputs) == (None, [])


def test_one_notebook_leaves_nothing_for_the_next(tmp_path):
    executed(notebook(tmp_path, "left_over = 1"), tmp_path, engine_name=engine.NAME)

    with pytest.raises(PapermillExecutionError, match="left_over"):
        executed(notebook(tmp_path, "left_over"), tmp_path, engine_name=engine.NAME)


def test_the_process_has_its_own_main_and_display_back_afterwards(tmp_path):
    import sys

    before = sys.modules["__main__"], sys.displayhook, sys.stdout

    executed(notebook(tmp_path, "1"), tmp_path, engine_name=engine.NAME)

    assert (sys.modules["__main__"], sys.displayhook, sys.stdout) == before


def test_a_job_says_which_cell_it_is_in(tmp_path, monkeypatch):
    monkeypatch.setenv("KCC_WORKBOOK", "")  # the job sets it; it is put back
    path = notebook(tmp_path, "1", "2")
    (tmp_path / "notebooks").mkdir()
    job = Job("one", str(path), {}, {}, str(tmp_path), str(tmp_path), Isolation.PROCESS)
    said = []

    run_job(job, said.append)

    assert said == ["cell 1", "cell 2", "cell 3"]

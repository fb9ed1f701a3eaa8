"""A papermill engine that runs a notebook in this process, in an IPython of its own.

A kernel in another process costs seconds to start, to import what the builder holds already,
and to stop. Here each notebook has a process to itself (`workers.py`), so the cells can run
in it at once. What a cell shows is the same as a kernel's: a test compares the two.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from kcc_lib.publish.failures import cell_number

NAME = "kcc"
Collect = Callable[[NotebookNode], None]


class _Publisher(DisplayPublisher):
    """What `display()` shows becomes an output of the cell."""

    shell: "_Shell"

    def publish(
        self, data: Any, metadata: Any = None, *_: Any, **__: Any
    ) -> None:  # what else IPython hands over is for a kernel's other end
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})
        self.shell.collect(output)


class _Hook(DisplayHook):
    """What the last line of a cell gives becomes its result."""

    shell: "_Shell"

    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        self.fill_exec_result(result)
        self.update_user_ns(result)
        data, metadata = self.compute_format_data(result)
        if data:
            self.shell.collect(nbformat.v4.new_output(
                "execute_result", data=data, metadata=metadata or {},
                execution_count=self.prompt_count,
            ))  # fmt: skip


class _Shell(InteractiveShell):
    """An IPython that keeps no history and hands on what its cells show."""

    collect: Collect

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        output = nbformat.v4.new_output(
            "error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)
        )
        self.collect(output)


class _Stream(TextIOBase):
    """What a cell prints, gathered into one output for each run of the same stream."""

    def __init__(self, name: str, outputs: list[NotebookNode]) -> None:
        self.name = name
        self.outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            self.outputs.append(nbformat.v4.new_output("stream", name=self.name, text=text))
        return len(text)


class InProcessEngine(Engine):
    """`papermill --engine kcc`: every cell in this process."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003 - papermill gives it; the language is Python's
        on_cell: Callable[[int], None] | None = None,
        **_: Any,
    ) -> None:
        """Run the cells in order up to the first that fails.

        Parameters
        ----------
        nb_man
            Papermill's record of the run; outputs and counts go into its notebook.
        on_cell
            Told the number of each cell, from 1, before it runs.
        """
        with _shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                if on_cell is not None:
                    on_cell(cell_number(nb_man.nb.cells, index))
                nb_man.cell_start(cell, index)
                failed = cell.cell_type == "code" and not _run(shell, cell)
                if failed:
                    nb_man.cell_exception(cell, index)
                nb_man.cell_complete(cell, index)
                if failed:
                    break


@contextmanager
def _shell() -> Iterator[_Shell]:
    """An IPython of its own; the process has its own `__main__` and display back after it."""
    hook, main = sys.displayhook, sys.modules["__main__"]
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    _Shell.clear_instance()
    shell = _Shell.instance(config=config, displayhook_class=_Hook, display_pub_class=_Publisher)
    try:
        yield shell
    finally:
        shell.restore_sys_module_state()
        _Shell.clear_instance()
        sys.displayhook, sys.modules["__main__"] = hook, main


def _run(shell: _Shell, cell: NotebookNode) -> bool:
    """Run one cell; whether it went well. What it showed and printed is in its outputs."""
    outputs: list[NotebookNode] = cell.outputs
    shell.collect = outputs.append
    if not cell.source.strip():
        return True
    with redirect_stdout(_Stream("stdout", outputs)), redirect_stderr(_Stream("stderr", outputs)):
        result = shell.run_cell(cell.source, store_history=True)
    cell.execution_count = shell.execution_count - 1
    return bool(result.success)


papermill_engines.register(NAME, InProcessEngine)

"""A papermill engine that runs a notebook in a Jupyter kernel and says which cell it is in."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from kcc_lib.publish.failures import cell_number
from kcc_lib.publish.staging import scratch_of

NAME = "kcc-kernel"


class KernelEngine(NBClientEngine):  # type: ignore[misc] # papermill has no types
    """`papermill --engine kcc-kernel`: its own engine, telling each cell before it runs."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        on_cell: Callable[[int], None],
        **options: Any,
    ) -> None:
        """Run the cells in order up to the first that fails.

        Parameters
        ----------
        on_cell
            Told the number of each cell, from 1, before it runs.
        """
        begin = nb_man.cell_start

        def start(cell: Any, cell_index: int | None = None, **more: Any) -> None:
            if cell_index is not None:
                on_cell(cell_number(nb_man.nb.cells, cell_index))
            begin(cell, cell_index, **more)

        nb_man.cell_start = start
        super().execute_managed_notebook(nb_man, kernel_name, **options)


@contextmanager
def kernel_place(build: Path) -> Iterator[Config]:
    """A place of its own for a kernel, private to us, and the settings that keep it there.

    It talks to its kernel over sockets in there: nothing listens on a port, and two kernels
    never answer each other's messages. Windows has no such sockets and keeps to the loopback
    address. The connection file and what IPython keeps are in there too, so that nothing
    of a build, and nothing for it, lies in somebody's home.

    Parameters
    ----------
    build
        The build it works for; whoever clears that up clears this up too.
    """
    scratch = scratch_of(build)
    scratch.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as folder:
        for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            os.environ[name] = folder
        ipc = {"transport": "ipc", "ip": f"{folder}/k"}
        yield Config({"KernelManager": ipc} if os.name == "posix" else {})
    with suppress(OSError):  # another kernel is still in there
        scratch.rmdir()


papermill_engines.register(NAME, KernelEngine)

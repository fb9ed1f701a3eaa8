"""A papermill engine that runs a notebook in a Jupyter kernel and says which cell it is in."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from kcc_lib.publish.failures import cell_number

NAME = "kcc-kernel"
# what it says of a kernel that died is told by us, in a line that names the cell
logging.getLogger("papermill").addHandler(logging.NullHandler())


class KernelEngine(NBClientEngine):
    """`papermill --engine kcc-kernel`: its own engine, telling each cell before it runs."""

    @classmethod
    def execute_managed_notebook(  # type: ignore[override] # what it has more is in `options`
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the cells in order up to the first that fails.

        Parameters
        ----------
        options
            As papermill has them, and `on_cell`: told the number of each cell, from 1, before
            it runs.
        """
        on_cell: Callable[[int], None] = options.pop("on_cell")
        begin = nb_man.cell_start

        def start(cell: Any, cell_index: int | None = None, **more: Any) -> None:
            if cell_index is not None:
                on_cell(cell_number(nb_man.nb.cells, cell_index))
            begin(cell, cell_index, **more)

        nb_man.cell_start = start
        super().execute_managed_notebook(nb_man, kernel_name, **options)  # type: ignore[no-untyped-call]


@contextmanager
def kernel_place() -> Iterator[Config]:
    """A place of its own for a kernel, private to us, and the settings that keep it there.

    It talks to its kernel over sockets in there: nothing listens on a port, and two kernels
    never answer each other's messages. Windows has no such sockets and keeps to the loopback
    address. The connection file and what IPython keeps are in there too, so that nothing
    of a build, and nothing for it, lies in somebody's home.
    """
    with tempfile.TemporaryDirectory(prefix="kcc-", ignore_cleanup_errors=True) as folder:
        for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            os.environ[name] = folder
        settings = {"connection_file": f"{folder}/kernel.json"}
        if os.name == "posix":
            settings |= {"transport": "ipc", "ip": f"{folder}/k"}
        yield Config({"KernelManager": settings})


papermill_engines.register(NAME, KernelEngine)

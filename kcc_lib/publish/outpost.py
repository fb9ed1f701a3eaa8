"""A builder beside a cluster's worker: it loads once and forks a process for each section.

A worker's own process has threads, and may not have children of its own kind; so this is a
process apart, started by the first section that comes and alone in its folder. What crashes
or hangs in a section ends there. It ends with its worker, when it is told to, and when
nothing came for a while.
"""

import os
import pickle
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path

from kcc_lib.publish.area_build import PAGE_SECONDS
from kcc_lib.publish.crew import Task, build, seconds_for, warm
from kcc_lib.publish.descendants import end_descendants, end_with_parent
from kcc_lib.publish.execute import Job
from kcc_lib.publish.parcel import Made, Parcel
from kcc_lib.publish.workers import run_jobs
from kcc_lib.records.places import Workbook
from kcc_lib.workbench.holding import holding

#: Seconds without a section after which nobody is thought to need it.
_IDLE = 2 * PAGE_SECONDS


def main(folder: Path) -> None:
    """Unpack the parcel that lies in the folder, load, and build what is asked for."""
    # Ctrl-C and a scheduler's stop are the worker's to answer; this ends with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        parcel: Parcel = pickle.loads((folder / "parcel").read_bytes())  # noqa: S301 - our worker's
        workbook = parcel.unpack(folder / "workbook")
        os.environ["KCC_WORKBOOK"] = str(workbook.root)
        os.environ["KCC_CACHE"] = str(folder / "cache")  # nothing stays with the worker
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(folder / "door"))
            with _loaded(parcel):
                door.listen(128)
                (folder / "ready").touch()
                _serve(door, workbook, folder)
    finally:
        end_descendants(os.getpid())  # first: what still runs would write into the folder
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _loaded(parcel: Parcel) -> Iterator[None]:
    """Everything that all sections share, loaded."""
    from kcc_lib.workbench import open_report

    report = open_report(parcel.edition)
    warm()
    with holding(report) if report.edition.areas else nullcontext():
        yield


def _serve(door: socket.socket, workbook: Workbook, folder: Path) -> None:
    """Mind a section for each that knocks, until the worker is gone or nothing comes."""
    worker = sys.stdin.fileno()
    while True:
        heard = wait([door, worker], _IDLE)
        minding = _still_minding()
        if worker in heard or not (heard or minding):
            return
        if not heard:
            continue
        connection, _ = door.accept()
        if os.fork() == 0:
            door.close()
            try:
                with suppress(OSError, EOFError):  # whoever asked is gone
                    _mind(Connection(connection.detach()), workbook, folder)
            finally:
                os._exit(0)
        connection.close()


def _still_minding() -> bool:
    """Whether any section is under way; those that minded one and are done are let go."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _mind(asked: Connection, workbook: Workbook, folder: Path) -> None:
    """One section, in a process of its own, as a builder does it."""
    end_with_parent()
    task: Task
    timeout: float
    task, timeout = asked.recv()
    made = Path(tempfile.mkdtemp(dir=folder))
    (made / "notebooks").mkdir()
    here = replace(task, workbook=str(workbook.root), output=str(made))
    if isinstance(here, Job):
        here = replace(here, notebook=str(workbook.notebooks / Path(here.notebook).name))
    (ended,) = run_jobs(
        [here], partial(build, timeout=timeout), at_once=1, timeout=seconds_for(here, timeout)
    )
    asked.send(Made(ended.result, ended.failure, ended.seconds, _files(made)))
    shutil.rmtree(made, ignore_errors=True)


def _files(folder: Path) -> dict[str, bytes]:
    found: Sequence[Path] = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

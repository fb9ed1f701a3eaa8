"""What a cluster's worker does for a build: tell what it is, hand a section on, clear up."""

import os
import pickle
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from importlib import metadata
from multiprocessing.connection import Client
from pathlib import Path

from kcc_lib.publish.crew import Task
from kcc_lib.publish.descendants import end_descendants
from kcc_lib.publish.parcel import Made, Parcel
from kcc_lib.publish.record import TOOLS
from kcc_lib.publish.up_to_date import package_hash
from kcc_lib.publish.workers import can_fork

#: Seconds in which an outpost has surely loaded, on a busy machine too.
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class _Outpost:
    process: "subprocess.Popen[bytes]"
    folder: Path


#: The outposts of this worker, by the name of their parcel.
_outposts: dict[str, _Outpost] = {}
#: Parcels whose build is over.
_left: set[str] = set()
_one_at_a_time = threading.Lock()


def about_this_place() -> dict[str, str]:
    """What must be the same wherever the sections of one edition are built."""
    versions = {}
    for name in (*TOOLS, "dask", "distributed"):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "none"
    return {
        "system": "can fork" if can_fork() else platform.system(),
        "Python": platform.python_version(), "kcc_lib": package_hash()[:12], **versions,
    }  # fmt: skip


def build_there(task: Task, timeout: float, parcel: Parcel) -> Made:
    """Have a section built by the outpost of this worker; the worker itself loads no data."""
    started = time.perf_counter()
    try:
        outpost = _outpost_of(parcel)
        with Client(str(outpost.folder / "door"), family="AF_UNIX") as asked:
            asked.send((task, timeout))
            made: Made = asked.recv()
    except (OSError, EOFError) as error:
        why = f"the process beside the worker that builds sections ended ({type(error).__name__})"
        return Made(None, why, time.perf_counter() - started, {})
    return made


def leave(name: str) -> None:
    """End the outpost of a parcel, and what runs in it; no other is started for it."""
    _left.add(name)
    outpost = _outposts.pop(name, None)
    if outpost is not None:
        _end(outpost)


def _outpost_of(parcel: Parcel) -> _Outpost:
    """The outpost of a parcel, once it is ready; started where there is none."""
    with _one_at_a_time:
        held = _outposts.get(parcel.name)
        if held is None or held.process.poll() is not None:
            if held is not None:
                _end(held)
            if parcel.name in _left:
                raise OSError("the build is over")
            _outposts[parcel.name] = held = _start(parcel)
    until = time.monotonic() + _PATIENCE
    while not (held.folder / "ready").exists():
        if held.process.poll() is not None or time.monotonic() > until:
            raise OSError("it could not start")
        time.sleep(0.02)
    return held


def _start(parcel: Parcel) -> _Outpost:
    folder = Path(tempfile.mkdtemp(prefix="kcc-outpost-"))
    (folder / "parcel").write_bytes(pickle.dumps(parcel))
    package = str(Path(__file__).parents[2])
    paths = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "kcc_lib.publish.outpost", str(folder)]
    environment = {**os.environ, "PYTHONPATH": paths}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - ours
    return _Outpost(process, folder)


def _end(outpost: _Outpost) -> None:
    end_descendants(outpost.process.pid)  # first: what still runs would write into the folder
    outpost.process.kill()
    outpost.process.wait()
    if outpost.process.stdin:
        outpost.process.stdin.close()
    shutil.rmtree(outpost.folder, ignore_errors=True)

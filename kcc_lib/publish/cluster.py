"""The jobs of a build on a Dask cluster: the same jobs, the same outputs, on other machines.

`dask[distributed]` is an extra of the project; nothing else loads it.
"""

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from kcc_lib.errors import KccError
from kcc_lib.publish.at_worker import about_this_place, build_there, leave
from kcc_lib.publish.crew import Crew, Heard, Task, local_crew
from kcc_lib.publish.parcel import Made, pack
from kcc_lib.publish.web_address import address_fault, unsigned
from kcc_lib.publish.workers import Ended
from kcc_lib.records.places import Workbook

#: Addresses of schedulers that are understood.
SCHEMES = ("tcp://", "tls://")
#: Seconds after which a scheduler that does not answer is thought to be none.
_PATIENCE = 10
#: Seconds of silence after which a cluster is looked at.
_LOOK = 1
_INSTALL = "install it with: uv sync --extra dask, or pip install 'kcc-outcomes-workbook[dask]'"


class ClusterError(KccError):
    """A cluster that is not there, or whose workers would not build what is built here."""


#: Makes the crew of an edition, by its name.
Crews = Callable[[str], Crew]


@contextmanager
def crews(workbook: Workbook, *, scheduler: str = "", jobs: int = 0) -> Iterator[Crews]:
    """The crews of a cluster, or of this machine where no scheduler is named.

    Raises
    ------
    ClusterError
        As `cluster` does.
    """
    if not scheduler:
        yield lambda _: local_crew(jobs)
        return
    with cluster(scheduler, workbook) as found:
        yield found


def scheduler_fault(address: str) -> str:
    """What is wrong with a scheduler's address by itself; "" where nothing is."""
    none = f"begins with none of {', '.join(SCHEMES)}"
    fault = address_fault(address) if address.startswith(SCHEMES) else none
    told = f"--scheduler {unsigned(address)!r}: give an address such as tcp://host:8786; it {fault}"
    return told if fault else ""


@contextmanager
def cluster(address: str, workbook: Workbook) -> Iterator[Crews]:
    """A connection to a cluster whose workers were looked at.

    Raises
    ------
    ClusterError
        If Dask is not installed, nothing answers at the address, the cluster has no workers,
        or a worker differs from this machine; every difference is named.
    """
    if fault := scheduler_fault(address):
        raise ClusterError(fault)
    try:
        import distributed
    except ImportError:
        raise ClusterError(f"--scheduler needs Dask, which is not installed; {_INSTALL}") from None
    # what the library logs of lost connections is told in our own words
    for name in [n for n in logging.root.manager.loggerDict if n.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # a timeout is an OSError too
        raise ClusterError(
            f"no Dask scheduler answers at {address} ({type(error).__name__}); start one with "
            "'dask scheduler' and its workers with 'dask worker ADDRESS'"
        ) from None
    try:
        threads = _look_at_workers(client, address)
        yield lambda edition: Crew(threads, partial(_run, client, workbook, edition))
    finally:
        client.close(timeout=2)


def _look_at_workers(client: Any, address: str) -> int:
    """How many sections the workers build at once; each was asked what it is."""
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise ClusterError(f"the cluster at {address} has no workers; start some, then try again")
    told = client.run(about_this_place, on_error="return")
    if faults := worker_faults(about_this_place(), told):
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise ClusterError(f"the workers of {address} cannot build what is built here:\n{lines}")
    return sum(threads.values())


def worker_faults(here: Mapping[str, str], told: Mapping[str, object]) -> list[str]:
    """How each worker differs from this machine, a line for each worker that does.

    Parameters
    ----------
    here
        What this machine says of itself.
    told
        What each worker said, by its address; an exception where it could not say.
    """
    faults = []
    for worker, said in sorted(told.items()):
        if not isinstance(said, Mapping):
            faults.append(f"worker {worker}: it has no kcc_lib like ours ({type(said).__name__})")
            continue
        differing = [f"{k} {said.get(k, 'none')}, here {v}" for k, v in here.items()
                     if said.get(k) != v]  # fmt: skip
        if differing:
            faults.append(f"worker {worker}: {'; '.join(differing)}")
    return faults


def _run(
    client: Any,
    workbook: Workbook,
    edition: str,
    jobs: Sequence[Task],
    *,
    timeout: float,
    heard: Heard,
    beat: Callable[[], None],
) -> Iterator[Ended[Task]]:
    """Run the jobs on the workers and put what they made into their folders."""
    del heard  # a worker is asked for what it made, and not how far it is
    name = uuid.uuid4().hex
    parcel = client.scatter(pack(workbook, name=name, edition=edition), broadcast=True, hash=False)
    futures = {
        client.submit(build_there, job, timeout, parcel, key=f"kcc-{name}-{n}", pure=False): job
        for n, job in enumerate(jobs)
    }
    try:
        for ended, files in _as_they_end(client, futures, beat):
            _put(files, Path(ended.job.output))
            yield ended
    finally:
        with suppress(OSError, CancelledError):  # a cluster that is gone has nothing to clear
            client.cancel(list(futures))
            client.run(leave, name, on_error="ignore")


def _as_they_end(
    client: Any, futures: dict[Any, Task], beat: Callable[[], None]
) -> Iterator[tuple[Ended[Task], dict[str, bytes]]]:
    """Each job as it ends, with the files it made; the rest fail where the cluster is lost."""
    import distributed

    waiting = dict(futures)
    while waiting:
        beat()
        try:
            with client.as_current():
                done = distributed.wait(list(waiting), _LOOK, return_when="FIRST_COMPLETED").done
        except (TimeoutError, CancelledError):
            done = {f for f in waiting if f.done()}
        for future in done:
            job = waiting.pop(future)
            made = _made_by(future)
            future.release()
            yield Ended(job, made.result, made.failure, made.seconds), made.files
        lost = "" if done else _lost(client)
        for job in waiting.values() if lost else ():
            yield Ended(job, None, lost, 0.0), {}
        if lost:
            return


def _made_by(future: Any) -> Made:
    """What a worker made, or why none did."""
    import distributed

    try:
        made: Made = future.result(timeout=_PATIENCE)
    except distributed.KilledWorker:
        return Made(None, "every worker that the cluster gave it to was lost", 0.0, {})
    except CancelledError:
        return Made(None, "the cluster's scheduler was lost", 0.0, {})
    except Exception as error:  # the edge of another machine: a section must not stop the others
        return Made(None, f"{type(error).__name__}: {error}", 0.0, {})
    return made


def _lost(client: Any) -> str:
    """What is lost of a cluster from which nothing is heard; "" where sections are under way."""
    try:
        workers = client.nthreads()
    except (OSError, CancelledError):
        return "the cluster's scheduler was lost"
    return "" if workers else "every worker of the cluster was lost"


def _put(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

"""Every council of an invented England: against papermill in sequence, and as areas grow.

KCC_BENCH_COUNCILS=10,50 and KCC_BENCH_MEASURES=20 make it shorter than all of England.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.synthetic_england import EDITION, make

ROOT = Path(__file__).parents[1]
MEASURES = int(os.environ.get("KCC_BENCH_MEASURES", "74"))
GROWING = [int(n) for n in os.environ.get("KCC_BENCH_COUNCILS", "10,50,150").split(",")]
#: Councils of the comparison with papermill: 60 sections, or fewer where fewer are asked for.
BESIDE_PAPERMILL = min(20, max(GROWING))
PAGES = 3

#: papermill's own way: its API, one notebook after another, each in a kernel.
_PAPERMILL = """
import sys
from pathlib import Path
import papermill
root, into = Path(sys.argv[1]), Path(sys.argv[2])
for area in sys.argv[3:]:
    for number in (1, 2, 3):
        papermill.execute_notebook(
            root / "notebooks" / f"outcome_{number}.ipynb", into / f"{area}-{number}.ipynb",
            parameters={"edition": "england", "area": area, "preset": "default"},
            kernel_name="python3", cwd=str(root / "notebooks"), progress_bar=False,
            request_save_on_cell_execute=False, autosave_cell_every=0,
        )
"""
#: Our way on a cluster of this machine: two workers, as processes.
_CLUSTER = """
import subprocess, sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        words = ["report", sys.argv[1], "--force", "--output", sys.argv[2]]
        words += ["--scheduler", cluster.scheduler_address]
        done = subprocess.run([sys.executable, "-m", "kcc_lib", *words], capture_output=True)
    sys.stderr.buffer.write(done.stderr)
    sys.exit(done.returncode)
"""


def local(book: Path, output: Path) -> None:
    """`kcc report england` in processes of this machine."""
    _run(book, "-m", "kcc_lib", "report", EDITION, "--force", "--output", output)


def on_cluster(book: Path, output: Path) -> None:
    """The same on a local Dask cluster of two workers."""
    script = output.with_name("cluster.py")
    script.write_text(_CLUSTER)
    _run(book, script, EDITION, output)


def papermill(book: Path, output: Path) -> None:
    """The same notebooks by papermill's API, in sequence: executed only, no page is made."""
    output.mkdir(exist_ok=True)
    told = tomllib.loads((book / f"data/raw/editions/{EDITION}.toml").read_text("utf-8"))
    areas = told["areas"]
    _run(book, "-c", _PAPERMILL, book, output, *areas)


def _run(book: Path, *words: str | Path) -> None:
    # every drawing is made, by every way
    paths = {"KCC_WORKBOOK": str(book), "PYTHONPATH": str(ROOT), "KCC_CACHE": ""}
    command = [sys.executable, *map(str, words)]
    subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **paths}
    )


#: Runs one way in a process of its own, so that the memory told is of its own processes.
_WATCHED = """
import resource, sys, time
from pathlib import Path
from benchmarks import england
started = time.perf_counter()
getattr(england, sys.argv[1])(Path(sys.argv[2]), Path(sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def _watched(way: str, book: Path, output: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor, and megabytes of the largest process."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _WATCHED, way, str(book), str(output)],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    taken, busy, most = map(float, done.stdout.split())
    return taken, busy, most


def _table(title: str, book: Path, folder: Path, ways: Sequence[str], sections: int) -> None:
    """A line for each way: its time beside the last one's, its throughput, and its memory."""
    told = {}
    for way in ways:
        told[way] = _watched(way, book, folder / f"{way}-{sections}")
        sys.stderr.write(f"  measured {way}\n")
    taken, busy, _ = told[ways[-1]]
    sys.stdout.write(f"\n{title}\n")
    for way, (seconds, used, most) in told.items():
        sys.stdout.write(
            f"  {way:<12} {seconds / taken:6.2f} of the time and {used / busy:5.2f} of the "
            f"processor of {ways[-1]}; {sections / seconds * 60:7.1f} sections a minute, "
            f"{used / sections:6.2f} s of processor each; largest process {most:5.0f} MB\n"
        )
    sys.stdout.flush()


def run() -> None:
    """Compare with papermill, then let the areas grow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for councils in dict.fromkeys([BESIDE_PAPERMILL, *GROWING]):
            book = make(folder / f"book-{councils}", councils=councils, measures=MEASURES)
            beside = councils == BESIDE_PAPERMILL
            ways = ("local", "on_cluster", *(("papermill",) if beside else ()))
            title = f"{councils} areas of {PAGES} sections, {MEASURES} measures"
            _table(title, book, folder, ways, councils * PAGES)

"""Sections on a Dask cluster: the same bytes, and whatever is wrong with it is told in a line."""

import json
import subprocess
import sys

import nbformat
import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc as command
from kcc_lib.publish import cluster as clusters
from kcc_lib.publish.cluster import ClusterError, cluster, worker_faults
from kcc_lib.publish.execute import Job
from kcc_lib.publish.parcel import pack
from kcc_lib.records.places import Workbook

HERE = {"system": "can fork", "Python": "3.11.7", "kcc_lib": "ab12", "numpy": "2.4.6"}


def test_workers_like_this_machine_are_no_fault():
    assert worker_faults(HERE, {"tcp://a:1": dict(HERE), "tcp://b:1": dict(HERE)}) == []


def test_a_worker_that_differs_is_named_with_every_difference():
    other = {**HERE, "Python": "3.12.1", "numpy": "2.5.5"}

    found = worker_faults(HERE, {"tcp://a:1": dict(HERE), "tcp://b:1": other})

    assert found == ["worker tcp://b:1: Python 3.12.1, here 3.11.7; numpy 2.5.5, here 2.4.6"]


def test_a_worker_without_the_package_is_named():
    found = worker_faults(HERE, {"tcp://a:1": ModuleNotFoundError("kcc_lib")})

    assert found == ["worker tcp://a:1: it has no kcc_lib like ours (ModuleNotFoundError)"]


def test_an_address_that_is_none_is_refused_with_what_one_looks_like(tmp_path):
    with (
        pytest.raises(ClusterError, match="give an address such as tcp://host:8786"),
        cluster("localhost:8786", Workbook(tmp_path)),
    ):
        pass


def test_without_dask_the_line_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with (
        pytest.raises(ClusterError, match=r"Dask, which is not installed; .*--extra dask"),
        cluster("tcp://localhost:8786", Workbook(tmp_path)),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_told_with_its_address(tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "_PATIENCE", 1)

    with (
        pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 "),
        cluster("tcp://127.0.0.1:9", Workbook(tmp_path)),
    ):
        pass


def test_jobs_and_scheduler_are_not_asked_for_together():
    done = CliRunner().invoke(command, ["report", "--jobs", "2", "--scheduler", "tcp://a:1"])

    assert done.exit_code == 2
    assert "--jobs is for this machine" in done.stderr


def test_dask_is_not_loaded_unless_it_is_asked_for():
    told = "import sys, kcc_lib.publish.cluster; print({'dask', 'distributed'} & {*sys.modules})"

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_a_parcel_holds_data_and_notebooks_and_nothing_else_of_the_workbook(workbook, tmp_path):
    (workbook / "outputs").mkdir()
    (workbook / "outputs" / "secret.txt").write_text("not to be sent")

    sent = pack(Workbook(workbook), name="a", edition="annual-2019").unpack(tmp_path / "there")

    found = {p.relative_to(sent.root).as_posix() for p in sent.root.rglob("*") if p.is_file()}
    assert {name.split("/")[0] for name in found} == {"data", "notebooks"}
    assert all(name.startswith(("data/raw/", "notebooks/")) for name in found)
    for name in found:
        assert (sent.root / name).read_bytes() == (workbook / name).read_bytes()


class Future:
    """A task of a cluster that ended badly."""

    def __init__(self, error):
        self.error = error

    def result(self, timeout):
        raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("out of space"), "RuntimeError: out of space"),
        ("KilledWorker", "every worker that the cluster gave it to was lost"),
        ("CancelledError", "the cluster's scheduler was lost"),
    ],
)
def test_a_section_whose_worker_or_scheduler_is_lost_says_so(error, told):
    from concurrent.futures import CancelledError

    distributed = pytest.importorskip("distributed")
    named = {
        "KilledWorker": distributed.KilledWorker("glossary", None, 3),
        "CancelledError": CancelledError(),
    }

    made = clusters._made_by(Future(named[error] if isinstance(error, str) else error))

    assert (made.result, made.failure) == (None, told)


def test_when_every_worker_is_lost_the_sections_under_way_fail_and_nobody_waits(monkeypatch):
    distributed = pytest.importorskip("distributed")
    from contextlib import nullcontext

    def nothing_done(futures, timeout, return_when):
        raise TimeoutError

    class Client:
        as_current = staticmethod(nullcontext)
        nthreads = staticmethod(dict)

    class Waiting:
        def done(self):
            return False

    monkeypatch.setattr(distributed, "wait", nothing_done)
    jobs = [Job(name, "a.ipynb", {}, {}, "", "") for name in ("index", "glossary")]

    ended = [
        e for e, _ in clusters._as_they_end(Client, {Waiting(): job for job in jobs}, lambda: None)
    ]

    assert [e.job.section for e in ended] == ["index", "glossary"]
    assert {e.failure for e in ended} == {"every worker of the cluster was lost"}


@pytest.mark.slow
def test_a_section_that_crashes_at_a_worker_stops_no_other_and_not_the_worker(
    scheduler, workbook, tmp_path, kcc
):
    path = workbook / "notebooks" / "glossary.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[-1].source = 'getattr(__import__("os"), "_exit")(3)'
    nbformat.write(nb, path)
    pages = ["glossary", "accessibility", "formats"]
    words = [word for page in pages for word in ("--only", page)]

    done = kcc("report", *words, "--scheduler", scheduler, "--output", tmp_path / "out",
               KCC_WORKBOOK=str(workbook))  # fmt: skip

    assert done.returncode == 1
    told = next(line for line in done.stderr.splitlines() if "FAILED" in line)
    assert "glossary" in told
    assert "its process ended in cell" in told
    assert "with code 3" in told
    record = json.loads((tmp_path / "out" / "annual-2019.failed" / "run.json").read_text())
    assert {s["section"]: bool(s["failure"]) for s in record["sections"]} == {
        "accessibility": False, "formats": False, "glossary": True,
    }  # fmt: skip

"""Executing one section: papermill runs it, our exporter makes its page, the page is checked."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kcc_lib.errors import PublishError, storage_words
from kcc_lib.publish.downloads.charts import write_charts
from kcc_lib.publish.failures import cell_failure, cell_number, first_error
from kcc_lib.publish.page_check import page_faults
from kcc_lib.publish.private import clean_errors, without_private
from kcc_lib.publish.promises import PagePromise
from kcc_lib.publish.up_to_date import hash_of

Say = Callable[[str], None]
#: How long a cell may run in a kernel.
CELL_SECONDS = 600


class Isolation(StrEnum):
    """Where the cells of a notebook run."""

    PROCESS = "process"
    KERNEL = "kernel"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A section's page as an earlier build made it, still as it was made.

    Parameters
    ----------
    folder
        Where that build lies.
    rests_on, shows
        What went into it, and what its page was made of.
    files
        The files it made, each with its hash.
    seconds
        How long it took when it was last made.
    """

    folder: str
    rests_on: str
    shows: str
    files: tuple[tuple[str, str], ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """One section to build: plain values, so that it can be sent to another process.

    `rests_on` is all that goes into it, `makes` all that makes a page of what its notebook
    shows, `earlier` its page in an earlier build.
    """

    section: str
    notebook: str
    parameters: dict[str, Any]
    resources: dict[str, Any]
    workbook: str
    output: str
    isolation: Isolation = Isolation.PROCESS
    promise: PagePromise = field(default_factory=PagePromise)
    rests_on: str = ""
    makes: str = ""
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job: its page, or one line of what went wrong.

    `shows` is what the page was made of, `files` are those made for it with their hashes;
    `kept` where they were taken over from an earlier build.
    """

    section: str
    page: str
    failure: str
    seconds: float
    shows: str = ""
    files: tuple[tuple[str, str], ...] = ()
    kept: bool = False


def run_job(job: Job, say: Say = lambda _: None) -> Outcome:
    """Execute, check and convert one section; a failure is an outcome, not an exception.

    Parameters
    ----------
    say
        Told how far the notebook is, in words.
    """
    started = time.perf_counter()
    output = Path(job.output)
    made = Outcome(job.section, "", "", 0.0)
    try:
        made = _make(job, output, say)
    except PublishError as error:
        made = replace(made, failure=str(error))
    except OSError as error:
        made = replace(made, failure=storage_words(error))
    except Exception as error:  # the edge of a process: one section must not stop the others
        made = replace(made, failure=f"{type(error).__name__}: {error}")
    failure = without_private(made.failure, Path(job.workbook), output)
    return replace(made, failure=failure, seconds=time.perf_counter() - started)


def _make(job: Job, output: Path, say: Say) -> Outcome:
    """Run the notebook, and make its page unless an earlier build made the same."""
    page, executed = f"{job.section}.html", output / "notebooks" / f"{job.section}.ipynb"
    if failure := _execute(job, executed, say):
        return Outcome(job.section, "", failure, 0.0)
    shows = hashlib.sha256(job.makes.encode() + executed.read_bytes()).hexdigest()
    if job.earlier is not None and job.earlier.shows == shows:
        return Outcome(job.section, page, "", 0.0, shows, job.earlier.files, kept=True)
    text = make_page(executed, job.resources)
    if faults := page_faults(text, job.promise):
        raise PublishError("\n".join(f"{page}: {f}" for f in faults))
    charts = write_charts(executed, job.resources["credit"], output / "data")
    (output / page).write_text(text, encoding="utf-8")
    files = [output / page, executed, *charts]
    told = tuple((p.relative_to(output).as_posix(), hash_of(p)) for p in files)
    return Outcome(job.section, page, "", 0.0, shows, told)


def _execute(job: Job, executed: Path, say: Say) -> str:
    """Run the notebook; the failed one is kept too."""
    if job.isolation is Isolation.PROCESS:
        from kcc_lib.publish import engine

        return _execute_with(job, executed, say, engine_name=engine.NAME)
    from kcc_lib.publish import kernels

    with kernels.kernel_place() as config:
        return _execute_with(
            job, executed, say, engine_name=kernels.NAME, start_timeout=120,
            execution_timeout=CELL_SECONDS, config=config, shutdown_kernel="immediate",
        )  # fmt: skip


def _execute_with(job: Job, executed: Path, say: Say, **options: Any) -> str:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    os.environ["KCC_WORKBOOK"] = job.workbook
    said = ["its start"]

    def on_cell(number: int) -> None:
        said.append(f"cell {number}")
        say(said[-1])

    try:
        execute_notebook(
            job.notebook,
            str(executed),
            parameters=job.parameters,
            kernel_name="python3",
            cwd=str(Path(job.workbook) / "notebooks"),
            progress_bar=False,
            log_output=False,
            autosave_cell_every=0,
            request_save_on_cell_execute=False,
            on_cell=on_cell,
            **options,
        )
        return _raised(job, executed)
    except PapermillExecutionError:
        return _raised(job, executed)
    except CellTimeoutError:
        return f"ran for more than {CELL_SECONDS // 60} minutes; it was stopped in {said[-1]}"
    except OSError:
        executed.unlink(missing_ok=True)  # on a full disk there is but a part of it
        raise
    except DeadKernelError:
        return f"its kernel ended in {said[-1]}, before the page was made"
    finally:
        if executed.is_file():
            _scrub(executed, Path(job.workbook), executed.parents[1])


def _raised(job: Job, executed: Path) -> str:
    """What a cell raised, in a line; papermill passes over a cell that calls exit."""
    nb = nbformat.read(executed, as_version=4)
    found = first_error(nb)
    if found is None:
        return ""
    index, raised = found
    folder = Path(job.workbook, "data", "raw", "observations")
    return cell_failure(
        cell_number(nb.cells, index), raised, folder, "data/raw/observations"
    )  # fmt: skip


def _scrub(executed: Path, *roots: Path) -> None:
    """Keep parameters; drop timings and paths, so that the same run gives the same bytes."""
    nb = nbformat.read(executed, as_version=4)
    clean_errors(nb, *roots)
    told = nb.metadata.get("papermill", {})
    nb.metadata["papermill"] = {"parameters": told.get("parameters", {})}
    for number, cell in enumerate(nb.cells, start=1):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell.id = f"cell-{number:02d}"
    nb.metadata.get("language_info", {}).pop("version", None)
    nbformat.write(nb, executed)


def make_page(executed: Path, resources: dict[str, Any]) -> str:
    """Convert an executed notebook to its page.

    Raises
    ------
    PublishError
        If anything in it must not be published.
    """
    from kcc_lib.publish.exporter import ReportHTMLExporter

    notebook: NotebookNode = nbformat.read(executed, as_version=4)
    page, _ = ReportHTMLExporter().from_notebook_node(notebook, {"report": resources})
    return str(page)

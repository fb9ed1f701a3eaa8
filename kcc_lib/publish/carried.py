"""Pages that an earlier build made, taken over where they would come out the same.

Two questions are asked of each section. Before its notebook is run: does it rest on the very
same notebook, parameters, data, library and environment? After: does it show the same? Only
where both answers are no is its page made again. What a page shows is never guessed from
which rows it ought to need; the notebook is run, and its outputs are compared whole.
"""

import hashlib
import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kcc_lib.publish.execute import Earlier, Job, Outcome
from kcc_lib.publish.up_to_date import hash_of, last_record

_NOTEBOOKS = "notebooks/"
#: Inputs that make a page of what its notebook shows.
_MAKING = ("kcc_lib/", "uv.lock")


def aim_at_earlier(
    jobs: Sequence[Job], inputs: Mapping[str, str], folders: Sequence[Path]
) -> list[Job]:
    """Give each job what it rests on, and its page as it stands in an earlier build.

    Parameters
    ----------
    inputs
        The hash of every input by its name.
    folders
        Earlier builds of the edition, those asked first that are to be preferred.
    """
    found = [_earlier(folder) for folder in folders]
    ready = []
    for job in jobs:
        rests_on = _rests_on(job, inputs)
        pages = [pages[job.section] for pages in found if job.section in pages]
        pages.sort(key=lambda page: page.rests_on != rests_on)
        makes = _digest(job.resources, job.promise, _part(inputs, *_MAKING), _python())
        ready.append(replace(
            job, rests_on=rests_on, makes=makes, earlier=pages[0] if pages else None,
        ))  # fmt: skip
    return ready


def take_over(job: Job) -> Outcome | None:
    """The page of a job that rests on what it rested on before, copied; None where it does not."""
    earlier = job.earlier
    if earlier is None or earlier.rests_on != job.rests_on:
        return None
    page, seconds = f"{job.section}.html", earlier.seconds
    same = Outcome(job.section, page, "", seconds, earlier.shows, earlier.files, True)
    return copied(job, same)


def copied(job: Job, outcome: Outcome) -> Outcome:
    """Put the files of an earlier build in their place where an outcome says they are kept."""
    if outcome.kept and job.earlier is not None:
        for name, _ in job.earlier.files:
            place = Path(job.output, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(job.earlier.folder, name), place)
    return outcome


def _earlier(folder: Path) -> dict[str, Earlier]:
    """The pages of an earlier build that stand as they were made."""
    found = {}
    for told in last_record(folder).get("sections", []):
        files = told.get("files")
        if told.get("failure") or not files or not isinstance(files, dict):
            continue
        if not all(isinstance(told.get(key), str) for key in ("section", "rests_on", "shows")):
            continue  # no build of ours leaves such a record: nothing is taken from it
        if all((folder / n).is_file() and hash_of(folder / n) == h for n, h in files.items()):
            found[told["section"]] = Earlier(
                str(folder), told["rests_on"], told["shows"], tuple(files.items()),
                told.get("seconds", 0.0),
            )  # fmt: skip
    return found


def _rests_on(job: Job, inputs: Mapping[str, str]) -> str:
    """All that goes into a section: its own notebook of all notebooks, and everything else."""
    own = f"{_NOTEBOOKS}{Path(job.notebook).name}"
    rest = {n: h for n, h in inputs.items() if n == own or not n.startswith(_NOTEBOOKS)}
    return _digest(job.parameters, job.resources, job.promise, rest, _python())


def _part(inputs: Mapping[str, str], *starts: str) -> dict[str, str]:
    return {name: told for name, told in inputs.items() if name.startswith(starts)}


def _python() -> str:
    return platform.python_version()


def _digest(*told: Any) -> str:
    """Plain values and records of them, by what they say."""
    return hashlib.sha256(repr(told).encode()).hexdigest()

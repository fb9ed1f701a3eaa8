"""`run.json`: what an edition was built from, with what, and how long it took."""

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from kcc_lib.presentation.report import Report
from kcc_lib.publish.execute import Job, Outcome
from kcc_lib.publish.frozen import Standing
from kcc_lib.publish.older import OLDER
from kcc_lib.publish.up_to_date import hash_of
from kcc_lib.records.processed import write_whole

#: What pages are made with.
TOOLS = (
    "altair",
    "gptables",
    "jupyterlab",
    "nbconvert",
    "numpy",
    "odfdo",
    "pandas",
    "papermill",
    "scipy",
    "vl-convert-python",
)


def write_record(
    staging: Path,
    section: Report,
    rests_on: dict[str, str],
    jobs: Sequence[Job],
    outcomes: Sequence[Outcome],
    standing: Standing,
    *,
    whole: bool,
    older: Sequence[str] = (),
) -> None:
    """Write `run.json` last, over everything else in the build."""
    edition = section.edition
    made = sorted(p for p in staging.rglob("*") if p.is_file() and p.name != "run.json")
    record: dict[str, Any] = {
        "edition": edition.name,
        "as_of": edition.as_of.isoformat(),
        **standing.record,
        "whole": whole and not any(o.failure for o in outcomes),
        "method": edition.method,
        "preset": edition.preset,
        "sections": _sections(jobs, outcomes),
        "environment": {
            "python": platform.python_version(),
            "packages": {name: metadata.version(name) for name in TOOLS},
            "installed": _installed(),
        },
        "outputs": {p.relative_to(staging).as_posix(): hash_of(p) for p in made},
        "inputs": rests_on,
        "parts": dict(sorted(standing.parts.items())),
        **({OLDER: list(older)} if older else {}),
    }
    write_whole(staging / "run.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def _installed() -> str:
    """One hash of every package installed and its version: the lock says what should be."""
    found = {f"{d.name}=={d.version}" for d in metadata.distributions()}
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def _sections(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """What became of each section, and what tells whether its page may be taken over."""
    of = {job.section: job for job in jobs}  # a page of an area has none of its own
    return [
        {
            "section": o.section,
            "page": o.page,
            "notebook": Path(of[o.section].notebook).name if o.section in of else "",
            "parameters": of[o.section].parameters if o.section in of else {},
            "failure": o.failure,
            "kept": o.kept,
            "seconds": round(o.seconds, 3),
            "rests_on": of[o.section].rests_on if o.section in of else "",
            "shows": o.shows,
            "files": dict(o.files),
        }
        for o in sorted(outcomes, key=lambda o: o.section)
    ]

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
from kcc_lib.records.places import Workbook
from kcc_lib.records.processed import write_whole
from kcc_lib.records.withheld import told_hash, withheld_rows

_PACKAGE = Path(__file__).parents[1]
_TOOLS = (
    "altair",
    "jupyterlab",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "vl-convert-python",
)


def input_files(workbook: Workbook) -> list[Path]:
    """Everything a build rests on: raw data, notebooks, code, templates and the lock file."""
    found = [p for p in workbook.raw.rglob("*") if p.is_file()]
    found += workbook.notebooks.glob("*.ipynb")
    found += [p for p in _PACKAGE.rglob("*") if p.suffix in {".py", ".j2", ".css", ".js"}]
    found += [p for p in (workbook.root / "uv.lock",) if p.is_file()]
    return sorted(found)


def inputs_fingerprint(workbook: Workbook) -> dict[str, str]:
    """The hash of every input, by its path in the workbook (or the package).

    What a rule of suppression holds back is in none of them: a small number can be guessed
    from the hash of all that stands round it.
    """
    secret: dict[str, list[int]] = {}
    for row in withheld_rows(workbook):
        secret.setdefault(row.file, []).append(row.line)
    named = {_named(workbook, p): p for p in input_files(workbook)}
    return {name: told_hash(path, secret.get(name, ())) for name, path in named.items()}


def _named(workbook: Workbook, path: Path) -> str:
    if path.is_relative_to(_PACKAGE):
        return f"kcc_lib/{path.relative_to(_PACKAGE).as_posix()}"
    return path.relative_to(workbook.root).as_posix()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_current(target: Path, rests_on: dict[str, str]) -> bool:
    """Whether the last build was whole, rests on the same inputs and has all its pages as built."""
    told = last_record(target)
    if not told.get("whole") or told.get("inputs") != rests_on:
        return False
    outputs: dict[str, str] = told.get("outputs", {})
    return all(
        (target / name).is_file() and _hash(target / name) == h for name, h in outputs.items()
    )


def last_record(target: Path) -> dict[str, Any]:
    """The `run.json` of the last build; empty where there is none."""
    record = target / "run.json"
    told: dict[str, Any] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    return told


def write_record(
    staging: Path,
    section: Report,
    rests_on: dict[str, str],
    jobs: Sequence[Job],
    outcomes: Sequence[Outcome],
    standing: Standing,
    *,
    whole: bool,
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
        "sections": [
            {
                "section": o.section,
                "page": o.page,
                "parameters": next(j.parameters for j in jobs if j.section == o.section),
                "failure": o.failure,
                "seconds": round(o.seconds, 3),
            }
            for o in sorted(outcomes, key=lambda o: o.section)
        ],
        "environment": {
            "python": platform.python_version(),
            "packages": {name: metadata.version(name) for name in _TOOLS},
        },
        "outputs": {p.relative_to(staging).as_posix(): _hash(p) for p in made},
        "inputs": rests_on,
    }
    write_whole(staging / "run.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")

"""Whether the last build still stands: the same inputs, and its pages as they were built.

Nothing heavy is loaded here, so that a scheduled run with nothing to do is over at once.
"""

import hashlib
import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kcc_lib.records.folders import files_under, listed
from kcc_lib.records.places import Workbook

#: The folder of the package itself.
PACKAGE = Path(__file__).parents[1]
#: Endings of the package's own files that a page or a download may rest on.
_CODE = {".py", ".j2", ".css", ".js", ".json", ".csv"}

#: What stands under a key of `run.json`, where it has it.
_SHAPE: dict[str, type] = {
    "inputs": dict, "outputs": dict, "environment": dict, "parts": dict, "sections": list,
    "older": list,
}  # fmt: skip


def input_files(workbook: Workbook) -> list[Path]:
    """Everything a build rests on: raw data, notebooks, code, templates and the lock file."""
    found = [*files_under(workbook.raw), *listed(workbook.notebooks, "*.ipynb"), *_code()]
    found += [p for p in (workbook.root / "uv.lock",) if p.is_file()]
    return sorted(found)


def _code() -> list[Path]:
    return [p for p in files_under(PACKAGE) if p.suffix in _CODE]


def package_hash() -> str:
    """One hash of the package's own files, by which machines tell whether theirs is the same."""
    digest = hashlib.sha256()
    for path in sorted(_code()):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()} {hash_of(path)}\n".encode())
    return digest.hexdigest()


def inputs_fingerprint(workbook: Workbook) -> dict[str, str]:
    """The hash of every input, by its path in the workbook (or the package).

    What a rule of suppression holds back is in none of them: a small number can be guessed
    from the hash of all that stands round it.
    """
    named = {input_name(workbook, p): p for p in input_files(workbook)}
    rules = workbook.raw / "suppression.csv"
    if not rules.is_file() or len(rules.read_bytes().split()) < 2:
        return {name: hash_of(path) for name, path in named.items()}
    from kcc_lib.records.withheld import told_hash, withheld_rows  # heavy; no rule, no need

    secret: dict[str, list[int]] = {}
    for row in withheld_rows(workbook):
        secret.setdefault(row.file, []).append(row.line)
    return {name: told_hash(path, secret.get(name, ())) for name, path in named.items()}


def input_name(workbook: Workbook, path: Path) -> str:
    """What an input is called: its path in the workbook, or the package's."""
    if path.is_relative_to(PACKAGE):
        return f"kcc_lib/{path.relative_to(PACKAGE).as_posix()}"
    return path.relative_to(workbook.root).as_posix()


def hash_of(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_current(target: Path, rests_on: dict[str, str]) -> bool:
    """Whether the last build was whole, rests on the same inputs and has all its pages as built."""
    told = last_record(target)
    if not is_of(told, rests_on):
        return False
    outputs: dict[str, str] = told.get("outputs", {})
    return all(
        (target / name).is_file() and hash_of(target / name) == h for name, h in outputs.items()
    )


def is_of(told: Mapping[str, Any], rests_on: Mapping[str, str]) -> bool:
    """Whether a `run.json` tells of a whole build of these inputs, by this Python."""
    python = told.get("environment", {}).get("python")
    same = told.get("inputs") == rests_on and python == platform.python_version()
    return bool(told.get("whole")) and same


def standing_words(edition: str) -> str:
    """What is said where nothing is to be built."""
    return f"{edition} is up to date; --force builds it again"


def last_record(target: Path) -> dict[str, Any]:
    """The `run.json` of the last build; empty where there is none that can be read."""
    try:
        return record_in((target / "run.json").read_bytes())
    except OSError:
        return {}


def record_in(content: bytes) -> dict[str, Any]:
    """What a `run.json` tells; empty where it is not of the shape that a build leaves."""
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    shaped = all(isinstance(told.get(key, kind()), kind) for key, kind in _SHAPE.items())
    sections = told.get("sections", [])
    return told if shaped and all(isinstance(one, dict) for one in sections) else {}

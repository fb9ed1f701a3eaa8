"""Which edition an edition follows: one of its kind, and earlier, so that no circle can be."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.folders import listed
from kcc_lib.records.toml_file import read_toml


def check_follows(told: Mapping[str, Any], path: Path, file: str) -> list[Fault]:
    """Check the key `follows` of an edition's file.

    Parameters
    ----------
    told
        What the file says, its keys and types found good.
    path
        The file; the other editions stand beside it.
    """
    named = told.get("follows")
    if named is None:
        return []
    others = {p.stem: p for p in listed(path.parent, "*.toml") if p != path}
    if named not in others:
        remedy = nearest(named, list(others))
        return [Fault(file, 0, "follows", named, "is no other edition", remedy)]
    before, unread = read_toml(others[named], named)
    if unread:
        return []  # told as a fault of that file
    faults = []
    if before.get("kind") != told["kind"]:
        problem = f"is of another kind ({before.get('kind')})"
        faults.append(Fault(file, 0, "follows", named, problem, "name one of the same kind"))
    as_of = before.get("as_of")
    if isinstance(as_of, date) and as_of >= told["as_of"]:
        problem = f"is not earlier: it is as of {as_of}"
        faults.append(Fault(file, 0, "follows", named, problem, "name one before this"))
    return faults

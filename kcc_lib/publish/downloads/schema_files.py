"""The published description of an edition's data: schemas, and a package that lists every file."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kcc_lib.presentation.downloads.bundle import LICENCE, LICENCE_PATH, DataFile, Particulars
from kcc_lib.presentation.downloads.columns import Column
from kcc_lib.presentation.downloads.schemas import object_schema, records_schema, table_schema
from kcc_lib.presentation.downloads.tables import DataTable
from kcc_lib.presentation.downloads.text import MARK, json_of

PACKAGE, SCHEMA = "datapackage.json", "schema"
Columns = tuple[Column, ...]


def schema_texts(whole: dict[str, Columns], files: Iterable[DataFile]) -> dict[str, str]:
    """Every schema as text, by its address.

    Parameters
    ----------
    whole
        The columns of each file of the whole edition, by the file's name.
    files
        The tables and objects of its measures and their groups.
    """
    found: dict[str, Any] = {}
    for name, columns in whole.items():
        found[f"{SCHEMA}/{name}.json"] = records_schema(name, columns)
        found[f"{SCHEMA}/{name}.table.json"] = table_schema(columns)
    for file in files:
        if isinstance(file.content, DataTable):
            schema = f"{SCHEMA}/{file.kind}.table.json"
            found.setdefault(schema, table_schema(file.content.columns))
        else:
            found.setdefault(f"{SCHEMA}/{file.kind}.json", object_schema(file.kind))
    return {address: json_of(schema) for address, schema in found.items()}


def package_text(
    data: Path, whole: dict[str, str], files: Iterable[DataFile], of: Particulars
) -> str:
    """The Frictionless data package: every CSV with its schema, every other file by name.

    Parameters
    ----------
    data
        The folder that the files stand in.
    whole
        What each file of the whole edition is, by its name.
    """
    listed = [_csv(data, f"{name}.csv", name, title) for name, title in whole.items()]
    listed += [
        _csv(data, f.address, f.kind, f.title) for f in files if isinstance(f.content, DataTable)
    ]
    known = {one["path"] for one in listed} | {PACKAGE}
    rest = sorted(p for p in data.rglob("*") if p.is_file())
    others = [_other(data, p) for p in rest if p.relative_to(data).as_posix() not in known]
    told = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": of.name, "title": f"{of.title}: {of.subtitle}", "description": of.covers,
        "version": of.as_of.isoformat(), "state": of.state, "sign_off": of.sign_off,
        "attribution": of.attribution,
        "licenses": [{"name": "OGL-UK-3.0", "title": LICENCE, "path": LICENCE_PATH}],
        "contributors": [{"title": of.publisher, "role": "publisher"}],
        "resources": listed + others,
    }  # fmt: skip
    return json_of(told)


def _csv(data: Path, address: str, kind: str, title: str) -> dict[str, Any]:
    mark = (data / address).read_bytes()[:3] == MARK.encode()
    return _resource(data, address, title) | {
        "type": "table", "schema": f"{SCHEMA}/{kind}.table.json",
        "encoding": "utf-8-sig" if mark else "utf-8",
    }  # fmt: skip


def _other(data: Path, path: Path) -> dict[str, Any]:
    """A file that is no table: its schema is named where it has one."""
    address = path.relative_to(data).as_posix()
    told = _resource(data, address, "")
    if path.suffix == ".json" and not address.startswith(SCHEMA):
        within = json.loads(path.read_text("utf-8"))
        kind = within.get("$schema", "") if isinstance(within, dict) else f"{path.stem}.json"
        told["jsonSchema"] = f"{SCHEMA}/{kind.rpartition('/')[2]}"
    return told


def _resource(data: Path, address: str, title: str) -> dict[str, Any]:
    content = (data / address).read_bytes()
    name = address.replace("/", "-").lower()
    said = {"name": name, "path": address, "format": address.rpartition(".")[2]}
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return said | ({"title": title} if title else {}) | {"bytes": len(content), "hash": digest}

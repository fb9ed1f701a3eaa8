"""What is published about the files: JSON Schemas and table schemas, made from the columns."""

from collections.abc import Iterable, Sequence
from typing import Any

from kcc_lib.presentation.downloads.annual import SAID_ONCE
from kcc_lib.presentation.downloads.columns import TYPES, Column, columns_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}


def table_schema(columns: Iterable[Column]) -> Schema:
    """A Frictionless table schema: name, type, unit and meaning of every column."""
    fields = []
    for c in columns:
        field: Schema = {
            "name": c.name, "title": c.heading, "type": TYPES[c.type], "description": c.description
        }  # fmt: skip
        if c.unit:
            field["unit"] = c.unit
        limits: Schema = {"required": True} if c.always else {}
        if c.words:
            limits["enum"] = list(c.words)
        fields.append(field | ({"constraints": limits} if limits else {}))
    return {"fields": fields, "missingValues": [""]}


def records_schema(name: str, columns: Sequence[Column]) -> Schema:
    """The schema of a file that is a list of records with such columns."""
    return _document(name, f"Every row of {name}.csv.", {"type": "array", "items": record(columns)})


def object_schema(kind: str) -> Schema:
    """The schema of the object of a measure, a KPI, a strategic outcome or a directorate."""
    head = {
        "$schema": _TEXT | {"description": "The address of this schema."},
        "edition": record(columns_of("edition")),
    }
    words = {"measure": "Everything the page shows of one measure.",
             "kpi": "Everything the page shows of one KPI or activity indicator.",
             "outcome": "A strategic outcome and everything of its measures.",
             "directorate": "A directorate and everything of its KPIs."}  # fmt: skip
    whole = _measure(kind) if kind in {"measure", "kpi"} else _group(kind)
    whole["properties"] = head | whole["properties"]
    return _document(kind, words[kind], _closed(whole))


def _document(name: str, description: str, told: Schema) -> Schema:
    return {"$schema": DIALECT, "$id": f"{name}.json", "title": name, "description": description,
            **told}  # fmt: skip


def _measure(kind: str) -> Schema:
    """What a measure is, its figures, its judgements, its grounds and its chart."""
    tables = ("kpi_figures", "kpi_judgements") if kind == "kpi" else (
        "figures", "measure_judgements")  # fmt: skip
    figures, judged = ([c for c in columns_of(t) if c.name not in SAID_ONCE] for t in tables)
    told = record(columns_of(kind))["properties"]
    told |= {
        "figures": {"type": "array", "items": record(figures)},
        "judgements": {"type": "array", "items": record(judged)},
        "evidence": {"type": "array", "items": _plain_object(
            heading=_TEXT, said={"type": "array", "items": _TEXT})},
        "chart": {"oneOf": [{"type": "null"}, _plain_object(
            title=_TEXT, description=_TEXT, svg=_TEXT, png=_TEXT)]},
    }  # fmt: skip
    return _closed({"type": "object", "properties": told})


def _group(kind: str) -> Schema:
    """A group's own words or counts, and its measures."""
    told = record(columns_of(kind))["properties"]
    name, columns, of = (
        ("words", "outcomes", "measure") if kind == "outcome" else ("counts", "matrix", "kpi")
    )
    told[name] = {"type": "array", "items": record(columns_of(columns))}
    told["measures"] = {"type": "array", "items": _measure(of)}
    return {"type": "object", "properties": told}


def record(columns: Iterable[Column]) -> Schema:
    """The schema of one row as an object: every column, and no other."""
    return _closed({"type": "object", "properties": {c.name: _value(c) for c in columns}})


def _value(column: Column) -> Schema:
    kind = TYPES[column.type]
    told: Schema = {"description": column.description}
    if column.words:
        return told | {"enum": [*column.words, *([] if column.always else [""])]}
    if column.number and not column.always:
        return told | {"type": [kind, "null"]}
    told |= {"type": kind}
    if column.type == "date":
        told["format"] = "date"
    return told | ({"minLength": 1} if column.always and not column.number else {})


def _plain_object(**properties: Schema) -> Schema:
    return _closed({"type": "object", "properties": properties})


def _closed(told: Schema) -> Schema:
    """Every property is needed, and there is no other."""
    return {**told, "required": list(told["properties"]), "additionalProperties": False}

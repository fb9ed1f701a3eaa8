"""Notebook parameters: what a notebook takes, and refusing what it does not.

Papermill would run with an unknown parameter and say so in one log line; a page about the
wrong outcome could ship that way. Here nothing starts.
"""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kcc_lib.errors import ParameterError, nearest

TAG = "parameters"


def declared_parameters(notebook: Path) -> dict[str, Any]:
    """The parameters of a notebook with their defaults, from the cell tagged `parameters`.

    Raises
    ------
    ParameterError
        If the notebook cannot be read, there is not exactly one such cell, or it holds more
        than plain assignments.
    """
    cells = _cells(notebook)
    tagged = [c for c in cells if TAG in c.metadata.get("tags", []) and c.cell_type == "code"]
    if len(tagged) != 1:
        raise ParameterError(
            f"{notebook.name} has {len(tagged)} cells tagged {TAG!r}; it needs exactly one"
        )
    defaults: dict[str, Any] = {}
    try:
        body = ast.parse(tagged[0].source).body
    except SyntaxError as error:
        raise ParameterError(f"{notebook.name}: its parameters cell: {error.msg}") from None
    for statement in body:
        try:
            name, value = _assignment(statement)
            defaults[name] = ast.literal_eval(value)
        except ValueError:
            raise ParameterError(
                f"{notebook.name}: its parameters cell holds more than plain assignments: "
                f"{ast.unparse(statement)[:60]!r}"
            ) from None
    return defaults


def _cells(notebook: Path) -> list[NotebookNode]:
    try:
        cells = nbformat.read(notebook, as_version=4).cells
        return [c for c in cells if isinstance(c.metadata, dict)]
    except Exception as error:  # whatever nbformat stumbles over in a file that is none
        raise ParameterError(
            f"{notebook.name} cannot be read as a notebook ({type(error).__name__}); "
            "open and save it in JupyterLab, or take it from the last commit"
        ) from None


def _assignment(statement: ast.stmt) -> tuple[str, ast.expr]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        if statement.value is not None:
            return statement.target.id, statement.value
    elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    raise ValueError("not an assignment of a name")


def check_parameters(notebook: Path, given: Mapping[str, Any]) -> None:
    """Refuse parameters that the notebook does not declare or that have the wrong type.

    Raises
    ------
    ParameterError
        Naming every one of them, before a kernel starts.
    """
    declared = declared_parameters(notebook)
    faults = []
    for name, value in given.items():
        if name not in declared:
            faults.append(f"unknown parameter {name!r}; {nearest(name, list(declared))}")
        elif not _same_type(declared[name], value):
            wanted = _type_words(declared[name])
            faults.append(f"parameter {name!r} is {value!r}; it takes {wanted}")
    if faults:
        raise ParameterError(f"{notebook.name}: " + "; ".join(faults))


def _same_type(default: Any, value: Any) -> bool:
    """Like for like; a list holds what the default's list holds."""
    if isinstance(default, list):
        inner = {type(item) for item in default} or {str}
        return isinstance(value, list) and all(type(item) in inner for item in value)
    if isinstance(default, float):
        return type(value) in (int, float)
    return type(value) is type(default)


def _type_words(default: Any) -> str:
    if isinstance(default, list):
        return f"a list such as {default!r}"
    names = {str: "text", bool: "True or False", int: "a whole number", float: "a number"}
    return f"{names.get(type(default), type(default).__name__)} such as {default!r}"

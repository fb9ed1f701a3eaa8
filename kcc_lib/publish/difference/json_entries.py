"""The records of a JSON file as lines of cells, so that they are checked as those of a CSV are."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.errors import Fault
from kcc_lib.publish.difference.forms import form_of
from kcc_lib.records.lines import Lines

_AGAIN = "name a list of judgements such as outputs/annual-2019/data/judgements.json"


def read_entries(path: Path) -> tuple[Lines | None, list[Fault]]:
    """Open a JSON list of records; each stands under the number of its entry.

    Returns
    -------
    (lines, faults)
        `lines` is None when nothing of the file can be used.
    """
    try:
        told = json.loads(path.read_text("utf-8-sig"), parse_constant=_refuse)
    except OSError as error:
        problem = f"cannot be opened ({error.strerror})"
        return None, [Fault(str(path), 0, "", "", problem, "check the path")]
    except (ValueError, RecursionError):  # bytes that are no text are a ValueError, too
        return None, [Fault(str(path), 0, "", "", "is no JSON", _AGAIN)]
    if not isinstance(told, list) or not told or not all(isinstance(e, dict) for e in told):
        return None, [Fault(str(path), 0, "", "", "is no list of judgements", _AGAIN)]
    names = list(dict.fromkeys(name for entry in told for name in entry))
    cells = {name: pd.Categorical([_text(e.get(name)) for e in told]) for name in names}
    lines = Lines(str(path), pd.DataFrame(cells), np.arange(1, len(told) + 1))
    return lines, [in_entry(fault) for fault in _odd(str(path), told, names)]


def in_entry(fault: Fault) -> Fault:
    """A fault at its entry: lines of a JSON file tell nothing."""
    problem = fault.problem.replace("on line", "in entry")
    return replace(fault, line=0, column=f"entry {fault.line}, {fault.column}", problem=problem)


def _odd(file: str, told: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Fault]:
    """What only some entries lack, and what is neither text nor number where it has to be."""
    form = form_of(names)
    texts = {column.name for column in form.columns if not column.number} if form else set()
    for n, entry in enumerate(told, start=1):
        for name in names:
            if name not in entry:
                yield Fault(file, n, name, "", "is not there", "write the file again")
            elif name in texts and not isinstance(entry[name], (str, type(None))):
                yield _kind(file, n, name, entry[name], "text")
            elif isinstance(entry[name], (bool, list, dict)):
                yield _kind(file, n, name, entry[name], "number")


def _kind(file: str, n: int, name: str, value: object, kind: str) -> Fault:
    return Fault(file, n, name, json.dumps(value)[:60], f"is no {kind}", "write the file again")


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()

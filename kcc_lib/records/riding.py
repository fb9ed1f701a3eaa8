"""Catalogue and target columns that ride along in an observation file.

An analyst with one spreadsheet needs nothing else: what is said of a measure on its rows
must be the same on all of them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.errors import Fault
from kcc_lib.measures import Measure
from kcc_lib.records.cells import read_numbers, read_words
from kcc_lib.records.lines import Lines
from kcc_lib.vocabulary import Frequency, Kind, PeriodType, Polarity, Statistic

_TEXT = ("title", "short_title", "unit", "source_body", "notes")
_WORDS = {
    "kind": Kind,
    "statistic": Statistic,
    "polarity": Polarity,
    "period_type": PeriodType,
    "frequency": Frequency,
}
TARGET_COLUMNS = ("target", "floor", "lower_threshold", "upper_threshold")
_NUMBERS = ("decimals", "multiplier", *TARGET_COLUMNS)
#: Targets of files that bring none.
NO_TARGETS = pd.DataFrame(columns=["measure", *TARGET_COLUMNS])
RIDING = (*_TEXT, *_WORDS, "survey", *_NUMBERS)


def read_riding(
    opened: Sequence[Lines],
) -> tuple[dict[str, Measure], pd.DataFrame, list[Fault]]:
    """Read the measures and targets that ride along.

    Returns
    -------
    (measures, targets, faults)
        A Measure for every code in the files; targets with one row for each measure that
        has any; a fault where a measure contradicts itself.
    """
    faults: list[Fault] = []
    said: dict[str, dict[str, Any]] = {}
    for lines in opened:
        cells, more = _read_cells(lines)
        faults += more
        codes = lines.cells["measure"].tolist()
        for name, values in cells.items():
            for row, (code, value) in enumerate(zip(codes, values, strict=True)):
                if value is None or value == "":
                    continue
                before = said.setdefault(code, {}).setdefault(name, value)
                if before != value:
                    problem = f"differs from {before!r} earlier in measure {code}"
                    remedy = "say the same on every row of a measure"
                    faults.append(lines.fault(row, name, problem, remedy))
    codes = sorted({code for lines in opened for code in lines.cells["measure"]})
    measures = {code: _measure(code, said.get(code, {})) for code in codes}
    rows = [
        {"measure": c, **{t: said[c].get(t, np.nan) for t in TARGET_COLUMNS}}
        for c in codes
        if any(t in said.get(c, {}) for t in TARGET_COLUMNS)
    ]
    return measures, pd.DataFrame(rows, columns=["measure", *TARGET_COLUMNS]), faults


def _read_cells(lines: Lines) -> tuple[dict[str, list[Any]], list[Fault]]:
    """Every riding column of one file as typed values, None where blank."""
    faults: list[Fault] = []
    cells: dict[str, list[Any]] = {}
    for name in (c for c in RIDING if c in lines.cells):
        if name in _WORDS:
            cells[name], more = read_words(lines, name, _WORDS[name])
        elif name in _NUMBERS:
            numbers, more = read_numbers(lines, name)
            cells[name] = [None if np.isnan(n) else float(n) for n in numbers]
        elif name == "survey":
            more = [
                lines.fault(int(row), name, "is not yes or no", "write yes or no")
                for row in np.flatnonzero(~lines.cells[name].isin(["yes", "no", ""]).to_numpy(bool))
            ]
            cells[name] = [{"yes": True, "no": False}.get(t) for t in lines.cells[name]]
        else:
            cells[name], more = lines.cells[name].tolist(), []
        faults += more
    return cells, faults


def _measure(code: str, said: dict[str, Any]) -> Measure:
    decimals = said.get("decimals")
    return Measure(
        measure=code,
        title=said.get("title", ""),
        short_title=said.get("short_title", ""),
        kind=said.get("kind", Kind.OUTCOME),
        statistic=said.get("statistic"),
        polarity=said.get("polarity"),
        unit=said.get("unit", ""),
        decimals=None if decimals is None else int(decimals),
        multiplier=said.get("multiplier"),
        period_type=said.get("period_type"),
        frequency=said.get("frequency", Frequency.YEARLY),
        survey=bool(said.get("survey", False)),
        source_body=said.get("source_body", ""),
        notes=said.get("notes", ""),
    )

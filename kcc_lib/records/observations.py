"""Observations: the column contract, read and checked as a whole.

The tidy frame that leaves this module has one row for each measure, area and period, in
that order, with canonical period labels, typed numbers and the period's place in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import Measure
from kcc_lib.periods import PeriodError
from kcc_lib.records.cells import read_numbers, require_filled
from kcc_lib.records.dating import decide_types, read_periods
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines
from kcc_lib.records.riding import NO_TARGETS, RIDING, complete_measures, read_riding
from kcc_lib.records.rules import (
    check_breaks,
    check_counts,
    check_duplicates,
    check_flags,
    check_intervals,
    check_range,
    check_values,
)
from kcc_lib.vocabulary import PeriodType

REQUIRED = ("measure", "area", "period", "value")
NUMBERS = ("value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size")
OPTIONAL = (*NUMBERS[1:], "flags", "source", "published", "note")
COLUMNS = (*REQUIRED, *OPTIONAL)
#: What the tidy frame adds to the contract: the period's type, ends and decimal middle.
DERIVED = ("period_type", "period_start", "period_end", "time")
AREA_NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Observations:
    """What one or several observation files hold, tidy; with the measures that rode along."""

    frame: pd.DataFrame
    measures: dict[str, Measure]
    targets: pd.DataFrame


def load_files(
    paths: Sequence[Path],
    shown: Sequence[str],
    *,
    measures: Mapping[str, Measure] | None = None,
    areas: Mapping[str, str] | None = None,
) -> Observations:
    """Read observation files together, refusing them all if any has a fault.

    Parameters
    ----------
    paths, shown
        The files, and how messages name them.
    measures, areas
        The catalogue's measures and areas. Without measures, metadata may ride along in the
        files and any measure is taken; without areas, any area.

    Raises
    ------
    DataError
        With every fault in every file.
    """
    observations, faults = check_files(paths, shown, measures=measures, areas=areas)
    if faults or observations is None:
        raise DataError(faults)
    return observations


def check_files(
    paths: Sequence[Path],
    shown: Sequence[str],
    *,
    measures: Mapping[str, Measure] | None = None,
    areas: Mapping[str, str] | None = None,
) -> tuple[Observations | None, list[Fault]]:
    """Read and check observation files; the frame is None when none could be opened."""
    faults: list[Fault] = []
    opened: list[Lines] = []
    for path, name in zip(paths, shown, strict=True):
        lines, more = _open(path, name, alone=measures is None)
        faults += more
        if lines is not None:
            opened.append(lines)
    if not opened:
        return None, faults
    riding, targets, more = read_riding(opened) if measures is None else ({}, NO_TARGETS, [])
    faults += more
    known = riding if measures is None else dict(measures)
    decided = decide_types(opened, known)
    parts = []
    for lines in opened:
        part, more = _check_one(lines, known, areas, decided, alone=measures is None)
        faults += more
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True)
    faults += check_duplicates(frame)
    if measures is not None:
        faults += check_breaks(frame, known)
    frame = frame.drop(columns=["_file", "_line"])
    frame = frame.sort_values(["measure", "area", "time"], kind="stable", ignore_index=True)
    if measures is None:
        known = complete_measures(known, frame, opened)
    return Observations(frame, known, targets), faults


def _open(path: Path, shown: str, *, alone: bool) -> tuple[Lines | None, list[Fault]]:
    """Open one file; where it is judged without a catalogue it may leave the area out."""
    lines, faults = read_lines(path, shown)
    if lines is None:
        return None, faults
    optional = ("area", *OPTIONAL, *(RIDING if alone else ()))
    required = tuple(c for c in REQUIRED if c != "area")
    lines, more = check_columns(lines, Contract("observations", required, optional))
    faults += more
    if "area" not in lines.cells and not alone:
        problem, remedy = "the column area is missing", "add it to the header and rows"
        return None, [*faults, Fault(shown, 1, "area", "", problem, remedy)]
    if any(c not in lines.cells for c in required):
        return None, faults
    if "area" not in lines.cells:
        lines = replace(
            lines,
            cells=lines.cells.assign(area=pd.Categorical([AREA_NOT_STATED] * len(lines.cells))),
        )
    return lines, faults


def _check_one(
    lines: Lines,
    measures: Mapping[str, Measure],
    areas: Mapping[str, str] | None,
    decided: Mapping[str, PeriodType | PeriodError],
    *,
    alone: bool,
) -> tuple[pd.DataFrame, list[Fault]]:
    faults = require_filled(lines, ("measure", "area", "period"))
    if not alone:
        faults += _check_known(lines, "measure", measures)
    if areas is not None:
        faults += _check_known(lines, "area", areas)
    part = pd.DataFrame({"measure": lines.cells["measure"], "area": lines.cells["area"]})
    periods, more = read_periods(lines, decided)
    faults += more
    part = part.join(periods)
    unread = pd.Series(False, index=part.index)
    for column in NUMBERS:
        part[column], more = read_numbers(lines, column)
        faults += more
        if column == "value" and more:
            unread = unread | (part["value"].isna() & (lines.cells["value"] != ""))
    for column in ("flags", "source", "published", "note"):
        part[column] = lines.cells.get(column, "")
    part["_file"], part["_line"] = lines.file, lines.line
    part["flags"], more = check_flags(lines, part, unread.to_numpy(bool))
    faults += more
    faults += check_range(lines, part, measures)
    faults += check_counts(lines, part, measures) + check_intervals(lines, part)
    faults += check_values(lines, part, measures)
    columns = ["measure", "area", "period", *NUMBERS, "flags", "source", "published", "note"]
    part = part[[*columns, *DERIVED, "_file", "_line"]]
    return part.astype({c: "str" for c in part.columns if part[c].dtype == "category"}), faults


def _check_known(lines: Lines, column: str, known: Mapping[str, object]) -> list[Fault]:
    cells = lines.cells[column]
    unknown = ~cells.isin(list(known)).to_numpy(bool) & (cells != "").to_numpy(bool)
    return [
        lines.fault(
            int(row), column, f"is no {column} in the catalogue",
            nearest(str(cells.iloc[int(row)]), list(known)),
        )
        for row in np.flatnonzero(unknown)
    ]  # fmt: skip

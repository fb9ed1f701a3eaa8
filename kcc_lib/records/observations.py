"""Observations: the column contract, read and checked as a whole.

The tidy frame that leaves this module has one row for each measure, area and period, in
that order, with canonical period labels, typed numbers and the period's place in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import RARE_NUMBERS, Measure
from kcc_lib.periods import PeriodError
from kcc_lib.records.cells import read_dates, read_numbers, require_filled
from kcc_lib.records.dating import decide_types, read_periods
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines
from kcc_lib.records.rare import check_rare
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
from kcc_lib.records.small_numbers import suppress, under_rules
from kcc_lib.records.suppression import Subject, Suppression, Withheld
from kcc_lib.records.veil import veil
from kcc_lib.vocabulary import PeriodType

REQUIRED = ("measure", "area", "period", "value")
NUMBERS = ("value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size")
TEXTS = ("flags", "source", "published", "note")
OPTIONAL = (*NUMBERS[1:], *TEXTS)
#: The columns of every tidy frame; RARE_NUMBERS stand in it where a file brings them.
COLUMNS = (*REQUIRED, *OPTIONAL)
#: What the tidy frame adds to the contract: the period's type, ends and decimal middle.
DERIVED = ("period_type", "period_start", "period_end", "time")
AREA_NOT_STATED = "not stated"
_KEY = ("measure", "area", "period")
#: Where each row stood; in the frame only until rows of several files have been compared.
_PLACE = ("_file", "_line")


@dataclass(frozen=True, slots=True)
class Observations:
    """What one or several observation files tell, tidy; with the measures that rode along.

    `withheld` are the rows of which a rule lets nothing be told.
    """

    frame: pd.DataFrame
    measures: dict[str, Measure]
    targets: pd.DataFrame
    withheld: tuple[Withheld, ...] = ()


def load_files(
    paths: Sequence[Path],
    shown: Sequence[str],
    *,
    suppression: Suppression,
    measures: Mapping[str, Measure] | None = None,
    areas: Mapping[str, str] | None = None,
) -> Observations:
    """Read observation files together, refusing them all if any has a fault.

    Parameters
    ----------
    paths, shown
        The files, and how messages name them.
    suppression
        Which small numbers may not leave this module.
    measures, areas
        The catalogue's measures and areas. Without measures, metadata may ride along in the
        files and any measure is taken; without areas, any area.

    Raises
    ------
    DataError
        With every fault in every file.
    """
    observations, faults = check_files(
        paths, shown, suppression=suppression, measures=measures, areas=areas
    )
    if faults or observations is None:
        raise DataError(faults)
    return observations


def check_files(
    paths: Sequence[Path],
    shown: Sequence[str],
    *,
    suppression: Suppression,
    measures: Mapping[str, Measure] | None = None,
    areas: Mapping[str, str] | None = None,
) -> tuple[Observations | None, list[Fault]]:
    """Read and check observation files; the frame is None when none is whole enough for one."""
    faults: list[Fault] = []
    opened: list[Lines] = []
    for path, name in zip(paths, shown, strict=True):
        lines, more = _open(path, name, alone=measures is None)
        faults += more
        if lines is not None:
            opened.append(lines)
    ruled = bool(suppression.of(Subject.MEASURE))
    if not opened:
        return None, veil(faults, None, ruled=ruled)
    riding, targets, more = read_riding(opened) if measures is None else ({}, NO_TARGETS, [])
    faults += more
    known = riding if measures is None else dict(measures)
    decided = decide_types(opened, known)
    rare = [c for c in RARE_NUMBERS if any(c in lines.cells for lines in opened)]
    parts = []
    for lines in opened:
        part, more = _check_one(lines, known, areas, decided, rare, alone=measures is None)
        faults += more
        if all(column in lines.cells for column in _KEY):
            parts.append(part)
    if not parts:
        return None, veil(faults, None, ruled=ruled)
    frame = _joined(parts)
    faults += check_duplicates(frame)
    if measures is not None:
        faults += check_breaks(frame, known)
    frame = _in_order(frame)
    if measures is None:
        known = complete_measures(known, frame, opened)
    return _told(frame, known, targets, suppression, faults)


def _told(
    frame: pd.DataFrame,
    known: dict[str, Measure],
    targets: pd.DataFrame,
    suppression: Suppression,
    faults: list[Fault],
) -> tuple[Observations, list[Fault]]:
    """What may be told of the rows, and of their faults."""
    texts = [column for column in frame if frame[column].dtype == "category"]
    frame = frame.astype(dict.fromkeys(texts, "str"))
    frame, withheld, more = suppress(frame, known, suppression)
    rules = suppression.of(Subject.MEASURE)
    faults = veil(faults, under_rules(frame, rules), ruled=bool(rules)) + more
    told = frame.drop(columns=list(_PLACE))
    return Observations(told, known, targets, tuple(withheld)), faults


def held_columns(frame: pd.DataFrame) -> list[str]:
    """The contract's columns in a tidy frame, with those rare ones that it has."""
    return [*COLUMNS, *(c for c in RARE_NUMBERS if c in frame)]


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several files, one after the other; texts as categories, codes in order."""
    columns: dict[str, Any] = {}
    for name in parts[0]:
        several = [part[name] for part in parts]
        if several[0].dtype == "category":
            ordered = name in {"measure", "area"}
            columns[str(name)] = union_categoricals(several, sort_categories=ordered)
        else:
            columns[str(name)] = np.concatenate([one.to_numpy() for one in several])
    return pd.DataFrame(columns, copy=False)


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of measure, area and time, else as they came."""
    keys = (frame["time"], frame["area"].cat.codes, frame["measure"].cat.codes)
    order = np.lexsort([key.to_numpy() for key in keys])
    return frame.take(order).reset_index(drop=True)


def _open(path: Path, shown: str, *, alone: bool) -> tuple[Lines | None, list[Fault]]:
    """Open one file; where it is judged without a catalogue it may leave the area out.

    A missing column is one fault, and what stands in the others is still checked.
    """
    lines, faults = read_lines(path, shown)
    if lines is None:
        return None, faults
    optional = ("area", *OPTIONAL, *RARE_NUMBERS, *(RIDING if alone else ()))
    required = tuple(c for c in REQUIRED if c != "area")
    lines, more = check_columns(lines, Contract("observations", required, optional))
    faults += more
    if "area" not in lines.cells and not alone:
        problem, remedy = "the column area is missing", "add it to the header and rows"
        faults.append(Fault(shown, 1, "area", "", problem, remedy))
    elif "area" not in lines.cells:
        lines = replace(lines, cells=lines.cells.assign(area=lines.filled(AREA_NOT_STATED)))
    return lines, faults


def _check_one(
    lines: Lines,
    measures: Mapping[str, Measure],
    areas: Mapping[str, str] | None,
    decided: Mapping[str, PeriodType | PeriodError],
    rare: Sequence[str],
    *,
    alone: bool,
) -> tuple[pd.DataFrame, list[Fault]]:
    faults = require_filled(lines, _KEY)
    if not alone:
        faults += _check_known(lines, "measure", measures)
    if areas is not None:
        faults += _check_known(lines, "area", areas)
    columns: dict[str, Any] = {c: lines.column(c) for c in ("measure", "area", *TEXTS)}
    periods, more = read_periods(lines, decided)
    faults += more + read_dates(lines, "published")[1]
    for column in (*NUMBERS, *rare):
        columns[column], more = read_numbers(lines, column)
        faults += more
    columns |= periods
    columns["_file"], columns["_line"] = lines.filled(lines.file), lines.line
    part = pd.DataFrame(columns, copy=False)
    # a value that is no number, or in no column, is told as that and not as blank
    unread = part["value"].isna() & ((lines.column("value") != "") | ("value" not in lines.cells))
    part["flags"], more = check_flags(lines, part, unread.to_numpy(bool))
    faults += more
    faults += check_range(lines, part, measures)
    faults += check_counts(lines, part, measures) + check_intervals(lines, part)
    faults += check_values(lines, part, measures) + check_rare(lines, part, measures)
    return part[[*_KEY, *NUMBERS, *TEXTS, *rare, *DERIVED, *_PLACE]], faults


def _check_known(lines: Lines, column: str, known: Mapping[str, object]) -> list[Fault]:
    """Every code is one of the catalogue's; a blank one is told as blank."""
    unknown = [text for text in lines.distinct(column)[0] if text and text not in known]
    problem = f"is no {column} in the catalogue"
    return lines.faulty_texts(column, {t: (problem, nearest(t, list(known))) for t in unknown})

"""The catalogue: outcomes, measures and areas, read from `data/raw` and refused if unsound."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import Catalogue, Measure, SupportingOutcome
from kcc_lib.records.catalogue_cells import (
    check_rolling,
    read_answers,
    read_breaks,
    read_catalogue_numbers,
)
from kcc_lib.records.cells import check_repeated, read_words, require_filled
from kcc_lib.records.easy_words import FILE as EASY_FILE
from kcc_lib.records.easy_words import read_easy_words
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.records.neighbours import FILE as NEIGHBOURS_FILE
from kcc_lib.records.neighbours import read_neighbours
from kcc_lib.records.once import read_once
from kcc_lib.records.outcomes import read_areas, read_strategic, read_supporting
from kcc_lib.vocabulary import Frequency, Kind, PeriodType, Polarity, Statistic

MEASURES = Contract(
    "measures",
    (
        "measure", "supporting_outcome", "title", "short_title", "kind", "statistic", "polarity",
        "unit", "decimals", "period_type", "source_body",
    ),
    (
        "directorate", "multiplier", "frequency", "survey", "comparators", "breaks",
        "design_effect", "rounding", "standardised", "rolling", "series_match", "source_period",
        "notes", "source", "locator",
    ),
)  # fmt: skip


#: What may be blank where a measure is no outcome: a report may list a KPI and not name it.
_UNSTATED = ("statistic", "polarity", "decimals")
_WORDS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "statistic": Statistic,
    "polarity": Polarity,
    "period_type": PeriodType,
    "frequency": Frequency,
}


def read_catalogue(raw: Path, *, shown: str = "data/raw") -> Catalogue:
    """Read outcomes, areas, their neighbours, measures, and easy words for them.

    Raises
    ------
    DataError
        With every fault in any of the six files.
    """
    catalogue, faults = check_catalogue(raw, shown=shown)
    if faults:
        raise DataError(faults)
    return catalogue


def check_catalogue(raw: Path, *, shown: str) -> tuple[Catalogue, list[Fault]]:
    """Read the catalogue as far as it can be, with every fault."""
    catalogue, faults = read_once(
        raw, ("catalogue", shown), None, lambda: _read_as_far_as_it_goes(raw, shown)
    )
    return catalogue, list(faults)


def _read_as_far_as_it_goes(raw: Path, shown: str) -> tuple[Catalogue, list[Fault]]:
    strategic, faults = read_strategic(raw, f"{shown}/strategic_outcomes.csv")
    supporting, more = read_supporting(raw, f"{shown}/supporting_outcomes.csv", strategic)
    faults += more
    areas, more = read_areas(raw, f"{shown}/areas.csv")
    faults += more
    name = "measures.csv"
    lines, more = open_file(raw, name, MEASURES, f"{shown}/{name}")
    faults += more
    measures: dict[str, Measure] = {}
    if lines is not None:
        measures, more = read_measures(lines, supporting, areas)
        faults += more
    neighbours, more = read_neighbours(raw, f"{shown}/{NEIGHBOURS_FILE}", areas)
    faults += more
    outcomes = [*strategic, *supporting]
    easy, more = read_easy_words(raw, f"{shown}/{EASY_FILE}", measures, outcomes)
    faults += more
    return Catalogue(measures, strategic, supporting, areas, neighbours, easy), faults


def read_measures(
    lines: Lines, supporting: dict[str, SupportingOutcome], areas: dict[str, str]
) -> tuple[dict[str, Measure], list[Fault]]:
    """Turn catalogue rows into measures; faulty ones are read as far as they go."""
    spare = {"supporting_outcome", "unit", *_UNSTATED}
    filled = [c for c in MEASURES.required if c not in spare]
    faults = require_filled(lines, filled) + check_repeated(lines, "measure")
    columns: dict[str, list[Any]] = {}
    for name, words in _WORDS.items():
        columns[name], more = read_words(lines, name, words)
        faults += more
    numbers, more = read_catalogue_numbers(lines)
    columns |= numbers
    faults += more
    for name in ("survey", "standardised", "rolling"):
        columns[name], more = read_answers(lines, name)
        faults += more
    faults += check_rolling(lines, columns)
    faults += [
        lines.fault(row, "series_match", "is not a match", "write exact, close or nothing")
        for row, text in enumerate(lines.text("series_match"))
        if text not in {"", "exact", "close"}
    ]
    faults += [
        lines.fault(row, name, "is blank", "fill it in")
        for name in _UNSTATED
        for row, text in enumerate(lines.text(name))
        if not text and columns["kind"][row] in {None, Kind.OUTCOME}
    ]
    faults += _check_places(lines, supporting, columns["kind"])
    measures: dict[str, Measure] = {}
    for row, cells in enumerate(lines.cells.astype(str).to_dict("records")):
        told = {str(k): str(v) for k, v in cells.items()}
        typed = {name: values[row] for name, values in columns.items()}
        measure, more = _read_measure(lines, row, told, typed, areas)
        measures[measure.measure] = measure
        faults += more
    return measures, faults


def _read_measure(
    lines: Lines, row: int, told: dict[str, str], typed: dict[str, Any], areas: dict[str, str]
) -> tuple[Measure, list[Fault]]:
    """One row: `told` are its cells, `typed` those already read as words and numbers."""
    comparators = tuple(told.get("comparators", "").split())
    faults = _check_areas(lines, row, comparators, areas)
    breaks, more = read_breaks(lines, row, told.get("breaks", ""), typed["period_type"])
    faults += more
    decimals = typed["decimals"]
    return Measure(
        measure=told["measure"],
        title=told["title"],
        short_title=told["short_title"],
        supporting_outcome=told["supporting_outcome"],
        directorate=told.get("directorate", ""),
        kind=typed["kind"] or Kind.OUTCOME,
        statistic=typed["statistic"],
        polarity=typed["polarity"],
        unit=told["unit"],
        decimals=None if decimals is None else int(decimals),
        multiplier=typed["multiplier"],
        period_type=typed["period_type"],
        frequency=typed["frequency"] or Frequency.YEARLY,
        survey=typed["survey"],
        design_effect=typed["design_effect"],
        rounding=typed["rounding"],
        standardised=typed["standardised"],
        rolling=typed["rolling"],
        source_body=told["source_body"],
        source_period=told.get("source_period", ""),
        comparators=comparators,
        breaks=breaks,
        series_match=told.get("series_match", ""),
        notes=told.get("notes", ""),
    ), faults


def _check_places(
    lines: Lines, supporting: dict[str, SupportingOutcome], kinds: list[Kind | None]
) -> list[Fault]:
    """An outcome measure belongs under a supporting outcome that exists, by code too."""
    faults = []
    for row, code in enumerate(lines.text("supporting_outcome")):
        if kinds[row] is not Kind.OUTCOME:
            continue
        if not supporting:
            continue  # the list itself could not be read, which is told once
        if code not in supporting:
            remedy = nearest(code, list(supporting), shown=20)
            faults.append(
                lines.fault(row, "supporting_outcome", "is no supporting outcome", remedy)
            )
        elif not lines.text("measure")[row].startswith(code):
            remedy = f"a measure under {code} has a code such as {code}1"
            faults.append(lines.fault(row, "measure", f"is not under {code}", remedy))
    return faults


def _check_areas(
    lines: Lines, row: int, comparators: tuple[str, ...], areas: dict[str, str]
) -> list[Fault]:
    return [
        lines.fault(row, "comparators", f"names no area {code!r}", nearest(code, list(areas)))
        for code in comparators
        if areas and code not in areas
    ]

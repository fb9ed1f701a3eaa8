"""The catalogue: outcomes, measures and areas, read from `data/raw` and refused if unsound."""

from pathlib import Path

import numpy as np

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.measures import Break, Catalogue, Measure, StrategicOutcome, SupportingOutcome
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.records.cells import read_numbers, read_words, require_filled
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines
from kcc_lib.vocabulary import (
    BreakGrade,
    Frequency,
    Kind,
    PeriodType,
    Polarity,
    Statistic,
)

STRATEGIC = Contract("strategic outcomes", ("outcome", "title", "short_title", "source", "locator"))
SUPPORTING = Contract(
    "supporting outcomes", ("supporting_outcome", "outcome", "title", "source", "locator")
)
AREAS = Contract("areas", ("area", "name", "source"))
MEASURES = Contract(
    "measures",
    (
        "measure", "supporting_outcome", "title", "short_title", "kind", "statistic", "polarity",
        "unit", "decimals", "period_type", "source_body",
    ),
    (
        "directorate", "multiplier", "frequency", "survey", "comparators", "breaks",
        "series_match", "notes", "source", "locator",
    ),
)  # fmt: skip


def open_file(raw: Path, name: str, contract: Contract, shown: str) -> tuple[Lines | None, list[Fault]]:
    """Read one file of `data/raw` and check its columns."""
    lines, faults = read_lines(raw / name, shown)
    if lines is None:
        return None, faults
    lines, more = check_columns(lines, contract)
    missing = [c for c in contract.required if c not in lines.cells]
    return (None if missing else lines), faults + more


def read_catalogue(raw: Path, *, shown: str = "data/raw") -> Catalogue:
    """Read outcomes, areas and measures.

    Raises
    ------
    DataError
        With every fault in any of the four files.
    """
    catalogue, faults = check_catalogue(raw, shown=shown)
    if faults:
        raise DataError(faults)
    return catalogue


def check_catalogue(raw: Path, *, shown: str) -> tuple[Catalogue, list[Fault]]:
    """Read the catalogue as far as it can be, with every fault."""
    strategic, faults = _read_strategic(raw, f"{shown}/strategic_outcomes.csv")
    supporting, more = _read_supporting(raw, f"{shown}/supporting_outcomes.csv", strategic)
    faults += more
    areas, more = _read_areas(raw, f"{shown}/areas.csv")
    faults += more
    name = "measures.csv"
    lines, more = open_file(raw, name, MEASURES, f"{shown}/{name}")
    faults += more
    measures: dict[str, Measure] = {}
    if lines is not None:
        measures, more = read_measures(lines, supporting, areas)
        faults += more
    return Catalogue(measures, strategic, supporting, areas), faults


def read_measures(
    lines: Lines, supporting: dict[str, SupportingOutcome], areas: dict[str, str]
) -> tuple[dict[str, Measure], list[Fault]]:
    """Turn catalogue rows into measures; faulty rows are reported and still read as far as they go."""
    filled = [c for c in MEASURES.required if c not in {"supporting_outcome", "unit"}]
    faults = require_filled(lines, filled) + _repeated(lines, "measure")
    kinds, more = read_words(lines, "kind", Kind)
    faults += more
    statistics, more = read_words(lines, "statistic", Statistic)
    faults += more
    polarities, more = read_words(lines, "polarity", Polarity)
    faults += more
    types, more = read_words(lines, "period_type", PeriodType, what="period type")
    faults += more
    frequencies, more = read_words(lines, "frequency", Frequency)
    faults += more
    decimals, more = read_numbers(lines, "decimals")
    faults += more
    multipliers, more = read_numbers(lines, "multiplier")
    faults += more
    faults += _check_places(lines, supporting, kinds)
    measures: dict[str, Measure] = {}
    for row, cells in enumerate(lines.cells.fillna("").to_dict("records")):
        comparators = tuple(str(cells.get("comparators", "")).split())
        faults += _check_areas(lines, row, comparators, areas)
        breaks, more = _read_breaks(lines, row, str(cells.get("breaks", "")), types[row])
        faults += more
        survey, more = _read_yes_no(lines, row, "survey")
        faults += more
        measures[cells["measure"]] = Measure(
            measure=cells["measure"],
            title=cells["title"],
            short_title=cells["short_title"],
            supporting_outcome=cells["supporting_outcome"],
            directorate=str(cells.get("directorate", "")),
            kind=kinds[row] or Kind.OUTCOME,
            statistic=statistics[row],
            polarity=polarities[row],
            unit=cells["unit"],
            decimals=None if np.isnan(decimals[row]) else int(decimals[row]),
            multiplier=None if np.isnan(multipliers[row]) else float(multipliers[row]),
            period_type=types[row],
            frequency=frequencies[row] or Frequency.YEARLY,
            survey=survey,
            source_body=cells["source_body"],
            comparators=comparators,
            breaks=breaks,
            series_match=str(cells.get("series_match", "")),
            notes=str(cells.get("notes", "")),
        )
    return measures, faults


def _check_places(
    lines: Lines, supporting: dict[str, SupportingOutcome], kinds: list[Kind | None]
) -> list[Fault]:
    """An outcome measure belongs under a supporting outcome that exists, by code too."""
    faults = []
    for row, code in enumerate(lines.cells["supporting_outcome"]):
        if kinds[row] is not Kind.OUTCOME:
            continue
        if code not in supporting:
            remedy = nearest(code, list(supporting), shown=20)
            faults.append(lines.fault(row, "supporting_outcome", "is no supporting outcome", remedy))
        elif not lines.cells["measure"].iat[row].startswith(code):
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


def _read_breaks(
    lines: Lines, row: int, text: str, period_type: PeriodType | None
) -> tuple[tuple[Break, ...], list[Fault]]:
    """`period:hard|noted:reason`, several separated by ` | `."""
    breaks, faults = [], []
    for part in filter(None, (p.strip() for p in text.split(" | "))):
        pieces = part.split(":", 2)
        try:
            label, grade, reason = pieces
            breaks.append(Break(parse_period(label, period_type), BreakGrade(grade), reason.strip()))
        except PeriodError as error:
            faults.append(lines.fault(row, "breaks", error.problem, error.remedy))
        except ValueError:
            remedy = "write period:hard:reason or period:noted:reason"
            faults.append(lines.fault(row, "breaks", "is not a break in series", remedy))
    return tuple(sorted(breaks, key=lambda b: b.period.end)), faults


def _read_yes_no(lines: Lines, row: int, column: str) -> tuple[bool, list[Fault]]:
    text = lines.cells[column].iat[row] if column in lines.cells else ""
    if text in {"yes", "no", ""}:
        return text == "yes", []
    return False, [lines.fault(row, column, "is not yes or no", "write yes or no")]


def _repeated(lines: Lines, column: str) -> list[Fault]:
    """A key that stands on two lines, both named."""
    faults, first = [], {}
    for row, key in enumerate(lines.cells[column]):
        if key in first:
            problem = f"is already on line {lines.line[first[key]]}"
            faults.append(lines.fault(row, column, problem, "keep one of the two"))
        first.setdefault(key, row)
    return faults


def _read_strategic(raw: Path, shown: str) -> tuple[dict[str, StrategicOutcome], list[Fault]]:
    lines, faults = open_file(raw, "strategic_outcomes.csv", STRATEGIC, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("outcome", "title")) + _repeated(lines, "outcome")
    rows = lines.cells.to_dict("records")
    return {
        r["outcome"]: StrategicOutcome(r["outcome"], r["title"], r["short_title"]) for r in rows
    }, faults


def _read_supporting(
    raw: Path, shown: str, strategic: dict[str, StrategicOutcome]
) -> tuple[dict[str, SupportingOutcome], list[Fault]]:
    lines, faults = open_file(raw, "supporting_outcomes.csv", SUPPORTING, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("supporting_outcome", "title"))
    faults += _repeated(lines, "supporting_outcome")
    for row, outcome in enumerate(lines.cells["outcome"]):
        if strategic and outcome not in strategic:
            remedy = nearest(outcome, list(strategic))
            faults.append(lines.fault(row, "outcome", "is no strategic outcome", remedy))
    rows = lines.cells.to_dict("records")
    return {
        r["supporting_outcome"]: SupportingOutcome(r["supporting_outcome"], r["outcome"], r["title"])
        for r in rows
    }, faults


def _read_areas(raw: Path, shown: str) -> tuple[dict[str, str], list[Fault]]:
    lines, faults = open_file(raw, "areas.csv", AREAS, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("area", "name")) + _repeated(lines, "area")
    return dict(zip(lines.cells["area"], lines.cells["name"], strict=True)), faults

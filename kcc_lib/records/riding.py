"""Catalogue and target columns that ride along in an observation file.

An analyst with one spreadsheet needs nothing else: what is said of a measure on its rows
must be the same on all of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.errors import Fault
from kcc_lib.measures import Break, Measure
from kcc_lib.periods import parse_period
from kcc_lib.records.cells import read_distinct_numbers, read_distinct_words
from kcc_lib.records.lines import Lines
from kcc_lib.records.rules import has_flag
from kcc_lib.vocabulary import BreakGrade, Flag, Frequency, Kind, PeriodType, Polarity, Statistic

_TEXT = (
    "title", "short_title", "supporting_outcome", "directorate", "unit", "source_body", "notes",
)  # fmt: skip
_WORDS = {
    "kind": Kind,
    "statistic": Statistic,
    "polarity": Polarity,
    "period_type": PeriodType,
    "frequency": Frequency,
}
TARGET_COLUMNS = ("target", "floor", "lower_threshold", "upper_threshold")
_ANSWERS = ("survey", "standardised", "rolling")
_NUMBERS = ("decimals", "multiplier", "design_effect", "rounding", *TARGET_COLUMNS)
#: The least that some of them can be, what to say of less, and what to do.
LEAST = {
    "design_effect": (1.0, "is below 1", "write how many times wider the variance is, 1 or more"),
    "rounding": (0.0, "is below zero", "write the step that values are rounded to, such as 5"),
}
#: Targets of files that bring none.
NO_TARGETS = pd.DataFrame(columns=["measure", *TARGET_COLUMNS])
RIDING = (*_TEXT, *_WORDS, *_ANSWERS, *_NUMBERS)


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
        for name in (c for c in RIDING if c in lines.cells):
            values, more = _read_column(lines, name)
            faults += more
            if "measure" in lines.cells:
                faults += _hear(lines, name, values, said)
    named = [lines for lines in opened if "measure" in lines.cells]
    codes = sorted({code for lines in named for code in lines.distinct("measure")[0]})
    measures = {code: _measure(code, said.get(code, {})) for code in codes}
    rows = [
        {"measure": c, **{t: said[c].get(t, np.nan) for t in TARGET_COLUMNS}}
        for c in codes
        if any(t in said.get(c, {}) for t in TARGET_COLUMNS)
    ]
    return measures, pd.DataFrame(rows, columns=["measure", *TARGET_COLUMNS]), faults


def _hear(
    lines: Lines, name: str, values: dict[str, Any], said: dict[str, dict[str, Any]]
) -> list[Fault]:
    """Add to `said` what one column says of each measure; a fault where it was told otherwise."""
    pairs, which = lines.pairs("measure", name)
    problems: dict[int, str] = {}
    for at, (code, text) in enumerate(pairs):
        value = values[text]
        if value is None or value == "":
            continue
        before = said.setdefault(code, {}).setdefault(name, value)
        if before != value:
            problems[at] = f"differs from {_as_written(before)!r} earlier in measure {code}"
    rows = np.flatnonzero(np.isin(which, list(problems)))
    told = [problems[at] for at in which[rows].tolist()]
    return lines.faults(rows, name, told, "say the same on every row of a measure")


def _as_written(value: object) -> str:
    """A value as an analyst would have typed it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read_column(lines: Lines, name: str) -> tuple[dict[str, Any], list[Fault]]:
    """What each different text of a riding column means; None where blank or refused."""
    if name in _WORDS:
        return read_distinct_words(lines, name, _WORDS[name])
    if name in _NUMBERS:
        numbers, faults = read_distinct_numbers(lines, name)
        if name in LEAST:
            least, problem, remedy = LEAST[name]
            low = [text for text, n in numbers.items() if n < least]
            faults += lines.faulty_texts(name, dict.fromkeys(low, (problem, remedy)))
        return {text: None if np.isnan(n) else n for text, n in numbers.items()}, faults
    texts = lines.distinct(name)[0]
    if name in _ANSWERS:
        answers = {"yes": True, "no": False}
        wrong = [text for text in texts if text not in {*answers, ""}]
        said = dict.fromkeys(wrong, ("is not yes or no", "write yes or no"))
        return {text: answers.get(text) for text in texts}, lines.faulty_texts(name, said)
    return {text: text for text in texts}, []


def _measure(code: str, said: dict[str, Any]) -> Measure:
    said = {"frequency": Frequency.YEARLY} | said
    decimals = said.get("decimals")
    return Measure(
        measure=code,
        title=said.get("title", ""),
        short_title=said.get("short_title", ""),
        supporting_outcome=said.get("supporting_outcome", ""),
        directorate=said.get("directorate", ""),
        kind=said.get("kind", Kind.OUTCOME),
        statistic=said.get("statistic"),
        polarity=said.get("polarity"),
        unit=said.get("unit", ""),
        decimals=None if decimals is None else int(decimals),
        multiplier=said.get("multiplier"),
        period_type=said.get("period_type"),
        frequency=said["frequency"],
        survey=bool(said.get("survey", False)),
        design_effect=said.get("design_effect"),
        rounding=said.get("rounding"),
        standardised=bool(said.get("standardised", False)),
        rolling=bool(said.get("rolling", False)),
        source_body=said.get("source_body", ""),
        notes=said.get("notes", ""),
    )


def complete_measures(
    measures: dict[str, Measure], frame: pd.DataFrame, opened: Sequence[Lines]
) -> dict[str, Measure]:
    """Add what a catalogue would hold: breaks where data flag them, and how often they come.

    A flagged break is taken as hard, since nothing says that values compare across it.
    """
    said = {
        code for lines in opened for code, often in lines.pairs("measure", "frequency")[0] if often
    }
    closest = _closest_points(frame)
    flagged = frame[has_flag(frame["flags"], Flag.BREAK)]
    breaks: dict[str, set[Break]] = {}
    points = flagged[["measure", "period", "period_type"]].drop_duplicates()
    for row in points[points["period_type"] != ""].to_dict("records"):
        period = parse_period(row["period"], PeriodType(row["period_type"]))
        found = Break(period, BreakGrade.HARD, "a break is flagged in the data")
        breaks.setdefault(row["measure"], set()).add(found)
    return {
        code: replace(
            m,
            breaks=tuple(sorted(breaks.get(code, ()), key=lambda b: b.period.end)),
            frequency=m.frequency if code in said else _often(closest.get(code, np.nan)),
        )
        for code, m in measures.items()
    }


def _closest_points(frame: pd.DataFrame) -> dict[str, float]:
    """How many months lie between the two closest points of each measure's series.

    The frame is in the order of measure, area and time, the first two categories.
    """
    measure, area = (frame[c].cat.codes.to_numpy() for c in ("measure", "area"))
    end = frame["period_end"].to_numpy()
    month = np.where(np.isnat(end), np.nan, end.astype("datetime64[M]").astype(np.float64))
    same = (measure[1:] == measure[:-1]) & (area[1:] == area[:-1])
    steps = np.where(same, np.diff(month), np.nan)
    first = np.flatnonzero(np.diff(measure, prepend=-1))
    closest = np.fmin.reduceat(np.append(np.nan, steps), first)
    names = frame["measure"].cat.categories[measure[first]]
    return dict(zip(names, closest.tolist(), strict=True))


def _often(months: float) -> Frequency:
    """How often a series comes, by its closest points; never less than yearly without a word."""
    if months <= 1:
        return Frequency.MONTHLY
    return Frequency.QUARTERLY if months <= 3 else Frequency.YEARLY

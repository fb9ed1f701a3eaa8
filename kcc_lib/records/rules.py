"""What must hold of every observation: each rule finds all of its faults at once."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault
from kcc_lib.measures import Measure
from kcc_lib.records.lines import Lines
from kcc_lib.vocabulary import Flag, Statistic

Mask = NDArray[np.bool_]


def check_flags(lines: Lines, part: pd.DataFrame, unread: Mask) -> tuple[Any, list[Fault]]:
    """Known flags only; a blank value says why, and a flag that means blank has no value."""
    canonical: dict[str, str] = {}
    unknown: dict[str, list[str]] = {}
    texts, codes = lines.distinct("flags")
    for text in texts:
        marks = str(text).replace(",", " ").split()
        unknown[text] = [m for m in marks if m not in list(Flag)]
        canonical[text] = " ".join(sorted(m for m in dict.fromkeys(marks) if m in list(Flag)))
    blank = part["value"].isna().to_numpy(bool) & ~unread
    faults = []
    known = ", ".join(f"{f} {f.meaning}" for f in Flag)
    for row in np.flatnonzero(np.asarray([bool(unknown[t]) for t in texts], dtype=bool)[codes]):
        faults.append(lines.fault(int(row), "flags", "is not a flag", f"known: {known}"))
    states = {t: [Flag(m) for m in marks.split()] for t, marks in canonical.items()}
    excused = np.asarray([any(f.explains_blank for f in states[t]) for t in texts], dtype=bool)[
        codes
    ]
    forbidden = np.asarray([any(f.forbids_value for f in states[t]) for t in texts], dtype=bool)[
        codes
    ]
    for row in np.flatnonzero(blank & ~excused):
        remedy = "flag it x (not available), c (confidential) or z (not applicable), or fill it in"
        faults.append(lines.fault(int(row), "value", "is blank without a flag", remedy))
    for row in np.flatnonzero(~part["value"].isna().to_numpy(bool) & forbidden):
        remedy = "remove the value, or the flag that says there is none"
        faults.append(lines.fault(int(row), "flags", "contradicts the value beside it", remedy))
    return pd.Categorical([canonical[t] for t in texts]).take(codes), faults


def check_range(lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """Percentages lie in 0 to 100, their differences in -100 to 100; nothing else is below zero."""
    percent = _of(part, {m for m, r in measures.items() if r.percentage or _is_share(r)})
    signed = _of(part, {m for m, r in measures.items() if r.signed})
    rest = _of(part, {m for m, r in measures.items() if _never_negative(r)})
    faults = []
    for column in ("value", "lower_ci", "upper_ci"):
        value = part[column].to_numpy(np.float64)
        low = np.where(signed, -100.0, 0.0)
        with np.errstate(invalid="ignore"):
            outside = percent & ((value < low) | (value > 100))
            negative = rest & ~percent & (value < 0)
        for row in np.flatnonzero(outside):
            remedy = "check the figure; a percentage is written 74.1, not 0.741 or 7410"
            problem = f"is outside {low[row]:.0f} to 100"
            faults.append(lines.fault(int(row), column, problem, remedy))
        for row in np.flatnonzero(negative):
            faults.append(lines.fault(int(row), column, "is below zero", "check the figure"))
    return faults


def _is_share(measure: Measure) -> bool:
    return measure.statistic is Statistic.PROPORTION


def _never_negative(measure: Measure) -> bool:
    return measure.statistic in {Statistic.RATE, Statistic.COUNT, Statistic.RATIO}


def check_counts(lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """Numerators and denominators are counts; a proportion's numerator is part of the whole."""
    numerator, denominator = part["numerator"].to_numpy(), part["denominator"].to_numpy()
    sample = part["sample_size"].to_numpy()
    share = _of(part, {m for m, r in measures.items() if _is_share(r)})
    found: list[tuple[Mask, str, str, str]] = [
        (numerator < 0, "numerator", "is below zero", "check the figure"),
        (denominator <= 0, "denominator", "is not above zero", "check the figure"),
        (sample <= 0, "sample_size", "is not above zero", "check the figure"),
        (
            share & (denominator > 0) & (numerator > denominator), "numerator",
            "is above the denominator", "a proportion counts part of the whole; check both",
        ),
    ]  # fmt: skip
    return [
        lines.fault(int(row), column, problem, remedy)
        for mask, column, problem, remedy in found
        for row in np.flatnonzero(mask)
    ]


def check_values(lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """A value agrees with the counts it is made of, as far as rounding allows.

    A test is made on the counts and a change on the values; they must tell of one thing.
    """
    scale = part["measure"].map({m: _scale(r) for m, r in measures.items()}).to_numpy(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        made = part["numerator"].to_numpy() / part["denominator"].to_numpy() * scale
    sound = (part["numerator"] >= 0) & (part["denominator"] > 0)
    sound &= ~((scale == 100) & (part["numerator"] > part["denominator"]))
    made = np.where(sound, made, np.nan)  # a wrong count is told once, where it stands
    value = part["value"].to_numpy()
    allowed = np.maximum(0.51, 0.02 * np.abs(made))
    return [
        lines.fault(
            int(row), "value", f"is not {made[row]:.4g}, as its numerator and denominator make it",
            "check the value and both counts",
        )
        for row in np.flatnonzero(np.abs(value - made) > allowed)
    ]  # fmt: skip


def _scale(measure: Measure) -> float:
    """What a numerator over a denominator is multiplied by to give the value."""
    if measure.statistic is Statistic.PROPORTION:
        return 100.0
    if measure.statistic is Statistic.RATE and measure.multiplier:
        return measure.multiplier
    return np.nan


def check_intervals(lines: Lines, part: pd.DataFrame) -> list[Fault]:
    """An interval has two limits, in order, around its value."""
    low, high = part["lower_ci"].to_numpy(), part["upper_ci"].to_numpy()
    value = part["value"].to_numpy()
    one = np.isnan(low) != np.isnan(high)
    crossed = low > high
    outside = ~crossed & ((value < low) | (value > high))
    found = [
        (one, "lower_ci", "stands without the other limit", "give both limits or neither"),
        (crossed, "lower_ci", "is above upper_ci", "swap the limits"),
        (outside, "value", "lies outside its interval", "check the value and both limits"),
    ]
    return [
        lines.fault(int(row), column, problem, remedy)
        for mask, column, problem, remedy in found
        for row in np.flatnonzero(mask)
    ]


def check_duplicates(frame: pd.DataFrame) -> list[Fault]:
    """The same measure, area and period twice, both lines named."""
    key = ["measure", "area", "period"]
    again = frame[frame.duplicated(key, keep="first") & (frame["period"] != "")]
    if again.empty:
        return []
    first = frame.drop_duplicates(key).set_index(key)[["_file", "_line"]]
    faults = []
    for row in again.to_dict("records"):
        at = first.loc[[(row["measure"], row["area"], row["period"])]].iloc[0]
        where = f"line {at['_line']}"
        if at["_file"] != row["_file"]:
            where = f"{at['_file']}, {where}"
        found = f"{row['measure']}, {row['area']}, {row['period']}"
        problem = f"is already on {where}"
        faults.append(Fault(row["_file"], int(row["_line"]), "period", found, problem, "keep one"))
    return faults


def check_breaks(frame: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """A point flagged b has its break, with grade and reason, in the catalogue."""
    flagged = frame[has_flag(frame["flags"], Flag.BREAK)]
    faults = []
    for row in flagged.to_dict("records"):
        measure = measures.get(row["measure"])
        if measure and row["period"] not in {b.period.label for b in measure.breaks}:
            remedy = f"add {row['period']}:hard or noted:reason to breaks in measures.csv"
            problem = "flags a break that the catalogue does not hold"
            faults.append(
                Fault(row["_file"], int(row["_line"]), "flags", row["flags"], problem, remedy)
            )
    return faults


def has_flag(flags: pd.Series, flag: Flag) -> pd.Series:
    """Which rows bear a flag; each different text is looked at once."""
    return flags.isin([text for text in flags.unique() if flag in str(text).split()])


def _of(part: pd.DataFrame, names: set[str]) -> Mask:
    return part["measure"].isin(names).to_numpy(bool)

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
_MARKS = frozenset(str(flag) for flag in Flag)


def check_flags(lines: Lines, part: pd.DataFrame, unread: Mask) -> tuple[Any, list[Fault]]:
    """Known flags only; a blank value says why, and a flag that means blank has no value."""
    texts, codes = lines.distinct("flags")
    marks = [text.replace(",", " ").split() for text in texts]
    states = [sorted({Flag(m) for m in several if m in _MARKS}) for several in marks]
    excused = np.asarray([any(f.explains_blank for f in s) for s in states], dtype=bool)
    forbidden = np.asarray([any(f.forbids_value for f in s) for s in states], dtype=bool)
    known = ", ".join(f"{f} {f.meaning}" for f in Flag)
    unknown = [t for t, several in zip(texts, marks, strict=True) if set(several) - _MARKS]
    faults = lines.faulty_texts(
        "flags", dict.fromkeys(unknown, ("is not a flag", f"known: {known}"))
    )
    none = part["value"].isna().to_numpy(bool)
    remedy = "flag it x (not available), c (suppressed to protect people) or z (not applicable), or fill it in"
    faults += lines.faults(
        none & ~unread & ~excused[codes], "value", "is blank without a flag", remedy
    )
    remedy = "remove the value, or the flag that says there is none"
    faults += lines.faults(
        ~none & forbidden[codes], "flags", "contradicts the value beside it", remedy
    )
    canonical = pd.Index([" ".join(s) for s in states], dtype="str")
    return pd.Categorical(canonical).take(codes), faults


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
        remedy = "check the figure; a percentage is written 74.1, not 0.741 or 7410"
        problems = [f"is outside {limit:.0f} to 100" for limit in low[outside].tolist()]
        faults += lines.faults(outside, column, problems, remedy)
        faults += lines.faults(negative, column, "is below zero", "check the figure")
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
    return [fault for one in found for fault in lines.faults(*one)]


def check_values(lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """A value agrees with the counts it is made of, as far as rounding allows.

    A test is made on the counts and a change on the values; they must tell of one thing.
    """
    measure = part["measure"].cat
    scales = [_scale(measures[m]) if m in measures else np.nan for m in measure.categories]
    scale = np.asarray(scales, dtype=np.float64)[measure.codes]
    with np.errstate(invalid="ignore", divide="ignore"):
        made = part["numerator"].to_numpy() / part["denominator"].to_numpy() * scale
    sound = (part["numerator"] >= 0) & (part["denominator"] > 0)
    sound &= ~((scale == 100) & (part["numerator"] > part["denominator"]))
    made = np.where(sound, made, np.nan)  # a wrong count is told once, where it stands
    value = part["value"].to_numpy()
    allowed = np.maximum(0.51, 0.02 * np.abs(made))
    rows = np.flatnonzero(np.abs(value - made) > allowed)
    problems = [
        f"is not {right:.4g}, as its numerator and denominator make it"
        for right in made[rows].tolist()
    ]
    return lines.faults(rows, "value", problems, "check the value and both counts")


def _scale(measure: Measure) -> float:
    """What a numerator over a denominator is multiplied by to give the value."""
    if measure.statistic is Statistic.PROPORTION:
        return 100.0
    if measure.statistic is Statistic.RATE and measure.multiplier and not measure.standardised:
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
    return [fault for one in found for fault in lines.faults(*one)]


def check_duplicates(frame: pd.DataFrame) -> list[Fault]:
    """The same measure, area and period twice, both lines named."""
    key = ["measure", "area", "period"]
    again = frame[frame.duplicated(key, keep="first") & (frame["period"] != "")]
    if again.empty:
        return []
    place = [*key, "_file", "_line"]
    both = again[place].merge(frame.drop_duplicates(key)[place], on=key, suffixes=("", "_first"))
    faults = []
    for row in both.to_dict("records"):
        where = f"line {row['_line_first']}"
        if row["_file_first"] != row["_file"]:
            where = f"{row['_file_first']}, {where}"
        found = f"{row['measure']}, {row['area']}, {row['period']}"
        problem = f"is already on {where}"
        faults.append(Fault(row["_file"], int(row["_line"]), "period", found, problem, "keep one"))
    return faults


def check_breaks(frame: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """A point flagged b has its break, with grade and reason, in the catalogue."""
    flagged = frame[has_flag(frame["flags"], Flag.BREAK)]
    point = ["measure", "period"]
    points = flagged[point].drop_duplicates()
    held = {(code, b.period.label) for code, m in measures.items() for b in m.breaks}
    lacking = [
        code in measures and (code, label) not in held
        for code, label in zip(points["measure"], points["period"], strict=True)
    ]
    rows = flagged.merge(points[np.asarray(lacking, dtype=bool)], on=point)
    problem = "flags a break that the catalogue does not hold"
    return [
        Fault(
            row["_file"], int(row["_line"]), "flags", row["flags"], problem,
            f"add {row['period']}:hard or noted:reason to breaks in measures.csv",
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip


def has_flag(flags: pd.Series, flag: Flag) -> pd.Series:
    """Which rows bear a flag; each different text is looked at once."""
    return flags.isin([text for text in flags.unique() if flag in str(text).split()])


def _of(part: pd.DataFrame, names: set[str]) -> Mask:
    return part["measure"].isin(names).to_numpy(bool)

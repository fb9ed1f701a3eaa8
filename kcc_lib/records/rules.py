"""What must hold of every observation: each rule finds all of its faults at once."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault
from kcc_lib.measures import Measure
from kcc_lib.periods import (
    FORM_OF_TYPE,
    Period,
    PeriodError,
    PeriodForm,
    decide_form,
    parse_period,
    period_readings,
    type_of_form,
)
from kcc_lib.records.lines import Lines
from kcc_lib.vocabulary import Flag, PeriodType, Statistic

Mask = NDArray[np.bool_]


def read_periods(lines: Lines, measures: Mapping[str, Measure]) -> tuple[pd.DataFrame, list[Fault]]:
    """Read every period label by its measure's type, or by what its series agrees on.

    Each distinct label of a measure is read once, however many rows bear it.
    """
    keys = pd.DataFrame({"measure": lines.cells["measure"], "label": lines.cells["period"]})
    distinct = keys[keys["label"] != ""].drop_duplicates()
    read: dict[tuple[str, str], Period] = {}
    refused: dict[tuple[str, str], PeriodError] = {}
    for measure, labels in distinct.groupby("measure", sort=False)["label"]:
        code = str(measure)
        named = measures[code].period_type if code in measures else None
        good, bad = _read_series(list(labels), named)
        read |= {(code, label): period for label, period in good.items()}
        refused |= {(code, label): error for label, error in bad.items()}
    pairs = list(zip(keys["measure"], keys["label"], strict=True))
    faults = [
        lines.fault(row, "period", refused[pair].problem, refused[pair].remedy)
        for row, pair in enumerate(pairs)
        if refused and pair in refused
    ]
    periods = [read.get(pair) for pair in pairs]
    return _period_columns(periods, keys["label"]), faults


def _read_series(
    labels: list[str], named: PeriodType | None
) -> tuple[dict[str, Period], dict[str, PeriodError]]:
    """Read the labels of one measure; the form is the catalogue's, or the commonest."""
    good: dict[str, Period] = {}
    bad: dict[str, PeriodError] = {}
    period_type = named
    if named is None:
        try:
            period_type = type_of_form(decide_form(labels))
        except PeriodError as error:
            form = _commonest_form(labels)
            if form is None:
                return good, dict.fromkeys(labels, error)
            period_type = type_of_form(form)
    for label in labels:
        try:
            good[label] = parse_period(label, period_type)
        except PeriodError as error:
            bad[label] = _say_why(label, period_type, error)
    return good, bad


def _commonest_form(labels: list[str]) -> PeriodForm | None:
    """The form that most labels can only have; None where several tie or none has one."""
    counts: dict[PeriodForm, int] = {}
    for label in labels:
        for form in period_readings(label):
            counts[form] = counts.get(form, 0) + 1
    best = sorted(counts.values(), reverse=True)
    if not best or (len(best) > 1 and best[0] == best[1]):
        return None
    return max(counts, key=lambda form: counts[form])


def _say_why(label: str, period_type: PeriodType | None, error: PeriodError) -> PeriodError:
    readings = period_readings(label)
    if not readings or period_type is None:
        return PeriodError("is not a period", error.remedy)
    found = " or ".join(sorted(readings))
    wanted = FORM_OF_TYPE[period_type]
    return PeriodError(
        f"is {found}, but this series has {wanted}", "keep one frequency in a series"
    )


def _period_columns(periods: list[Period | None], labels: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": [p.label if p else label for p, label in zip(periods, labels, strict=True)],
            "period_type": [str(p.period_type) if p else "" for p in periods],
            "period_start": _days([p.start if p else None for p in periods]),
            "period_end": _days([p.end if p else None for p in periods]),
            "time": np.asarray([p.middle if p else np.nan for p in periods], dtype=np.float64),
        }
    )


def _days(days: list[date | None]) -> pd.Series:
    return pd.to_datetime(pd.Series(days, dtype=object))


def check_flags(lines: Lines, part: pd.DataFrame, unread: Mask) -> tuple[list[str], list[Fault]]:
    """Known flags only; a blank value says why, and a flag that means blank has no value."""
    canonical: dict[str, str] = {}
    unknown: dict[str, list[str]] = {}
    for text in part["flags"].unique():
        marks = str(text).replace(",", " ").split()
        unknown[text] = [m for m in marks if m not in list(Flag)]
        canonical[text] = " ".join(sorted(m for m in dict.fromkeys(marks) if m in list(Flag)))
    blank = part["value"].isna().to_numpy(bool) & ~unread
    faults = []
    known = ", ".join(f"{f} {f.meaning}" for f in Flag)
    for row in np.flatnonzero(part["flags"].map(lambda t: bool(unknown[t])).to_numpy(bool)):
        faults.append(lines.fault(int(row), "flags", "is not a flag", f"known: {known}"))
    states = {t: [Flag(m) for m in marks.split()] for t, marks in canonical.items()}
    excused = part["flags"].map(lambda t: any(f.explains_blank for f in states[t])).to_numpy(bool)
    forbidden = part["flags"].map(lambda t: any(f.forbids_value for f in states[t])).to_numpy(bool)
    for row in np.flatnonzero(blank & ~excused):
        remedy = "flag it x (not available), c (confidential) or z (not applicable), or fill it in"
        faults.append(lines.fault(int(row), "value", "is blank without a flag", remedy))
    for row in np.flatnonzero(~part["value"].isna().to_numpy(bool) & forbidden):
        remedy = "remove the value, or the flag that says there is none"
        faults.append(lines.fault(int(row), "flags", "contradicts the value beside it", remedy))
    return [canonical[t] for t in part["flags"]], faults


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
            faults.append(lines.fault(int(row), column, "is outside 0 to 100", remedy))
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
            share & (numerator > denominator), "numerator",
            "is above the denominator", "a proportion counts part of the whole; check both",
        ),
    ]  # fmt: skip
    return [
        lines.fault(int(row), column, problem, remedy)
        for mask, column, problem, remedy in found
        for row in np.flatnonzero(mask)
    ]


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
    flagged = frame[frame["flags"].str.split().map(lambda marks: Flag.BREAK in marks)]
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


def _of(part: pd.DataFrame, names: set[str]) -> Mask:
    return part["measure"].isin(names).to_numpy(bool)

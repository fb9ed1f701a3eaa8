"""Dating observations: every label read by its measure's type, or by what its series agrees on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from kcc_lib.errors import Fault
from kcc_lib.measures import Measure
from kcc_lib.periods import (
    FORM_OF_TYPE,
    Period,
    PeriodError,
    decide_form,
    parse_period,
    type_of_form,
)
from kcc_lib.records.lines import Lines
from kcc_lib.spellings import PeriodForm, period_readings
from kcc_lib.vocabulary import PeriodType

#: Dates are held to the second, so that what is read back equals what was checked.
DATES: Final = "datetime64[s]"


def decide_types(
    opened: Sequence[Lines], measures: Mapping[str, Measure]
) -> dict[str, PeriodType | PeriodError]:
    """Give each measure's period type: the catalogue's, or what its labels agree on."""
    labels: dict[str, dict[str, None]] = {}
    for lines in opened:
        if "measure" not in lines.cells:
            continue  # labels of no one series cannot agree
        for code, label in lines.pairs("measure", "period")[0]:
            if label:
                labels.setdefault(code, {})[label] = None
    decided: dict[str, PeriodType | PeriodError] = {}
    for code, found in labels.items():
        named = measures[code].period_type if code in measures else None
        decided[code] = named or _agreed_type(list(found))
    return decided


def _agreed_type(labels: list[str]) -> PeriodType | PeriodError:
    """The one type that fits all labels, else the commonest, else why there is none."""
    try:
        return type_of_form(decide_form(labels))
    except PeriodError as error:
        form = _commonest_form(labels)
        return error if form is None else type_of_form(form)


def read_periods(
    lines: Lines, decided: Mapping[str, PeriodType | PeriodError]
) -> tuple[dict[str, Any], list[Fault]]:
    """Read every period label by its measure's type.

    Each distinct label of a measure is read once, however many rows bear it. Where the file
    has no column of measures, a label is only asked to be a period of some type.

    Returns
    -------
    (columns, faults)
        `period` and `period_type` as categories, `period_start`, `period_end` and `time`.
    """
    pairs, codes = lines.pairs("measure", "period")
    known = "measure" in lines.cells
    read = [
        _read_label(label, decided[code] if known else None) if label else None
        for code, label in pairs
    ]
    refused = np.asarray([isinstance(one, PeriodError) for one in read], dtype=bool)
    rows = np.flatnonzero(refused[codes])
    errors = [e for at in codes[rows].tolist() if isinstance(e := read[at], PeriodError)]
    faults = lines.faults(rows, "period", [e.problem for e in errors], [e.remedy for e in errors])
    periods = [one if isinstance(one, Period) else None for one in read]
    distinct = _period_columns(periods, [label for _, label in pairs])
    return {str(name): column.array.take(codes) for name, column in distinct.items()}, faults


def _read_label(
    label: str, decided: PeriodType | PeriodError | None
) -> Period | PeriodError | None:
    if decided is None or isinstance(decided, PeriodError):
        unread = "write one of the forms in docs/data.md, such as 2018-19"
        return decided if period_readings(label) else PeriodError("is not a period", unread)
    try:
        return parse_period(label, decided)
    except PeriodError:
        readings, wanted = period_readings(label), FORM_OF_TYPE[decided]
        if not readings:
            return PeriodError("is not a period", f"write {wanted}")
        found = " or ".join(sorted(readings))
        problem = f"is {found}, but this series has {wanted}"
        return PeriodError(problem, "keep one frequency in a series")


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


def _period_columns(periods: list[Period | None], labels: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": _categories(
                [p.label if p else label for p, label in zip(periods, labels, strict=True)]
            ),
            "period_type": _categories([str(p.period_type) if p else "" for p in periods]),
            "period_start": _days([p.start if p else None for p in periods]),
            "period_end": _days([p.end if p else None for p in periods]),
            "time": np.asarray([p.middle if p else np.nan for p in periods], dtype=np.float64),
        }
    )


def _categories(texts: list[str]) -> pd.Categorical:
    return pd.Categorical(pd.Index(texts, dtype="str"))


def _days(days: list[date | None]) -> pd.Series:
    return pd.to_datetime(pd.Series(days, dtype=object)).astype(DATES)

"""Targets: what was asked of each measure in each financial year, from `targets.csv`."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Measure, Target
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.records.cells import read_numbers, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.vocabulary import PeriodType

FILE = "targets.csv"
NUMBERS = ("target", "floor", "lower_threshold", "upper_threshold")
TARGETS = Contract("targets", ("measure", "financial_year", *NUMBERS, "source"), ("note",))
_NO_YEAR = "write a financial year such as 2018-19"


def read_targets(
    raw: Path, shown: str, measures: Mapping[str, Measure]
) -> tuple[tuple[Target, ...], list[Fault]]:
    """Read the targets of every financial year, in the order of the file.

    A workbook without the file has no targets.

    Returns
    -------
    (targets, faults)
        What could be read, and every fault of the file.
    """
    if not (raw / FILE).exists():
        return (), []
    lines, faults = open_file(raw, FILE, TARGETS, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("measure", "financial_year", "source"))
    columns = {}
    for name in NUMBERS:
        columns[name], more = read_numbers(lines, name)
        faults += more
    texts = {name: lines.text(name) for name in TARGETS.columns}
    targets = []
    first: dict[tuple[str, str], int] = {}
    for row, code in enumerate(texts["measure"]):
        year, more = _read_year(lines, row, texts["financial_year"][row])
        faults += more
        numbers = {name: float(values[row]) for name, values in columns.items()}
        target = Target(code, year, **numbers, source=texts["source"][row], note=texts["note"][row])
        targets.append(target)
        if code and code not in measures:
            remedy = nearest(code, list(measures))
            faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
            continue
        if code and year and (at := first.setdefault((code, year), row)) != row:
            problem = f"is already on line {lines.line[at]} for {year}"
            faults.append(lines.fault(row, "measure", problem, "keep one of the two"))
        if code:
            faults += _check_numbers(lines, row, target, measures[code])
    return tuple(targets), faults


def _read_year(lines: Lines, row: int, text: str) -> tuple[str, list[Fault]]:
    """The financial year in its canonical spelling; a blank one is told elsewhere."""
    try:
        return (parse_period(text, PeriodType.FINANCIAL_YEAR).label if text else ""), []
    except PeriodError:
        return "", [lines.fault(row, "financial_year", "is not a financial year", _NO_YEAR)]


def _check_numbers(lines: Lines, row: int, target: Target, measure: Measure) -> list[Fault]:
    """Something is set, a floor beside its target on the near side, thresholds in order."""
    faults = []
    blank = [name for name in NUMBERS if not lines.text(name)[row]]
    if len(blank) == len(NUMBERS):
        problem = "is blank, as are the floor and both thresholds"
        faults.append(lines.fault(row, "target", problem, "fill one in or remove the row"))
    elif "target" in blank and "floor" not in blank:
        remedy = "give the target, or remove the floor"
        faults.append(lines.fault(row, "floor", "stands without a target", remedy))
    polarity = measure.polarity
    sign = 0 if polarity is None else polarity.value_sign
    if target.floor * sign > target.target * sign:
        problem = f"asks more than the target {lines.text('target')[row]}, and {polarity} is better"
        faults.append(lines.fault(row, "floor", problem, "swap them, or mend the polarity"))
    if target.lower_threshold > target.upper_threshold:
        remedy = "swap the thresholds"
        faults.append(lines.fault(row, "lower_threshold", "is above upper_threshold", remedy))
    if measure.percentage and not measure.signed:
        for name in NUMBERS:
            number = getattr(target, name)
            if np.isfinite(number) and not 0 <= number <= 100:
                remedy = "check the figure; a percentage is written 74.1, not 0.741 or 7410"
                faults.append(lines.fault(row, name, "is outside 0 to 100", remedy))
    return faults

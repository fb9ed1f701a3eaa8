"""What must hold of the numbers that few observations bring: errors and further counts."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import Fault
from kcc_lib.measures import RARE_NUMBERS, Measure
from kcc_lib.records.lines import Lines
from kcc_lib.vocabulary import Statistic

Mask = NDArray[np.bool_]
Found = list[tuple[Mask, str, str, str]]
_CHECK = "check the figure"
_DENOMINATORS = ("other_denominator", "year_denominator")


def check_rare(lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Fault]:
    """Errors and counts are not below zero, levels are levels, and counts make the value."""
    if not any(name in part for name in RARE_NUMBERS):
        return []
    found: Found = []
    for name in (n for n in RARE_NUMBERS if n in part and n != "confidence"):
        number = part[name].to_numpy()
        if name in _DENOMINATORS:
            found.append((number <= 0, name, "is not above zero", _CHECK))
        else:
            found.append((number < 0, name, "is below zero", _CHECK))
    if "confidence" in part:
        level = part["confidence"].to_numpy()
        wrong = (level <= 50) | (level >= 100)
        remedy = "write the level of the interval in per cent, such as 95 or 99.8"
        found.append((wrong, "confidence", "is not a level of confidence", remedy))
    faults = [fault for one in found for fault in lines.faults(*one)]
    return faults + _check_two_groups(lines, part, measures)


def _check_two_groups(
    lines: Lines, part: pd.DataFrame, measures: Mapping[str, Measure]
) -> list[Fault]:
    """A gap is the difference of its two shares, a net balance that of those up and down."""
    if "other_numerator" not in part:
        return []
    a, na, value = (part[c].to_numpy() for c in ("numerator", "denominator", "value"))
    b = part["other_numerator"].to_numpy()
    blank = np.full(len(part), np.nan)
    nb = part["other_denominator"].to_numpy() if "other_denominator" in part else blank
    gap, balance = (_of(part, measures, s) for s in (Statistic.GAP, Statistic.NET_BALANCE))
    with np.errstate(invalid="ignore", divide="ignore"):
        made = np.select([gap, balance], [100 * (a / na - b / nb), 100 * (a - b) / na], np.nan)
    problems: Found = [
        (gap & (b > nb), "other_numerator", "is above its denominator", _CHECK),
        (gap & (a > na), "numerator", "is above the denominator", _CHECK),
        (balance & (a + b > na), "other_numerator", "with the numerator is above the denominator",
         "those who say up and those who say down are part of all who answer"),
    ]  # fmt: skip
    faults = [fault for one in problems for fault in lines.faults(*one)]
    sound = (na > 0) & (a >= 0) & (b >= 0) & (balance | ((nb > 0) & (b <= nb) & (a <= na)))
    rows = np.flatnonzero(sound & (np.abs(value - made) > 0.51))
    told = [f"is not {right:.4g}, as its counts make it" for right in made[rows].tolist()]
    return faults + lines.faults(rows, "value", told, "check the value and all its counts")


def _of(part: pd.DataFrame, measures: Mapping[str, Measure], statistic: Statistic) -> Mask:
    names = [code for code, m in measures.items() if m.statistic is statistic]
    return part["measure"].isin(names).to_numpy(bool)

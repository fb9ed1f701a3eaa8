"""Primary suppression: which rows count too few people, as a rule says what in them counts them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.measures import Measure
from kcc_lib.records.suppression import Counted, Rule
from kcc_lib.vocabulary import Statistic

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

#: The columns of each number that counts people: a gap has it of two groups, a pooled value
#: of its last year too.
_COLUMNS: dict[Counted, tuple[tuple[str, ...], ...]] = {
    Counted.VALUE: (("value",),),
    Counted.NUMERATOR: (("numerator",), ("other_numerator",), ("year_numerator",)),
    Counted.DENOMINATOR: (("denominator",), ("other_denominator",), ("year_denominator",)),
    Counted.SAMPLE_SIZE: (("sample_size",),),
    Counted.COMPLEMENT: (
        ("denominator", "numerator"), ("other_denominator", "other_numerator"),
        ("year_denominator", "year_numerator"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Small:
    """Which rows count too few people, and of which nobody can tell, by the column to fill in."""

    rows: Mask
    untold: dict[str, Mask]


def find_small(frame: pd.DataFrame, rule: Rule, measure: Measure | None) -> Small:
    """Rows of a rule's subject in which a number that counts people is below its threshold.

    Parameters
    ----------
    frame
        The rows the rule is of, with number columns of the observation contract; those it
        lacks count as blank.
    measure
        Says how a value is made of its counts, where the numerator must be worked back.
    """
    small = np.zeros(len(frame), dtype=bool)
    untold: dict[str, Mask] = {}
    held = ~np.isnan(_column(frame, "value"))
    for counted in rule.counts:
        for at, names in enumerate(_COLUMNS[counted]):
            low, high = _counts(frame, names, measure)
            small |= _is_small(low, high, rule)
            unknown = held & np.isnan(low)
            if at == 0 and unknown.any():
                untold[names[-1]] = unknown & ~small
    return Small(small, {name: rows & ~small for name, rows in untold.items()})


def numerators(frame: pd.DataFrame, measure: Measure | None) -> Floats:
    """Each row's numerator; a blank one to the nearest that its value and denominator make."""
    low, high = _worked_back(frame, _column(frame, "numerator"), measure)
    return np.asarray(np.where(low == high, low, np.round((low + high) / 2)))


def _counts(
    frame: pd.DataFrame, names: tuple[str, ...], measure: Measure | None
) -> tuple[Floats, Floats]:
    """The least and the most that each row's count can be, as far as its numbers tell."""
    low = high = _column(frame, names[-1])
    if names[-1] == "numerator":
        low, high = _worked_back(frame, low, measure)
    if len(names) == 1:
        return low, high
    whole = _whole(frame, measure) if names[0] == "denominator" else _column(frame, names[0])
    return whole - high, whole - low


def _worked_back(
    frame: pd.DataFrame, numerator: Floats, measure: Measure | None
) -> tuple[Floats, Floats]:
    """Numerators, blank ones made of value and denominator as far as its rounding lets them."""
    scale = _scale(measure)
    value, whole = _column(frame, "value"), _whole(frame, measure)
    places = 1 if measure is None or measure.decimals is None else measure.decimals
    made, off = value * whole / scale, 0.5 * 10.0**-places * whole / scale
    blank = np.isnan(numerator)
    low, high = (np.where(blank, end, numerator) for end in (made - off, made + off))
    # a value of nought is told as a count of nought
    return np.where(blank & (value == 0), 0.0, low), np.where(blank & (value == 0), 0.0, high)


def _whole(frame: pd.DataFrame, measure: Measure | None) -> Floats:
    whole = _column(frame, "denominator")
    if measure is not None and measure.statistic is Statistic.PROPORTION:
        whole = np.where(np.isnan(whole), _column(frame, "sample_size"), whole)
    return whole


def _scale(measure: Measure | None) -> float:
    if measure is None or measure.standardised:
        return np.nan
    if measure.statistic is Statistic.PROPORTION:
        return 100.0
    return (measure.multiplier or np.nan) if measure.statistic is Statistic.RATE else np.nan


def _is_small(low: Floats, high: Floats, rule: Rule) -> Mask:
    """Above nought and below the threshold, or so near that it may be."""
    with np.errstate(invalid="ignore"):
        below = low < rule.threshold - 1e-9
        found: Mask = below if rule.zeros else below & (high > 1e-9)
    return found


def _column(frame: pd.DataFrame, name: str) -> Floats:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(np.float64)

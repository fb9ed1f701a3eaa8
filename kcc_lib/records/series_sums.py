"""The known sums that observations stand in: areas, measures, periods, and shares of a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.records.concealing import NEVER, Cells, Sum
from kcc_lib.records.suppression import Adding, Counted, KnownSum, Rule, Subject, Suppression
from kcc_lib.vocabulary import Statistic

#: A cell: a measure's column in an area and a period, by the month that the period ends in.
_Key = tuple[str, str, int, str]
#: Columns that add up over areas and periods, by what a rule says is counted.
_ADDING = {
    Counted.VALUE: ("value",), Counted.SAMPLE_SIZE: ("sample_size",),
    Counted.NUMERATOR: ("numerator", "other_numerator", "year_numerator"),
    Counted.DENOMINATOR: ("denominator", "other_denominator", "year_denominator"),
    Counted.COMPLEMENT: ("numerator", "denominator"),
}  # fmt: skip


@dataclass(slots=True)
class _Row:
    """What is known of one row beside its numbers."""

    at: int
    area: str
    start: int
    end: int


@dataclass(slots=True)
class _Held:
    """The rows of measures that stand in sums, and the cells made of them so far."""

    frame: pd.DataFrame
    rules: Mapping[str, Rule]
    rows: dict[str, list[_Row]]
    cells: Cells = field(default_factory=Cells)
    made: dict[_Key, int] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)

    def cell(self, measure: str, row: _Row | None, column: str) -> int:
        """The cell of a row's column; one that nobody holds is never left out."""
        if row is None or column not in self.frame:
            return self.cells.add(NEVER, np.nan)
        key = (measure, row.area, row.end, column)
        if key not in self.made:
            values = self.numbers.setdefault(column, self.frame[column].to_numpy(np.float64))
            threshold = self.rules[measure].threshold if measure in self.rules else 0.0
            self.made[key] = self.cells.add(row.at, float(values[row.at]), threshold)
        return self.made[key]

    def add(self, total: int, parts: Iterable[int]) -> None:
        """Add a known sum; one whose total nobody holds says nothing."""
        blank = np.isnan(self.cells.value[total]) and not self._suppressed(total)
        if not blank:
            self.cells.sums.append(Sum(total, tuple(parts)))

    def _suppressed(self, cell: int) -> bool:
        at = self.cells.unit[cell]
        return at != NEVER and "c" in str(self.frame["flags"].iat[at]).split()


def sums_of(
    frame: pd.DataFrame, measures: Mapping[str, Measure], suppression: Suppression
) -> Cells:
    """Every known sum in which a number under a rule stands; units are places in the frame."""
    rules = {r.name: r for r in suppression.of(Subject.MEASURE)}
    named = {m for s in suppression.sums if s.adding is not Adding.AREAS
             for m in (s.total, *s.parts)}  # fmt: skip
    held = _Held(frame, rules, _rows(frame, measures, {*rules, *named}))
    for code in rules:
        for one in suppression.sums:
            if one.adding is Adding.AREAS:
                _add_areas(held, one, code)
        _add_years(held, code)
    for one in suppression.sums:
        if not rules.keys() & {one.total, *one.parts}:
            continue
        if one.adding is Adding.MEASURES:
            _add_measures(held, one, measures)
        elif one.adding is Adding.PERIODS:
            _add_periods(held, one, measures)
        elif one.adding is Adding.WHOLE:
            _add_whole(held, one)
    return held.cells


def _rows(
    frame: pd.DataFrame, measures: Mapping[str, Measure], wanted: set[str]
) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {code: [] for code in wanted}
    chosen = np.flatnonzero(frame["measure"].isin(list(wanted)) & frame["period_end"].notna())
    rows = frame.iloc[chosen]
    start, end = (_months(rows[f"period_{which}"]) for which in ("start", "end"))
    names = zip(rows["measure"].astype(str), rows["area"].astype(str), strict=True)
    for at, (code, area), first, last in zip(chosen.tolist(), names, start, end, strict=True):
        rolling = code in measures and measures[code].rolling
        found[code].append(_Row(at, area, last - 11 if rolling else first, last))
    return found


def _months(days: pd.Series) -> list[int]:
    return [int(month) for month in (days.dt.year * 12 + days.dt.month).tolist()]


def _columns(rule: Rule) -> list[str]:
    return list(dict.fromkeys(c for counted in rule.counts for c in _ADDING[counted]))


def _column_of(held: _Held, code: str, measures: Mapping[str, Measure]) -> str:
    """The column in which a measure adds up with others: its events, or itself."""
    if code in held.rules:
        return _columns(held.rules[code])[0] if held.rules[code].counts else "value"
    shares = {Statistic.PROPORTION, Statistic.RATE}
    known = code in measures and measures[code].statistic in shares
    return "numerator" if known else "value"


def _add_areas(held: _Held, one: KnownSum, code: str) -> None:
    """One area is the sum of others, in every period of a measure and every column."""
    at = {(r.area, r.start, r.end): r for r in held.rows[code]}
    for row in [r for r in held.rows[code] if r.area == one.total]:
        parts = [at.get((area, row.start, row.end)) for area in one.parts]
        if any(parts):
            for column in _columns(held.rules[code]):
                total = held.cell(code, row, column)
                held.add(total, [held.cell(code, p, column) for p in parts])


def _add_measures(held: _Held, one: KnownSum, measures: Mapping[str, Measure]) -> None:
    """One measure is the sum of others, in every area and period."""
    at = {(c, r.area, r.start, r.end): r for c in one.parts for r in held.rows[c]}
    for row in held.rows[one.total]:
        parts = [(c, at.get((c, row.area, row.start, row.end))) for c in one.parts]
        if any(p for _, p in parts):
            total = held.cell(one.total, row, _column_of(held, one.total, measures))
            held.add(total, [held.cell(c, p, _column_of(held, c, measures)) for c, p in parts])


def _add_periods(held: _Held, one: KnownSum, measures: Mapping[str, Measure]) -> None:
    """A longer period of one measure is the sum of the shorter ones of others that fill it."""
    for row in held.rows[one.total]:
        inside = [
            (c, r) for c in one.parts for r in held.rows[c]
            if r.area == row.area and row.start <= r.start and r.end <= row.end
        ]  # fmt: skip
        if not inside:
            continue
        parts = [held.cell(c, r, _column_of(held, c, measures)) for c, r in inside]
        if sum(r.end - r.start + 1 for _, r in inside) < row.end - row.start + 1:
            parts.append(held.cell(one.total, None, ""))  # a period that is not held
        held.add(held.cell(one.total, row, _column_of(held, one.total, measures)), parts)


def _add_whole(held: _Held, one: KnownSum) -> None:
    """The numerators of some measures make up the denominator that they share."""
    places = dict.fromkeys((r.area, r.start, r.end) for c in one.parts for r in held.rows[c])
    at = {(c, r.area, r.start, r.end): r for c in one.parts for r in held.rows[c]}
    denominators = held.frame["denominator"].to_numpy(np.float64)
    for place in places:
        rows = [(c, at.get((c, *place))) for c in one.parts]
        known = [denominators[r.at] for _, r in rows if r and not np.isnan(denominators[r.at])]
        if known:
            parts = [held.cell(c, r, "numerator") for c, r in rows]
            held.add(held.cells.add(NEVER, float(known[0])), parts)


def _add_years(held: _Held, code: str) -> None:
    """A pooled numerator is the sum of its years', each told as the last of some pooled value."""
    if "year_numerator" not in held.frame:
        return
    at = {(r.area, r.end): r for r in held.rows[code]}
    for row in held.rows[code]:
        width = row.end - row.start + 1
        if width > 12 and width % 12 == 0:
            years = [at.get((row.area, row.end - 12 * back)) for back in range(width // 12)]
            for total, part in (("numerator", "year_numerator"),
                                ("denominator", "year_denominator")):  # fmt: skip
                if part in held.frame:
                    parts = [held.cell(code, y, part) for y in years]
                    held.add(held.cell(code, row, total), parts)

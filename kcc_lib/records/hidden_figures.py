"""Small-number suppression of the figures that documents print."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kcc_lib.errors import Fault
from kcc_lib.measures import Measure
from kcc_lib.records.cells import read_numbers
from kcc_lib.records.concealing import NEVER, Cells, Sum, conceal
from kcc_lib.records.lines import Lines
from kcc_lib.records.small_counts import find_small
from kcc_lib.records.suppression import Adding, Rule, Subject, Suppression, Withheld
from kcc_lib.records.veil import veil
from kcc_lib.vocabulary import Statistic

#: The number columns of a document figure that can count people.
COUNTS = ("value", "numerator", "denominator", "sample_size")
#: How a percentage of a document is made of its counts.
_SHARE = Measure("", statistic=Statistic.PROPORTION)
#: One figure of one area and period, in whatever document it stands.
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HiddenFigures:
    """Which rows of the file tell nothing, as places, and the same as they are reported."""

    rows: frozenset[int]
    withheld: tuple[Withheld, ...]
    faults: tuple[Fault, ...]


def hide_figures(lines: Lines, suppression: Suppression) -> HiddenFigures:
    """Which figures are left out: those that count too few, and whatever would give one away.

    A rule of a measure is of the figures of its name too. What several documents print of one
    figure, area and period is left out together.
    """
    rules = {r.name: r for r in (*suppression.of(Subject.MEASURE), *suppression.of(Subject.FIGURE))}
    names = lines.text("figure")
    if not rules.keys() & set(names):
        return HiddenFigures(frozenset(), (), ())
    numbers = pd.DataFrame({c: read_numbers(lines, c)[0] for c in COUNTS})
    shares = np.asarray([unit == "percentage" for unit in lines.text("unit")], dtype=bool)
    first, faults = _primary(lines, names, numbers, shares, rules)
    keys = list(zip(names, lines.text("area"), lines.text("period_label"), strict=True))
    units = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    cells = _sums(keys, units, numbers, rules, suppression)
    hidden = conceal(cells, {units[keys[row]] for row in first})
    rows = frozenset(row for row, key in enumerate(keys) if units[key] in hidden)
    withheld = [
        Withheld(lines.file, int(lines.line[row]), str(rules[names[row]].subject), names[row])
        if row in first else Withheld(lines.file, int(lines.line[row]), str(Subject.FIGURE), "")
        for row in sorted(rows)
    ]  # fmt: skip
    return HiddenFigures(rows, tuple(withheld), tuple(faults))


def veil_figures(faults: list[Fault], lines: Lines, suppression: Suppression) -> list[Fault]:
    """Faults of the file that quote nothing of figures under a rule."""
    rules = {*suppression.of(Subject.MEASURE), *suppression.of(Subject.FIGURE)}
    names = {r.name for r in rules}
    secret = {
        (lines.file, int(line))
        for line, name in zip(lines.line, lines.text("figure"), strict=True)
        if name in names
    }
    return veil(faults, secret, ruled=bool(rules))


def _primary(
    lines: Lines,
    names: list[str],
    numbers: pd.DataFrame,
    shares: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]",
    rules: Mapping[str, Rule],
) -> tuple[set[int], list[Fault]]:
    """Rows whose own count is too small, and a fault for each that does not tell."""
    found: set[int] = set()
    faults: list[Fault] = []
    for name, rule in rules.items():
        named = np.asarray([n == name for n in names], dtype=bool)
        for share in (True, False):
            places = np.flatnonzero(named & (shares == share))
            small = find_small(numbers.iloc[places], rule, _SHARE if share else None)
            found |= set(places[small.rows].tolist())
            for column, unknown in small.untold.items():
                problem = "is blank, so nobody can tell whether it counts fewer than "
                problem += f"{rule.threshold:.0f}"
                remedy = "give the count, or take the figure out"
                faults += [
                    Fault(lines.file, int(lines.line[row]), column, "", problem, remedy)
                    for row in places[unknown].tolist()
                ]
    return found, faults


def _sums(
    keys: list[_Key],
    units: Mapping[_Key, int],
    numbers: pd.DataFrame,
    rules: Mapping[str, Rule],
    suppression: Suppression,
) -> Cells:
    """The known sums of figures, in every area and period that a document names alike."""
    cells = Cells()
    values = numbers["value"].to_numpy(np.float64)
    held = {key: float(values[row]) for row, key in reversed(list(enumerate(keys)))}
    made: dict[_Key, int] = {}

    def cell(key: _Key) -> int:
        if key not in made:
            limit = rules[key[0]].threshold if key[0] in rules else 0.0
            made[key] = cells.add(units.get(key, NEVER), held.get(key, np.nan), limit)
        return made[key]

    for one in (s for s in suppression.sums if s.adding is Adding.FIGURES):
        for name, area, period in list(units):
            if name == one.total and not np.isnan(held[name, area, period]):
                parts = tuple(cell((part, area, period)) for part in one.parts)
                cells.sums.append(Sum(cell((name, area, period)), parts))
    return cells

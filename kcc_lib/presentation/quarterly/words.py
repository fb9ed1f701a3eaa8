"""Words a quarterly report says often: values with their whole unit, periods, statuses."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kcc_lib.measures import Measure
from kcc_lib.presentation.comparisons import listing
from kcc_lib.presentation.formats import (
    MISSING,
    SUPPRESSED,
    flag_words,
    format_value,
    is_suppressed,
)
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.tallies import RATINGS, Tally
from kcc_lib.vocabulary import Direction, Flag, Polarity, Rag

NOT_HELD = "not held"
UNPUBLISHED = "value not published in the text"
#: Units that `format_value` prints already, or that a number of things does without.
_PRINTED = {"", "%", "count", "percentage points", "pounds per week", "weeks"}
_DIRECTIONS = {
    Direction.IMPROVED: ("improved", "improved"),
    Direction.SAME: ("stayed the same", "stayed the same"),
    Direction.WORSENED: ("worsened", "worsened"),
    Direction.IMPROVING: ("is improving", "are improving"),
    Direction.STABLE: ("is stable", "are stable"),
    Direction.WORSENING: ("is worsening", "are worsening"),
}


def full_value(measure: Measure, value: float) -> str:
    """A value with its whole unit: 97%, 10,797 tonnes, 180 per 100,000 aged 10 to 17."""
    text = format_value(measure, value)
    if text == MISSING or measure.unit in _PRINTED:
        return text
    return f"{text} {measure.unit.removeprefix('rate ')}"


def latest_words(view: KpiView) -> str:
    """The latest value; N/A where it is missing, [c] where suppressed, or that none is given."""
    if view.latest is not None and is_suppressed(view.value, view.latest["flags"]):
        return SUPPRESSED
    if math.isnan(view.value):
        return UNPUBLISHED if view.listed.rag else MISSING
    return full_value(view.measure, view.value)


def previous_words(view: KpiView) -> str:
    """The value before the latest; N/A where none is held, [c] where it is suppressed."""
    point = view.previous
    if point is None:
        return MISSING
    return told_value(view.measure, point, full_value)


def told_value(
    measure: Measure,
    point: Mapping[str, Any],
    formatted: Callable[[Measure, float], str] = format_value,
) -> str:
    """A point's value as it is printed, [c] where it is suppressed."""
    if is_suppressed(point["value"], point["flags"]):
        return SUPPRESSED
    return formatted(measure, point["value"])


def aim_words(measure: Measure, aim: float) -> str:
    """A target, floor or threshold; that it is not held where it is not."""
    return NOT_HELD if math.isnan(aim) else full_value(measure, aim)


def status_of(view: KpiView, point: Mapping[str, Any]) -> str:
    """What is known of a point beside its value: provisional, and its flags in words.

    A value that is missing is not provisional.
    """
    flags = " ".join(f for f in str(point["flags"]).split() if f != Flag.PROVISIONAL)
    firm = math.isnan(point["value"]) or not view.is_provisional(point)
    said = [] if firm else [PROVISIONAL]
    return "; ".join([*said, *([flag_words(flags)] if flags else [])])


def target_sentence(view: KpiView) -> str:
    """What the rating worked out here says of target and floor; "" where there is none."""
    target, floor = (format_value(view.measure, a) for a in (view.aims.target, view.aims.floor))
    said_of = {
        Rag.GREEN: f"It meets the target of {target}.",
        Rag.AMBER: f"It misses the target of {target} but meets the floor of {floor}.",
        Rag.RED: f"It misses the target of {target} and the floor of {floor}.",
    }
    return said_of.get(view.our_rag, "")


def better_words(measure: Measure) -> str:
    """Which way is good, in a few words."""
    if measure.polarity is Polarity.HIGHER:
        return "Higher is better"
    if measure.polarity is Polarity.LOWER:
        return "Lower is better"
    return "Neither higher nor lower is judged"


def majority_sentence(total: Tally) -> str:
    """Whether most KPIs are Green, from the counts alone."""
    green, amber, red, none = total.ratings
    count = total.kpis
    if not count:
        return "The report lists no KPI."
    if none == count:
        return f"None of the {count} KPIs could be rated."
    if count == 1:
        word = RATINGS[next(at for at, n in enumerate(total.ratings) if n)]
        return f"The one KPI is {word}."
    others = [f"{n or 'none'} {_are(n)} {w}" for n, w in ((amber, Rag.AMBER), (red, Rag.RED))]
    if none:
        others.append(f"{none} could not be rated")
    if not green:
        return f"None of the {count} KPIs is Green; {listing(others)}."
    if 2 * green == count:
        share = "Half of"
    else:
        share = "A majority of" if 2 * green > count else "Fewer than half of"
    return f"{share} the {count} KPIs are Green ({green}); {listing(others)}."


def net_sentence(total: Tally, words: Sequence[Direction]) -> str:
    """The net direction, from the counts alone."""
    better, neither, worse, none = total.directions
    up, level, down = (_DIRECTIONS[w] for w in words[:3])
    if none == total.kpis:
        return "No KPI has a direction of travel."
    tail = f"; {neither} {level[neither != 1]}" if neither else ""
    if none:
        tail += f", and {none} {'has' if none == 1 else 'have'} no direction"
    if not better and not worse:
        return f"No KPI {up[0]} or {down[0]}{tail}."
    if better == worse:
        return (
            f"The net direction of travel was level: as many KPIs {up[1]} as {down[1]} "
            f"({better} each){tail}."
        )
    sign = "positive" if better > worse else "negative"
    gained = f"{better or 'no'} {_kpis(better)} {up[better != 1]}"
    lost = f"{worse or 'none'} {down[worse != 1]}"
    return f"The net direction of travel was {sign}: {gained} and {lost}{tail}."


def directorate_sentence(tally: Tally, words: Sequence[Direction]) -> str:
    """A directorate's counts in two sentences."""
    if not tally.kpis:
        return "It has no KPI in this report."
    names = [str(r) for r in (Rag.GREEN, Rag.AMBER, Rag.RED)] + ["not rated (N/A)"]
    rated = [f"{n} {_are(n)} {w}" for n, w in zip(tally.ratings, names, strict=True) if n]
    moved = [
        f"{n} {_DIRECTIONS[w][n != 1]}"
        for n, w in zip(tally.directions[:3], words[:3], strict=True)
        if n
    ]
    if none := tally.directions[3]:
        moved.append(f"{none} {'has' if none == 1 else 'have'} no direction (N/A)")
    of = f"Of its {tally.kpis} KPIs" if tally.kpis > 1 else "Of its one KPI"
    return f"{of}, {listing(rated)}. By direction of travel, {listing(moved)}."


def _are(count: int) -> str:
    return "is" if count in {0, 1} else "are"


def _kpis(count: int) -> str:
    return "KPI" if count == 1 else "KPIs"

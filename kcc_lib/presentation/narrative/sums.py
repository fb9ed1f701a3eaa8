"""Values made of values: what a sentence adds up, or sets in proportion."""

import math

from kcc_lib.presentation.formats import format_number
from kcc_lib.presentation.narrative.points import Point, worded
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted


def total(*parts: Quoted) -> Quoted:
    """The sum of several values of one unit."""
    value = math.fsum(_one_unit(parts))
    first, step = parts[0].end, min(p.end.step for p in parts)
    text = worded(value, first.unit, step)
    return Quoted("the total", (Point(value, first.unit, text, step=step),))


def share(part: Quoted, whole: Quoted) -> Quoted:
    """One value as a percentage of another."""
    a, b = _one_unit((part, whole))
    if not 0 <= a <= b or b == 0:
        raise BindingError(f"{part.value} is no share of {whole.value}")
    value = 100 * a / b
    return Quoted("the share", (Point(value, "%", f"{format_number(value)}%", step=0.1),))


def _one_unit(parts: tuple[Quoted, ...]) -> list[float]:
    """The values of one unit, each printed without an "over" or "nearly" that a sum would lose."""
    if not parts:
        raise BindingError("nothing to add up")
    if other := [p for p in parts if not isinstance(p, Quoted)]:
        raise BindingError(f"{other[0]!r} is no measure or figure")
    if loose := [p.value for p in parts if p.end.qualifier]:
        raise BindingError(f"{loose[0]} is not an exact number to work with")
    units = {p.end.unit for p in parts}
    if len(units) != 1 or "change" in units:
        raise BindingError(f"values of different units: {', '.join(p.value for p in parts)}")
    return [p.end.value for p in parts]

"""Figures of one name as a series, and the one value of it that a period names."""

from dataclasses import replace
from typing import Any

from kcc_lib.presentation.narrative.points import BindingError, Point, printed
from kcc_lib.presentation.narrative.quoted import Quoted
from kcc_lib.records.figures import Figure


def course_of(figures: list[Figure]) -> tuple[tuple[Point, ...], list[str]]:
    """Figures of one name as a series, the undated first; what two documents agree on is one."""
    found: dict[tuple[Any, ...], tuple[Point, str]] = {}
    for figure in figures:
        point = printed(figure)
        found.setdefault((point.value, point.qualifier, point.ends), (point, figure.period_label))
    ordered = sorted(found.values(), key=lambda f: (f[0].ends is not None, f[0].ends or 0))
    return tuple(p for p, _ in ordered), [label for _, label in ordered]


def at_period(quoted: Quoted, labels: list[str], period: str) -> Quoted:
    """The value of one period, named by its label or in its canonical form."""
    if not period:
        return quoted
    found = [
        at for at, (label, point) in enumerate(zip(labels, quoted.points, strict=True))
        if period in {label, point.period}
    ]  # fmt: skip
    quoted.hidden.refuse(quoted.name, period)
    if len(found) != 1:
        problem = "has no value" if not found else "has more than one value"
        raise BindingError(f"{quoted.name} {problem} in {period!r}; held: {', '.join(labels)}")
    return replace(quoted, at=found[0], start=None)

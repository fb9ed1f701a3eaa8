"""Figures of two builds: new periods, revisions and what is no longer held; targets; entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import SUPPRESSED, format_value
from kcc_lib.publish.difference.builds import Build, Cells, Subject
from kcc_lib.publish.difference.causes import Why, differing
from kcc_lib.vocabulary import Flag

#: What stands where a figure is not held.
NONE = "none"
#: Told beside a figure, and no number of its own.
_NONE: Cells = {}
_KEY = {"measure", "area", "period"}
_REMARKS = {"flags", "source", "published", "note"}


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of one period that another build has otherwise.

    `then` and `now` are its values as held ("" where there is none) and `told_then` and
    `told_now` as a reader meets them; `columns` are all that differ of it, and `marked` says
    whether its source marks it as revised.
    """

    subject: Subject
    area: str
    area_name: str
    period: str
    then: str
    now: str
    told_then: str
    told_now: str
    columns: tuple[str, ...]
    marked: bool
    hidden: bool
    why: Why


@dataclass(frozen=True, slots=True)
class EntryChange:
    """Something that is asked or said of a measure: a target, a unit, a title."""

    subject: Subject
    what: str
    then: str
    now: str
    why: Why


class Figured(Protocol):
    """Whatever holds figures of subjects."""

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """Those of the figures, by code."""

    @property
    def figures(self) -> Mapping[tuple[str, str, str], Cells]:
        """By measure, area and period."""

    @property
    def areas(self) -> Mapping[str, str]:
        """The names of areas."""


def figure_changes(old: Figured, new: Figured) -> list[FigureChange]:
    """Every figure that differs, of measures that both builds have."""
    both = [code for code in new.subjects if code in old.subjects]
    order = {code: n for n, code in enumerate(both)}
    keys = [key for key in differing(old.figures, new.figures) if key[0] in order]
    keys.sort(key=lambda key: order[key[0]])  # areas and periods stay in order
    names = {**old.areas, **new.areas}
    return [
        _change(new.subjects[key[0]], key, names, old.figures.get(key, _NONE),
                new.figures.get(key, _NONE))
        for key in keys
    ]  # fmt: skip


def _change(
    subject: Subject, key: tuple[str, str, str], names: Mapping[str, str], then: Cells, now: Cells
) -> FigureChange:
    _, area, period = key
    was, value = then.get("value", ""), now.get("value", "")
    hidden = bool(was) and not value and Flag.CONFIDENTIAL in now.get("flags", "").split()
    told = ("not told: suppressed now", SUPPRESSED) if hidden else _pair(subject, then, now)
    columns = tuple(
        c for c in differing(then, now) if c not in _KEY and then.get(c, "") != now.get(c, "")
    )
    return FigureChange(
        subject, area, names.get(area, area), period,
        then="" if hidden else was, now=value, told_then=told[0], told_now=told[1],
        columns=columns, marked=Flag.REVISED in now.get("flags", "").split(), hidden=hidden,
        why=_why(columns, was, value),
    )  # fmt: skip


def _why(columns: Iterable[str], then: str, now: str) -> Why:
    if now and not then:
        return Why.PERIODS
    if then and not now:
        return Why.WITHDRAWN
    return Why.REMARKS if set(columns) <= _REMARKS else Why.REVISION


def _pair(subject: Subject, then: Cells, now: Cells) -> tuple[str, str]:
    """Both values as pages print them; unrounded where print would hide the difference."""
    told = _told(subject, then), _told(subject, now)
    was, value = then.get("value", ""), now.get("value", "")
    if told[0] == told[1] and was != value and was and value:
        return was, value
    return told


def _told(subject: Subject, cells: Cells) -> str:
    value = cells.get("value", "")
    if not value:
        return SUPPRESSED if Flag.CONFIDENTIAL in cells.get("flags", "").split() else NONE
    particulars = subject.particulars
    measure = Measure(subject.code, unit=str(particulars.get("unit") or ""),
                      decimals=particulars.get("decimals"))  # fmt: skip
    return format_value(measure, float(value))


def target_changes(old: Build, new: Build) -> list[EntryChange]:
    """Targets, floors and thresholds that differ, of measures that both builds have."""
    found = []
    for code, column in _in_order(differing(old.targets, new.targets), old, new):
        then, now = (b.targets.get((code, column), "") for b in (old, new))
        if then != now:
            what = column.replace("_", " ")
            found.append(
                EntryChange(new.subjects[code], what, then or NONE, now or NONE, Why.TARGET)
            )
    return found


def _in_order(keys: Iterable[tuple[str, str]], old: Build, new: Build) -> Iterator[tuple[str, str]]:
    both = [code for code in new.subjects if code in old.subjects]
    held = list(keys)
    return (key for code in both for key in held if key[0] == code)


def entry_changes(old: Build, new: Build) -> list[EntryChange]:
    """What the catalogue says otherwise, of measures that both builds have."""
    found = []
    for code, now in new.subjects.items():
        then = old.subjects.get(code)
        if then is None:
            continue
        pairs = [("short title", then.title, now.title), ("group", then.group, now.group)]
        pairs += [
            (key.replace("_", " "), str(then.particulars.get(key) or ""),
             str(now.particulars.get(key) or ""))
            for key in now.particulars if key in then.particulars
        ]  # fmt: skip
        found += [
            EntryChange(now, what, a or NONE, b or NONE, Why.CATALOGUE)
            for what, a, b in pairs
            if a != b
        ]
    return found

"""Claims of movement: from what to what, and in which order of time."""

import re
from dataclasses import dataclass, field

from kcc_lib.presentation.narrative.phrases import Phrase, same_period
from kcc_lib.presentation.narrative.points import Point
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted
from kcc_lib.presentation.narrative.spans import months_between, take_spans

_AT = r",? ?\(?(?:(?:in|at|for|of|during|by|as at) )?(?:the )?<p(\d+)>\)?"
_NOT_AGO = r"(?! (?:year|quarter|month|decade)s? (?:before|earlier|ago))"
_END = rf"(?:the |that of |that in )?(?:<n(\d+)>{_NOT_AGO}(?:{_AT})?|<p(\d+)>)"
_FIRST = (
    r"(?:\b(?:from|since|than(?: in| at| for)?|as in|against|compared (?:with|to)(?: in)?|on)"
    rf"|(?<=> )the (?:number|level|rate|figure|total) (?:in|of|for)) {_END}"
)
_LAST = rf"\bto {_END}"
_BETWEEN = rf"\bbetween {_END} and {_END}"
_NAMED = r"(?:\b(?:in|at|for|during|by|over|to|of|as at) )?(?:the )?\(?<p(\d+)>\)?"


@dataclass(slots=True)
class Movement:
    """The two points that a claim speaks of, and what is wrong with how it names them."""

    one: Quoted
    last: Point
    first: Point | None
    why_no_first: str = ""
    beside: bool = False
    loose: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def yearly(self) -> bool:
        """Whether it runs from the value before the latest to the latest."""
        return self.one.points[-2:] == (self.first, self.last)


def find_movement(phrase: Phrase, quoted: list[Quoted]) -> Movement:
    """Which points the claim is about: those of the evidence, unless its words name others."""
    movement = of_evidence(quoted)
    spans = take_spans(phrase)
    if found := phrase.take(_BETWEEN):
        early, late = found.groups()[:3], found.groups()[3:]
    else:
        since = phrase.take(r"\bsince (?:the )?<p(\d+)>")
        began, came = phrase.take(_FIRST), phrase.take(_LAST)
        early = began.groups() if began else (None, None, None)
        if since:
            early = (early[0], since[1], early[1] or early[2])
        late = came.groups() if came else (None, None, None)
        named = phrase.take(_NAMED) if (early[1] or early[2]) and not (late[1] or late[2]) else None
        if named:
            late = (late[0], named[1], None)
    _place(phrase, quoted, movement, "last", late[1] or late[2])
    _place(phrase, quoted, movement, "first", early[1] or early[2])
    _place_by_spans(spans, quoted, movement, placed=bool(early[1] or early[2]))
    if early[1] and early[2] and not same_period(phrase.periods[int(early[2])], _period(movement)):
        movement.problems.append(f"begins in two periods: {phrase.periods[int(early[2])]}")
    _check_written(phrase, movement, early, late)
    _check_order(movement)
    while named := phrase.take(_NAMED):
        written = phrase.periods[int(named[1])]
        if not same_period(written, movement.last.period):
            held = movement.last.when or "no period that is known"
            movement.problems.append(f"names {written}, but {movement.last.text} is of {held}")
    return movement


def _period(movement: Movement) -> str:
    return movement.first.period if movement.first else ""


def _check_written(
    phrase: Phrase, movement: Movement, early: tuple[str | None, ...], late: tuple[str | None, ...]
) -> None:
    """The numbers written for the two ends; and that something is said of them."""
    unit = _unit_written(phrase, early[0], late[0])
    if movement.loose and not (early[0] and late[0]):
        movement.problems.append("names no periods: say from what to what")
    moved = phrase.free("w") or phrase.has(r"<n\d+> (?:times|as (?:many|much|high|large))\b")
    if (early[1] or early[2]) and not early[0] and not moved:
        movement.problems.append("says since when, but not what moved")
    _match(phrase, movement, "first", early[0], unit)
    _match(phrase, movement, "last", late[0], unit)


def _place_by_spans(
    spans: list[tuple[str, int, bool]], quoted: list[Quoted], movement: Movement, *, placed: bool
) -> None:
    """Take "over four years" as from the value of four years before, if no other is named."""
    last = movement.last
    for text, months, to_now in spans:
        there = {
            p for q in quoted for p in q.points
            if p.ends and last.ends and months_between(p.ends, last.ends) == months
        }  # fmt: skip
        if len(there) != 1 or (placed and movement.first not in there):
            raise BindingError(
                f"says {text!r}, but the evidence has no such value before {last.when or last.text}"
            )
        if to_now and last is not movement.one.points[-1]:
            raise BindingError(f"says {text!r}, but {last.text} is not the latest value")
        movement.first, placed = there.pop(), True
        _unbroken(movement)


def moves(phrase: Phrase) -> bool:
    """Whether the words of a phrase say that something moved, or compare it with what it was."""
    signs = (
        r"<w\d+>|\bfrom (?:the )?<[np]\d+>|\b(?:compared|against|since|change)\b"
        r"|<n\d+> times\b|<n\d+> as (?:many|much)|\bchanged\b"
    )
    return bool(re.search(signs, phrase.unspent(), re.IGNORECASE))


def of_evidence(quoted: list[Quoted]) -> Movement:
    """From the first of two values to the second, or from the value before to the one quoted."""
    one = quoted[-1]
    if len(quoted) == 2:
        return _of_pair(*quoted)
    if one.end.unit == "change":
        return Movement(one, one.end, Point(0.0, "change", "no change", step=one.end.step))
    try:
        return Movement(one, one.end, one.origin)
    except BindingError as error:
        return Movement(one, one.end, None, str(error))


def _of_pair(one: Quoted, two: Quoted) -> Movement:
    if one.end.unit != two.end.unit:
        raise BindingError(f"{one.value} and {two.value} are of different units")
    areas = {one.area, two.area} - {""}
    beside = len(areas) > 1 or bool(one.end.ends and one.end.ends == two.end.ends)
    if not beside:
        loose = one.name != two.name and not (one.end.ends and two.end.ends)
        return _unbroken(Movement(two, two.end, one.end, loose=loose))
    if one.end.ends != two.end.ends:
        raise BindingError(f"{one.value} and {two.value} are of different areas and periods")
    return Movement(one, one.end, two.end, beside=True)


def _place(
    phrase: Phrase, quoted: list[Quoted], movement: Movement, name: str, mark: str | None
) -> None:
    """Take the point of a period that the words name."""
    if mark is None:
        return
    written = phrase.periods[int(mark)]
    point = find_point(written, quoted)
    if name == "last" and point is not movement.last and len(quoted) == 1:
        here = movement.one.points.index(point)
        movement.first = movement.one.points[here - 1] if here else None
        movement.why_no_first = f"{movement.one.name} has no value before {written}"
    setattr(movement, name, point)
    _unbroken(movement)


def find_point(written: str, quoted: list[Quoted]) -> Point:
    """The one point of the evidence of a period as written."""
    found = {p for q in quoted for p in q.points if same_period(written, p.period)}
    if len(found) != 1:
        many = "more than one value" if found else "no value"
        raise BindingError(f"names {written}, of which the evidence has {many}")
    return next(p for q in quoted for p in q.points if p in found)


def _unbroken(movement: Movement) -> Movement:
    """No movement is said across a hard break."""
    if movement.first is not None:
        refuse_break(movement.one, movement.first, movement.last)
    return movement


def refuse_break(one: Quoted, first: Point, last: Point) -> None:
    """Refuse two points that a hard break or a suppressed value lies between."""
    one.hidden.refuse_between(one.name, first, last)
    for broken in one.breaks:
        if first.ends and last.ends and first.ends < broken <= last.ends:
            raise BindingError(f"{one.name} has a hard break between {first.when} and {last.when}")


def _unit_written(phrase: Phrase, *marks: str | None) -> str:
    """The unit of "from 79.6 to 84.6%", which is written once."""
    units = [phrase.numeral(m).unit for m in marks if m is not None]
    return units[-1] if len(units) == 2 and not units[0] else ""


def _match(phrase: Phrase, movement: Movement, name: str, mark: str | None, unit: str) -> None:
    """A number written for one end of the movement is that point's."""
    point: Point | None = getattr(movement, name)
    if mark is None:
        return
    if point is None:
        movement.problems.append(movement.why_no_first)
    elif not phrase.numeral(mark).fits(point, unit):
        written = phrase.numeral(mark).text.strip()
        which = "it began at" if name == "first" else "it came to"
        movement.problems.append(f"says {which} {written}, but the data have {point.text}")


def _check_order(movement: Movement) -> None:
    """Time runs forward."""
    first, last = movement.first, movement.last
    if movement.beside or movement.problems or not (first and first.ends and last.ends):
        return
    if first.ends >= last.ends:
        movement.problems.append(
            f"runs backwards: {last.when or last.text} is not after {first.when or first.text}"
        )

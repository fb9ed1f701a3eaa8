"""Claims about a whole series: highest since, on record; every year, the third year in a row."""

from itertools import pairwise

from kcc_lib.presentation.narrative.directions import holds
from kcc_lib.presentation.narrative.lexicon import MOVES
from kcc_lib.presentation.narrative.moving import Movement, find_point, refuse_break
from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.points import Point
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, way
from kcc_lib.presentation.narrative.spans import months_between
from kcc_lib.presentation.narrative.words import BEST, HIGHEST, LOWEST, WORST

_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_EXTREME = "|".join(
    sorted({*HIGHEST, *LOWEST, *BEST, *WORST} - {"most", "least", "fewest"}, key=len, reverse=True)
)
_LEVEL = (
    r"(?: (?:level|value|figure|number|rate|share|result|total|proportion|percentage|it has been))?"
)
_SPAN = r" (?:in|for) (?:(?:the last|the past|over) )?<n(?P<n>\d+)> (?P<unit>year|quarter|month)s"
_EXTREMES = (
    rf"(?:the |its |their )?(?P<joint>joint |equal )?"
    rf"\b(?P<extreme>{_EXTREME}|the most|the fewest|the least)"
    rf"\b{_LEVEL}(?P<since>,? since (?:the )?<p(?P<p>\d+)>|{_SPAN}|,? (?:on record|ever|yet|so far)"
    rf"|,? of the <n(?P<of>\d+)>)?",
    r"(?P<joint>joint )?(?:a )?record (?P<extreme>high|low)(?P<since>\b)(?P<p>)(?P<n>)(?P<of>)",
)
_EACH = r"(?:(?:in )?(?:every|each) (?P<unit>year|quarter|month)|year[- ]on[- ]year)"
_AMOUNT = r"<w\d+>(?: by| of)? <n|<n\d+> <w|\b(?:by|of) <n"
_RUNS = (
    rf"{_EACH}(?: since (?:the )?<p(?P<p>\d+)>)?",
    r"in each of the (?:last|past) <n(?P<n>\d+)> (?P<unit>year|quarter|month)s",
    r"for (?:a |the )?<o(?P<o>\d+)>(?: consecutive| successive| running)?"
    r" (?P<unit>year|quarter|month)(?: in a row| running)?",
    r"for (?:the (?:last|past) )?<n(?P<n>\d+)>(?: consecutive| successive)?"
    r" (?P<unit>year|quarter|month)s(?: in a row| running)?",
    r"\bcontinu(?:e|es|ed|ing) (?:to |its |their )?(?=<w)|(?<=> )again\b",
)


def check_extreme(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """The highest, lowest, best or worst: of the values shown, since a period, of the evidence."""
    problems: list[str] = []
    for pattern in _EXTREMES:
        while found := phrase.take(pattern):
            found_in = found.groupdict()
            one, word = quoted[0], found["extreme"].lower()
            others = _others(phrase, found_in, quoted)
            problems += _check_beyond(word, bool(found["joint"]), one, others)
    return problems


def _others(phrase: Phrase, found: dict[str, str | None], quoted: list[Quoted]) -> list[Point]:
    """The values that an extreme is said to lie beyond."""
    one = quoted[0]
    if len(quoted) > 1 and found["since"] and not found["of"]:
        raise BindingError("names a span of time for several values: write a claim for each")
    if found["of"] or len(quoted) > 1:
        written = phrase.numeral(found["of"]) if found["of"] else None
        if written and not written.agrees(len(quoted)):
            raise BindingError(f"says {written.text.strip()}, but {len(quoted)} are in evidence")
        if len({q.end.unit for q in quoted}) > 1 or len({q.end.period for q in quoted}) > 1:
            raise BindingError("compares values of different units or periods")
        return [q.end for q in quoted[1:]]
    others = [p for p in one.points if p is not one.end]
    if found["p"] or found["n"]:
        if found["p"]:
            start = find_point(phrase.periods[int(found["p"])], quoted)
        else:
            start = _before(phrase, found, one)
        # "since 2014" counts the values after it: 2014's own may have been as far out
        others = [p for p in others if p.ends and start.ends and p.ends > start.ends]
        others = [p for p in others if one.end.ends is None or (p.ends and p.ends <= one.end.ends)]
        refuse_break(one, start, one.end)
    for other in others:
        refuse_break(one, min(other, one.end, key=_when), max(other, one.end, key=_when))
    return others


def _when(point: Point) -> str:
    return point.ends.isoformat() if point.ends else ""


def _before(phrase: Phrase, found: dict[str, str | None], one: Quoted) -> Point:
    """The point so many years before the one quoted."""
    count, unit = phrase.numeral(found["n"] or ""), (found["unit"] or "").lower()
    wanted = round(count.value * _MONTHS[unit])
    for point in one.points:
        if point.ends and one.end.ends and months_between(point.ends, one.end.ends) == wanted:
            return point
    raise BindingError(f"says {count.text} {unit}s, but the data do not reach so far back")


def _check_beyond(word: str, joint: bool, one: Quoted, others: list[Point]) -> list[str]:
    if word in (*BEST, *WORST):
        if not one.sign:
            return [f"says {word!r}, but no data say which way is better"]
        side = one.sign if word in BEST else -one.sign
    else:
        side = 1 if word in {*HIGHEST, "the most", "high"} else -1
    if not others:
        return [f"says {word!r}, but there is nothing to compare {one.value} with"]
    beaten = [p for p in others if way(p, one.end) != side and not (joint and not way(p, one.end))]
    if joint and all(way(p, one.end) for p in others):
        return [f"says joint {word!r}, but no other value is {one.value}"]
    if not beaten:
        return []
    named = ", ".join(f"{p.text} {('in ' + p.when) if p.when else ''}".strip() for p in beaten)
    return [f"says {word!r}, but {one.value} is not beyond {named}"]


def check_run(phrase: Phrase, movement: Movement) -> list[str]:
    """Every year, year on year, in a row: each step went the way that the word says."""
    problems: list[str] = []
    for pattern in _RUNS:
        while found := phrase.take(pattern):
            problems += _check_steps(phrase, found.groupdict(), found[0].lower(), movement)
    return problems


def check_steady(phrase: Phrase, movement: Movement) -> list[str]:
    """Steadily: each step from the first of the two points to the last."""
    found = phrase.take(r"\bsteadily\b")
    return _check_steps(phrase, {}, "steadily", movement) if found else []


def _check_steps(
    phrase: Phrase, found: dict[str, str | None], text: str, movement: Movement
) -> list[str]:
    words = [w for w in phrase.words if w in MOVES]
    if not words:
        return [f"says {text.strip()!r} of nothing that moves"]
    each = found.get("unit") and not (found.get("n") or found.get("o"))
    if (each or text.startswith("year")) and phrase.has(_AMOUNT):
        return [f"says by how much {text.partition('<')[0].strip()!r}: say from what to what"]
    points = _run_of(phrase, found, text, movement)
    if len(points) < 3:
        return [f"says {words[0]!r} over and over, but only {len(points)} values are held"]
    refuse_break(movement.one, points[0], points[-1])
    unit = _MONTHS[(found.get("unit") or "year").lower()]
    for first, last in pairwise(points):
        apart = months_between(first.ends, last.ends) if first.ends and last.ends else None
        if apart != unit and (found.get("unit") or text.startswith("year")):
            return [
                f"says {text.partition('<')[0].strip()!r}, but the figures lie {apart} months apart"
            ]
        if not all(holds(word, Movement(movement.one, last, first)) for word in words):
            return [f"says {words[0]!r} each time, but {first.text} went to {last.text}"]
    return []


def _run_of(
    phrase: Phrase, found: dict[str, str | None], text: str, movement: Movement
) -> tuple[Point, ...]:
    """The points that a run is said to go through."""
    one = movement.one
    points = one.points[: one.points.index(movement.last) + 1]
    if found.get("p"):
        start = find_point(phrase.periods[int(found["p"] or "")], [one])
        return points[points.index(start) :] if start in points else ()
    if found.get("n") or found.get("o"):
        count = phrase.numeral(found["n"] or "").value if found.get("n") else (
            phrase.ordinals[int(found["o"] or "")])  # fmt: skip
        return points[-round(count) - 1 :] if len(points) > count >= 2 else ()
    if text.startswith("continu") or text == "again":
        return points[-3:]
    if text == "steadily":
        start_at = points.index(movement.first) if movement.first in points else len(points)
        return points[start_at:]
    return points

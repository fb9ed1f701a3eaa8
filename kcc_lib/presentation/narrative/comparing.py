"""Claims of comparison: above and below, highest since, every year since, a place in a rank."""

from kcc_lib.presentation.narrative.moving import Movement
from kcc_lib.presentation.narrative.numerals import Numeral
from kcc_lib.presentation.narrative.phrases import MOVES, Phrase, same_period
from kcc_lib.presentation.narrative.points import Point, size_of
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, way
from kcc_lib.presentation.narrative.words import (
    AHEAD,
    BEHIND,
    BEST,
    HIGHER,
    HIGHEST,
    LOWER,
    LOWEST,
    WORST,
)

_ENGLAND = r"(?:the )?(?:national (?:average|figure)|England(?: average)?|England's)"
_OTHER = rf"(?P<other>{_ENGLAND}|(?:the |its )?target|(?:the |its )?floor)"
_SIDES = {**dict.fromkeys(HIGHER, 1), **dict.fromkeys(LOWER, -1)}


def _words(*groups: tuple[str, ...]) -> str:
    return "|".join(sorted((w for g in groups for w in g), key=len, reverse=True))


def check_comparison(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """Above, below, in line with: England, the target, or the second value given."""
    level = r"in line with|level with|the same as|equal to"
    side = (
        rf"(?:<n(?P<by>\d+)> )?(?:(?P<side>{_words(HIGHER, LOWER)})|(?P<level>{level})|"
        rf"(?P<merit>{_words(AHEAD, BEHIND)})|<w(?P<word>\d+)>)(?: than| of)? {_OTHER}"
    )
    found = phrase.search(side)
    if found is None:
        return []
    one = quoted[0]
    other = _other(one, found["other"], quoted)
    went = way(other, one.end)
    told = f"{one.end.text} is {_SAID[went]} {other.text}"
    merit = found["merit"] or (phrase.words[int(found["word"])] if found["word"] else "")
    if found["level"]:
        right = went == 0
    elif found["side"]:
        right = went == _SIDES[found["side"].lower()]
    else:
        if not one.sign:
            return [f"says {merit!r}, but no data say which way is better"]
        good = merit in AHEAD or MOVES.get(merit) == "better"
        right = went * one.sign == (1 if good else -1)
    if not right:
        return [f"says {(found['side'] or found['level'] or merit)!r}, but {told}"]
    return _check_by(phrase.numeral(found["by"]), one.end, other) if found["by"] else []


_SAID = {1: "above", -1: "below", 0: "the same as"}


def _other(one: Quoted, named: str, quoted: list[Quoted]) -> Point:
    """What a value is compared with."""
    if "target" in named.lower() and one.target is not None:
        shape = one.end
        return Point(one.target, shape.unit, f"the target of {one.target:g}", step=shape.step)
    if len(quoted) > 1:
        return quoted[1].end
    if "target" in named.lower() or "floor" in named.lower():
        raise BindingError(
            f"{one.name} has no {named.split()[-1]} in the data; give it as evidence"
        )
    return one.of("England")


def _check_by(written: Numeral, end: Point, other: Point) -> list[str]:
    text = size_of(end.value - other.value, end.unit, max(end.step, other.step))
    told = f"{end.text} and {other.text} differ by {text}"
    if end.unit in {"%", "points"} and written.unit == "%":
        return [f"says {written.text.strip()}, but {told}: write percentage points"]
    if written.unit == "%" and other.value:
        percent = 100 * abs(end.value - other.value) / abs(other.value)
        return [] if written.agrees(percent) else [f"says {written.text.strip()}, but {told}"]
    right = written.agrees(abs(end.value - other.value))
    return [] if right else [f"says {written.text.strip()}, but {told}"]


def check_extreme(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """The highest, lowest, best or worst of the values shown, or since a period."""
    pattern = rf"(?P<extreme>{_words(HIGHEST, LOWEST, BEST, WORST)})\b(?:[^<]*?\bsince (?:the )?<p(?P<since>\d+)>)?"
    found = phrase.search(pattern)
    if found is None:
        return []
    phrase.spent.add("<extreme>")
    one, word = quoted[-1], found["extreme"].lower()
    side = 1 if word in HIGHEST else -1
    if word in (*BEST, *WORST):
        if not one.sign:
            return [f"says {word!r}, but no data say which way is better"]
        side = one.sign if word in BEST else -one.sign
    others = [p for p in one.points if p is not one.end]
    if found["since"]:
        written = phrase.periods[int(found["since"])]
        start = next((p for p in others if same_period(written, p.period)), None)
        if start is None or start.ends is None:
            return [f"names {written}, of which the evidence has no value"]
        # "since 2014" counts the values after it: 2014's own may have been as far out
        others = [p for p in others if p.ends and p.ends > start.ends]
    beaten = [p for p in others if way(p, one.end) != side]
    if not others:
        return [f"says {word!r}, but there is nothing to compare {one.end.text} with"]
    if beaten:
        named = ", ".join(f"{p.text} {('in ' + p.when) if p.when else ''}".strip() for p in beaten)
        return [f"says {word!r}, but {one.end.text} is not beyond {named}"]
    return []


def check_run(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """Every year, year on year, in a row: each step went the way that the word says."""
    pattern = (
        r"<w(?P<word>\d+)>[^<]*?(?:every|each|year on|year-on|continu\w+|consecutive|in a row)"
        r"[^<]*?(?:since (?:the )?<p(?P<since>\d+)>|(?P<rest>years?|quarters?|$))"
        r"|continu\w+ (?:to )?<w(?P<other>\d+)>"
    )
    found = phrase.search(pattern)
    if found is None:
        return []
    word = phrase.words[int(found["word"] or found["other"])]
    one = quoted[-1]
    points = list(one.points[: one.points.index(one.end) + 1])
    if found["since"]:
        written = phrase.periods[int(found["since"])]
        starts = [at for at, p in enumerate(points) if same_period(written, p.period)]
        if not starts:
            return [f"names {written}, of which the evidence has no value"]
        points = points[starts[0] :]
    if len(points) < 3:
        return [f"says {word!r} over and over, but only {len(points)} values are held"]
    meant = {"up": 1, "down": -1, "level": 0, "better": one.sign, "worse": -one.sign}.get(
        MOVES.get(word, ""), 0
    )
    for first, last in zip(points, points[1:], strict=False):
        if way(first, last) != meant:
            return [f"says {word!r} each time, but {first.text} went to {last.text}"]
    return []


def check_total(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """ "In total": the number is the sum of the evidence."""
    found = phrase.search(r"(?:total(?: of)?|altogether|together|in all|sum of) <n(\d+)>"
                          r"|<n(\d+)>(?: \w+)? (?:in total|in all|altogether|together)")  # fmt: skip
    if found is None:
        return []
    written = phrase.numeral(found[1] or found[2])
    value = sum(q.end.value for q in quoted)
    if written.agrees(value):
        return []
    parts = " + ".join(q.value for q in quoted)
    return [f"says {written.text.strip()} in all, but {parts} is {value:,g}"]

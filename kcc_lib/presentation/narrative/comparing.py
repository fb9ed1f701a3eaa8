"""Claims of comparison: above, below or level with England, a target or another value; shares."""

import re
from dataclasses import replace

from kcc_lib.presentation.narrative.amounts import size_problems
from kcc_lib.presentation.narrative.lexicon import MOVES
from kcc_lib.presentation.narrative.numerals import Numeral
from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.points import Point, finer, worded
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, way
from kcc_lib.presentation.narrative.words import MULTIPLES

_SIDES = {"over": "up", "under": "down", "exceed": "up", "exceeds": "up", "exceeded": "up",
          "beat": "better", "beats": "better", "short": "worse"}  # fmt: skip
_COMPARING = frozenset({
    "above", "below", "higher", "lower", "greater", "larger", "smaller", "more", "fewer", "less",
    "better", "worse", "ahead", "behind", "the same",
})  # fmt: skip
_WAY = {"up": 1, "down": -1, "level": 0}
_SAID = {1: "above", -1: "below", 0: "the same as"}
_NATIONAL = re.compile(r"national|england", re.I)


def _other_pattern(quoted: list[Quoted]) -> str:
    """What a value of the evidence may be compared with by name."""
    named = {name for q in quoted for name in q.beside} | {q.area for q in quoted[1:]}
    names = [
        re.escape(n) for n in sorted(named, key=len, reverse=True) if n and n != quoted[0].area
    ]
    areas = "|".join([*names, "England", "national"])
    number = r"<n(?P<{}>\d+)>"
    return (
        rf"(?:(?:the |its |a )?{number.format('led')} (?:in |for |across |nationally\b)?(?:the )?)?"
        rf"(?P<other>(?:the |its |their |our |a )?(?:(?:{areas})(?:['’]s)?"
        rf"(?: average| figure| rate| value| level| number)?|target|floor)\b|(?<=nationally))"
        rf"(?:,? (?:of |at )?\(?{number.format('tail')}\)?)?"
    )


def check_comparison(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Above, below, in line with, twice: England, another area, the target or the floor."""
    other = _other_pattern(quoted)
    problems: list[str] = []
    words = "|".join(f"{at}" for at, w in enumerate(phrase.words) if w in {*_COMPARING, *MULTIPLES})
    side = (
        rf"(?:(?P<not>\bnot )|<w(?P<led_by>\d+)> |(?P<still>\bstill ))?(?:<n(?P<by>\d+)> )?"
        r"(?:(?P<q>more than|over|nearly|almost|about|around|less than) )?"
        rf"(?:<w(?P<word>{words or 'x'})>|\b(?P<side>{'|'.join(_SIDES)})\b"
        rf"|(?P<level>\b(?:in line with|level with|equal to)))"
        rf"(?: (?:than|of|to|with|as)(?: (?:(?:that|those) (?:of|for|in)|in|for))?)? {other}"
    )
    while found := phrase.take(side):
        problems += _check_side(phrase, found, quoted)
    while found := phrase.take(rf"<n(?P<times>\d+)> times {other}"):
        problems += _check_times(phrase, found, quoted, phrase.numeral(found["times"]))
    while found := phrase.take(rf"\b(?:compared (?:with|to)|against|versus) {other}"):
        if not (found["led"] or found["tail"]):
            problems.append(f"compares with {found['other']!r}, but does not say how it stands")
        problems += _check_named_value(phrase, found, _other(quoted, found["other"]))
    met = (
        r"\b(?P<met>met|meets|meeting|achieved|on|at|missed|misses|missing) (?:the |its |their )?"
        r"target\b"
    )
    while found := phrase.take(met):
        problems += _check_met(found["met"].lower(), quoted)
    return problems


def _check_side(phrase: Phrase, found: re.Match[str], quoted: list[Quoted]) -> list[str]:
    one, other = quoted[0], _other(quoted, found["other"])
    word = phrase.words[int(found["word"])] if found["word"] else found["side"] or found["level"]
    if found["word"]:
        phrase.spent.add(f"<w{found['word']}>")
    if word in MULTIPLES:
        qualifier = (found["q"] or "").lower()
        times = Numeral(word, MULTIPLES[word], "", 0.1 * MULTIPLES[word], qualifier)
        return _check_times(phrase, found, quoted, times)
    if found["not"] and found["by"]:
        return [f"denies {word!r} with a number: say how it stands"]
    right = _stands(word, one, one.end, other)
    told = f"{one.end.text} is {_SAID[way(other, one.end)]} {other.text}"
    if right == bool(found["not"]):
        return [f"says {'not ' if found['not'] else ''}{word!r}, but {told}"]
    problems = _check_named_value(phrase, found, other)
    if found["by"]:
        written = phrase.numeral(found["by"])
        # a difference from another area is a size like that of a movement
        problems += size_problems(written, other, one.end)
    return problems + _check_before(phrase, found, word, quoted)


def _stands(word: str, one: Quoted, end: Point, other: Point) -> bool:
    """Whether a value stands to another as a word says."""
    meant = _SIDES.get(word.lower()) or MOVES.get(word, "level")
    if meant in _WAY:
        return way(other, end) == _WAY[meant]
    if not one.sign:
        raise BindingError(f"says {word!r}, but no data say which way is better")
    return way(other, end) * one.sign == (1 if meant == "better" else -1)


def _check_before(
    phrase: Phrase, found: re.Match[str], word: str, quoted: list[Quoted]
) -> list[str]:
    """That "remains above" was above before; "rose above" was not; "rose more than" is refused."""
    led = phrase.words[int(found["led_by"])] if found["led_by"] else ""
    if not (led or found["still"]) or led in MULTIPLES:
        return []
    one = quoted[0]
    origin = one.origin
    before = _other([one.since(one.end.period) if one.end.period else one, *quoted[1:]],
                    found["other"], origin)  # fmt: skip
    was = _stands(word, one, origin, before)
    told = f"it was {_SAID[way(before, origin)]} it before: {origin.text} and {before.text}"
    if found["still"] or led.startswith("remain"):
        phrase.spent.add(f"<w{found['led_by']}>")
        return [] if was else [f"says it remains {word!r}, but {told}"]
    if word not in {"above", "below"} or MOVES.get(led) not in {"up", "down"}:
        return [f"compares two movements ({led} {word}), which nothing here tests"]
    return [f"says it {led} {word!r}, but {told}"] if was else []


def _other(quoted: list[Quoted], named: str, at: Point | None = None) -> Point:
    """What a value is compared with: of the same period, or the one that a point is of."""
    one, end = quoted[0], at or quoted[0].end
    name = re.sub(r"^(?:the|its|their|our|a) ", "", named.lower())
    if name in {"target", "floor"}:
        return _aim(quoted, name, end)
    wanted = re.sub(r"(?:['’]s)?(?: average| figure| rate| value| level| number)?$", "", name)
    wanted = "england" if not wanted or _NATIONAL.match(wanted) else wanted
    for two in quoted[1:]:
        if two.area.lower() == wanted:
            if two.end.unit != one.end.unit:
                raise BindingError(f"{one.value} and {two.value} are of different units")
            if two.end.ends != end.ends:
                raise BindingError(f"{one.value} and {two.value} are of different periods")
            return two.end
    if len(quoted) > 1:
        raise BindingError(f"compares with {named.strip()!r}, but {quoted[1].name} is not of there")
    area = next((a for a in one.beside if a.lower() == wanted), "England")
    if at is None:
        return one.of(area)
    found = [p for p in one.beside.get(area, ()) if p.period == end.period]
    if not found:
        raise BindingError(f"{one.name} has no value of {area} in {end.period!r}")
    return found[0]


def _aim(quoted: list[Quoted], name: str, end: Point) -> Point:
    one = quoted[0]
    if name == "target" and one.target is not None:
        step = finer(one.target, end.step)
        return Point(one.target, end.unit, f"the target of {one.target:g}", step=step, set=True)
    if len(quoted) > 1 and quoted[1].end.unit == end.unit:
        return quoted[1].end
    raise BindingError(f"{one.name} has no {name} in the data; give it as evidence")


def _check_named_value(phrase: Phrase, found: re.Match[str], other: Point) -> list[str]:
    """A number written for what it is compared with is that one's value."""
    marks = [m for m in (found["led"], found["tail"]) if m]
    wrong = [phrase.numeral(m).text.strip() for m in marks if not phrase.numeral(m).fits(other)]
    return [f"says {text}, but the data have {other.text}" for text in wrong]


def _check_times(
    phrase: Phrase, found: re.Match[str], quoted: list[Quoted], written: Numeral
) -> list[str]:
    other = _other(quoted, found["other"])
    times = quoted[0].end.value / other.value if other.value > 0 else float("nan")
    near = Numeral(written.text, written.value, "", 0.1 * written.value, written.qualifier)
    problems = _check_named_value(phrase, found, other)
    if near.agrees(times):
        return problems
    told = f"{quoted[0].value} is {times:.2f} times {other.text}"
    return [*problems, f"says {written.text.strip()!r}, but {told}"]


def _check_met(word: str, quoted: list[Quoted]) -> list[str]:
    """On target is at it or better; missed is worse."""
    one, target = quoted[0], _aim(quoted, "target", quoted[0].end)
    if not one.sign:
        return [f"says {word!r} target, but no data say which way is better"]
    met = way(target, one.end) * one.sign >= 0
    if met != word.startswith("miss"):
        return []
    return [f"says {word!r} target, but {one.value} is {_SAID[way(target, one.end)]} {target.text}"]


def check_share(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """That "n of m" are two values; a majority, a minority of one that is a share."""
    problems: list[str] = []
    if len(quoted) == 2 and (
        found := phrase.take(r"<n(\d+)> (?:out )?of (?:the |its |all )?<n(\d+)>")
    ):
        for mark, q in zip(found.groups(), quoted, strict=True):
            if not phrase.numeral(mark).fits(q.end):
                problems.append(
                    f"says {phrase.numeral(mark).text.strip()}, but the data have {q.value}"
                )
        if quoted[0].end.value > quoted[1].end.value:
            problems.append(f"{quoted[0].value} is no part of {quoted[1].value}")
    one = quoted[-1].end
    if (
        len(quoted) == 1
        and one.unit == "%"
        and (found := phrase.take(r"<n(\d+)> out of (?:every )?<n(\d+)>"))
    ):
        part, whole = phrase.numeral(found[1]), phrase.numeral(found[2])
        share = 100 * part.value / whole.value if whole.value else float("nan")
        if not replace(part, value=share, unit="%", fraction=True).agrees(one.value):
            told = f"{part.text.strip()} out of {whole.text.strip()}"
            problems.append(f"says {told}, but it is {one.text}")
    for pattern, side in ((r"\b(?:a |the |the great )?majority\b|\bmost\b|\bmostly\b", 1),
                          (r"\b(?:a |the )?minority\b", -1)):  # fmt: skip
        while found := phrase.take(pattern):
            if one.unit != "%":
                problems.append(f"says {found[0]!r} of {one.text}, which is no share")
            elif (one.value - 50) * side <= 0:
                problems.append(f"says {found[0]!r}, but it is {one.text}")
    return problems


def check_total(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """That "in total" is said of the sum of the evidence."""
    found = phrase.take(
        r"\b(?:(?:a |the )?(?:combined )?(?:total|sum) (?:of|is|was|are|were)|total(?:s|led|ling)?|"
        r"altogether,?|together,?|in all,?|in total,?) <n(\d+)>"
        r"|<n(\d+)>(?: [a-z]+){0,2},? (?:in total|in all|altogether|together|combined)\b"
    )
    if found is None:
        return []
    written = phrase.numeral(found[1] or found[2])
    if len({q.end.unit for q in quoted}) > 1 or quoted[0].end.unit == "change":
        return [f"adds values of different units: {', '.join(q.value for q in quoted)}"]
    if len({(q.name, q.area, q.end.period, q.value) for q in quoted}) < len(quoted):
        return ["adds a value to itself"]
    first = quoted[0].end
    value = round(sum(q.end.value for q in quoted), 6)
    qualifier = next((q.end.qualifier for q in quoted if q.end.qualifier), "")
    step = min(q.end.step for q in quoted)
    text = worded(value, first.unit, step)
    total = Point(value, first.unit, text, qualifier=qualifier, step=step)
    if written.fits(total):
        return []
    parts = " + ".join(q.value for q in quoted)
    return [f"says {written.text.strip()} in all, but {parts} is {text}"]

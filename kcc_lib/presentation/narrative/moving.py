"""Claims of movement: from what to what, which way, by how much, and in which order of time."""

from dataclasses import dataclass, field

from kcc_lib.presentation.narrative.numerals import Numeral
from kcc_lib.presentation.narrative.phrases import MOVES, Phrase, same_period
from kcc_lib.presentation.narrative.points import Point, size_of
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, relative, way
from kcc_lib.presentation.narrative.words import MULTIPLES

_AT = r"(?: (?:in|at|for|of|during|by|over|on)(?: the)?)? <p(\d+)>"
_FROM_TO = rf"from (?:<n(\d+)>)?(?:{_AT})? to (?:<n(\d+)>)?(?:{_AT})?"
_TO_FROM = rf"to <n(\d+)>(?:{_AT})?,? (?:\w+ )?from <n(\d+)>(?:{_AT})?"
_FROM = rf"(?:from|than|against|compared (?:with|to)|on) <n(\d+)>(?:{_AT})?"
_SINCE = r"(?:since|from|than in|against|compared (?:with|to)(?: that of)?|on)(?: the)? <p(\d+)>"
_WORSE_OR_BETTER = {"better": 1, "worse": -1}


@dataclass(slots=True)
class Movement:
    """The two points that a claim speaks of, and what is wrong with how it names them."""

    last: Point
    first: Point | None
    why_no_first: str = ""
    sign: int = 0
    problems: list[str] = field(default_factory=list)


def find_movement(phrase: Phrase, quoted: list[Quoted]) -> Movement:
    """Which points the claim is about: those of the evidence, unless its words name others."""
    movement = _of_evidence(quoted)
    for pattern, order in ((_FROM_TO, "first"), (_TO_FROM, "last")):
        if found := phrase.search(pattern):
            ends = found.groups()
            early, late = (ends[:2], ends[2:]) if order == "first" else (ends[2:], ends[:2])
            _place(phrase, quoted, movement, early[1], late[1])
            _match(phrase, movement, "first", early[0])
            _match(phrase, movement, "last", late[0])
            return _ordered(movement)
    if found := phrase.search(_SINCE):
        late = phrase.search(r"(?:in|for|to|at|by)(?: the)? <p(\d+)>")
        _place(
            phrase, quoted, movement, found[1], late[1] if late and late[1] != found[1] else None
        )
    elif found := phrase.search(_FROM):
        _place(phrase, quoted, movement, found[2], None)
        if movement.first is not None:
            _match(phrase, movement, "first", found[1])
    return _ordered(movement)


def _of_evidence(quoted: list[Quoted]) -> Movement:
    if len(quoted) == 2 and quoted[0].end.unit == quoted[1].end.unit:
        return Movement(quoted[1].end, quoted[0].end, sign=quoted[1].sign)
    one = quoted[-1]
    try:
        return Movement(one.end, one.origin, sign=one.sign)
    except BindingError as error:
        return Movement(one.end, None, str(error), one.sign)


def _place(
    phrase: Phrase, quoted: list[Quoted], movement: Movement, early: str | None, late: str | None
) -> None:
    """Take the points of the periods that the words name."""
    points = [p for q in quoted for p in q.points]
    for name, mark in (("first", early), ("last", late)):
        if mark is None:
            continue
        written = phrase.periods[int(mark)]
        found = next((p for p in points if same_period(written, p.period)), None)
        if found is None:
            movement.problems.append(f"names {written}, of which the evidence has no value")
        else:
            setattr(movement, name, found)


def _match(phrase: Phrase, movement: Movement, name: str, mark: str | None) -> None:
    """A number written for one end of the movement is that point's."""
    point: Point | None = getattr(movement, name)
    if mark is None:
        return
    if point is None:
        movement.problems.append(movement.why_no_first)
    elif not phrase.numeral(mark).agrees(point.value, point.qualifier):
        written = phrase.numeral(mark).text.strip()
        which = "it began at" if name == "first" else "it came to"
        movement.problems.append(f"says {which} {written}, but the data have {point.text}")


def _ordered(movement: Movement) -> Movement:
    """Time runs forward."""
    first, last = movement.first, movement.last
    if first and first.ends and last.ends and first.ends > last.ends and not movement.problems:
        movement.problems.append(
            f"runs backwards: {last.when or last.text} lies before {first.when or first.text}"
        )
    return movement


def check_movement(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """Rose, fell, stayed; improved, worsened; doubled, halved."""
    problems: list[str] = []
    for at, word in enumerate(phrase.words):
        mark = f"<w{at}>"
        if mark in phrase.spent:
            continue
        phrase.spent.add(mark)
        if movement.first is None:
            problems.append(movement.why_no_first)
        elif word in MOVES:
            problems += _check_way(word, movement, movement.first)
        else:
            problems += _check_multiple(phrase, at, word, movement, movement.first)
    return problems


def _check_way(word: str, movement: Movement, first: Point) -> list[str]:
    went, meant = way(first, movement.last), MOVES[word]
    told = {1: "rise", -1: "fall", 0: "do not move"}[went]
    if meant in _WORSE_OR_BETTER:
        if movement.sign == 0:
            return [f"says {word!r}, but no data say which way is better"]
        right = went * movement.sign == _WORSE_OR_BETTER[meant]
    else:
        right = went == {"up": 1, "down": -1, "level": 0}[meant]
    if right:
        return []
    return [f"says {word!r}, but the figures {told}: {first.text} to {movement.last.text}"]


def _check_multiple(
    phrase: Phrase, at: int, word: str, movement: Movement, first: Point
) -> list[str]:
    """Doubled, halved: within a twentieth of the multiple, or with "nearly" or "more than"."""
    times = movement.last.value / first.value if first.value else float("inf")
    before = phrase.marked[: phrase.marked.index(f"<w{at}>")].rstrip().lower()
    qualifier = next((q for q in ("more than", "over", "nearly", "almost", "about")
                      if before.endswith(q)), "")  # fmt: skip
    written = Numeral(word, MULTIPLES[word], "", 0.1 * MULTIPLES[word], qualifier)
    if written.agrees(times):
        return []
    told = f"{first.text} to {movement.last.text} is {times:.2f} times"
    return [f"says {word!r}, but {told}"]


def check_amount(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """By how much: "by 4", "a rise of 5 percentage points", "12% higher"."""
    problems: list[str] = []
    movers = r"(?:<w\d+>|higher|lower|up|down|more|fewer|less)"
    for pattern in (rf"{movers}(?: by| of)? <n(\d+)>(?! to\b)", rf"<n(\d+)> {movers}",
                    r"by <n(\d+)>"):  # fmt: skip
        found = phrase.search(pattern)
        if not found or f"amount{found[1]}" in phrase.spent:
            continue
        phrase.spent.add(f"amount{found[1]}")
        if movement.first is None:
            problems.append(movement.why_no_first)
        else:
            problems += _check_size(phrase.numeral(found[1]), movement, movement.first)
    return problems


def _check_size(written: Numeral, movement: Movement, first: Point) -> list[str]:
    last = movement.last
    difference = abs(last.value - first.value)
    text = size_of(difference, last.unit, max(first.step, last.step))
    if last.unit in {"%", "points", "change"}:
        if written.unit == "%":
            told = f"{first.text} and {last.text} differ by {text}"
            return [f"says {written.text.strip()}, but {told}: write percentage points"]
    elif written.unit == "%":
        percent = abs(relative(first, last))
        told = f"{first.text} to {last.text} is {percent:.1f}%"
        return [] if written.agrees(percent) else [f"says {written.text.strip()}, but {told}"]
    if written.agrees(difference):
        return []
    return [f"says {written.text.strip()}, but {first.text} and {last.text} differ by {text}"]

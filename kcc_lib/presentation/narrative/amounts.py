"""Claims of size: by how much, how many times as much, and over how long."""

from kcc_lib.presentation.narrative.lexicon import MOVES
from kcc_lib.presentation.narrative.moving import Movement
from kcc_lib.presentation.narrative.numerals import JUST_UNDER, ROUGHLY, UNDER, Numeral
from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.points import Point, decimals_of, size_of
from kcc_lib.presentation.narrative.quoted import BindingError, relative
from kcc_lib.presentation.narrative.words import MULTIPLES


def check_amounts(phrase: Phrase, movement: Movement) -> list[str]:
    """By how much: "by 4", "a rise of 5 percentage points", "12% higher"."""
    moved = [f"{at}" for at, w in enumerate(phrase.words) if MOVES.get(w, "level") != "level"]
    if not moved:
        return []
    word = rf"<w(?:{'|'.join(moved)})>"
    found_one = False
    problems: list[str] = []
    for pattern in (rf"{word}(?: by| of)? <n(\d+)>", rf"<n(\d+)> {word}",
                    r"\b(?:by|of) <n(\d+)>"):  # fmt: skip
        while found := phrase.take(pattern):
            found_one = True
            written = phrase.numeral(found[1])
            if _is_level(phrase, found[0], found.end(), written, movement):
                continue
            problems += check_size(written, movement)
    while found_one and (found := phrase.take(r"(?:\(|,? or )<n(\d+)>\)?")):
        problems += check_size(phrase.numeral(found[1]), movement)
    return problems


def _is_level(phrase: Phrase, text: str, end: int, written: Numeral, movement: Movement) -> bool:
    """Whether "84.6% up from 79.6%" says where it came to, not how far it went."""
    after = phrase.marked[end:].lstrip()
    return (
        text.startswith("<n") and after.startswith(("from", "on")) and written.fits(movement.last)
    )


def check_size(written: Numeral, movement: Movement) -> list[str]:
    """The size of the difference of the two points, in their unit or as a share of the first."""
    if movement.first is None:
        raise BindingError(movement.why_no_first)
    first, last = movement.first, movement.last
    loose = [p.text for p in (first, last) if p.qualifier]
    if loose and written.qualifier not in ROUGHLY:
        return [f"says {written.text.strip()}, but {' and '.join(loose)} is not exact: say about"]
    return size_problems(written, first, last)


def size_problems(written: Numeral, first: Point, last: Point) -> list[str]:
    """What is wrong with the written size of a difference; nothing where it is right."""
    difference = abs(last.value - first.value)
    step = max(first.step, last.step)
    text, percent = size_of(difference, last.unit, step), last.unit in {"%", "points"}
    told = f"says {written.text.strip()}, but {first.text} and {last.text} differ by {text}"
    if last.unit == "change":
        return [] if written.unit == "%" and written.agrees(difference) else [told]
    if percent and written.unit == "%" and not written.fraction:
        return [f"{told}: write percentage points"]
    if written.unit == "%":
        share = abs(relative(first, last))
        told = f"says {written.text.strip()}, but {first.text} to {last.text} is {share:.1f}%"
        return [] if written.agrees(share) else [told]
    allowed = {"points", "marks"} if percent else {"£"} if last.unit == "£" else {"", "marks"}
    places = decimals_of(step)
    right = written.unit in allowed and written.agrees(round(difference, places + 6))
    printed = written.unit in allowed and written.agrees(round(difference, places or None))
    return [] if right or printed else [told]


def check_multiples(phrase: Phrase, movement: Movement) -> list[str]:
    """Doubled, halved, twice as many, three times: within a twentieth, or as qualified."""
    problems: list[str] = []
    as_many = (
        r"(?: (?:as (?:many|much|high|large|great|often)|the (?:number|level|rate|figure|total))"
        r"(?: as(?! in)| of| in(?! <p))?)?"
    )
    qualifier = "(?P<q>more than|over|nearly|almost|just under|less than|about|around)"
    while found := phrase.take(rf"(?:{qualifier} )?<w(?P<w>{_ids(phrase)})>{as_many}"):
        phrase.spent.add(f"<w{found['w']}>")
        word = phrase.words[int(found["w"])]
        times = MULTIPLES[word]
        qualified = (found["q"] or "").lower()
        problems += _check_times(word, times, qualified, movement)
    # "three times higher" may mean three times or four, and is left to be refused
    while found := phrase.take(rf"<n(\d+)> times(?! <w){as_many}"):
        written = phrase.numeral(found[1])
        problems += _check_times(
            f"{written.text} times", written.value, written.qualifier, movement
        )
    while found := phrase.take(r"<n(\d+)> as (?:many|much|high|large)"):
        written = phrase.numeral(found[1])
        problems += _check_times(written.text, written.value / 100, written.qualifier, movement)
    return problems


def _ids(phrase: Phrase) -> str:
    """The marks of the multiples that no test has taken, as a pattern; one that matches nothing."""
    return "|".join(f"{at}" for at in phrase.free("w") if phrase.words[at] in MULTIPLES) or "x"


def _check_times(word: str, meant: float, qualifier: str, movement: Movement) -> list[str]:
    if movement.first is None:
        raise BindingError(movement.why_no_first)
    first, last = movement.first, movement.last
    if first.value <= 0 or last.value < 0 or first.unit == "change":
        return [f"says {word!r}, but {last.text} is no multiple of {first.text}"]
    if meant < 1 and qualifier and qualifier not in ROUGHLY:
        # to have more than halved is to be under half, and to have nearly halved is to be over it
        qualifier = "just over" if qualifier in JUST_UNDER else (
            "over" if qualifier in UNDER else "under")  # fmt: skip
    written = Numeral(word, meant, "", 0.1 * meant, qualifier)
    times = last.value / first.value
    if written.agrees(times):
        return []
    return [f"says {word!r}, but {first.text} to {last.text} is {times:.2f} times"]

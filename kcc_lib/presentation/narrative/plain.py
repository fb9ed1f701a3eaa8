"""Numbers and periods that say how things stand: each is the evidence's own."""

import re

from kcc_lib.presentation.narrative.moving import Movement, find_point
from kcc_lib.presentation.narrative.phrases import Phrase, same_period
from kcc_lib.presentation.narrative.quoted import Quoted

_UNITS = (
    "day", "week", "month", "year", "hour", "mile", "tonne", "hectare", "second", "square metre",
    "square foot", "square feet",
)  # fmt: skip
_IN = r",? ?\(?(?:(?:in|at|for|of|during|by|as at) )?(?:the )?<p(\d+)>\)?"


def drop_units(phrase: Phrase, quoted: list[Quoted]) -> None:
    """Leave out what is counted ("4 days", "£5 million a year") where the evidence is in it.

    What the evidence is not in stays, and is refused if nothing else takes it.
    """
    texts = [q.end.text.lower() for q in quoted]
    for unit in _UNITS:
        for pattern, of in (
            (rf"(<n\d+>) {unit}s?\b", unit),
            (rf"(<n\d+>) (?:a|per|each) {unit}\b", f"a {unit}"),
        ):
            held = re.compile(rf"\d[\d,.]* (?:million |billion )?{of}s?$")
            if all(held.search(text) for text in texts):
                phrase.marked = re.sub(pattern, r"\1", phrase.marked, flags=re.IGNORECASE)


def check_base(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """That "per 10,000" is what the rate is per."""
    problems = []
    while found := phrase.take(r"\bper <n(\d+)>"):
        written = phrase.numeral(found[1])
        if not all(q.base is not None and written.agrees(q.base) for q in quoted):
            problems.append(
                f"says per {written.text.strip()}, but that is not what the rate is per"
            )
    return problems


def take_area(phrase: Phrase, quoted: list[Quoted]) -> None:
    """The name of the area whose values they are; that of any other is refused."""
    area = quoted[0].area
    if area and all(q.area == area for q in quoted):
        also = "|nationally" if area == "England" else ""
        phrase.take(rf"\b(?:(?:in|for|of|across) )?(?:{re.escape(area)}{also})\b(?! and)(?:['’]s)?")


def check_standing(phrase: Phrase, movement: Movement) -> list[str]:
    """Numbers left in a claim of movement: where it came to."""
    problems = []
    phrase.take(r"\b(?:reach(?:es|ed|ing)?|came to|and) (?=<n)")
    for at in phrase.free("n"):
        phrase.spent.add(f"<n{at}>")
        if not phrase.numerals[at].fits(movement.last):
            written = phrase.numerals[at].text.strip()
            problems.append(f"says {written}, but the data have {movement.last.text}")
    return problems


def check_plain(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Numbers and periods, in the order of the evidence: "61%", "61% in 2016 and 36%"."""
    problems = []
    paired = len(phrase.numerals) - len(phrase.free("n"))
    if all(re.search(r"\btop\b", q.name) for q in quoted):
        phrase.take(r"\b(?:the )?top (?=<n)")
    while len(phrase.free("n")) and (found := phrase.take(rf"<n(\d+)>{_IN}")):
        point = find_point(phrase.periods[int(found[2])], quoted)
        paired += 1
        if not phrase.numeral(found[1]).fits(point):
            written = phrase.numeral(found[1]).text.strip()
            problems.append(f"says {written}, but the data have {point.text} in {point.when}")
    phrase.take(r"\b(?:reach(?:es|ed|ing)?|came to) (?=<n)")
    alone = phrase.free("n")
    if len(alone) not in {0, len(quoted)} or (
        len(quoted) > 1 and len(alone) + paired < len(quoted)
    ):
        held = " and ".join(q.value for q in quoted)
        return [*problems, f"does not say as many numbers as it gives evidence: {held}"]
    for at, q in zip(alone, quoted, strict=False):
        phrase.spent.add(f"<n{at}>")
        if not phrase.numerals[at].fits(q.end):
            problems.append(f"says {phrase.numerals[at].text.strip()}, but the data have {q.value}")
    return problems + check_periods(phrase, quoted)


def check_periods(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Periods left: each is that of all the values quoted."""
    problems = []
    for at in phrase.free("p"):
        phrase.spent.add(f"<p{at}>")
        wrong = [q for q in quoted if not same_period(phrase.periods[at], q.end.period)]
        for q in wrong[:1]:
            held = f"of {q.end.when}" if q.end.period else "of no period that the data name"
            problems.append(f"names {phrase.periods[at]}, but {q.value} is {held}")
    return problems

"""The claim checker: a sentence's own words against the values they speak of.

`claim("fell by 4, from 157 to 153", figure("…", "…"))` prints its words as they stand, if
every number, period and claiming word in them is true of the evidence; else the build stops.
A word that nothing here can test is refused too: a claim is never believed in part.
"""

from collections.abc import Callable

from kcc_lib.presentation.narrative.comparing import (
    check_comparison,
    check_extreme,
    check_total,
    check_run,
)
from kcc_lib.presentation.narrative.moving import (
    Movement,
    check_amount,
    check_movement,
    find_movement,
)
from kcc_lib.presentation.narrative.numerals import Numeral
from kcc_lib.presentation.narrative.phrases import MOVES, Phrase, read_phrase, same_period
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, Tally, Word

Evidence = Quoted | Tally | Word


def claim(text: str, *evidence: Evidence) -> str:
    """Say a claim in one's own words, if the evidence bears it out.

    Parameters
    ----------
    text
        The words as they shall be printed.
    evidence
        What they speak of: one value (compared with the one before, or `.since` another),
        two values (from the first to the second), or a count.

    Raises
    ------
    BindingError
        With everything in the words that is false, or that nothing here can test.
    """
    if problems := faults_of(text, *evidence):
        raise BindingError("; ".join(problems))
    return text


def faults_of(text: str, *evidence: Evidence) -> list[str]:
    """Everything in a claim that its evidence does not bear out; none where it holds."""
    if not evidence:
        return ["has no evidence: name the measure or figure that it speaks of"]
    phrase = read_phrase(text)
    if all(isinstance(e, Tally) for e in evidence):
        problems = _check_tallies(phrase, [e for e in evidence if isinstance(e, Tally)])
    elif any(isinstance(e, Word) for e in evidence):
        problems = _check_words(phrase, [e for e in evidence if isinstance(e, Word)])
    else:
        problems = _check_values(phrase, [e for e in evidence if isinstance(e, Quoted)])
    if not problems:
        problems = [f"nothing here tests {part!r}" for part in phrase.left()]
    if not problems and not phrase.spent:
        problems = ["claims nothing that can be tested"]
    return problems


def _check_values(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Test each kind of claim that the words make of values."""
    try:
        movement = find_movement(phrase, quoted)
        problems = list(movement.problems)
        tests: tuple[Callable[[Phrase, list[Quoted], Movement], list[str]], ...] = (
            check_run, check_extreme, check_total, check_comparison, check_movement, check_amount,
        )  # fmt: skip
        for test in tests:
            problems += test(phrase, quoted, movement)
    except BindingError as error:
        return [str(error)]
    return problems + _check_plain(phrase, quoted, movement)


def _check_plain(phrase: Phrase, quoted: list[Quoted], movement: Movement) -> list[str]:
    """Numbers and periods that no other test has answered for: each must be the evidence's."""
    problems = []
    points = [movement.last, *(q.end for q in quoted)]
    points += [q.origin for q in quoted if q.start is not None]
    for at, numeral in enumerate(phrase.numerals):
        mark = f"<n{at}>"
        if mark in phrase.spent:
            continue
        phrase.spent.add(mark)
        if not any(fits(numeral, p.value, p.unit, p.qualifier) for p in points):
            held = " and ".join(dict.fromkeys(p.text for p in points))
            problems.append(f"says {numeral.text.strip()}, but the data have {held}")
    for at, period in enumerate(phrase.periods):
        mark = f"<p{at}>"
        if mark not in phrase.spent and any(same_period(period, p.period) for p in points):
            phrase.spent.add(mark)
    return problems


def fits(numeral: Numeral, value: float, unit: str, qualifier: str = "") -> bool:
    """Whether a number as written is a value, in the same kind of unit."""
    kinds = {"%": {"%", "change"}, "points": {"points"}, "£": {"£"}, "": {"", "£"}}
    return unit in kinds[numeral.unit] and numeral.agrees(value, qualifier)


def _check_tallies(phrase: Phrase, tallies: list[Tally]) -> list[str]:
    """A majority, most, half, all, none; "13 of 20"."""
    n, of = sum(t.n for t in tallies), tallies[0].of
    told = f"{n} of {of}"
    problems = []
    for pattern, holds in (
        (r"\bmajority\b|\bmost\b|more than half|\bmainly\b|\bmostly\b", 2 * n > of),
        (r"\bminority\b|\bfew\b", 2 * n < of), (r"\ball\b|\bevery\b", n == of), (r"\bnone\b|\bno\b", n == 0),
    ):  # fmt: skip
        if (found := phrase.search(pattern)) and not holds:
            problems.append(f"says {found[0]!r}, but it is {told}")
        if found:
            phrase.spent.add("<share>")
    if found := phrase.search(r"<n(\d+)> (?:out )?of (?:the |its |our )?<n(\d+)>"):
        part, whole = phrase.numeral(found[1]), phrase.numeral(found[2])
        if not (part.agrees(n) and whole.agrees(of)):
            problems.append(f"says {part.text.strip()} of {whole.text.strip()}, but it is {told}")
    for at, numeral in enumerate(phrase.numerals):
        if f"<n{at}>" not in phrase.spent:
            phrase.spent.add(f"<n{at}>")
            value = 100 * n / of if numeral.unit == "%" and of else n
            if not numeral.agrees(value):
                problems.append(f"says {numeral.text.strip()}, but it is {told}")
    # which way the counted things went is said by the label that was counted
    phrase.spent |= {f"<w{at}>" for at in range(len(phrase.words))}
    return problems


def _check_words(phrase: Phrase, words: list[Word]) -> list[str]:
    """A judgement in other words: "continues to improve" of one that is Mixed."""
    means = {"better": {"Improving"}, "worse": {"Not Improving"}, "level": {"Maintaining"}}
    problems = []
    for at, word in enumerate(phrase.words):
        phrase.spent.add(f"<w{at}>")
        allowed = means.get(MOVES.get(word, ""), set())
        if not all(w.text in allowed for w in words):
            told = " and ".join(w.text for w in words)
            problems.append(f"says {word!r}, but the judgement is {told}")
    return problems

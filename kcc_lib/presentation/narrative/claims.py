"""The claim checker: a sentence's own words against the values they speak of.

`claim("fell by 4, from 157 to 153", figure("…", "…"))` prints its words as they stand, if
every number, period and claiming word in them is true of the evidence; else the build stops.
A word that nothing here can test is refused too: a claim is never believed in part. What a
claim may say, and how each thing is tested, is in `docs/claims.md`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kcc_lib.presentation.narrative.amounts import check_amounts, check_multiples
from kcc_lib.presentation.narrative.comparing import check_comparison, check_share, check_total
from kcc_lib.presentation.narrative.counted import Rank, Word
from kcc_lib.presentation.narrative.directions import check_movement
from kcc_lib.presentation.narrative.lexicon import untested
from kcc_lib.presentation.narrative.moving import (
    find_movement,
    moves,
    of_evidence,
)
from kcc_lib.presentation.narrative.phrases import Phrase, read_phrase
from kcc_lib.presentation.narrative.plain import (
    check_base,
    check_periods,
    check_plain,
    check_standing,
    drop_units,
    take_area,
)
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, Tally
from kcc_lib.presentation.narrative.runs import check_extreme, check_run, check_steady
from kcc_lib.presentation.narrative.tallies import check_list, check_rank, check_tally, check_words

Evidence = Quoted | Tally | Rank | Word | Sequence[object]

_KINDS = ((Quoted, "value"), (Tally, "tally"), (Rank, "rank"), (Word, "word"),
          ((list, tuple), "list"))  # fmt: skip


def claim(text: str, *evidence: Evidence) -> str:
    """Say a claim in one's own words, if the evidence bears it out.

    Parameters
    ----------
    text
        The words as they shall be printed.
    evidence
        What they speak of: one value (compared with the one before, or `.since` another),
        two values (from the first to the second), several that are added, or of each of
        which the words hold; a count, a rank, a published word, a list that is counted.

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
    kinds = {_kind(e) for e in evidence}
    if "" in kinds:
        return ["gives text or a number as evidence: give the measure, figure or count itself"]
    if len(kinds) > 1 or (len(evidence) > 1 and kinds & {"tally", "rank", "list"}):
        return [f"gives a {' and a '.join(sorted(kinds))} together: write a claim for each"]
    phrase = read_phrase(text)
    try:
        problems = _check(phrase, evidence)
    except BindingError as error:
        problems = [str(error)]
    return problems


def _kind(evidence: object) -> str:
    for kind, name in _KINDS:
        if isinstance(evidence, kind):
            return name
    return ""


def _check(phrase: Phrase, evidence: tuple[Evidence, ...]) -> list[str]:
    """Test a phrase by the kind of its evidence, and refuse what is left of it."""
    quoted = [e for e in evidence if isinstance(e, Quoted)]
    one = evidence[0]
    if quoted:
        return _check_quoted(phrase, quoted)
    if isinstance(one, Tally):
        problems = check_tally(phrase, one)
    elif isinstance(one, Rank):
        problems = check_rank(phrase, one)
    elif isinstance(one, Word):
        problems = check_words(phrase, [e for e in evidence if isinstance(e, Word)])
    else:
        assert isinstance(one, Sequence)  # noqa: S101 - told by _kind
        problems = check_list(phrase, one)
    return problems or _left_over(phrase)


def _left_over(phrase: Phrase) -> list[str]:
    """What no test has answered for is refused."""
    if not phrase.spent and not phrase.covered:
        return ["claims nothing that can be tested"]
    if mixed := re.search(r"[A-Za-z]<[np]\d+>|<[np]\d+>[A-Za-z]", phrase.marked):
        return [f"runs a number and letters together: {phrase.read(mixed[0])!r}"]
    left = list(dict.fromkeys([*phrase.left(), *untested(phrase.rest(), begins=phrase.text)]))
    if not left:
        return []
    named = ", ".join(repr(part) for part in left)
    return [f"nothing here tests {named}: leave it out of the claim, or say it in plainer words"]


def _check_quoted(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Test values together, or where the words hold of each, one by one."""
    drop_units(phrase, quoted)
    every = phrase.take(
        r"\b(?:both|each(?! of| year| quarter| month)|(?<!in )all(?! of| in\b))\b"
        r"(?: <n(?P<n>\d+)>)?"
    )
    if every:
        count = phrase.numeral(every["n"]).value if every["n"] else len(quoted)
        word = every[0].split()[0]
        if count != len(quoted) or len(quoted) < 2 or (word.lower() == "both" and count != 2):
            return [f"says {word!r}, but gives {len(quoted)} as evidence"]
    if not every and _together(phrase, quoted):
        return _check_values(phrase, quoted)
    problems = []
    for one in quoted:
        again = replace(phrase, spent=set(phrase.spent), covered=list(phrase.covered))
        problems += _check_values(again, [one])
    return list(dict.fromkeys(problems))


def _together(phrase: Phrase, quoted: list[Quoted]) -> bool:
    """Whether several values are parts of one claim; of two series that moved there are two."""
    if len(quoted) == 1 or not moves(phrase):
        return True
    series = {(q.name, q.area) for q in quoted}
    apart = len(series) == len(quoted) and all(len(q.points) > 1 for q in quoted)
    compared = phrase.has(
        r"\b(?:total|together|in all|altogether|combined|England|national|target|floor|highest"
        r"|lowest|largest|smallest|best|worst)\b|\bthan (?:the )?<n"
    )
    return compared or (len(quoted) == 2 and not apart)


def _check_values(phrase: Phrase, quoted: list[Quoted]) -> list[str]:
    """Test each kind of claim that the words make of values."""
    problems = check_base(phrase, quoted)
    before = len(phrase.covered)
    problems += check_total(phrase, quoted)
    added = len(phrase.covered) > before and len(quoted) > 1
    before = len(phrase.covered)
    problems += check_extreme(phrase, quoted) + check_comparison(phrase, quoted)
    subject = quoted[:1] if len(phrase.covered) > before else quoted
    if moves(phrase) and not added and len(subject) < 3:
        run = check_run(phrase, of_evidence(subject)) if phrase.words else []
        movement = find_movement(phrase, subject)
        problems += [*run, *movement.problems]
        for test in (check_steady, check_multiples, check_amounts, check_standing):
            problems += test(phrase, movement)
        problems += check_movement(phrase, movement)
    else:
        problems += check_share(phrase, subject)
        problems += check_periods(phrase, quoted) if added else check_plain(phrase, subject)
    take_area(phrase, subject)
    return problems or _left_over(phrase)

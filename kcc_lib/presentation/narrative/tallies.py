"""Claims about counts, places and published words: 13 of 20, a majority; 3rd of 11; Mixed."""

import re
from collections.abc import Sequence

from kcc_lib.presentation.narrative.counted import Rank, Word
from kcc_lib.presentation.narrative.lexicon import MOVES
from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.quoted import BindingError, Tally

_LABELS = {"better": "Improving", "worse": "Not Improving", "level": "Maintaining"}
_NOT_IMPROVING = r"\bnot (?=<w)|\b(?:did|do|does|has|have|is|are|was|were)(?: not|n['’]t) (?=<w)"


def check_tally(phrase: Phrase, tally: Tally) -> list[str]:
    """A majority, most, half, all, none; "13 of 20"; and what the counted were published as."""
    n, of = tally.n, tally.of
    if of == 0:
        return ["counts nothing: there are none"]
    told = f"{n} of {of}"
    problems = []
    whole = r"(?: of (?:the |its |our |these )?<n(?P<of>\d+)>)?"
    for pattern, right in (
        (r"\b(?:a |the )?majority\b|\bmost\b|\bmainly\b|\bmostly\b", 2 * n > of),
        (r"\b(?:a |the )?minority\b|\bfew\b|\bonly\b|\bjust\b", 2 * n < of),
        (r"\ball\b(?: <n(?P<all>\d+)>)?|\bevery\b", n == of), (r"\bboth\b", n == of == 2),
        (r"\bnone\b|\bno\b(?! <w)", n == 0),
    ):  # fmt: skip
        while found := phrase.take(rf"(?:{pattern}){whole}"):
            parts = found.groupdict()
            marks = [m for m in (parts.get("all"), parts["of"]) if m]
            if not right or not all(phrase.numeral(m).agrees(of) for m in marks):
                problems.append(f"says {phrase.read(found[0])!r}, but it is {told}")
    problems += _check_parts(phrase, n, of)
    for at in phrase.free("n"):
        phrase.spent.add(f"<n{at}>")
        written = phrase.numerals[at]
        value = 100 * n / of if written.unit == "%" else n
        if written.unit not in {"%", ""} or not written.agrees(value):
            problems.append(f"says {written.text.strip()}, but it is {told}")
    return problems + _check_labels(phrase, list(tally.labels), "what was counted")


def _check_parts(phrase: Phrase, n: int, of: int) -> list[str]:
    """Check "13 of 20", "13 out of the 20", "half of the 20"; "13 in 20" is read as a share."""
    problems = []
    pattern = r"<n(\d+)> (?:out )?of (?:the |its |our |these |all )?<n(\d+)>"
    while found := phrase.take(pattern):
        part, whole = phrase.numeral(found[1]), phrase.numeral(found[2])
        value = 100 * n / of if part.unit == "%" else n
        if not (part.agrees(value) and whole.agrees(of)):
            problems.append(
                f"says {part.text.strip()} of {whole.text.strip()}, but it is {n} of {of}"
            )
    return problems


def _check_labels(phrase: Phrase, labels: list[str], what: str) -> list[str]:
    """Words of judgement: all of them together are the labels, no more and no fewer."""
    said = [*_plain_labels(phrase), *_moving_labels(phrase)]
    while len(said) > 1 and phrase.take(r"\b(?:or|and)\b"):
        pass
    if not said or {label for _, label in said} == {w.lower() for w in labels}:
        return []
    return [_against(word, labels, what) for word, _ in said]


def _plain_labels(phrase: Phrase) -> list[tuple[str, str]]:
    """Labels written out: the words, and the label they are."""
    said = []
    for label in ("not improving", "maintaining", "mixed", "green", "amber", "red"):
        while phrase.take(rf"\b{label}\b"):
            said.append((label, label))
    return said


def _moving_labels(phrase: Phrase) -> list[tuple[str, str]]:
    """Labels as verbs say them: "improved" is Improving, "did not improve" Not Improving."""
    denied = [
        int(mark[1])
        for mark in re.finditer(rf"(?:{_NOT_IMPROVING})<w(\d+)>", phrase.marked, re.IGNORECASE)
    ]
    while phrase.take(_NOT_IMPROVING):
        pass
    phrase.take(r"\b(?:continu(?:e|es|ed|ing)) (?:to )?(?=<w)")
    said = []
    for at in phrase.free("w"):
        phrase.spent.add(f"<w{at}>")
        word = phrase.words[at]
        meant = _LABELS.get(MOVES.get(word, ""), "")
        if at in denied:
            meant = "Not Improving" if meant == "Improving" else ""
        said.append((word, meant.lower()))
    return said


def _against(word: str, labels: list[str], what: str) -> str:
    told = " and ".join(labels)
    return f"says {word!r}, but {f'{what} is {told}' if told else f'no data say {what} was'}"


def check_words(phrase: Phrase, words: list[Word]) -> list[str]:
    """A judgement in other words: "continues to improve" of one that is Mixed."""
    return _check_labels(phrase, [w.text for w in words], "the judgement")


def check_rank(phrase: Phrase, rank: Rank) -> list[str]:
    """Check "3rd of 11", "joint second", "second highest", "top third", "top 30%"."""
    told = f"{'joint ' if rank.tied else ''}{rank}"
    problems: list[str] = []
    phrase.take(r"\branked (?=<o|joint)")
    phrase.take(r"\b(?:among|of|out of) (?:its |the |Kent['’]s )?(?:statistical )?neighbours\b")
    high_first = rank.sign >= 0
    kind = rf"(?P<kind>{'highest|largest' if high_first else 'lowest|smallest|fewest'}|best)"
    last = rf"(?P<last>{'lowest|smallest' if high_first else 'highest|largest'}|worst)"
    place = (
        rf"(?P<joint>joint |equal |tied )?"
        rf"(?:(?:<o(?P<o>\d+)>|<n(?P<place>\d+)>)?[- ]?(?:{kind}|{last})"
        rf"|<o(?P<alone>\d+)>)(?: place)?(?: (?:out )?of (?:the |its )?(?:all )?<n(?P<of>\d+)>)?"
    )
    while found := phrase.take(place):
        if found["kind"] and found["kind"].lower() == "best" and not rank.sign:
            raise BindingError("says 'best', but no data say which way is better")
        if found["last"] and found["last"].lower() == "worst" and not rank.sign:
            raise BindingError("says 'worst', but no data say which way is better")
        mark = found["o"] or found["alone"]
        number = phrase.ordinals[int(mark)] if mark else 1
        position = rank.of - number + 1 - rank.tied if found["last"] else number
        right = position == rank.position and not found["place"]
        right &= bool(found["joint"]) == bool(rank.tied)
        right &= not found["of"] or phrase.numeral(found["of"]).agrees(rank.of)
        if not right:
            problems.append(f"says {phrase.read(found[0])!r}, but it is {told}")
    end = r"\b(?P<end>top|bottom) <n(?P<n>\d+)>(?: of (?:the )?<n(?P<of>\d+)>)?"
    while found := phrase.take(end):
        problems += _check_end(phrase, found, rank, told)
    return problems


def _check_end(phrase: Phrase, found: re.Match[str], rank: Rank, told: str) -> list[str]:
    """Check "in the top third": so much of the places, from the better end."""
    written = phrase.numeral(found["n"])
    last_place = rank.position + rank.tied
    from_end = last_place if found["end"].lower() == "top" else rank.of - rank.position + 1
    limit = written.value * rank.of / 100 if written.unit == "%" else written.value
    of_right = not found["of"] or phrase.numeral(found["of"]).agrees(rank.of)
    if from_end <= limit + 1e-9 and of_right and not written.qualifier:
        return []
    return [f"says {phrase.read(found[0])!r}, but it is {told}"]


def check_list(phrase: Phrase, listed: Sequence[object]) -> list[str]:
    """Check "three priorities": as many as are listed, none of them twice."""
    told = [str(item).strip() for item in listed]
    if len({t.lower() for t in told}) < len(told) or "" in told:
        return ["lists one twice, or a blank"]
    problems = []
    while found := phrase.take(r"\b(?:all|both|each of the|these)\b(?= <n)|\bboth\b"):
        if found[0].lower() == "both" and len(told) != 2:
            problems.append(f"says 'both', but {len(told)} are listed")
    for at in phrase.free("n"):
        phrase.spent.add(f"<n{at}>")
        written = phrase.numerals[at]
        if written.unit or not written.agrees(len(told)):
            problems.append(f"says {written.text.strip()}, but {len(told)} are listed")
    return problems

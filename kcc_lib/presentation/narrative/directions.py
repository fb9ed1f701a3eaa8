"""Claims of direction: rose, fell, stayed; improved, worsened; and that something did not."""

import re

from kcc_lib.presentation.narrative.lexicon import MOVES
from kcc_lib.presentation.narrative.moving import Movement
from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.quoted import BindingError, way
from kcc_lib.presentation.narrative.words import BETTER, FALLING, MULTIPLES, RISING, WORSE

_NOT = r"\b(?:did|do|does|has|have|had|is|are|was|were)(?: not|n['’]t) <w(\d+)>"
_SIZE_OF_MOVE = {"up": 1, "down": -1, "level": 0, "better": 1, "worse": -1, "near": -1, "far": 1}
#: Words that say something moved, which two values of one period cannot have done.
_OVER_TIME = frozenset(
    {*RISING, *FALLING, *BETTER, *WORSE, "up", "down", "stayed", "unchanged", "no change"}
    - {"better", "worse"}
)
#: Words that put a value on a side of something, which has to be named.
_SIDES = frozenset({"above", "below", "ahead", "behind"})
_THAT_OF = r"(?:of )?(?:the )?(?:(?:level|figure|rate|number|value|that) )?(?:in |of )?"
_JUDGING = frozenset({*BETTER, *WORSE} - {"better", "worse"})


def check_movement(phrase: Phrase, movement: Movement) -> list[str]:
    """Rose, fell, stayed; improved, worsened; and that it did not."""
    problems: list[str] = []
    while denied := phrase.take(_NOT):
        problems += _check_denied(phrase, int(denied[1]), movement)
    if phrase.take(r"\b(?:did|has|have)(?: not|n['’]t) chang(?:e|ed)\b"):
        problems += _check_way("unchanged", movement)
    for at in phrase.free("w"):
        word = phrase.words[at]
        if word in MULTIPLES:
            continue
        phrase.spent.add(f"<w{at}>")
        if word in _SIDES and not phrase.has(rf"<w{at}> {_THAT_OF}<p"):
            problems.append(f"says {word!r} of something that no data name")
        problems += _check_way(word, movement)
    return problems


def _check_denied(phrase: Phrase, at: int, movement: Movement) -> list[str]:
    phrase.spent.add(f"<w{at}>")
    word = phrase.words[at]
    if phrase.numerals:
        return [f"denies {word!r} with a number: say what did happen"]
    if not holds(word, movement):
        return []
    return [f"says not {word!r}, but {_told(movement)}"]


def _check_way(word: str, movement: Movement) -> list[str]:
    if movement.beside and word in _OVER_TIME:
        return [f"says {word!r} of two values that are not of one series in time"]
    if not holds(word, movement):
        return [f"says {word!r}, but {_told(movement)}"]
    judged = movement.one.words.get("1-year") if word in _JUDGING and movement.yearly else None
    means = {"better": "Improving", "worse": "Not Improving"}[MOVES[word]] if judged else ""
    if judged and judged not in {means, "N/A", "Not judged"}:
        return [f"says {word!r}, but the published 1-year judgement is {judged}"]
    return []


def holds(word: str, movement: Movement) -> bool:
    """Whether the two points went the way that a word says.

    Raises
    ------
    BindingError
        Where there are no two points, or no data say which way is better.
    """
    if movement.first is None:
        raise BindingError(movement.why_no_first)
    first, last, meant = movement.first, movement.last, MOVES[word]
    went = way(first, last)
    if meant in {"near", "far"}:
        if last.unit != "points" or first.value * last.value < 0:
            raise BindingError(f"says {word!r} of {last.text}, which is not a gap")
        went *= 1 if first.value + last.value > 0 else -1
    if meant in {"better", "worse"}:
        if movement.one.sign == 0:
            raise BindingError(f"says {word!r}, but no data say which way is better")
        went *= movement.one.sign
    return went == _SIZE_OF_MOVE[meant]


def _told(movement: Movement) -> str:
    if movement.first is None:
        return movement.why_no_first
    went = way(movement.first, movement.last)
    told = {1: "rise", -1: "fall", 0: "do not move"}[went]
    values = f"{movement.first.text} to {movement.last.text}"
    if movement.beside:
        return f"{movement.last.text} stands beside {movement.first.text}"
    return f"the figures {told}: {re.sub(r'^no change to ', '', values)}"

"""Words that claim something about figures, and idioms that only look so."""

import re

from kcc_lib.presentation.narrative.numerals import NUMBER_WORDS

#: Verbs and nouns of movement; the base form alone may state an aim ("to reduce").
RISING = (
    "rise rises rose risen rising increase increases increased increasing grow grows grew grown "
    "growing growth climb climbs climbed climbing"
).split()
FALLING = (
    "fall falls fell fallen falling decrease decreases decreased decreasing drop drops dropped "
    "dropping decline declines declined declining reduce reduces reduced reducing reduction "
    "reductions shrink shrinks shrank shrunk shrinking"
).split()
STEADY = "stayed unchanged steady stable static".split()
BETTER = "improve improves improved improving improvement improvements better".split()
WORSE = "worsen worsens worsened worsening worse deteriorate deteriorated deteriorating".split()
MULTIPLES = {
    "doubled": 2.0, "doubling": 2.0, "double": 2.0, "twice": 2.0, "trebled": 3.0, "tripled": 3.0,
    "treble": 3.0, "halved": 0.5, "halving": 0.5,
}  # fmt: skip
HIGHEST, LOWEST = (
    ("highest", "most", "largest", "greatest"),
    ("lowest", "least", "smallest", "fewest"),
)
BEST, WORST = ("best",), ("worst",)
#: Words that compare one value with another; which side they put it on.
HIGHER = ("above", "higher", "greater", "larger", "over", "exceeds", "exceeded", "beats")
LOWER = ("below", "lower", "fewer", "smaller", "under", "short")
AHEAD, BEHIND = ("ahead", "better"), ("behind", "worse")
_MORE = "more less fewer".split()
_SHARES = "majority minority".split()

_BASE = (
    "rise increase grow climb fall decrease drop decline reduce shrink improve worsen double treble"
)
#: Turns of speech in which a word of these claims nothing about a figure.
IDIOMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:\bto|\bwill|\bwould|\bshould|\bcould|\bcan|\bcannot|\bmay|\bmight|\bmust|\bshall|\bhelps?)"
        rf"(?:\s+(?:\w+ly|also|then|not|further|be|and|or))*\s+(?:{'|'.join(_BASE.split())})\b",
        r"\bhigher education\b", r"\bgood or better\b", r"\bonce more\b", r"\bmore or less\b",
        r"\bmore (?:about|details?|information)\b", r"\bmost (?:recent|recently|likely|suitable|of all)\b",
        r"\bat (?:least|most|best|worst)\b(?!\s+\d)", r"\bno (?:more|less|fewer|longer)\b",
        r"\b(?:higher|lower) is (?:better|positive)\b", r"\bnone the less\b|\bnonetheless\b",
        r"\bhalf[- ](?:term|day|hour)s?\b", r"\bstable (?:home|family|families|placement)s?\b",
        r"\beconomic growth\b", r"\bsecond(?:s|-hand)?\b", r"\bbest (?:start|practice)\b",
    )
)  # fmt: skip

_MONTHS = "January February March April May June July August September October November December"
_CALENDAR = (
    r"\b(?:last|this|next|previous|past|following|current|preceding|each|every|recent|consecutive)"
    r"\s+(?:\w+\s+)?(?:years?|quarters?|months?|decades?|summers?|winters?)\b"
    r"|\byear[- ]on[- ]year\b|\bso far\b|\bto date\b|\byears? running\b|\bin a row\b"
)
_MONTH = (
    rf"\b(?:{'|'.join(m for m in _MONTHS.split() if m not in {'March', 'May'})})\b"
    r"|(?<=\bin )(?:March|May)\b|(?<=\bof )(?:March|May)\b|(?<=\bsince )(?:March|May)\b"
    r"|(?<=\bby )(?:March|May)\b|(?<=\buntil )(?:March|May)\b|(?<=\blast )(?:March|May)\b"
)


def _any_of(words: list[str] | tuple[str, ...]) -> str:
    return rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))})\b"


_NUMBERS = [w for w in NUMBER_WORDS if w not in {"zero", "one"}]
#: What may not stand unbound, by what it is; looked for in this order.
LOADED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("figure", r"\S*\d\S*", 0),
        ("figure", _any_of([*_NUMBERS, "hundred", "hundreds", "thousand", "thousands", "million",
                            "millions", "billion", "dozens"]), re.IGNORECASE),
        ("figure", r"\b(?:a|one|two|three) (?:half|thirds?|quarters?|fifth|tenth)\b"
                   r"|\bhalf(?= (?:of|the|all|its|their|as))|\b(?:quarter|third|quarters|thirds) of\b",
         re.IGNORECASE),
        ("period", _MONTH, 0),
        ("period", _CALENDAR, re.IGNORECASE),
        ("direction", _any_of([*RISING, *FALLING, *STEADY, *BETTER, *WORSE]), re.IGNORECASE),
        ("direction", r"\b(?:up|down|cut) (?:from|by|on)\b", re.IGNORECASE),
        ("comparison", _any_of([*MULTIPLES, *HIGHEST, *LOWEST, *BEST, *WORST, *_MORE, *_SHARES,
                                "above", "below", "higher", "lower", "greater", "larger", "smaller",
                                "exceeds", "exceeded"]), re.IGNORECASE),
        ("comparison", r"\b(?:ahead|short) of\b|\bin line with\b|\bthe same as\b|\blevel with\b",
         re.IGNORECASE),
    )
)  # fmt: skip

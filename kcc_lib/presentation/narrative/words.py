"""Words that claim something about figures, and idioms that only look so."""

import re

from kcc_lib.presentation.narrative.numerals import NUMBER_WORDS

#: Verbs and nouns of movement; the base form alone may state an aim ("to reduce").
RISING = [
    "rise", "rises", "rose", "risen", "rising", "increase", "increases", "increased",
    "increasing", "grow", "grows", "grew", "grown", "growing", "growth", "climb", "climbs",
    "climbed", "climbing", "widen", "widens", "widened", "widening",
]  # fmt: skip
FALLING = [
    "fall", "falls", "fell", "fallen", "falling", "decrease", "decreases", "decreased",
    "decreasing", "drop", "drops", "dropped", "dropping", "decline", "declines", "declined",
    "declining", "reduce", "reduces", "reduced", "reducing", "reduction", "reductions",
    "shrink", "shrinks", "shrank", "shrunk", "shrinking", "dip", "dips", "dipped",
    "narrows", "narrowed", "narrowing",
]  # fmt: skip
STEADY = ["stayed", "unchanged", "steady", "stable", "static"]
#: Movement with feeling: flagged, and no claim may use it, since no figure says how a move felt.
_WARM = [
    "jump", "jumps", "jumped", "soar", "soars", "soared", "soaring", "surge", "surged", "plunge",
    "plunged", "slump", "slumped",
]  # fmt: skip
#: Said of figures alone; "stayed" needs to say where.
_STILL = ["unchanged", "steady", "stable", "static"]
BETTER = ["improve", "improves", "improved", "improving", "improvement", "improvements", "better"]
WORSE = [
    "worsen", "worsens", "worsened", "worsening", "worse", "deteriorate", "deteriorated",
    "deteriorating",
]  # fmt: skip
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
#: Stands for text that is dealt with: neither space nor letter, so that no pattern spans it.
BLANK = "\N{NULL}"
_MORE = ["more", "less", "fewer"]
_SHARES = ["majority", "minority"]

_BASE = (
    "rise|increase|grow|climb|fall|decrease|drop|decline|reduce|shrink|improve|worsen|double|"
    "treble|halve|widen|narrow|cut"
)
_AIMS = r"to|will|would|should|could|can|cannot|may|might|must|shall|helps?"
_SOFT = r"(?:\s+(?:\w+ly|also|then|not|further|be|and|or))*"
#: Turns of speech in which a word of these claims nothing about a figure.
IDIOMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # an aim or a possibility
        rf"\b(?:{_AIMS}){_SOFT}\s+(?:{_BASE})\b",
        r"\b(?:at|of|for|towards|on)\s+(?:improving|reducing|increasing|narrowing|cutting|growing)\b",
        # more, most, less, least
        r"\bonce\s+more\b",
        r"\bmore\s+or\s+less\b",
        r"\bno\s+(?:more|less|fewer)\b(?!\s+than)",
        r"\band\s+more\b(?=[.,;:])",
        r"\bmore\s+(?:about|details?|information)\b",
        r"\bmost\s+(?:recent|recently|likely|suitable|of\s+all)\b",
        r"\b(?:make|makes|made|making)\s+the\s+(?:most|best)\s+of\b",
        r"\bat\s+(?:least|most|best|worst)\b",
        r"\b(?:none\s+the|never\s?the)\s?less\b",
        r"\bnonetheless\b",
        r"\bunless\b",
        r"\b(?:not|last\s+but\s+not)\s+least\b",
        r"\bleast\s+squares\b|\bto\s+say\s+the\s+least\b|\babove\s+all\b",
        # better, best, worse
        r"\bgood\s+or\s+better\b",
        r"\bbetter[-\s]off\b",
        r"\bbetter\s+known\b",
        r"\bbetter\s+or\s+(?:for\s+)?worse\b",
        r"\bbest\s+(?:start|practice|interests?|value|known)\b",
        r"\b(?:do|does|did|done|doing)\s+\w+\s+best\b",
        # higher, lower, above, below
        r"\bhigher\s+(?:education|apprenticeships?|needs|national)\b|\blower[-\s]tier\b",
        r"\b(?:(?:higher|lower)\s+or\s+)?(?:higher|lower)\s+is\s+(?:better|positive|good)\b",
        r"\bgreater\s+(?:London|Manchester)\b",
        r"\b(?:table|chart|list|figures?|notes?|page|section|see|described|shown|listed)\s+(?:above|below)\b",
        # names and everyday senses of the words of movement
        r"\beconomic\s+growth\b|\bgrowth\s+(?:fund|hub|plan|strategy|corridor|framework)s?\b",
        r"\bgr(?:ow|ows|ew|own|owing)[-\s](?:ups?|older)\b",
        r"\bimprovement\s+(?:board|plan|programme|team)s?\b",
        r"\bg(?:ive|ives|ave|iving)\s+rise\s+to\b",
        r"\bhigh[-\s]rise\b",
        r"\brise\s+to\s+the\s+(?:challenge|occasion)\b",
        r"\b(?:fall|falls|fell|falling)\s+(?:within|into|outside|ill|asleep|victim|prevention|through)\b",
        r"\b(?:trips|slips)\s+and\s+falls\b",
        r"\bdrop-(?:in|off|out)s?\b",
        r"\bdrop[-\s]in\s+(?:centre|session|clinic)s?\b",
        r"\bdeclin(?:e|es|ed)\s+to\s+(?:comment|say|answer|take)\b",
        r"\breduced[-\s](?:rate|price|fare|fee)s?\b",
        r"\bup[-\s]to[-\s]date\b|\bstable\s+(?:home|family|families|placement)s?\b",
        r"\bdouble[-\s](?:glazing|glazed|decker|yellow|check(?:s|ed)?)\b",
        r"\btwice[-\s](?:(?:a|each|every|per)\s+(?:day|week|month|year)|weekly|yearly)\b",
        # shares
        r"\bhalf[-\s](?:term|day|hour|brother|sister|sibling)s?\b|\bhalf\s+(?:an\s+hour|past)\b",
        r"\ba\s+third\s+(?:party|time|way|sector|reason)\b|\bthird[-\s]part(?:y|ies)\b",
        r"\bquarter\s+of\s+(?:an\s+hour|the\s+year)\b",
    )
)  # fmt: skip

_SPANS = r"years?|quarters?|months?|weeks?|decades?|summers?|winters?|autumns?|springs?"
_CALENDAR = (
    r"\b(?:last|this|next|previous|past|following|current|preceding|each|every|recent|consecutive)"
    rf"\s+(?:\w+\s+)?(?:{_SPANS})\b(?!\s+(?:group|of\s+life))"
    r"|\bthat\s+(?:summer|winter|autumn|spring)\b"
    r"|\ba\s+(?:year|quarter|month|decade)\s+(?:earlier|later|ago|before)\b"
    r"|\byear[-\s](?:on|after)[-\s]year\b|\bso\s+far\b|\bto\s+date\b|\byears?\s+running\b"
    r"|\bin\s+a\s+row\b"
)
_MONTHS = "January February April June July August September October November December"
# March and May are also a verb and a name
_LEADS = (
    "in of since by until till last to from between during before after early late mid this next"
)
_MONTH = rf"\b(?:{'|'.join(_MONTHS.split())})\b|" + "|".join(
    rf"(?<=\b{lead}\s)(?:March|May)\b" for lead in _LEADS.split()
)


def _any_of(words: list[str] | tuple[str, ...]) -> str:
    return rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))})\b"


_NUMBERS = [w for w in NUMBER_WORDS if w not in {"zero", "one"}]
_SCALES = [
    "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion",
    "billions", "dozens",
]  # fmt: skip
#: What claims something though an idiom lies in it ("continues to improve"); looked for first.
#: "Continue to improve" with a capital is a priority, not a finding.
SURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("direction", re.compile(
        r"(?<!\bwould\s)(?<!\bwill\s)(?<!\bto\s)\b(?:(?-i:continue)|continu(?:es|ed|ing)|beg(?:an|un)|start(?:s|ed|ing)|fail(?:s|ed)|manag(?:es|ed)|"
        rf"tend(?:s|ed)|seem(?:s|ed)|appear(?:s|ed))\s+to{_SOFT}\s+(?:{_BASE})\b", re.IGNORECASE)),
)  # fmt: skip
#: What may not stand unbound, by what it is; looked for in this order.
LOADED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("figure", rf"[^\s{BLANK}]*\d(?:[^\s{BLANK}]*[^\s{BLANK}.,;:!?)\]])?", 0),
        ("figure", _any_of([*_NUMBERS, *_SCALES]), re.IGNORECASE),
        ("figure", r"\b(?:a|one|two|three)\s+(?:thirds?|quarters?|fifth|tenth)\b|\bhal(?:f|ves)\b"
                   r"|\b(?:quarters?|thirds?|fifths?|tenths?)\s+of\b", re.IGNORECASE),
        ("period", _MONTH, 0),
        ("period", _CALENDAR, re.IGNORECASE),
        ("direction", _any_of([*RISING, *FALLING, *_WARM, *_STILL, *BETTER, *WORSE]),
         re.IGNORECASE),
        ("direction", r"\b(?:stay(?:ed|s)|remain(?:ed|s)|held|kept)\s+"
                      r"(?:the\s+same|level|flat|steady|constant)\b", re.IGNORECASE),
        ("direction", r"\b(?:go|goes|going|gone|went|moved|came|come)\s+"
                      r"(?:up|down|the\s+(?:other|wrong|right|same)\s+way)\b", re.IGNORECASE),
        ("direction", r"\b(?:up|down)\s+(?:from|by|on)\b", re.IGNORECASE),
        ("direction", r"\bcut(?:s|ting)?\s+(?:by|from|to|its|their|the)\b"
                      r"|\b(?:was|were|been)\s+cut\b", re.IGNORECASE),
        ("comparison", _any_of([*MULTIPLES, *HIGHEST, *LOWEST, *BEST, *WORST, *_MORE, *_SHARES,
                                "above", "below", "higher", "lower", "greater", "larger", "smaller",
                                "exceeds", "exceeded", "outperforms", "outperformed", "beats"]),
         re.IGNORECASE),
        ("comparison", r"\b(?:ahead|short)\s+of\b|\bin\s+line\s+with\b|\bthe\s+same\s+as\b"
                       r"|\blevel\s+with\b|\brank(?:s|ed)?\b|\ba\s+record\b(?!\s+of)|\bfor\s+the\s+first\s+time\b",
         re.IGNORECASE),
    )
)  # fmt: skip

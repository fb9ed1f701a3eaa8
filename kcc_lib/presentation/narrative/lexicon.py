"""Which words of a claim a test must answer for: what moves, compares, denies, or sizes up.

Nouns and the small words of grammar claim nothing. A word that looks like a claim and that
no test has taken is refused, so that a claim is never believed in part. What is refused by
mistake can stand outside the claim, where nothing has to be true of the evidence.
"""

import re
from collections.abc import Iterable

from kcc_lib.presentation.narrative.words import BETTER, FALLING, MULTIPLES, RISING, STEADY, WORSE

_words = str.split
#: Words that say how much something moved; nothing tests that, so that they are refused.
_SIZED = re.compile(r"^(?:soar|surg|jump|plung|slump|tumbl|dip)")
#: What a word of movement or comparison says: up, down, level; better, worse; near, far of a gap.
MOVES = {
    **{word: "up" for word in RISING if not _SIZED.match(word)},
    **{word: "down" for word in FALLING if not _SIZED.match(word)},
    **dict.fromkeys(STEADY, "level"), **dict.fromkeys(BETTER, "better"),
    **dict.fromkeys(WORSE, "worse"),
    **dict.fromkeys(_words("up higher greater larger more above"), "up"),
    **dict.fromkeys(_words("down lower smaller fewer less below cut"), "down"),
    **dict.fromkeys(["remain", "remains", "remained", "no change", "the same"], "level"),
    **dict.fromkeys(["ahead"], "better"), **dict.fromkeys(["behind"], "worse"),
    **dict.fromkeys(_words("narrow narrows narrowed narrowing narrower"), "near"),
    **dict.fromkeys(_words("widen widens widened widening wider"), "far"),
}  # fmt: skip
ORDINALS = {word: n for n, word in enumerate(
    _words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"),
    start=1)}  # fmt: skip
#: Names in which such a word claims nothing.
NAMES = re.compile(
    r"\b(?:(?:higher|further) education|good or better|economic growth|more deprived|"
    r"least deprived|most deprived|second[- ]hand|third[- ]party|first[- ]aid)\b", re.I
)  # fmt: skip

_MOVING = _words(
    "soar surge rocket leap jump spike swell balloon mushroom escalate mount multiply quadruple "
    "quintuple plunge plummet slump slide slip dip sink tumble crash collapse crumble nosedive "
    "dive halve edge creep inch tick nudge drift ease recover rebound bounce rally return revert "
    "reverse narrow widen close outpace outperform outstrip overtake surpass exceed beat outdo "
    "lag trail lead top lose gain win add raise lift boost lower slash trim cut shed save spend "
    "miss meet hit pass cross approach peak plateau stall stagnate flatten fluctuate vary waver "
    "hover hold keep stay continue persist resume start stop cease end begin accelerate "
    "decelerate slow quicken speed strengthen weaken advance progress regress erode diminish "
    "dwindle subside recede retreat wane ebb moderate stabilise stabilize steady settle swing "
    "shift change move differ alter turn go come extend expand contract lengthen shorten bring "
    "push pull drive cause result achieve fail succeed sustain maintain match equal double treble "
    "triple average total near shoot spring level remain catch bottom flatline relapse dominate "
    "tackle transform vanish disappear evaporate eliminate eradicate reach deepen worsen heighten "
    "intensify"
)
_IRREGULAR = _words(
    "lost won led sank sunk slid shot leapt crept swung began begun kept held brought drove "
    "driven went gone came outdid outdone overtook overtaken beat beaten met struck sprang sprung "
    "spent hit cut caught lower raising lowest"
)
_DENYING = _words(
    "not no never neither nor without hardly barely scarcely cannot nothing nobody nowhere none "
    "unlike except excluding despite although though but however while whereas yet then instead "
    "rather otherwise if unless until before after because due thanks"
)
_LIKELY = _words(
    "will would should could may might must shall can likely unlikely expected forecast projected "
    "predicted planned set aim aims target targets floor average ought probably possibly perhaps"
)
_TIMES = _words(
    "year years yearly annual annually quarter quarters quarterly month months monthly week weeks "
    "weekly day days daily decade decades century term today now currently current recent "
    "recently previous previously earlier later ago last latest next past former still again "
    "already always ever often once since record yesterday tomorrow launch january february april "
    "june july august september october november december spring summer autumn winter historic "
    "historical trend trends soon overnight"
)
_SIZES = _words(
    "all every each both most mostly mainly many several few much half majority minority any only "
    "just merely whole entire dozens hundreds thousands millions billions double single total "
    "totals sum altogether together combined average mean median typical typically large largest "
    "small big huge massive major minor great sharp steep slight dramatic substantial "
    "considerable marked modest marginal rapid gradual significant significance strong weak poor "
    "excellent impressive disappointing successful success successes failure worst best good bad "
    "high low unprecedented fast faster slower sooner extra additional further over-target times "
    "fold twofold threefold tenfold two-fold three-fold rate-of-change equally similar similarly "
    "same different difference proportion-of gap gaps rest others other than versus exactly "
    "precisely some share shares upward upwards downward downwards uphill downhill rank ranks "
    "ranked ranking quartile decile bottom top leading joint tied champion winner league table "
    "equal consecutive successive running row improving mixed green amber red maintaining rag "
    "well or vast overwhelming clear closer nearer quicker stronger weaker longer shorter bigger "
    "steeper sharper farther deeper cheaper dearer easier harder safer healthier happier poorer "
    "richer per mile miles tonne tonnes hour hours hectare hectares minute minutes metre metres "
    "feet acre acres kilometre kilometres km pence pounds points"
)
#: Names of areas: a figure is of one area, and no other may be named beside it untested.
_AREAS = _words(
    "england english national nationally nation country uk britain british wales scotland "
    "regional regionally region south-east neighbours neighbour peers comparators counties "
    "everywhere world europe european london countrywide elsewhere kent medway nationwide"
    " ashford canterbury dartford dover folkestone hythe gravesham maidstone malling sevenoaks "
    "shepway swale thanet tonbridge tunbridge surrey sussex essex hampshire berkshire"
)
_PLAIN_ED = frozenset(_words(
    "rated judged assessed registered funded needed related based supported delivered completed "
    "converted adjusted aged disabled disadvantaged looked provided received reported recorded "
    "published educated skilled employed unemployed diverted recycled killed injured awarded "
    "visited deprived qualified estimated answered asked hundred need speed shed bed red feed "
    "seed infected vaccinated immunised screened treated repaired inspected built licensed used "
    "enabled placed adopted fostered offered accepted referred admitted discharged dated named "
    "called left married interested involved engaged trained learned lived worked stood "
    "totalled was were organised invested earned owed allocated measured surveyed counted "
    "attended excluded permitted committed agreed required eligible served housed insulated "
    "fitted installed detected reoffended volunteered smoked limited united breastfed indeed "
))  # fmt: skip
_PLAIN_EST = frozenset(
    _words(
        "interest request forest west test rest guest quest harvest invest honest protest contest "
        "arrest suggest digest"
    )
)
_PLAIN_LY = frozenset(
    _words(
        "family early elderly monthly only july supply reply apply assembly italy friendly timely "
        "lonely disorderly fly independently permanently safely happily successfully physically "
        "socially locally fully"
    )
)


def _inflected(verb: str) -> set[str]:
    """A verb's forms; some that no one uses among them, which does no harm."""
    stem = verb.removesuffix("e")
    last = verb[-1]
    return {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{verb}{last}ed",
            f"{verb}{last}ing", f"{verb[:-1]}ies", f"{verb[:-1]}ied"}  # fmt: skip


_SUSPECT = frozenset(
    {form for verb in _MOVING for form in _inflected(verb)}
    | {*_IRREGULAR, *_DENYING, *_LIKELY, *_TIMES, *_SIZES, *_AREAS, *MOVES, *MULTIPLES, *ORDINALS}
)


def untested(text: str, *, begins: str) -> Iterable[str]:
    """The words of what is left of a claim that look as if they claimed something.

    So does a name, unless the claim begins with it: it may be of another place or thing.
    """
    for token in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[^\s\w.,;:'’‘“”\"()–—/&?!-]|\d+", text):
        word = token.lower().replace("’", "'").removesuffix("'s")
        if word.startswith("well-"):
            continue
        named = re.match(r"[A-Z][a-z]{2}", token) and not begins.lstrip().startswith(token)
        if named or any(_looks_like_a_claim(part) for part in {word, *word.split("-")}):
            yield token


def _looks_like_a_claim(word: str) -> bool:
    if (
        not word[:1].isalpha()
        or (len(word) == 1 and word not in "ai")
        or word in _SUSPECT
        or word.endswith("n't")
    ):
        return True
    if word.endswith("ed"):
        return word not in _PLAIN_ED
    if word.endswith("est"):
        return word not in _PLAIN_EST
    return word.endswith("ly") and word not in _PLAIN_LY

"""How an edition judges: its method in plain words, its settings, and what its words mean."""

from collections.abc import Mapping

from kcc_lib.judgement.methods import method_named, settle
from kcc_lib.judgement.options import Fallback, Options, SurveyRule, VarianceMode
from kcc_lib.measures import Measure
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words, format_number
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.story import headed
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Label, Polarity, Rag

_SURVEYS = {
    SurveyRule.TEST: "tested like any other figure",
    SurveyRule.INTERVAL_OVERLAP: "a movement counts if the two years' 95% intervals do not overlap",
}
_UNTESTED = {
    Fallback.NONE: "it is not judged",
    Fallback.VARIANCE: "a change of {variance} counts as a movement, and the page says so",
    Fallback.XMR: "a change far outside the usual ones counts as a movement, and the page says so",
}


def method(report: Report) -> Blocks:
    """How progress is judged: the passage that was written of it, the rule's settings, the words.

    Parameters
    ----------
    report
        An edition of either kind; one without a passage `method` has the rule in a line.
    """
    edition = report.edition
    title = next((r.title for r in edition.sections if r.name == "method"), "Method")
    return blocks(
        {"kind": "heading", "level": 1, "text": title, "id": "top", "kicker": edition.subtitle},
        {"kind": "heading", "level": 2, "text": "How progress is judged", "id": "method"},
        _passage(report),
        {"kind": "heading", "level": 3, "text": "The rule and its settings", "id": "settings"},
        {"kind": "particulars", "items": _particulars(report)},
        _words_table(report),
    )


def _passage(report: Report) -> list[Block]:
    if report.written.has("method"):
        return headed(report.prose("method"), report.written.shown("method"), under=2)
    said = f"Each measure is judged by {method_named(report.edition.method).words}."
    return [{"kind": "prose", "markdown": said}]


def _particulars(report: Report) -> list[Block]:
    """Whose rule it is, what it looks at, and each choice that the edition made."""
    edition = report.edition
    used = method_named(edition.method)
    told = [("Rule", f"{edition.method}: {used.words}"), ("Whose rule", used.origin)]
    told.append(("Looks back over", "; ".join(dict.fromkeys(_spans(report)))))
    told.append(("Which way is good", _directions(report)))
    if isinstance(report, Quarter):
        told.append(("RAG status", "the latest value, unrounded, against the target and the floor "
                     "standard of its financial year; landing on either meets it"))  # fmt: skip
    settled = settle(used, edition.preset, edition.options)
    told += [(name, said) for name, said in _settings(settled).items() if _heeded(name, used.reads)]
    if shared := _rolling(report):
        told.append(("Periods that share data", shared))
    return [{"name": name, "text": said} for name, said in told]


def _spans(report: Report) -> list[str]:
    """The horizons in the edition's own words."""
    if isinstance(report, Quarter):
        by_line = Direction.IMPROVING in report.words
        return ["the quarters shown" if by_line else "the last quarter and the one before it"]
    return list(report.edition.horizons.values())


#: Which of a method's options each setting comes from.
_FROM = {
    "Counts as a movement": "alpha", "Change that counts": "variance",
    "Fewest points for a trend": "min_points", "Surveys": "survey_rule",
    "Where nothing can be tested": "fallback", "Quarters used": "shown",
}  # fmt: skip


def _heeded(name: str, reads: frozenset[str]) -> bool:
    """Whether the method has that choice; the 5% rule beside a test is told with the fallback."""
    return _FROM[name] in reads and not (name == "Change that counts" and "fallback" in reads)


def _settings(chosen: Options) -> Mapping[str, str]:
    """Each choice in words, from the options themselves."""
    percent = f"{format_number(100 * chosen.variance, 0)}%"
    points = chosen.mode is VarianceMode.POINTS
    of = "of 100, in points" if points else "of the earlier value"
    least = f"{percent} or more {of}" if chosen.inclusive else f"more than {percent} {of}"
    level = format_number(100 * chosen.alpha, 1 if chosen.alpha < 0.01 else 0)
    return {
        "Counts as a movement": f"one that chance alone would make less than {level}% of the time",
        "Change that counts": f"{least}, up or down",
        "Fewest points for a trend": str(chosen.min_points),
        "Surveys": _SURVEYS[chosen.survey_rule],
        "Where nothing can be tested": _UNTESTED[chosen.fallback].format(variance=least),
        "Quarters used": f"the latest {chosen.shown}" if chosen.shown else "all that are shown",
    }


def _directions(report: Report) -> str:
    """How many of the edition's measures are good high, good low, or neither."""
    known = report.catalogue.measures
    found = [known[code] for code in report.edition.measures if code in known]

    def many(*wanted: Polarity | None) -> int:
        return sum(_polarity(m) in wanted for m in found)

    told = [
        (many(Polarity.HIGHER), "higher is positive"),
        (many(Polarity.LOWER), "lower is positive"),
        (many(Polarity.TARGET), "near its target is positive"),
        (many(Polarity.NONE, None), "not stated, so only movement is told"),
    ]
    return "; ".join(f"{words}: {count_words(n, 'measure')}" for n, words in told if n)


def _polarity(measure: Measure) -> Polarity | None:
    return measure.polarity


def _rolling(report: Report) -> str:
    """How many judgements rest on periods that overlap, and what that costs them."""
    codes = report.judgements["reasons"].astype(str).str.split()
    shared = int(codes.map(lambda found: Reason.OVERLAPPING_PERIODS in found).sum())
    if not shared:
        return ""
    rest = f"{count_words(shared, 'judgement')} rest{'s' if shared == 1 else ''} on them"
    return (
        "twelve months ending each quarter, and the like, follow one another even where there is "
        f"no trend; {rest}, and the page says so: no test of chance can be trusted there"
    )


def _words_table(report: Report) -> Block:
    """The words of the edition's judgements, from its glossary."""
    quarterly = isinstance(report, Quarter)
    wanted = [*Rag, *report.words] if isinstance(report, Quarter) else list(Label)
    meanings = {t.term: t.meaning for t in report.edition.glossary}
    rows = [[str(word), meanings[word]] for word in dict.fromkeys(wanted) if word in meanings]
    return {
        "kind": "table",
        "id": "words",
        "caption": "What the ratings and directions mean" if quarterly
        else "What the judgements mean",
        "columns": [{"name": "Word"}, {"name": "Meaning"}],
        "rows": rows,
    }  # fmt: skip

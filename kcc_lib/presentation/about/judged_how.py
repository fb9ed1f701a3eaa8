"""How an edition judges: its method in plain words, its settings, and what its words mean."""

from kcc_lib.judgement.methods import method_named, settle
from kcc_lib.measures import Measure
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.settings import settings_told
from kcc_lib.presentation.story import headed
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Label, Polarity, Rag


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
    told += settings_told(used, settled).items()
    if shared := _rolling(report):
        told.append(("Periods that share data", shared))
    return [{"name": name, "text": said} for name, said in told]


def _spans(report: Report) -> list[str]:
    """The horizons in the edition's own words."""
    if isinstance(report, Quarter):
        by_line = Direction.IMPROVING in report.words
        return ["the quarters shown" if by_line else "the last quarter and the one before it"]
    return list(report.edition.horizons.values())


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

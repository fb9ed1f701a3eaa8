"""The audit of outcomes: each printed word beside the one rolled up here, and its measures."""

from collections import Counter
from collections.abc import Sequence

from kcc_lib.judgement.methods import method_named
from kcc_lib.judgement.outcomes import overall_word
from kcc_lib.judgement.reconcile import Finding
from kcc_lib.judgement.roll_up import ROLL_UP_WORDS
from kcc_lib.measures import OVERALL, Window
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.audit import (
    AGREES,
    DIFFERS,
    NOT_PUBLISHED,
    NOT_RECOMPUTED,
)
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.direction_of_travel import count_findings
from kcc_lib.presentation.explanations import because_not_judged
from kcc_lib.presentation.formats import count_words, format_number, format_value, in_period
from kcc_lib.presentation.outcome_words import OutcomeWord, why
from kcc_lib.presentation.quarterly.findings import gate_sentence, notes_on
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Label

_STANDINGS = (AGREES, DIFFERS, NOT_RECOMPUTED, NOT_PUBLISHED)


def outcomes_audit(section: Section) -> Blocks:
    """The whole audit of outcomes: counts of agreement, every outcome, then every measure."""
    words = section.outcome_words()
    findings = count_findings(section)
    head: Block = {"kind": "heading", "level": 1, "text": "Audit of the outcomes", "id": "top",
                   "kicker": section.edition.subtitle}  # fmt: skip
    return blocks(
        head,
        {"kind": "prose", "markdown": _lead(section)},
        {"kind": "heading", "level": 2, "text": "How far ours agree", "id": "agreement"},
        _agreement_table([w for w in words if w.outcome != OVERALL]),
        {"kind": "heading", "level": 2, "text": "The words counted again", "id": "counts"},
        {"kind": "prose", "markdown": _counted_again(section, findings)},
        notes_on(findings),
        {"kind": "heading", "level": 2, "text": "Outcome by outcome", "id": "outcomes"},
        _outcome_table(section, words),
        {"kind": "heading", "level": 2, "text": "Measure by measure", "id": "measures"},
        _measure_table(section, section.views()),
    )


def standing(word: OutcomeWord) -> str:
    """How our word of an outcome stands to the printed one."""
    if word.published in {"", Label.NOT_JUDGED, Label.NOT_APPLICABLE}:
        return NOT_PUBLISHED
    if not word.recomputed:
        return NOT_RECOMPUTED
    return AGREES if word.ours == word.published else DIFFERS


def _lead(section: Section) -> str:
    """What is set beside what, and how far that can go."""
    edition, views = section.edition, section.views()
    held = sum(not view.held.empty for view in views)
    said = [
        f"Each printed word stands beside the one that {edition.method} gives: "
        f"{method_named(edition.method).words}. The words of measures are then rolled up by a rule "
        f"of our own, since print gives only an example. {ROLL_UP_WORDS}.",
        f"{held} of {count_words(len(views), 'measure')} have a figure that was known at the time; "
        "what was known only later is not used.",
    ]
    if edition.measures_from:
        said.append(
            "The report's own list of measures is not held; that of the "
            f"{edition.measures_from} stands in. So a difference is no proof of an error in "
            "print, and an agreement no proof of the rule."
        )
    return " ".join(said)


def _agreement_table(words: Sequence[OutcomeWord]) -> Block:
    rows = []
    for heading in dict.fromkeys(w.heading for w in words):
        found = Counter(standing(w) for w in words if w.heading == heading)
        rows.append([heading, *(str(found[s]) for s in _STANDINGS), str(found.total())])
    return {
        "kind": "table",
        "id": "agreement-counts",
        "caption": "Printed words beside ours, number of supporting outcomes",
        "columns": [
            {"name": "Horizon"},
            *({"name": s, "number": True} for s in (*_STANDINGS, "All")),
        ],
        "rows": rows,
    }


def _counted_again(section: Section, findings: Sequence[Finding]) -> str:
    """What the printed counts and the printed overall word come to."""
    edition = section.edition
    printed = {p.label: p for p in edition.published_outcomes if p.outcome == OVERALL}
    if not printed:
        return gate_sentence(findings)
    again = ", and ".join(
        f"*{overall_word(edition.published_outcomes, horizon)}* over {heading}"
        for horizon, heading in edition.horizons.items()
    )
    return (
        f"{gate_sentence(findings)} The overall word is printed as "
        f"{' and '.join(f'*{label}*' for label in printed)}, without a rule. By our rule the "
        f"printed words come to {again}."
    )


def _outcome_table(section: Section, words: Sequence[OutcomeWord]) -> Block:
    names = {c: f"{c} {s.title}" for c, s in section.catalogue.supporting_outcomes.items()}
    rows: list[object] = []
    for outcome in dict.fromkeys(w.outcome for w in words):
        rows.append({"group": names.get(outcome, "All supporting outcomes")})
        rows += [_outcome_row(w) for w in words if w.outcome == outcome]
    return {
        "kind": "table",
        "id": "outcomes-table",
        "caption": "Each printed word, ours, and why they agree or not (* one measure)",
        "columns": [
            {"name": "Horizon"}, {"name": "Published"}, {"name": "Ours"}, {"name": "Agreement"},
            {"name": "What ours rests on", "wide": True},
        ],
        "rows": rows,
    }  # fmt: skip


def _outcome_row(word: OutcomeWord) -> list[object]:
    printed = word.published or Label.NOT_JUDGED.value
    single = Reason.SINGLE_MEASURE in word.reasons
    return [
        word.heading,
        {"label": printed, "note": "", "star": word.starred_in_print},
        {"label": word.ours, "note": "", "star": single},
        standing(word),
        why(word),
    ]


def _measure_table(section: Section, views: Sequence[MeasureView]) -> Block:
    """What the method says of each measure, with the values compared and why these."""
    windows = {w.measure: w for w in section.edition.windows}
    headings = [v.heading for v in views[0].verdicts] if views else []
    rows = [
        [
            {"text": f"{v.measure.measure} {v.measure.short_title}",
             "href": page_of(v.measure, section.catalogue, section.edition)},
            *({"label": verdict.ours, "note": ""} for verdict in v.verdicts),
            _both_compared(v),
            _why_these(windows.get(v.measure.measure)),
        ]
        for v in views
    ]  # fmt: skip
    return {
        "kind": "table",
        "id": "measures-table",
        "caption": f"What {section.edition.method} says of each measure",
        "columns": [
            {"name": "Measure"}, *({"name": h} for h in headings),
            {"name": "What is compared", "wide": True}, {"name": "Why these periods", "wide": True},
        ],
        "rows": rows,
        "compact": True,
    }  # fmt: skip


def _both_compared(view: MeasureView) -> str:
    """What each horizon compares; once where neither can be judged, for the same reason."""
    without = {because_not_judged(v) for v in view.verdicts}
    if len(without) == 1 and "" not in without:
        return f"Not judged{without.pop()}."
    return " ".join(_compared(view, v) for v in view.verdicts)


def _compared(view: MeasureView, verdict: Verdict) -> str:
    """Both values and the change in per cent, or why there are not two."""
    row, measure = verdict.row, view.measure
    if row["basis"] == Basis.NONE:
        return f"{verdict.heading}: not judged{because_not_judged(verdict)}."
    then, now = (
        f"{format_value(measure, row[f'value_{end}'])} {in_period(row[f'period_{end}'])}"
        for end in ("from", "to")
    )
    share = row["change"] / abs(row["value_from"]) * 100 if row["value_from"] else 0.0
    sign = "+" if share > 0 else ""
    shorter = " (two years)" if Reason.TWO_YEAR_FALLBACK in str(row["reasons"]).split() else ""
    change = f"{sign}{format_number(share, 1)}%{shorter}"
    return f"{verdict.heading}: {then}, {now}, {change}."


def _why_these(window: Window | None) -> str:
    """The reason a window gives, as a sentence."""
    if window is None or not window.basis:
        return "–"
    return f"{window.basis[:1].upper()}{window.basis[1:]}."

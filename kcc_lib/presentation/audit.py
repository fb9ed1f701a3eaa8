"""The audit: each published judgement beside ours, with agreement or the reason for none."""

import math
from collections import Counter
from collections.abc import Sequence

from kcc_lib.inference import sample_size_to_detect
from kcc_lib.judgement.labels import reason_codes
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.explanations import p_words
from kcc_lib.presentation.formats import format_number
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.summary import judgement_choices
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, Statistic

AGREES, DIFFERS, NOT_RECOMPUTED, NOT_PUBLISHED = (
    "Agrees", "Differs", "Not recomputed", "Not judged in print",
)  # fmt: skip
_OUTCOMES = (AGREES, DIFFERS, NOT_RECOMPUTED, NOT_PUBLISHED)


def audit(section: Section) -> Blocks:
    """The whole audit page: its counts, then a row for every measure and horizon."""
    views = section.views()
    head: Block = {"kind": "heading", "level": 1, "text": "Audit of the judgements", "id": "top",
                   "kicker": section.edition.subtitle}  # fmt: skip
    return blocks(
        head,
        {"kind": "prose", "markdown": section.prose("audit")},
        {"kind": "heading", "level": 2, "text": "How far ours agree", "id": "agreement"},
        _count_table(views),
        _basis_table(views),
        {"kind": "heading", "level": 2, "text": "Measure by measure", "id": "measures"},
        _audit_table(section, views),
    )


def agreement(verdict: Verdict) -> str:
    """How one judgement of ours stands to the published one."""
    if verdict.published in {"", Label.NOT_JUDGED}:
        return NOT_PUBLISHED
    if not verdict.recomputed:
        return NOT_RECOMPUTED
    return AGREES if verdict.ours == verdict.published else DIFFERS


def _count_table(views: Sequence[MeasureView]) -> Block:
    rows = []
    for at, heading in enumerate([v.heading for v in views[0].verdicts]):
        found = Counter(agreement(view.verdicts[at]) for view in views)
        rows.append([heading, *(str(found[o]) for o in _OUTCOMES), str(len(views))])
    return {
        "kind": "table",
        "id": "agreement-counts",
        "caption": "Published judgements beside ours, number of measures",
        "columns": [
            {"name": "Horizon"},
            *({"name": o, "number": True} for o in (*_OUTCOMES, "All measures")),
        ],
        "rows": rows,
    }


def _basis_table(views: Sequence[MeasureView]) -> Block:
    """How often each basis agrees: a test is trusted more than a stand-in for one."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for view in views:
        for verdict in view.verdicts:
            if agreement(verdict) in {AGREES, DIFFERS} and verdict.row["basis"] != Basis.NONE:
                key = (verdict.heading, _sentence(Basis(verdict.row["basis"]).meaning)[:-1])
                found.setdefault(key, Counter())[agreement(verdict)] += 1
    rows = [
        [heading, words, str(count[AGREES]), str(count[DIFFERS])]
        for (heading, words), count in sorted(found.items())
    ]
    names = ("Horizon", "Basis")
    return {
        "kind": "table",
        "id": "agreement-by-basis",
        "caption": "Agreement by what our judgement rests on",
        "columns": [
            *({"name": n} for n in names),
            *({"name": n, "number": True} for n in (AGREES, DIFFERS)),
        ],
        "rows": rows,
    }


def _audit_table(section: Section, views: Sequence[MeasureView]) -> Block:
    notes = {(n.measure, n.horizon): n.note for n in section.edition.audit_notes}
    rows: list[Block] = []
    for view in views:
        measure = view.measure
        title = f"{measure.measure} {measure.short_title}"
        for verdict in view.verdicts:
            note = notes.get((measure.measure, verdict.horizon), "")
            cells = [
                {"text": title, "href": page_of(measure, section.catalogue, section.edition)},
                verdict.heading,
                {"label": verdict.published or Label.NOT_JUDGED.value, "note": ""},
                {"label": verdict.ours, "note": ""},
                agreement(verdict),
                _what_is_known(view, verdict, note),
            ]
            labels = [verdict.published, verdict.ours]
            rows.append(
                {"cells": cells, "find": f"{title} {agreement(verdict)}".lower(), "labels": labels}
            )
    return {
        "kind": "table",
        "id": "audit-table",
        "caption": "Each published judgement, ours, and why they agree or not",
        "columns": [
            {"name": n}
            for n in ("Measure", "Horizon", "Published", "Ours", "Agreement", "What it rests on")
        ],
        "rows": rows,
        "filter": True,
        "choices": judgement_choices(["Published", "Ours"]),
    }


def _what_is_known(view: MeasureView, verdict: Verdict, note: str) -> str:
    """What ours rests on, or why there is none; for a difference, what explains it."""
    reasons = reason_codes(str(verdict.row["reasons"]))
    told = [_sentence("; ".join(r.of(verdict.row["p_value"]) for r in reasons))] if reasons else []
    if verdict.row["basis"] != Basis.NONE:
        told.insert(0, _sentence(_basis(verdict)))
    if agreement(verdict) == DIFFERS:
        told.append(_size_needed(view, verdict))
    return " ".join(t for t in (*told, note) if t)


def _basis(verdict: Verdict) -> str:
    row = verdict.row
    words = Basis(row["basis"]).meaning
    points = f", {row['n_points']} points" if verdict.horizon is Horizon.LONG_TERM else ""
    p = "" if math.isnan(row["p_value"]) else f", {p_words(row['p_value'])}"
    return f"{words}{points}{p}"


def _size_needed(view: MeasureView, verdict: Verdict) -> str:
    """How many cases would make an untested percentage's change significant."""
    row = verdict.row
    untested = Reason.NO_UNCERTAINTY in str(row["reasons"]).split()
    if not untested or view.measure.statistic is not Statistic.PROPORTION:
        return ""
    size = float(sample_size_to_detect(row["value_from"] / 100, row["value_to"] / 100))
    if math.isnan(size):
        return ""
    return (
        "A two-sample test would call this change significant from "
        f"{format_number(size, 0)} cases in each period."
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""

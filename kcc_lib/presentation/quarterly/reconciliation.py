"""The reconciliation page: every printed figure that says what others add up to, worked out."""

from kcc_lib.judgement.reconcile import Agreement, Finding
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.quarterly.findings import (
    counts_of,
    explanation,
    found_words,
    gate_sentence,
    in_order,
    stated_words,
)
from kcc_lib.presentation.quarterly.quarter import Quarter

_LEAD = (
    "A printed count, total or statement that follows from other printed figures is worked out "
    "again from them. What is printed stays as printed on the other pages; where it contradicts "
    "its parts, a note there gives both figures."
)
_REFERENCES = (
    "A known contradiction was noted when the printed report was transcribed, and bears its number "
    "in that list."
)


def reconciliation(quarter: Quarter) -> Blocks:
    """What the gate found: counts of each agreement, then every finding."""
    head: Block = {"kind": "heading", "level": 1, "text": "Reconciliation", "id": "top",
                   "kicker": quarter.edition.subtitle}  # fmt: skip
    findings = quarter.findings
    parts: list[Block] = [
        head,
        {"kind": "prose", "markdown": _LEAD},
        {"kind": "prose", "markdown": gate_sentence(findings)},
    ]
    if findings:
        cards = [{"label": _word(a), "count": n} for a, n in counts_of(findings).items()]
        parts.append({"kind": "cards", "title": "Printed figures by agreement", "cards": cards})
        parts.append(_table(in_order(findings)))
        if any(f.reference for f in findings):
            parts.append({"kind": "prose", "markdown": _REFERENCES})
    return blocks(parts)


def _table(findings: list[Finding]) -> Block:
    rows = [
        [
            f.what, stated_words(f), found_words(f), {"label": _word(f.agreement), "note": ""},
            " ".join(s for s in (explanation(f), _known(f)) if s) or "–",
        ]
        for f in findings
    ]  # fmt: skip
    return {
        "kind": "table",
        "id": "findings",
        "caption": "Printed figures beside what their parts make, contradictions first",
        "columns": [
            {"name": "What"}, {"name": "Print says", "number": True},
            {"name": "Parts make", "number": True}, {"name": "Agreement"},
            {"name": "Worked out from", "wide": True},
        ],
        "rows": rows,
    }  # fmt: skip


def _known(finding: Finding) -> str:
    return f"Known contradiction {finding.reference}." if finding.reference else ""


def _word(agreement: Agreement) -> str:
    return agreement.value.capitalize()

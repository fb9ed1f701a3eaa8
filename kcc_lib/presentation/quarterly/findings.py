"""Sentences of the reconciliation gate: what print says beside what its parts make."""

import math
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from kcc_lib.judgement.reconcile import Agreement, Finding
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import count_words, format_number
from kcc_lib.quarterly import ClaimKind

#: Contradictions first, then what nobody can settle.
ORDER = (
    Agreement.CONTRADICTS, Agreement.NOT_SETTLED, Agreement.ROUNDING, Agreement.AGREES,
)  # fmt: skip
ROUNDING_NOTE = (
    "Parts may not add to their totals, because figures were rounded before they were printed."
)


def figure_words(number: float) -> str:
    """A printed or worked-out figure, to as many decimals as it has, at most two."""
    if math.isnan(number):
        return "N/A"
    places = len(f"{number:.2f}".rstrip("0").partition(".")[2])
    return format_number(number, places)


def stated_words(finding: Finding) -> str:
    """What print says."""
    claim = finding.claim
    if claim and claim.kind is ClaimKind.PERIOD:
        return claim.stated_period
    return f"{figure_words(finding.stated)}{_unit(finding)}"


def found_words(finding: Finding) -> str:
    """What the parts make of it."""
    claim = finding.claim
    if claim and claim.kind is ClaimKind.PERIOD:
        return claim.held_period
    return f"{figure_words(finding.found)}{_unit(finding)}"


def _unit(finding: Finding) -> str:
    shares = {ClaimKind.PERCENT_CHANGE, ClaimKind.SHARE}
    return "%" if finding.claim and finding.claim.kind in shares else ""


def explanation(finding: Finding) -> str:
    """How the parts make what they make, and what is not known of them."""
    said = [_worked_out(finding)]
    if finding.blanks:
        said.append(
            f"{count_words(finding.blanks, 'part')} {_is(finding.blanks)} blank in print and "
            f"{_is(finding.blanks)} left out."
        )
    if finding.unknown:
        said.append(
            f"Of {count_words(finding.unknown, 'KPI')} print does not say whether "
            f"{'it counts' if finding.unknown == 1 else 'they count'}."
        )
    if claim_of(finding) is ClaimKind.PARTIAL and finding.agreement is Agreement.NOT_SETTLED:
        said.append("Print calls its list a summary, so the list may leave some out.")
    if finding.agreement is Agreement.ROUNDING:
        said.append("The difference is no more than rounding allows.")
    return " ".join(s for s in (*said, finding.note) if s)


def claim_of(finding: Finding) -> ClaimKind | None:
    """The kind of claim that a finding is of; None where it is of a count or a total."""
    return finding.claim.kind if finding.claim else None


def _worked_out(finding: Finding) -> str:
    parts, claim = finding.parts, finding.claim
    if claim and claim.kind is ClaimKind.PERIOD:
        return ""
    held = [figure_words(p) for p in parts if not math.isnan(p)]
    if not held:
        return "" if claim else "Counted from the KPIs, as far as the text says how each stands."
    if claim and claim.kind is ClaimKind.CHANGE:
        return f"From {held[0]} to {held[-1]}."
    if claim and claim.kind is ClaimKind.PERCENT_CHANGE:
        return f"From {held[0]} to {held[-1]}, as a percentage of the earlier."
    if claim and claim.kind is ClaimKind.SHARE:
        return f"{held[0]} as a percentage of {held[-1]}."
    counted = "Counted from the rows held: " if claim and claim.counted else ""
    return f"{counted}{' + '.join(held)}."


def contradiction_note(finding: Finding) -> str:
    """One sentence with both figures, for the page or table that a contradiction concerns."""
    held = "the figures held say" if finding.claim else "its parts make"
    return (
        f"{finding.what.rstrip('.')}: print says {stated_words(finding)}, {held} "
        f"{found_words(finding)}."
    )


def notes_on(findings: Sequence[Finding]) -> list[Block]:
    """What must stand beside a table or a page: each contradiction in full, rounding once."""
    said = [contradiction_note(f) for f in told_once(findings)]
    found: list[Block] = []
    if said:
        found.append({"kind": "warning", "title": "Print contradicts itself here", "items": said})
    if any(f.agreement is Agreement.ROUNDING for f in findings):
        found.append({"kind": "notes", "items": [ROUNDING_NOTE]})
    return found


def told_once(findings: Sequence[Finding]) -> list[Finding]:
    """The contradictions, each in one finding.

    Left out is a statement that says again what a table's own total says, and a count of the
    matrix that a statement tells more fully.
    """
    bad = [f for f in findings if f.agreement is Agreement.CONTRADICTS]
    claims = [(f, f.claim) for f in bad if f.claim]
    totals = {(f.stated, f.found, f.parts) for f in bad if not f.claim}
    told = {(f.directorate, c.word, f.stated, f.found) for f, c in claims if c.word}
    return [
        f
        for f in bad
        if (
            (f.stated, f.found, f.parts) not in totals
            if f.claim
            else (f.directorate, f.word, f.stated, f.found) not in told
        )
    ]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Contradictions first; within an agreement in the order of print."""
    return sorted(findings, key=lambda f: ORDER.index(f.agreement))


def counts_of(findings: Sequence[Finding]) -> dict[Agreement, int]:
    """How many findings there are of each agreement."""
    found = Counter(f.agreement for f in findings)
    return {a: found[a] for a in ORDER}


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """The findings as a data file: one row each, in the order of print."""
    rows = [
        (f.what, f.agreement.value, f.stated, f.found, f.table, f.directorate, f.reference,
         explanation(f))
        for f in findings
    ]  # fmt: skip
    columns = ["what", "agreement", "stated", "found", "table", "directorate", "reference",
               "explanation"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def gate_sentence(findings: Sequence[Finding]) -> str:
    """How many printed figures were worked out again, and what came of it."""
    if not findings:
        return "No printed count, total or statement of this report is held to be worked out again."
    count = counts_of(findings)
    bad, open_ = count[Agreement.CONTRADICTS], count[Agreement.NOT_SETTLED]
    told = (
        f"{count_words(len(findings), 'printed figure')} {_was(len(findings))} worked out again "
        f"from {'its' if len(findings) == 1 else 'their'} parts: {count[Agreement.AGREES]} "
        f"{'agrees' if count[Agreement.AGREES] == 1 else 'agree'}, {count[Agreement.ROUNDING]} "
        f"{'differs' if count[Agreement.ROUNDING] == 1 else 'differ'} by rounding, {bad} "
        f"{'contradicts' if bad == 1 else 'contradict'} {'its' if bad == 1 else 'their'} parts"
    )
    return f"{told}, and {open_} cannot be settled from what is held."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"

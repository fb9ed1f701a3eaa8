"""The reconciliation gate: every printed count, total and claim worked out again from its parts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kcc_lib.quarterly import (
    Axis,
    Claim,
    ClaimKind,
    Footing,
    ListedKpi,
    PrintedCounts,
    PrintedTable,
)
from kcc_lib.vocabulary import Direction, Rag

#: Figures nearer than this are the same figure.
_SAME = 1e-9
#: How far a printed percentage may lie from the one worked out: half its last digit.
_HALF_A_DIGIT = 0.5


class Agreement(StrEnum):
    """How a printed figure stands to its parts."""

    AGREES = "agrees"
    ROUNDING = "differs by rounding"
    CONTRADICTS = "contradicts"
    NOT_SETTLED = "cannot be settled"


@dataclass(frozen=True, slots=True)
class Finding:
    """One printed figure beside what its parts make of it.

    `what` names the figure, `stated` is as printed and `found` as worked out (NaN where
    they are periods or words, which `says` then gives); `reference` is the id of a known
    contradiction.
    """

    what: str
    table: str
    directorate: str
    agreement: Agreement
    stated: float
    found: float
    says: str
    reference: str = ""


def reconcile(
    tables: Iterable[PrintedTable],
    counts: Sequence[PrintedCounts],
    kpis: Sequence[ListedKpi],
    claims: Iterable[Claim],
) -> list[Finding]:
    """Work out again everything of an edition that says what other figures add up to."""
    found = [f for t in tables for footing in t.footings for f in check_footing(t, footing)]
    found += check_counts(counts, kpis)
    return found + [check_claim(c) for c in claims]


def check_footing(table: PrintedTable, footing: Footing) -> list[Finding]:
    """Add up the parts of a total, in every column (or row) where it should hold."""
    down = footing.axis is Axis.ROWS
    cells = {(c.row, c.column) if down else (c.column, c.row): c for c in table.cells}
    lanes = list(dict.fromkeys(lane for _, lane in cells))
    findings = []
    for lane in footing.within or lanes:
        total = cells.get((footing.total, lane))
        parts = [cells[(p, lane)].value for p in footing.parts if (p, lane) in cells]
        if total is None or not parts:
            continue
        findings.append(_footed(table, footing, lane, total.value, parts))
    return findings


def _footed(
    table: PrintedTable, footing: Footing, lane: str, stated: float, parts: Sequence[float]
) -> Finding:
    what = f"{table.title}: {footing.total}, {lane}"
    held = [p for p in parts if not math.isnan(p)]
    found = math.fsum(held)
    dashes = len(parts) - len(held)
    blank = f", {dashes} of them blank in print" if dashes else ""
    if math.isnan(stated):
        says = f"print gives no total; its {len(parts)} parts{blank} add to {_number(found)}"
        grade = Agreement.NOT_SETTLED
    else:
        # each part and the total may be half a step out
        allowed = footing.rounded_to * (len(held) + 1) / 2
        off = abs(stated - found)
        grade = Agreement.AGREES
        if off > _SAME * max(1.0, abs(found)):
            grade = Agreement.ROUNDING if off <= allowed else Agreement.CONTRADICTS
        says = (
            f"print gives {_number(stated)}; its {len(parts)} parts{blank} add to {_number(found)}"
        )
    directorate, note = table.directorate, f" ({footing.note})" if footing.note else ""
    return Finding(what, table.table, directorate, grade, stated, found, says + note)


def check_counts(counts: Sequence[PrintedCounts], kpis: Sequence[ListedKpi]) -> list[Finding]:
    """Compare the printed matrix with the KPIs listed, and its rows with its totals."""
    if not counts:
        return []
    findings = []
    rows = [c for c in counts if c.directorate]
    for word in [*(r for r in Rag if r is not Rag.NOT_RATED), *_directions(counts)]:
        for row in rows:
            findings.append(_counted(row, str(word), kpis))
        total = next((c for c in counts if not c.directorate), None)
        if total is not None:
            stated, found = (
                total.counts.get(str(word), 0),
                sum(r.counts.get(str(word), 0) for r in rows),
            )
            findings.append(_finding(f"Summary: {word}, all directorates", "", stated, found,
                                     f"print gives {stated}; its rows add to {found}"))  # fmt: skip
    return findings


def _directions(counts: Sequence[PrintedCounts]) -> list[Direction]:
    printed = {word for c in counts for word in c.counts}
    return [d for d in Direction if str(d) in printed]


def _counted(row: PrintedCounts, word: str, kpis: Sequence[ListedKpi]) -> Finding:
    """One count of a directorate against the KPIs that are stated to have that word."""
    own = [k for k in kpis if k.directorate == row.directorate]
    is_rag = word in {str(r) for r in Rag}
    words = [str((k.rag if is_rag else k.direction) or "") for k in own]
    stated, found, unknown = row.counts.get(word, 0), words.count(word), words.count("")
    what = f"Summary: {word}, {row.directorate}"
    says = f"print counts {stated}; {found} of its {len(own)} KPIs are stated to be so"
    if unknown and found <= stated <= found + unknown:
        says += f", and of {unknown} print does not say"
        grade = Agreement.AGREES if found == stated else Agreement.NOT_SETTLED
        return Finding(what, "", row.directorate, grade, stated, found, says)
    return _finding(what, row.directorate, stated, found, says)


def _finding(what: str, directorate: str, stated: float, found: float, says: str) -> Finding:
    grade = Agreement.AGREES if stated == found else Agreement.CONTRADICTS
    return Finding(what, "", directorate, grade, stated, found, says)


def check_claim(claim: Claim) -> Finding:
    """Work out what a printed statement says, from the figures it must follow from."""
    if claim.kind is ClaimKind.PERIOD:
        same = claim.stated_period == claim.held_period
        grade = Agreement.AGREES if same else Agreement.CONTRADICTS
        says = f"print says {claim.stated_period}; the figures are of {claim.held_period}"
        return _claimed(claim, grade, math.nan, says)
    found = _worked_out(claim)
    if math.isnan(found):
        return _claimed(claim, Agreement.NOT_SETTLED, found, "its figures are not held")
    shares = claim.kind in {ClaimKind.PERCENT_CHANGE, ClaimKind.SHARE}
    slack = _HALF_A_DIGIT * _last_digit(claim.stated) if shares else _SAME
    off = abs(claim.stated - found)
    same = off <= slack * (1 + _SAME)
    grade = Agreement.AGREES if same else Agreement.CONTRADICTS
    unit = "%" if shares else ""
    says = f"print says {_number(claim.stated)}{unit}; {_parts(claim)} {_number(found)}{unit}"
    return _claimed(claim, grade, found, says)


def _claimed(claim: Claim, grade: Agreement, found: float, says: str) -> Finding:
    return Finding(
        claim.says, claim.table, claim.directorate, grade, claim.stated, found, says,
        claim.reference,
    )  # fmt: skip


def _worked_out(claim: Claim) -> float:
    figures = claim.figures
    if any(math.isnan(f) for f in figures) or not figures:
        return math.nan
    if claim.kind in {ClaimKind.TOTAL, ClaimKind.COUNT}:
        return math.fsum(figures)
    first, last = figures[0], figures[-1]
    if claim.kind is ClaimKind.CHANGE:
        return last - first
    if claim.kind is ClaimKind.PERCENT_CHANGE:
        return 100 * (last - first) / first if first else math.nan
    return 100 * first / last if last else math.nan


def _parts(claim: Claim) -> str:
    """The figures a claim follows from, as a clause before what they make."""
    listed = [_number(f) for f in claim.figures]
    if claim.kind in {ClaimKind.CHANGE, ClaimKind.PERCENT_CHANGE}:
        return f"from {listed[0]} to {listed[-1]} is"
    if claim.kind is ClaimKind.SHARE:
        return f"{listed[0]} of {listed[-1]} is"
    return f"{' + '.join(listed)} is" if len(listed) > 1 else "the figure is"


def _last_digit(number: float) -> float:
    """The step of a printed number's last digit: 1 for 12, 0.1 for 12.4."""
    text = f"{number:g}"
    return 10.0 ** -len(text.partition(".")[2])


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}".replace("-", "\N{MINUS SIGN}")
    return f"{value:,.1f}".replace("-", "\N{MINUS SIGN}")

"""The reconciliation gate: every printed count, total and claim worked out again from its parts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

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
#: How far a printed figure may lie from the one worked out: half its last digit.
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

    `what` names the figure, `stated` is as printed and `found` as worked out from `parts`
    (NaN where they are periods, which `claim` then holds). `blanks` of the parts are blank
    in print; of `unknown` KPIs print does not say whether they count. `word` is that of the
    printed matrix whose count it is, "" for another figure. `reference` is the id of a known
    contradiction.
    """

    what: str
    agreement: Agreement
    stated: float
    found: float
    parts: tuple[float, ...] = ()
    blanks: int = 0
    unknown: int = 0
    table: str = ""
    directorate: str = ""
    word: str = ""
    note: str = ""
    claim: Claim | None = None

    @property
    def reference(self) -> str:
        """The id of a known contradiction, or ""."""
        return self.claim.reference if self.claim else ""


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
    """Add up the parts of a total, in every column (or row) where it should hold.

    A column (or row) with something suppressed is passed over: it cannot be added up.
    """
    down = footing.axis is Axis.ROWS
    cells = {(c.row, c.column) if down else (c.column, c.row): c for c in table.cells}
    hidden = {lane for (_, lane), c in cells.items() if c.suppressed}
    lanes = list(dict.fromkeys(lane for _, lane in cells))
    findings = []
    for lane in footing.within or lanes:
        total = cells.get((footing.total, lane))
        parts = [cells[(p, lane)].value for p in footing.parts if (p, lane) in cells]
        if total is None or not parts or lane in hidden:
            continue
        findings.append(_footed(table, footing, lane, total.value, parts))
    return findings


def _footed(
    table: PrintedTable, footing: Footing, lane: str, stated: float, parts: Sequence[float]
) -> Finding:
    held = [p for p in parts if not math.isnan(p)]
    found = math.fsum(held)
    grade = Agreement.NOT_SETTLED
    if not math.isnan(stated):
        # each part and the total may be half a step out
        allowed = footing.rounded_to * (len(held) + 1) / 2
        off = abs(stated - found)
        grade = Agreement.AGREES
        if off > _SAME * max(1.0, abs(found)):
            grade = Agreement.ROUNDING if off <= allowed else Agreement.CONTRADICTS
    return Finding(
        f"{table.title}: {footing.total}, {lane}", grade, stated, found, tuple(parts),
        blanks=len(parts) - len(held), table=table.table, directorate=table.directorate,
        note=footing.note,
    )  # fmt: skip


def check_counts(counts: Sequence[PrintedCounts], kpis: Sequence[ListedKpi]) -> list[Finding]:
    """Compare the printed matrix with the KPIs listed, and its rows with its totals."""
    if not counts:
        return []
    findings = []
    rows = [c for c in counts if c.directorate]
    for word in [*(str(r) for r in Rag if r is not Rag.NOT_RATED), *_directions(counts)]:
        findings += [_counted(row, word, kpis) for row in rows]
        total = next((c for c in counts if not c.directorate), None)
        if total is not None:
            parts = tuple(float(r.counts.get(word, 0)) for r in rows)
            stated, found = total.counts.get(word, 0), sum(parts)
            grade = Agreement.AGREES if stated == found else Agreement.CONTRADICTS
            what = f"Summary: {word}, all directorates"
            findings.append(Finding(what, grade, stated, found, parts))
    return findings


def _directions(counts: Sequence[PrintedCounts]) -> list[str]:
    printed = {word for c in counts for word in c.counts}
    return [str(d) for d in Direction if str(d) in printed]


def _counted(row: PrintedCounts, word: str, kpis: Sequence[ListedKpi]) -> Finding:
    """One count of a directorate against the KPIs that are stated to have that word."""
    own = [k for k in kpis if k.directorate == row.directorate]
    is_rag = word in {str(r) for r in Rag}
    words = [str((k.rag if is_rag else k.direction) or "") for k in own]
    stated, found, unknown = row.counts.get(word, 0), words.count(word), words.count("")
    grade = Agreement.AGREES if stated == found else Agreement.CONTRADICTS
    if found < stated <= found + unknown:
        grade = Agreement.NOT_SETTLED
    return Finding(
        f"Summary: {word}, {row.directorate}", grade, stated, found, unknown=unknown,
        directorate=row.directorate, word=word,
    )  # fmt: skip


def check_claim(claim: Claim) -> Finding:
    """Work out what a printed statement says, from the figures it must follow from."""
    found = _worked_out(claim)
    if claim.kind is ClaimKind.PERIOD:
        same, known = claim.stated_period == claim.held_period, True
    else:
        slack = _HALF_A_DIGIT * _last_digit(claim.stated)
        same, known = abs(claim.stated - found) <= slack * (1 + _SAME), not math.isnan(found)
    grade = Agreement.AGREES if same else Agreement.CONTRADICTS
    if known and not same and _rounding_explains(claim):
        grade = Agreement.ROUNDING
    if claim.kind is ClaimKind.PARTIAL and found < claim.stated:
        grade = Agreement.NOT_SETTLED  # a summary may leave things out, and does not say which
    return Finding(
        claim.says, grade if known else Agreement.NOT_SETTLED, claim.stated, found,
        claim.figures, table=claim.table, directorate=claim.directorate, claim=claim,
    )  # fmt: skip


def _rounding_explains(claim: Claim) -> bool:
    """Whether figures half a step out either way could make what is stated."""
    half = claim.rounded_to / 2
    if not half or claim.kind is ClaimKind.PERIOD:
        return False
    corners = product(*((f - half, f + half) for f in claim.figures))
    made = [_work_out(claim.kind, corner) for corner in corners]
    slack = _HALF_A_DIGIT * _last_digit(claim.stated)
    return min(made) - slack <= claim.stated <= max(made) + slack


def _worked_out(claim: Claim) -> float:
    return _work_out(claim.kind, claim.figures)


def _work_out(kind: ClaimKind, figures: Sequence[float]) -> float:
    if any(math.isnan(f) for f in figures) or not figures:
        return math.nan
    if kind in {ClaimKind.TOTAL, ClaimKind.COUNT, ClaimKind.PARTIAL}:
        return math.fsum(figures)
    first, last = figures[0], figures[-1]
    if kind is ClaimKind.CHANGE:
        return last - first
    if kind is ClaimKind.PERCENT_CHANGE:
        return 100 * (last - first) / first if first else math.nan
    return 100 * first / last if last else math.nan


def _last_digit(number: float) -> float:
    """The step of a printed number's last digit: 1 for 12, 0.1 for 12.4."""
    text = f"{number:g}"
    return 10.0 ** -len(text.partition(".")[2])

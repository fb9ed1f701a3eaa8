"""Corrections: what was put right in an edition after it was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kcc_lib.errors import DataError, Fault
from kcc_lib.in_short import in_short
from kcc_lib.records.cells import require_filled
from kcc_lib.records.folders import edition_names
from kcc_lib.records.lines import Contract, open_file
from kcc_lib.records.sign_off import (
    Step,
    check_editions,
    check_sign_off,
    last_step,
    read_days,
)
from kcc_lib.vocabulary import SignOff

FILE = "corrections.csv"
CORRECTIONS = Contract(
    "corrections", ("edition", "on", "what", "was", "now", "why", "by", "source")
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing put right: where it stood (`what`), what it was, what it is now, and why."""

    edition: str
    on: date
    what: str
    was: str
    now: str
    why: str
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """What became of an edition: the day it was signed, None while it is not, and corrections."""

    edition: str
    signed: date | None
    corrections: tuple[Correction, ...] = ()

    __repr__ = in_short("edition", "_signed", correction="corrections")

    @property
    def _signed(self) -> str:
        return f"signed {self.signed}" if self.signed else "not signed"


def read_history(raw: Path, edition: str, *, shown: str) -> History:
    """Whether an edition is signed, and what was put right in it, in the order of the list.

    Raises
    ------
    DataError
        With every fault in the tables of sign-off and corrections.
    """
    steps, corrections, faults = check_signatures(raw, shown=shown)
    if faults:
        raise DataError(faults)
    last = last_step(steps, edition)
    signed = last.on if last and last.state is SignOff.SIGNED else None
    return History(edition, signed, tuple(c for c in corrections if c.edition == edition))


def check_signatures(
    raw: Path, *, shown: str
) -> tuple[tuple[Step, ...], tuple[Correction, ...], list[Fault]]:
    """Read the sign-off and the corrections of every edition, with every fault of both."""
    names = edition_names(raw)
    steps, faults = check_sign_off(raw, names, shown=shown)
    corrections, more = check_corrections(raw, names, steps, shown=shown)
    return steps, corrections, [*faults, *more]


def check_corrections(
    raw: Path, editions: Sequence[str], steps: Sequence[Step], *, shown: str
) -> tuple[tuple[Correction, ...], list[Fault]]:
    """Read the corrections as far as they can be, with every fault.

    Parameters
    ----------
    steps
        The history of sign-off: only an edition that was signed on the day is corrected.
    """
    if not (raw / FILE).exists():
        return (), []
    lines, faults = open_file(raw, FILE, CORRECTIONS, f"{shown}/{FILE}")
    if lines is None:
        return (), faults
    faults += require_filled(lines, CORRECTIONS.required) + check_editions(lines, editions)
    days, more = read_days(lines, "on")
    faults += more
    columns = [lines.text(c) for c in CORRECTIONS.required]
    found = []
    for row, (edition, _, *told) in enumerate(zip(*columns, strict=True)):
        on = days[row]
        if on is None:
            continue
        correction = Correction(edition, on, *told)
        if edition in editions and not _was_signed(steps, edition, on):
            problem = f"was not signed on {on.isoformat()}"
            remedy = "just change what is not signed, and remove the row"
            faults.append(lines.fault(row, "edition", problem, remedy))
        if correction.was and correction.was == correction.now:
            faults.append(lines.fault(row, "now", "is what it was", "say what it is now"))
        found.append(correction)
    return tuple(found), faults


def _was_signed(steps: Sequence[Step], edition: str, on: date) -> bool:
    """Whether an edition was signed at any time of a day."""
    own = [s for s in steps if s.edition == edition]
    before = [s for s in own if s.on < on][-1:]
    return any(s.state is SignOff.SIGNED for s in [*before, *(s for s in own if s.on == on)])

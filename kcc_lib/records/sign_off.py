"""Sign-off: who checked and who signed an edition, when, and what exactly.

`sign_off.csv` is the history, one row a step; `sign_off/<edition>.csv` holds the hash of every
part of the edition at its last step, so that a change since can be named. The fingerprint of
a step is the SHA-256 of that file as written.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.cells import check_repeated, read_words, require_filled
from kcc_lib.records.folders import listed
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.records.processed import write_whole
from kcc_lib.vocabulary import SignOff

FILE, FOLDER = "sign_off.csv", "sign_off"
SIGN_OFF = Contract("sign-off", ("edition", "state", "by", "on", "fingerprint", "note"))
PARTS = Contract("parts of an edition", ("part", "sha256"))
#: What may follow each state: no step is left out, and the way back is to a draft.
_NEXT = {
    SignOff.DRAFT: (SignOff.CHECKED,),
    SignOff.CHECKED: (SignOff.CHECKED, SignOff.SIGNED, SignOff.DRAFT),
    SignOff.SIGNED: (SignOff.SIGNED, SignOff.DRAFT),
}
#: A column, what is wrong in it, and what to do.
Problem = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an edition's sign-off: the state it was given, by whom and on which day.

    `fingerprint` is of what was checked or signed, "" where the edition was reopened; `line`
    is where the step stands in its file, 0 where it is not written yet.
    """

    edition: str
    state: SignOff
    by: str
    on: date
    fingerprint: str = ""
    note: str = ""
    line: int = 0


def last_step(steps: Sequence[Step], edition: str) -> Step | None:
    """An edition's last step; None where nobody has checked it yet."""
    return next((s for s in reversed(steps) if s.edition == edition), None)


def step_problems(before: Step | None, step: Step) -> Iterator[Problem]:
    """Everything that keeps a step from following the one before it."""
    held = before.state if before else SignOff.DRAFT
    if step.state not in _NEXT[held]:
        follows = " or ".join(_NEXT[held])
        yield "state", f"cannot follow {held}", f"an edition that is {held} can become {follows}"
    name, _, role = step.by.partition(",")
    if not name.strip() or not role.strip():
        yield "by", "is not a name and a role", "write them with a comma between"
    if before and step.on < before.on:
        problem = f"is before the step of {before.on.isoformat()}"
        yield "on", problem, "give the day on which it was done"
    if step.state is SignOff.DRAFT and not step.note:
        yield "note", "is blank where an edition is reopened", "say why"


def plain_words(text: str) -> str:
    """Text as one line, as a cell holds it."""
    return " ".join(text.split())


def fingerprint(parts: Mapping[str, str]) -> str:
    """One hash of an edition's parts."""
    return hashlib.sha256(_parts_text(parts).encode()).hexdigest()


def check_sign_off(
    raw: Path, editions: Sequence[str], *, shown: str
) -> tuple[tuple[Step, ...], list[Fault]]:
    """Read the history of every edition's sign-off as far as it can be, with every fault.

    A workbook without the file has nothing but drafts.
    """
    faults = _check_strangers(raw, editions, shown)
    if not (raw / FILE).exists():
        return (), faults
    lines, more = open_file(raw, FILE, SIGN_OFF, f"{shown}/{FILE}")
    faults += more
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "state", "by", "on"))
    faults += check_editions(lines, editions)
    states, more = read_words(lines, "state", SignOff, what="state of sign-off")
    faults += more
    days, more = read_days(lines, "on")
    faults += more
    steps: list[Step] = []
    names, by, prints, notes = (lines.text(c) for c in ("edition", "by", "fingerprint", "note"))
    for row, (state, on) in enumerate(zip(states, days, strict=True)):
        if state is None or on is None or not names[row] or not by[row]:
            continue
        step = Step(names[row], state, by[row], on, prints[row], notes[row], int(lines.line[row]))
        problems = [*step_problems(last_step(steps, step.edition), step), *_print_problems(step)]
        faults += [lines.fault(row, *problem) for problem in problems]
        steps.append(step)
    for edition in dict.fromkeys(s.edition for s in steps):
        last = last_step(steps, edition)
        if last and last.state is not SignOff.DRAFT and edition in editions:
            faults += _check_parts(raw, last, shown)
    return tuple(steps), faults


def check_editions(lines: Lines, editions: Sequence[str]) -> list[Fault]:
    """Every edition named exists; a blank is told as such elsewhere."""
    said = {
        name: ("is no edition", nearest(name, editions))
        for name in lines.distinct("edition")[0]
        if name and name not in editions
    }
    return lines.faulty_texts("edition", said)


def read_days(lines: Lines, column: str) -> tuple[list[date | None], list[Fault]]:
    """Read one column of days; blank is None, anything else a fault."""
    days = {text: _read_day(text) for text in lines.distinct(column)[0]}
    remedy = "write year, month and day, such as 2026-03-31"
    said = {t: ("is not a day", remedy) for t, day in days.items() if t and day is None}
    return [days[text] for text in lines.text(column)], lines.faulty_texts(column, said)


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # 20260331 and 2026-W14 are days to Python


def _print_problems(step: Step) -> Iterator[Problem]:
    found, remedy = step.fingerprint, "leave the file to kcc sign"
    if step.state is SignOff.DRAFT and found:
        yield "fingerprint", "has no place in a draft", remedy
    if step.state is not SignOff.DRAFT and len(found) != 64:
        yield "fingerprint", "is not a fingerprint", remedy


def parts_file(edition: str) -> str:
    """Where in `data/raw` the parts of an edition at its last step are held."""
    return f"{FOLDER}/{edition}.csv"


def read_parts(raw: Path, edition: str, *, shown: str) -> tuple[dict[str, str], list[Fault]]:
    """Read the hash of every part of an edition at its last step."""
    name = parts_file(edition)
    lines, faults = open_file(raw, name, PARTS, f"{shown}/{name}")
    if lines is None:
        return {}, faults
    faults += require_filled(lines, PARTS.required) + check_repeated(lines, "part")
    return dict(zip(lines.text("part"), lines.text("sha256"), strict=True)), faults


def _check_parts(raw: Path, last: Step, shown: str) -> list[Fault]:
    """The parts held of an edition are those that its last step was given for."""
    parts, faults = read_parts(raw, last.edition, shown=shown)
    if faults or fingerprint(parts) == last.fingerprint:
        return faults
    problem = f"is not what was {last.state} on {last.on.isoformat()}"
    remedy = "put the file back as it was; only kcc sign writes it"
    return [Fault(f"{shown}/{parts_file(last.edition)}", 0, "", "", problem, remedy)]


def _check_strangers(raw: Path, editions: Sequence[str], shown: str) -> list[Fault]:
    return [
        Fault(f"{shown}/{parts_file(p.stem)}", 0, "", "", "is of no edition", "rename or remove it")
        for p in listed(raw / FOLDER, "*.csv")
        if p.stem not in editions
    ]


def write_step(
    raw: Path, steps: Sequence[Step], step: Step, parts: Mapping[str, str] | None = None
) -> None:
    """Add a step to the history, with the parts it was given for: both are written or neither."""
    kept = raw / parts_file(step.edition)
    before = kept.read_text("utf-8") if kept.is_file() else None
    if parts is not None:
        kept.parent.mkdir(exist_ok=True)
        write_whole(kept, _parts_text(parts))
    rows = [(s.edition, s.state, s.by, s.on, s.fingerprint, s.note) for s in (*steps, step)]
    try:
        write_whole(raw / FILE, _csv_text(SIGN_OFF, rows))
    except BaseException:
        if before is not None:
            write_whole(kept, before)
        else:
            kept.unlink(missing_ok=True)
        raise


def _parts_text(parts: Mapping[str, str]) -> str:
    return _csv_text(PARTS, sorted(parts.items()))


def _csv_text(contract: Contract, rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([contract.required, *rows])
    return out.getvalue()

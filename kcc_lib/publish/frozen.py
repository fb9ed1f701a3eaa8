"""Where an edition stands in its sign-off: what its pages say of it, and whether it is frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kcc_lib.errors import DataError, Fault, FrozenError, NarrativeError
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.presentation.report import Report
from kcc_lib.publish.content import content
from kcc_lib.records.corrections import Correction, check_signatures
from kcc_lib.records.places import Workbook
from kcc_lib.records.sign_off import Step, fingerprint, last_step, read_parts
from kcc_lib.vocabulary import SignOff

Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition's sign-off and what the edition says now.

    Parameters
    ----------
    last
        The last step of its sign-off; None where there is none.
    parts, before
        The hash of each part of what it says now, and at its last step.
    corrections
        Those listed of it, in order of the list.
    """

    edition: str
    last: Step | None
    parts: Parts
    before: Parts
    corrections: tuple[Correction, ...] = ()

    @property
    def fingerprint(self) -> str:
        """One hash of what the edition says now."""
        return fingerprint(self.parts)

    @property
    def changed(self) -> bool:
        """Whether it says something else than at its last step."""
        return bool(self.last and self.last.fingerprint not in {"", self.fingerprint})

    @property
    def state(self) -> SignOff:
        """How far the edition has come; one that was changed after its check is a draft again."""
        held = self.last.state if self.last else SignOff.DRAFT
        return SignOff.DRAFT if self.changed and held is SignOff.CHECKED else held

    @property
    def new_corrections(self) -> tuple[Correction, ...]:
        """Corrections listed since the last step."""
        known = {h for name, h in self.before.items() if name.startswith("corrections.csv")}
        told = [self.parts[f"corrections.csv: {n + 1}"] for n in range(len(self.corrections))]
        return tuple(c for c, h in zip(self.corrections, told, strict=True) if h not in known)

    @property
    def words(self) -> str:
        """What every page says of the sign-off."""
        last = self.last
        who = f"{last.by}, on {day_words(last.on)}" if last else ""
        if self.state is SignOff.SIGNED:
            return f"Signed off by {who}."
        if self.state is SignOff.CHECKED:
            return f"Checked by {who}, not yet signed off."
        if self.changed:
            return f"Changed since it was checked by {who}; not signed off."
        return "Not signed off: figures and words may change."

    @property
    def record(self) -> dict[str, str]:
        """The sign-off as `run.json` has it."""
        return {
            "state": str(self.state), "sign_off": self.words, "fingerprint": self.fingerprint
        }  # fmt: skip

    def mixes_with(self, built: Mapping[str, Any]) -> bool:
        """Whether pages built now would stand beside pages that say another state.

        Parameters
        ----------
        built
            The `run.json` of the last build.
        """
        keys = ["state", "sign_off"]
        keys += ["fingerprint"] if self.state is SignOff.SIGNED else []
        return bool(built) and any(built.get(key) != self.record[key] for key in keys)


def read_standing(report: Report, workbook: Workbook) -> Standing:
    """Where an edition stands.

    Raises
    ------
    DataError
        With every fault in the tables of sign-off and corrections.
    NarrativeError
        If its narrative has faults.
    """
    name = report.edition.name
    steps, corrections = read_tables(workbook)
    own = tuple(c for c in corrections if c.edition == name)
    last = last_step(steps, name)
    before: dict[str, str] = {}
    if last and last.fingerprint:
        before, _ = read_parts(workbook.raw, name, shown=workbook.shown(workbook.raw))
    return Standing(name, last, content(report, workbook, own), before, own)


def read_tables(workbook: Workbook) -> tuple[tuple[Step, ...], tuple[Correction, ...]]:
    """The history of sign-off and the corrections of every edition.

    Raises
    ------
    DataError
        With every fault in them.
    """
    shown = workbook.shown(workbook.raw)
    steps, corrections, faults = check_signatures(workbook.raw, shown=shown)
    if faults:
        raise DataError(faults)
    return steps, corrections


def refuse_if_changed(standing: Standing) -> None:
    """Refuse an edition that was signed and says something else now.

    Raises
    ------
    FrozenError
        Naming what was changed and what to do.
    """
    last = standing.last
    if last is None or last.state is not SignOff.SIGNED or not standing.changed:
        return
    name, told = standing.edition, changes(standing.before, standing.parts)
    again = f"kcc sign {name} --state"
    raise FrozenError(
        f"{name} was signed off by {last.by}, on {day_words(last.on)}, and has changed since; "
        "nothing was built\n"
        + "\n".join(f"  {line}" for line in told)
        + "\nput it back as it was; or list what was put right in data/raw/corrections.csv and "
        f"sign again ({again} signed); or reopen it ({again} draft)"
    )


def check_frozen(report: Report, workbook: Workbook) -> None:
    """The same for an edition of which nothing else is asked; a draft costs no time.

    Raises
    ------
    NarrativeError
        If its narrative has faults.
    FrozenError
        If it was signed and says something else now.
    """
    last = last_step(read_tables(workbook)[0], report.edition.name)
    if last and last.state is SignOff.SIGNED:
        if faults := prose_faults(report):
            raise NarrativeError(faults)
        refuse_if_changed(read_standing(report, workbook))


def frozen_faults(report: Report, workbook: Workbook, file: str) -> list[Fault]:
    """The same as a fault of the data, at the row of the signature in `file`."""
    last = last_step(read_tables(workbook)[0], report.edition.name)
    if last is None or last.state is not SignOff.SIGNED:
        return []
    standing = read_standing(report, workbook)
    if not standing.changed:
        return []
    told = "; ".join(changes(standing.before, standing.parts))
    problem = f"is not what {standing.edition} says now ({told})"
    remedy = "put it back, or list corrections and sign again"
    return [Fault(file, last.line, "fingerprint", last.fingerprint[:16], problem, remedy)]


def changes(before: Parts, now: Parts) -> list[str]:
    """What differs between two contents, a line for each file: `changed: windows.csv: 1.41`."""
    kinds = {
        "changed": [n for n in before if n in now and before[n] != now[n]],
        "new": [n for n in now if n not in before],
        "gone": [n for n in before if n not in now],
    }
    return [f"{kind}: {line}" for kind, names in kinds.items() for line in _by_file(names)]


def _by_file(names: Sequence[str], *, most: int = 12) -> list[str]:
    files: dict[str, list[str]] = {}
    for name in sorted(names):
        file, _, key = name.partition(": ")
        files.setdefault(file, []).extend([key] if key else [])
    lines = []
    for file, keys in files.items():
        more = f" and {len(keys) - most} more" if len(keys) > most else ""
        lines.append(f"{file}: {', '.join(keys[:most])}{more}" if keys else file)
    return lines


def page_standing(
    standing: Standing, page: str, pages: Sequence[str], *, lists: str = ""
) -> dict[str, Any]:
    """What one page says of the sign-off.

    Parameters
    ----------
    page, pages
        Its name, and those of all the pages built, in order: the corrections stand in full
        on the first, and on the others a line leads there.
    lists
        The page that lists the corrections by itself; where it is built they stand there
        alone, and all others lead to it.
    """
    at = lists if lists in pages else pages[0]
    signed = standing.state is SignOff.SIGNED
    return {
        "draft": "" if signed else standing.words,
        "signed": standing.words if signed else "",
        "corrected": " and ".join(dict.fromkeys(day_words(c.on) for c in standing.corrections)),
        "corrections_at": f"{'' if page == at else f'{at}.html'}#corrections",
        "corrections": [
            {"on": day_words(c.on), "what": c.what, "was": c.was, "now": c.now, "why": c.why,
             "by": c.by, "source": c.source}
            for c in standing.corrections
        ]
        if page == at and at != lists
        else [],
    }  # fmt: skip


def day_words(day: date) -> str:
    """A day as pages print it: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"

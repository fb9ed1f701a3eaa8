"""Which small numbers may not be told: the rules and the sums they stand in, as data.

`suppression.csv` says of a measure, a document figure or a printed table below which count of
people nothing is told; `known_sums.csv` which figures add up to which, since what is left out of
a known sum can be worked out from the rest. Both may be absent: then nothing is suppressed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Measure
from kcc_lib.records.cells import read_numbers, read_words, require_filled, split_parts
from kcc_lib.records.lines import Contract, Lines, check_columns, read_lines

FILE, SUMS_FILE = "suppression.csv", "known_sums.csv"
SUPPRESSION = Contract(
    "suppression rules",
    ("of", "name", "threshold", "counts", "reason", "source"),
    ("only", "zeros"),
)
KNOWN_SUMS = Contract("known sums", ("of", "total", "parts", "source"))


class Subject(StrEnum):
    """What a rule is of."""

    MEASURE = "measure"
    FIGURE = "figure"
    TABLE = "table"


class Counted(StrEnum):
    """Which numbers of a row count people."""

    VALUE = "value"
    NUMERATOR = "numerator"
    COMPLEMENT = "complement"
    DENOMINATOR = "denominator"
    SAMPLE_SIZE = "sample_size"


class Adding(StrEnum):
    """What of two figures differs where they are parts of one sum."""

    AREAS = "areas"
    MEASURES = "measures"
    PERIODS = "periods"
    WHOLE = "whole"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Rule:
    """No count of people from one up to below `threshold` is told of `name`.

    `counts` are the numbers that count people; `only` some areas of a measure, or rows or
    columns of a table, all where empty; `zeros` whether a nought is held back too.
    """

    subject: Subject
    name: str
    threshold: float
    counts: tuple[Counted, ...]
    only: tuple[str, ...] = ()
    zeros: bool = False

    @property
    def least(self) -> float:
        """What a reader knows a number held back to be at least."""
        return 0.0 if self.zeros else 1.0


@dataclass(frozen=True, slots=True)
class KnownSum:
    """`total` is the sum of `parts`, in every period, area or measure where all else is equal.

    Of `whole` there is no total: the numerators of its measures make up the denominator that
    they share.
    """

    adding: Adding
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """The rules and known sums of a workbook."""

    rules: tuple[Rule, ...] = ()
    sums: tuple[KnownSum, ...] = ()

    def of(self, subject: Subject) -> tuple[Rule, ...]:
        """The rules of measures, figures or tables."""
        return tuple(r for r in self.rules if r.subject is subject)


@dataclass(frozen=True, slots=True, order=True)
class Withheld:
    """One row of a file of which nothing is told, and by which rule; "" where only a sum asks it.

    It holds no number.
    """

    file: str
    line: int
    subject: str
    name: str


NO_RULES = Suppression()


def read_suppression(
    raw: Path, shown: str, measures: Mapping[str, Measure], areas: Mapping[str, str]
) -> tuple[Suppression, list[Fault]]:
    """Read the rules and the known sums of a workbook, with every fault."""
    rules, faults = _read_rules(raw, shown, measures, areas)
    sums, more = _read_sums(raw, shown, measures, areas)
    return Suppression(rules, sums), faults + more


def _open(raw: Path, name: str, contract: Contract, shown: str) -> tuple[Lines | None, list[Fault]]:
    """A file that may be absent, or have no row under its header: then it asks for nothing."""
    if not (raw / name).exists():
        return None, []
    lines, faults = read_lines(raw / name, f"{shown}/{name}", rows_needed=False)
    if lines is None:
        return None, faults
    lines, more = check_columns(lines, contract)
    missing = [c for c in contract.required if c not in lines.cells]
    return (None if missing else lines), faults + more


def _read_rules(
    raw: Path, shown: str, measures: Mapping[str, Measure], areas: Mapping[str, str]
) -> tuple[tuple[Rule, ...], list[Fault]]:
    lines, faults = _open(raw, FILE, SUPPRESSION, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, SUPPRESSION.required)
    subjects, more = read_words(lines, "of", Subject, what="subject of a rule")
    faults += more
    thresholds, more = read_numbers(lines, "threshold")
    faults += more
    # nothing counts as small below two, since a nought is told
    wrong = (thresholds < 2) | (thresholds % 1 > 0)
    remedy = "write a whole number: counts from 1 up to below it are suppressed"
    faults += lines.faults(wrong, "threshold", "is no threshold of 2 or more", remedy)
    known = _names(raw, measures)
    rules: list[Rule] = []
    for row, subject in enumerate(subjects):
        counts, more = _counts(lines, row, subject)
        faults += more
        zeros = lines.text("zeros")[row]
        if zeros not in {"yes", "no", ""}:
            faults.append(lines.fault(row, "zeros", "is not yes or no", "write yes or no"))
        if subject is None:
            continue
        name, only = lines.text("name")[row], split_parts(lines.text("only")[row])
        faults += _check_name(lines, row, "name", name, known[subject])
        for code in only if subject is Subject.MEASURE else ():
            faults += _check_name(lines, row, "only", code, areas)
        if only and subject is Subject.FIGURE:
            problem, remedy = "has no place in a rule of a figure", "leave it blank"
            faults.append(lines.fault(row, "only", problem, remedy))
        rule = Rule(subject, name, float(thresholds[row]), counts, only, zeros == "yes")
        if any((r.subject, r.name) == (subject, name) for r in rules):
            remedy = "keep one rule for each, and name in only what it is of"
            faults.append(lines.fault(row, "name", "has a rule already", remedy))
        rules.append(rule)
    return tuple(rules), faults


def _counts(
    lines: Lines, row: int, subject: Subject | None
) -> tuple[tuple[Counted, ...], list[Fault]]:
    """Which numbers count people; of a printed table there are none but its cells."""
    words = split_parts(lines.text("counts")[row])
    allowed = [Counted.VALUE] if subject is Subject.TABLE else list(Counted)
    faults = [
        lines.fault(
            row, "counts", f"names no number that can count people ({word!r})", nearest(word, known)
        )
        for word in words
        if word not in (known := [str(c) for c in allowed])
    ]
    return tuple(c for c in allowed if c in words), faults


def _names(raw: Path, measures: Mapping[str, Measure]) -> dict[Subject, Iterable[str]]:
    """What a rule may name."""
    found: dict[Subject, Iterable[str]] = {Subject.MEASURE: measures}
    for subject, file in (
        (Subject.FIGURE, "document_figures.csv"),
        (Subject.TABLE, "printed_table_list.csv"),
    ):
        path = raw / file
        lines = read_lines(path, file)[0] if path.exists() else None
        found[subject] = lines.distinct(str(subject))[0] if lines is not None else []
    return found


def _check_name(
    lines: Lines, row: int, column: str, name: str, known: Iterable[str]
) -> list[Fault]:
    if not name or name in known:
        return []
    problem = f"names nothing that is held ({name!r})"
    return [lines.fault(row, column, problem, nearest(name, sorted(known)))]


def _read_sums(
    raw: Path, shown: str, measures: Mapping[str, Measure], areas: Mapping[str, str]
) -> tuple[tuple[KnownSum, ...], list[Fault]]:
    lines, faults = _open(raw, SUMS_FILE, KNOWN_SUMS, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("of", "parts", "source"))
    words, more = read_words(lines, "of", Adding, what="way of adding")
    faults += more
    figures = _names(raw, measures)[Subject.FIGURE]
    sums = []
    for row, adding in enumerate(words):
        if adding is None:
            continue
        total, parts = lines.text("total")[row], split_parts(lines.text("parts")[row])
        known = {Adding.AREAS: areas, Adding.FIGURES: figures}.get(adding, measures)
        faults += _check_name(lines, row, "total", total, known)
        for part in parts:
            faults += _check_name(lines, row, "parts", part, known)
        if bool(total) is (adding is Adding.WHOLE):
            problem = "is a total, and a whole has none" if total else "is blank"
            remedy = "leave it blank" if total else "name what the parts add up to"
            faults.append(lines.fault(row, "total", problem, remedy))
        if total in parts or len(set(parts)) < len(parts):
            problem, remedy = "counts something twice", "name each part once, and not the total"
            faults.append(lines.fault(row, "parts", problem, remedy))
        sums.append(KnownSum(adding, total, parts))
    return tuple(sums), faults

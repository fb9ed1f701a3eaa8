"""The tables editions rest on: windows, published judgements and audit notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Measure, PublishedJudgement, Window
from kcc_lib.periods import Period, PeriodError, parse_period
from kcc_lib.records.cells import read_words, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.records.suppression import Suppression, Withheld
from kcc_lib.vocabulary import Horizon, Label

WINDOWS = Contract(
    "windows",
    (
        "edition", "measure", "one_year_from", "one_year_to", "long_term_from", "long_term_to",
        "basis", "source",
    ),
)  # fmt: skip
PUBLISHED = Contract(
    "published judgements",
    ("edition", "measure", "horizon", "label", "source", "locator"),
    ("note",),
)

NOTES = Contract("audit notes", ("edition", "measure", "horizon", "note", "source"))
MEASURE_NOTES = Contract("measure notes", ("edition", "measure", "note", "source"))


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What is known of a difference between a published judgement and ours."""

    measure: str
    horizon: Horizon
    note: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables are, what their rows may name, and which of them may not be told."""

    raw: Path
    shown: str
    editions: Sequence[str]
    measures: Mapping[str, Measure]
    suppression: Suppression
    withheld: list[Withheld] = field(default_factory=list)

    def open(
        self, name: str, contract: Contract, *, needed: bool = True, rows_needed: bool = True
    ) -> tuple[Lines | None, list[Fault]]:
        """Open one table; one that is not needed may be absent, or hold no rows if they are not."""
        if not needed and not (self.raw / name).exists():
            return None, []
        shown = f"{self.shown}/{name}"
        return open_file(self.raw, name, contract, shown, rows_needed=rows_needed)

    def rows(
        self, lines: Lines, edition: str, key: Sequence[str], faults: list[Fault]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows of one edition that name what exists and repeat no key; faults of all rows.

        A repeated key is told at the measure, or at what else the key ends with.
        """
        first: dict[tuple[str, ...], int] = {}
        told = "measure" if "measure" in key else key[-1]
        columns = {c: lines.text(c) for c in map(str, lines.cells.columns)}
        for row in range(len(lines.cells)):
            cells = {c: texts[row] for c, texts in columns.items()}
            found = tuple(cells[k] for k in key)
            if "measure" in key and cells["measure"] not in self.measures:
                remedy = nearest(cells["measure"], list(self.measures))
                faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
            elif cells["edition"] not in self.editions:
                remedy = nearest(cells["edition"], self.editions)
                faults.append(lines.fault(row, "edition", "is no edition", remedy))
            elif found in first:
                problem = f"is already on line {lines.line[first[found]]}"
                faults.append(lines.fault(row, told, problem, "keep one of the two"))
            elif cells["edition"] == edition:
                yield row, cells
            first.setdefault(found, row)


def read_windows(tables: Tables, edition: str) -> tuple[tuple[Window, ...], list[Fault]]:
    """Read the windows of one edition."""
    lines, faults = tables.open("windows.csv", WINDOWS)
    if lines is None:
        return (), faults
    windows = []
    for row, cells in tables.rows(lines, edition, ("edition", "measure"), faults):
        measure = tables.measures[cells["measure"]]
        periods: list[Period | None] = []
        before = len(faults)
        for column in WINDOWS.required[2:6]:
            period, more = _read_period(lines, row, column, measure)
            faults += more
            periods.append(period)
        first, last, trend_first, trend_last = periods
        if len(faults) == before:
            faults += _check_order(lines, row, "one_year", first, last)
            faults += _check_order(lines, row, "long_term", trend_first, trend_last)
        windows.append(
            Window(measure.measure, first, last, trend_first, trend_last, cells["basis"])
        )
    return tuple(windows), faults


def _read_period(
    lines: Lines, row: int, column: str, measure: Measure
) -> tuple[Period | None, list[Fault]]:
    text = lines.text(column)[row]
    if not text:
        return None, []
    try:
        return parse_period(text, measure.period_type), []
    except PeriodError as error:
        return None, [lines.fault(row, column, error.problem, error.remedy)]


def _check_order(
    lines: Lines, row: int, name: str, first: Period | None, last: Period | None
) -> list[Fault]:
    """A window has both ends or neither, the earlier first."""
    if (first is None) != (last is None):
        column = f"{name}_from" if first is None else f"{name}_to"
        return [lines.fault(row, column, "is blank beside the other end", "give both or neither")]
    if first and last and first.end >= last.end:
        return [
            lines.fault(row, f"{name}_from", "is not before the end of its window", "swap them")
        ]
    return []


def read_published(
    tables: Tables, edition: str
) -> tuple[tuple[PublishedJudgement, ...], list[Fault]]:
    """Read the published judgements of one edition."""
    lines, faults = tables.open("published_judgements.csv", PUBLISHED, rows_needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, PUBLISHED.required)
    horizons, more = read_words(lines, "horizon", Horizon)
    faults += more
    labels, more = read_words(lines, "label", Label, what="judgement")
    faults += more
    published = []
    for row, cells in tables.rows(lines, edition, ("edition", "measure", "horizon"), faults):
        horizon, label = horizons[row], labels[row]
        if horizon and label:
            note = cells.get("note", "")
            published.append(PublishedJudgement(cells["measure"], horizon, label, note))
    return tuple(published), faults


def read_audit_notes(tables: Tables, edition: str) -> tuple[tuple[AuditNote, ...], list[Fault]]:
    """Read the audit notes of one edition."""
    lines, faults = tables.open("audit_notes.csv", NOTES, rows_needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, NOTES.required)
    horizons, more = read_words(lines, "horizon", Horizon)
    faults += more
    notes = []
    for row, cells in tables.rows(lines, edition, ("edition", "measure", "horizon"), faults):
        horizon = horizons[row]
        if horizon:
            notes.append(AuditNote(cells["measure"], horizon, cells["note"]))
    return tuple(notes), faults


def read_measure_notes(tables: Tables, edition: str) -> tuple[dict[str, str], list[Fault]]:
    """Read what one edition alone says under its measures, by measure."""
    lines, faults = tables.open("measure_notes.csv", MEASURE_NOTES, needed=False)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, MEASURE_NOTES.required)
    rows = tables.rows(lines, edition, ("edition", "measure"), faults)
    return {cells["measure"]: cells["note"] for _, cells in rows}, faults

"""An edition as a spreadsheet: a cover, notes, and one table a sheet, before it is written.

The rules are those that the Government Analysis Function sets for statistics in spreadsheets:
no cell is merged, worked out or blank; a missing figure has the shorthand that says why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kcc_lib.judgement.methods import method_named
from kcc_lib.presentation.downloads.bundle import (
    LICENCE,
    LICENCE_PATH,
    Group,
    Particulars,
    summary_of,
    tables_of,
)
from kcc_lib.presentation.downloads.columns import Column
from kcc_lib.presentation.downloads.quarterly import printed_figures
from kcc_lib.presentation.downloads.tables import Cell, DataTable, table_of_frame
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.vocabulary import Flag, SignOff

NOTES, CONTENTS, COVER, COLUMNS = "Notes", "Contents", "Cover", "Columns"
#: The columns whose flags say why a figure is missing.
_FIGURES = {"value", "lower_ci", "upper_ci"}
#: The unit of a count of things that its title names.
_PLAIN = "number"
#: A name of a column or a word of one, as `columns.csv` has it.
_NAME = re.compile("`([^`]*)`")
_ONE_TABLE = "This worksheet contains one table."
_EXPLAINED = f"{_ONE_TABLE} Shorthand in square brackets is explained in the worksheet {NOTES}."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: a title, a line about it, and a table whose every cell says something."""

    name: str
    title: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet: what its cover says, and its sheets in order, the notes first."""

    particulars: Particulars
    about: tuple[str, ...]
    contact: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    @property
    def title(self) -> str:
        """The report's title."""
        return f"{self.particulars.title}: {self.particulars.subtitle}"

    @property
    def intro(self) -> tuple[str, ...]:
        """Who publishes it, what it covers and how far it has come."""
        of = self.particulars
        draft = "" if of.state == SignOff.SIGNED else "Draft. "
        return (
            of.publisher, of.covers,
            f"As of {of.as_of.day} {of.as_of:%B %Y}: no figure of a later period is used. Figures "
            "may have been published or revised since.",
            f"{draft}{of.sign_off}",
        )  # fmt: skip


def book_of(report: Report, particulars: Particulars, groups: Sequence[Group]) -> Book:
    """An edition's spreadsheet: every judgement and figure that its pages show.

    Parameters
    ----------
    groups
        Those of the report, as `groups_of` gives them.
    """
    held = [one for one in _tables(report, groups) if one[2].rows]
    sheets = (_notes(report), _columns(held), *(_sheet(*one) for one in held))
    about = (
        f"Licence: {LICENCE} ({LICENCE_PATH}).",
        f"Say where they are from: {particulars.attribution}",
        f"Worksheets: {', '.join(s.name for s in sheets)}. Each has one table. The worksheet "
        f"{CONTENTS} links to them.",
        "No cell is merged or worked out by a formula, and none is blank. Numbers are unrounded.",
        "Each measure is to be had by itself, as CSV and JSON, beside the pages of the report.",
    )
    return Book(particulars, about, _contact(report), sheets)


def _contact(report: Report) -> tuple[str, ...]:
    """Who made the report and how to reach them, as far as the edition says."""
    cover = report.edition.quarterly.cover if report.edition.quarterly else None
    said = (cover.produced_by, cover.email, cover.phone) if cover else ()
    return tuple(s for s in said if s)


def _tables(report: Report, groups: Sequence[Group]) -> Iterator[tuple[str, str, DataTable]]:
    """(name of the sheet, title of the table, table), in the order of the sheets."""
    views = [v for group in groups for v in group.views]
    figures, judged = tables_of(report, views)
    area = report.area_name
    summary = summary_of(report)
    if isinstance(report, Quarter):
        yield "KPIs", f"Rating and direction of each indicator, {area}", judged
        if summary:
            yield "Counts", "Ratings and directions by directorate", summary
        yield "Figures", f"Figures of each indicator, {area}", figures
        yield "Printed tables", "Figures of the printed tables", printed_figures(report)
        found = table_of_frame("reconciliation", report.files["reconciliation"])
        yield "Reconciliation", "Printed counts, totals and statements worked out again", found
        return
    yield "Judgements", f"Progress: the judgement of each measure, {area}", judged
    if summary:
        yield "Outcomes", f"Direction of travel of each supporting outcome, {area}", summary
    yield "Figures", f"Figures of each measure, {area} and the area it is compared with", figures


def _sheet(name: str, title: str, table: DataTable) -> Sheet:
    records = table.records
    rows = tuple(
        tuple(shown(record[c.name], c, record) for c in table.columns) for record in records
    )
    return Sheet(name, title, _EXPLAINED, tuple(c.heading for c in table.columns), rows)


def shown(value: Cell, column: Column, record: Mapping[str, Any]) -> str | int | float:
    """A cell as a spreadsheet has it: never blank, flags in their shorthand."""
    flags = str(record.get("flags") or "").split()
    if column.name == "flags" and flags:
        return " ".join(f"[{flag}]" for flag in flags)
    if value is None:
        why = (f for f in flags if Flag(f).explains_blank and column.name in _FIGURES)
        return f"[{next(why, Flag.NOT_AVAILABLE.value)}]"
    if isinstance(value, str) and not value.strip():
        return _PLAIN if column.name == "unit" else f"[{Flag.NOT_APPLICABLE}]"
    return value


def _notes(report: Report) -> Sheet:
    """The shorthand, from the vocabulary's flags, and how the judgements were made."""
    rows = [(f"[{flag}]", _capital(flag.meaning)) for flag in Flag]
    rows += [
        (f"[{Flag.NOT_AVAILABLE}] for a number", "Not held, or not worked out: the worksheet "
         f"{COLUMNS} says when."),
        (f"[{Flag.NOT_APPLICABLE}] for words", "Nothing to say, or not held: the worksheet "
         f"{COLUMNS} says when."),
        ("Method", f"{report.edition.method}: {method_named(report.edition.method).words}."),
        ("Periods covered", report.covers),
    ]  # fmt: skip
    return Sheet(NOTES, "Notes: shorthand and method", _ONE_TABLE, ("Note", "Meaning"), tuple(rows))


def _columns(held: Iterable[tuple[str, str, DataTable]]) -> Sheet:
    """What each column of each sheet means."""
    rows = [(name, c.heading, _meaning(c, table)) for name, _, table in held for c in table.columns]
    heads = ("Worksheet", "Column", "Meaning")
    return Sheet(COLUMNS, "Columns: what each means", _ONE_TABLE, heads, tuple(rows))


def _meaning(column: Column, table: DataTable) -> str:
    """What a column means in its sheet: by the sheet's headings, with what stands for a blank."""
    headings = {c.name: c.heading for c in table.columns}
    told = column.told(_or(_stand_ins(column, "flags" in headings)))
    return _NAME.sub(lambda found: f"“{headings.get(found[1], found[1])}”", told)


def _stand_ins(column: Column, flagged: bool) -> list[str]:
    """All that `shown` may put where a column's cell has nothing."""
    if column.name == "unit":
        return [f"“{_PLAIN}”"]
    if not column.number:
        return [f"[{Flag.NOT_APPLICABLE}]"]
    if flagged and column.name in _FIGURES:
        return [f"[{flag}]" for flag in Flag if flag.explains_blank]
    return [f"[{Flag.NOT_AVAILABLE}]"]


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"

"""Figures that the council's documents print, for narrative to quote."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.records.cells import read_dates, read_numbers, require_filled
from kcc_lib.records.documents import Document, read_documents
from kcc_lib.records.hidden_figures import hide_figures, veil_figures
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.records.suppression import Suppression

FILE = "document_figures.csv"
FIGURES = Contract(
    "document figures",
    ("figure", "title", "area", "period_label", "value", "unit", "source", "locator"),
    (
        "area_detail", "period_start", "period_end", "date_basis", "qualifier", "numerator",
        "denominator", "sample_size", "status", "target", "related_measure", "note",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as a document prints it, in that document's own period.

    `starts` and `ends` are when that period does, None where nobody says; `target` is what
    the document aims at, in the same unit. `document` is the title of its source, `known`
    from when an edition may quote it. `decimals` are as printed: 3.0 is finer than 3. One
    that is `suppressed` has no value (NaN): it counts few people, or would give such a number
    away.
    """

    figure: str
    title: str
    area: str
    period_label: str
    value: float
    qualifier: str
    unit: str
    source: str
    locator: str
    starts: date | None = None
    ends: date | None = None
    target: float | None = None
    decimals: int = 0
    document: str = ""
    known: date = date.min
    suppressed: bool = False


def read_figures(
    raw: Path, *, suppression: Suppression, shown: str = "data/raw"
) -> tuple[Figure, ...]:
    """Read every figure that has a value; of one that counts few people, all but the value.

    Raises
    ------
    DataError
        With every fault in the file.
    """
    figures, faults = check_figures(raw, shown=shown, suppression=suppression)
    if faults:
        raise DataError(faults)
    return figures


def known_by(figures: Iterable[Figure], as_of: date) -> tuple[Figure, ...]:
    """The figures of documents that were known by a date."""
    return tuple(f for f in figures if f.known <= as_of)


def check_figures(
    raw: Path, *, shown: str, suppression: Suppression
) -> tuple[tuple[Figure, ...], list[Fault]]:
    """Read the figures as far as they can be, with every fault."""
    lines, faults = open_file(raw, FILE, FIGURES, f"{shown}/{FILE}")
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("figure", "title", "area", "unit", "source", "locator"))
    documents, more = read_documents(raw, shown=shown, needed=len(lines.cells) > 0)
    faults += more + _unknown_documents(lines, documents)
    values, more = read_numbers(lines, "value")
    faults += more
    targets, more = read_numbers(lines, "target")
    faults += more
    for column in ("numerator", "denominator", "sample_size"):
        faults += read_numbers(lines, column)[1]
    starts, more = read_dates(lines, "period_start")
    faults += more
    ends, more = read_dates(lines, "period_end")
    faults += more
    hidden = hide_figures(lines, suppression)
    faults = [*veil_figures(faults, lines, suppression), *hidden.faults]
    nowhere = Document("", "", date.min)
    return tuple(
        _left_out(row, documents.get(row["source"], nowhere), start, end)
        if at in hidden.rows else Figure(
            figure=row["figure"], title=row["title"], area=row["area"],
            period_label=row["period_label"], value=float(value),
            qualifier=str(row.get("qualifier", "")), unit=row["unit"], source=row["source"],
            locator=row["locator"], starts=start, ends=end,
            target=None if np.isnan(target) else float(target),
            decimals=len(row["value"].partition(".")[2]),
            document=documents.get(row["source"], nowhere).title,
            known=documents.get(row["source"], nowhere).known,
        )
        for at, (row, value, start, end, target) in enumerate(zip(
            lines.cells.to_dict("records"), values, starts, ends, targets, strict=True
        ))
        if not np.isnan(value)
    ), faults  # fmt: skip


def _left_out(
    row: Mapping[Hashable, Any], document: Document, starts: date | None, ends: date | None
) -> Figure:
    """A figure of which nothing is told but that there is one."""
    return Figure(
        row["figure"], row["title"], row["area"], row["period_label"], np.nan, "", row["unit"],
        row["source"], "", starts, ends, document=document.title, known=document.known,
        suppressed=True,
    )  # fmt: skip


def _unknown_documents(lines: Lines, documents: Mapping[str, Document]) -> list[Fault]:
    """Each figure's source is a document whose date is known."""
    return [
        lines.fault(row, "source", "is no document of documents.csv", nearest(s, list(documents)))
        for row, s in enumerate(lines.text("source"))
        if documents and s and s not in documents
    ]

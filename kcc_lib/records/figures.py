"""Figures that the council's documents print, for narrative to quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from kcc_lib.errors import DataError, Fault, nearest
from kcc_lib.records.cells import read_dates, read_numbers, require_filled
from kcc_lib.records.documents import Document, read_documents
from kcc_lib.records.lines import Contract, Lines, open_file

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
    from when an edition may quote it. `decimals` are as printed: 3.0 is finer than 3.
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


def read_figures(raw: Path, *, shown: str = "data/raw") -> tuple[Figure, ...]:
    """Read every figure that has a value.

    Raises
    ------
    DataError
        With every fault in the file.
    """
    figures, faults = check_figures(raw, shown=shown)
    if faults:
        raise DataError(faults)
    return figures


def check_figures(raw: Path, *, shown: str) -> tuple[tuple[Figure, ...], list[Fault]]:
    """Read the figures as far as they can be, with every fault."""
    name = "document_figures.csv"
    lines, faults = open_file(raw, name, FIGURES, f"{shown}/{name}")
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
    nowhere = Document("", "", date.min)
    return tuple(
        Figure(
            figure=row["figure"], title=row["title"], area=row["area"],
            period_label=row["period_label"], value=float(value),
            qualifier=str(row.get("qualifier", "")), unit=row["unit"], source=row["source"],
            locator=row["locator"], starts=start, ends=end,
            target=None if np.isnan(target) else float(target),
            decimals=len(row["value"].partition(".")[2]),
            document=documents.get(row["source"], nowhere).title,
            known=documents.get(row["source"], nowhere).known,
        )
        for row, value, start, end, target in zip(
            lines.cells.to_dict("records"), values, starts, ends, targets, strict=True
        )
        if not np.isnan(value)
    ), faults  # fmt: skip


def _unknown_documents(lines: Lines, documents: Mapping[str, Document]) -> list[Fault]:
    """Each figure's source is a document whose date is known."""
    return [
        lines.fault(row, "source", "is no document of documents.csv", nearest(s, list(documents)))
        for row, s in enumerate(lines.text("source"))
        if documents and s and s not in documents
    ]

"""The council's documents: their titles, and from when an edition may quote each."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kcc_lib.errors import Fault
from kcc_lib.records.cells import check_repeated, read_dates, require_filled
from kcc_lib.records.lines import Contract, open_file

FILE = "documents.csv"
DOCUMENTS = Contract("documents", ("source", "title", "known", "basis"))


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the council's; editions as of `known` or later may quote it."""

    source: str
    title: str
    known: date


def read_documents(
    raw: Path, *, shown: str, needed: bool = True
) -> tuple[dict[str, Document], list[Fault]]:
    """Read the documents, by the name that figures give as their source.

    Where nothing is quoted the file is not `needed`, and may be absent.
    """
    if not needed and not (raw / FILE).exists():
        return {}, []
    lines, faults = open_file(raw, FILE, DOCUMENTS, f"{shown}/{FILE}")
    if lines is None:
        return {}, faults
    faults += require_filled(lines, DOCUMENTS.required) + check_repeated(lines, "source")
    known, more = read_dates(lines, "known")
    rows = zip(lines.text("source"), lines.text("title"), known, strict=True)
    documents = {s: Document(s, title, when) for s, title, when in rows if when}
    return documents, faults + more

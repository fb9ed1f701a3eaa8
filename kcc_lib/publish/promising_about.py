"""What pages promise that any edition has: those that help a reader find, understand and ask."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kcc_lib.presentation.addresses import data_address
from kcc_lib.presentation.downloads.links import JUDGEMENTS, MEASURES, WHOLE
from kcc_lib.presentation.entries import entries
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section
from kcc_lib.publish.promises import PagePromise, PassagePromise
from kcc_lib.records.editions import PageRecipe


def promised_about(report: Report, recipe: PageRecipe, promise: PagePromise) -> PagePromise:
    """A page's promise with what its notebook owes in any edition."""
    more = _BY_NOTEBOOK.get(recipe.notebook)
    return replace(promise, **more(report)) if more else promise


def _finding(report: Report) -> Mapping[str, tuple[str, ...]]:
    """A way to every measure or KPI."""
    return {"links": tuple(entry.href for entry in entries(report))}


def _downloads(report: Report) -> Mapping[str, tuple[str, ...]]:
    """The judgements of every measure, and all of it in one file; the spreadsheets."""
    name = report.edition.name
    whole = [f"data/{name}{ending}" for ending in (".ods", ".xlsx")]
    each = [
        data_address(MEASURES, code, ending)
        for code in report.edition.measures
        for ending in (JUDGEMENTS, WHOLE)
    ]
    return {"links": (*whole, *each)}


def _glossary(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Every term that the edition's pages can meet."""
    return {"entries": tuple(term.anchor for term in report.edition.glossary)}


def _formats(report: Report) -> Mapping[str, tuple[PassagePromise, ...]]:
    """How another format is asked for."""
    contact = report.edition.council.formats
    if contact is None:
        return {}
    told = (contact.email, contact.phone, contact.text_relay, contact.hours, *contact.post)
    return {"passages": (PassagePromise("formats", tuple(t for t in told if t)),)}


def _accessibility(report: Report) -> Mapping[str, tuple[PassagePromise, ...]]:
    """The status, and all that was checked, was not, and is not accessible."""
    statement = report.edition.statement
    if statement is None:
        return {}
    listed = (*statement.checked, *statement.not_checked, *statement.limits)
    told = (statement.status, *(one.says for one in listed))
    return {"passages": (PassagePromise("accessibility", told),)}


def _easy_read(report: Report) -> Mapping[str, tuple[PassagePromise, ...]]:
    """How many measures have each word over the first horizon, where the page counts them."""
    if isinstance(report, Section) and report.written.has("easy_read"):
        return {}  # people wrote it: it tells of outcomes, and its counts are bound
    rated = [e.statuses[0].label for e in entries(report) if e.kind != "activity indicator"]
    words = Counter(rated)
    told = tuple(f"{words[w]} of {len(rated)}" for w in _COUNTED if words[w])
    return {"passages": (PassagePromise("counts", told),)}


_COUNTED = ("Improving", "Maintaining", "Not Improving", "Green", "Amber", "Red")
_BY_NOTEBOOK: Mapping[str, Callable[[Report], Mapping[str, Any]]] = {
    "find_a_measure.ipynb": _finding,
    "downloads.ipynb": _downloads,
    "glossary.ipynb": _glossary,
    "formats.ipynb": _formats,
    "accessibility.ipynb": _accessibility,
    "easy_read.ipynb": _easy_read,
    "quarterly_easy_read.ipynb": _easy_read,
}

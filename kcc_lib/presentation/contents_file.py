"""What an edition holds, for machines: `data/contents.json`, of which the shelf is made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kcc_lib.measures import Catalogue, Measure
from kcc_lib.presentation.addresses import anchor
from kcc_lib.presentation.entries import Entry, entries
from kcc_lib.presentation.quarterly.chart import anchor_of
from kcc_lib.presentation.report import Report
from kcc_lib.records.related import Related
from kcc_lib.vocabulary import Kind

#: Of the file's form: the shelf passes over what it cannot read.
VERSION = 1


def contents_of(
    report: Report,
    catalogue: Catalogue,
    related: Sequence[Related],
    *,
    pages: Collection[str],
    sign_off: Mapping[str, str],
) -> dict[str, Any]:
    """What the shelf tells of an edition.

    Parameters
    ----------
    catalogue
        All of it: a measure may be related to one that this edition does not report.
    pages
        The names of its pages that are built; a measure on another has no address.
    sign_off
        `state`, and `sign_off` in words.

    Returns
    -------
    dict
        Plain values. It rests on this edition and the catalogue alone: what else is built
        makes no difference.
    """
    edition = report.edition
    return {
        "version": VERSION,
        "edition": edition.name,
        "kind": edition.kind,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "as_of": edition.as_of.isoformat(),
        "covers": report.covers,
        "state": sign_off["state"],
        "sign_off": sign_off["sign_off"],
        "pages": [
            {"page": f"{r.name}.html", "title": r.title, "group": r.group}
            for r in edition.sections
            if r.name in pages
        ],
        "measures": [_measure(e, catalogue, related, pages) for e in entries(report)],
    }


def _measure(
    entry: Entry, catalogue: Catalogue, related: Sequence[Related], pages: Collection[str]
) -> dict[str, Any]:
    built = entry.page.removesuffix(".html") in pages
    return {
        "measure": entry.code,
        "id": entry.identifier,
        "kind": entry.kind,
        "title": entry.title,
        "short_title": entry.short_title,
        "group": entry.group,
        "address": entry.href if built else "",
        "judgements": [{"heading": s.heading, "word": s.label} for s in entry.statuses],
        "value": entry.value,
        "period": entry.period,
        "source": entry.source,
        "related": list(_others(entry.code, catalogue, related)),
    }


def _others(
    code: str, catalogue: Catalogue, related: Iterable[Related]
) -> Iterable[dict[str, str]]:
    """The measures or KPIs that are about the same thing, with how near they are."""
    for pair in related:
        if code not in {pair.measure, pair.kpi}:
            continue
        other = catalogue.measures[pair.kpi if code == pair.measure else pair.measure]
        yield {
            "measure": other.measure,
            "id": identifier_of(other),
            "kind": "measure" if other.kind is Kind.OUTCOME else "KPI",
            "title": other.title,
            "short_title": other.short_title or other.title,
            "relation": str(pair.relation),
            "why": pair.why,
        }


def identifier_of(measure: Measure) -> str:
    """The id of its block on any page, stable across editions."""
    return anchor(measure.measure) if measure.kind is Kind.OUTCOME else anchor_of(measure.measure)

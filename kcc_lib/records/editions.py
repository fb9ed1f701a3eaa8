"""Editions: what one published report is made of, read from `data/raw/editions`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault, UnknownNameError
from kcc_lib.in_short import in_short
from kcc_lib.measures import (
    Catalogue,
    PublishedCount,
    PublishedJudgement,
    PublishedOutcome,
    Target,
    Window,
)
from kcc_lib.quarterly import Quarterly
from kcc_lib.records.council import Council, read_council
from kcc_lib.records.cover import read_cover
from kcc_lib.records.each_area import check_silence
from kcc_lib.records.edition_file import ANNUAL, QUARTERLY, read_edition_file
from kcc_lib.records.edition_tables import (
    AuditNote,
    Tables,
    read_audit_notes,
    read_measure_notes,
    read_published,
    read_windows,
)
from kcc_lib.records.folders import edition_names
from kcc_lib.records.glossary import Term, read_glossary
from kcc_lib.records.once import read_once
from kcc_lib.records.published_outcomes import read_published_counts, read_published_outcomes
from kcc_lib.records.quarterly_edition import quarter_windows, read_quarterly
from kcc_lib.records.statement import Statement, read_statement
from kcc_lib.records.suppression import read_suppression
from kcc_lib.records.targets import read_targets
from kcc_lib.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class PageRecipe:
    """One page of an edition: the notebook that makes it and the parameters it is given.

    Pages of one `group` stand under its name in the menu; one of no group stands alone. One for
    `each_area` is made of every area of the edition.
    """

    name: str
    notebook: str
    title: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    each_area: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One published report: its title, as-of date, method, windows and sections.

    `measures` are those it reports: every outcome measure of the catalogue in an annual
    edition, the KPIs it lists, in the order of print, in a quarterly one. `options` stand
    in place of its preset's, `targets` are those of its financial year, and `quarterly` is
    what a quarterly edition has beside its series. `published_outcomes` and
    `published_counts` are what it printed of supporting outcomes; `measures_from` names the
    report whose list of measures stands in where its own is not known, and `measure_notes`
    are what this edition alone says under a measure. It `follows` the edition of its kind
    before it, "" where none is held. `glossary` holds the terms that its pages can meet;
    `areas` are those that have pages of their own; `council` and `statement`, the same for
    every edition, say how to reach the council and how far pages have been checked for
    accessibility.
    """

    name: str
    kind: str
    title: str
    subtitle: str
    as_of: date
    method: str
    preset: str
    area: str
    comparators: tuple[str, ...]
    horizons: Mapping[str, str]
    sections: tuple[PageRecipe, ...]
    windows: tuple[Window, ...]
    published: tuple[PublishedJudgement, ...]
    audit_notes: tuple[AuditNote, ...]
    measures: tuple[str, ...]
    base_end: date | None = None
    neighbours: str = ""
    measures_from: str = ""
    follows: str = ""
    measure_notes: Mapping[str, str] = field(default_factory=dict)
    published_outcomes: tuple[PublishedOutcome, ...] = ()
    published_counts: tuple[PublishedCount, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    quarterly: Quarterly | None = None
    glossary: tuple[Term, ...] = ()
    council: Council = field(default_factory=Council)
    statement: Statement | None = None
    areas: tuple[str, ...] = ()

    __repr__ = in_short("name", "title", measure="measures", page="sections")


def parts_of(pages: Iterable[PageRecipe]) -> list[tuple[str, list[PageRecipe]]]:
    """The parts of an edition in order, each with its pages.

    Returns
    -------
    list of (name, pages)
        A part is a group, or one page of no group, which is named by its own title.
    """
    found: list[tuple[str, list[PageRecipe]]] = []
    for group, pages_in in groupby(pages, key=lambda recipe: recipe.group):
        together = list(pages_in)
        found += [(group, together)] if group else [(r.title, [r]) for r in together]
    return found


def annual_editions(raw: Path, catalogue: Catalogue) -> list[Edition]:
    """Every annual edition, in order of name; the quarterly ones are not read.

    Raises
    ------
    DataError
        With every fault in the first that has any.
    """
    annual = []
    for name in edition_names(raw):
        file = f"data/raw/editions/{name}.toml"
        told, _ = read_edition_file(raw / "editions" / f"{name}.toml", file, catalogue)
        if told.get("kind") == ANNUAL:
            annual.append(name)
    return [read_edition(raw, name, catalogue) for name in annual]


def read_edition(raw: Path, name: str, catalogue: Catalogue, *, shown: str = "data/raw") -> Edition:
    """Read one edition.

    Raises
    ------
    UnknownNameError
        If there is no such edition.
    DataError
        With every fault in its file and in the tables it rests on.
    """
    known = edition_names(raw)
    if name not in known:
        raise UnknownNameError("edition", name, known)

    def read() -> Edition:
        edition, faults = check_edition(raw, name, catalogue, shown=shown)
        if faults or edition is None:
            raise DataError(faults)
        return edition

    return read_once(raw, ("edition", name, shown), catalogue, read)


def check_edition(
    raw: Path, name: str, catalogue: Catalogue, *, shown: str
) -> tuple[Edition | None, list[Fault]]:
    """Read an edition as far as it can be, with every fault."""
    file = f"{shown}/editions/{name}.toml"
    told, faults = read_edition_file(raw / "editions" / f"{name}.toml", file, catalogue)
    quarter, year, covered = (told.pop(k, "") for k in ("quarter", "financial_year", "cover"))
    suppression, more = read_suppression(raw, shown, catalogue.measures, catalogue.areas)
    faults += more
    tables = Tables(raw, shown, edition_names(raw), catalogue.measures, suppression)
    rests_on, more = _read_tables(tables, name, catalogue, told.get("horizons", {}))
    about, others = _read_about(raw, told, shown)
    faults += more + others + check_silence(told, rests_on, file)
    targets, more = read_targets(raw, f"{shown}/targets.csv", catalogue.measures)
    faults += more
    listed = tuple(c for c, m in catalogue.measures.items() if m.kind is Kind.OUTCOME)
    cover, more = read_cover(file, covered if isinstance(covered, dict) else {})
    faults += more
    quarterly = None
    if told.get("kind") == QUARTERLY and isinstance(quarter, str) and isinstance(year, str):
        sections = [s for s in told.get("sections", []) if isinstance(s, dict)]
        quarterly, more = read_quarterly(tables, name, file, quarter, year, sections)
        faults += more
    if faults:
        return None, list(dict.fromkeys(faults))
    if quarterly is not None:
        quarterly = replace(quarterly, cover=cover)
        listed = tuple(k.measure for k in quarterly.kpis)
        rests_on["windows"] = quarter_windows(quarterly, rests_on["windows"])
        targets = tuple(t for t in targets if t.financial_year == quarterly.financial_year)
    else:
        targets = ()
    told["sections"] = tuple(map(_recipe, told["sections"]))
    told["comparators"] = tuple(told["comparators"])
    told["areas"] = tuple(told.get("areas", ()))
    told |= rests_on | about | {"targets": targets}
    return Edition(name=name, measures=listed, quarterly=quarterly, **told), faults


def _recipe(section: Mapping[str, Any]) -> PageRecipe:
    optional = {k: section[k] for k in ("parameters", "group", "each_area") if k in section}
    return PageRecipe(section["name"], section["notebook"], section["title"], **optional)


def _read_tables(
    tables: Tables, name: str, catalogue: Catalogue, horizons: Mapping[str, str]
) -> tuple[dict[str, Any], list[Fault]]:
    """What tables hold of one edition, by the field of the edition that it fills."""
    outcomes = list(catalogue.supporting_outcomes)
    found = {
        "windows": read_windows(tables, name),
        "published": read_published(tables, name),
        "audit_notes": read_audit_notes(tables, name),
        "measure_notes": read_measure_notes(tables, name),
        "published_outcomes": read_published_outcomes(tables, name, outcomes, horizons),
        "published_counts": read_published_counts(tables, name),
    }
    faults = [fault for _, more in found.values() for fault in more]
    return {field: value for field, (value, _) in found.items()}, faults


def _read_about(
    raw: Path, told: Mapping[str, Any], shown: str
) -> tuple[dict[str, Any], list[Fault]]:
    """What every edition's pages about the report rest on, by the edition's field."""
    kind, method = str(told.get("kind", "")), str(told.get("method", ""))
    found = {
        "glossary": read_glossary(raw, kind=kind, method=method, shown=shown),
        "council": read_council(raw, shown=shown),
        "statement": read_statement(raw, shown=shown),
    }
    faults = [fault for _, more in found.values() for fault in more]
    return {field: value for field, (value, _) in found.items()}, faults

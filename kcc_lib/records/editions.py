"""Editions: what one published report is made of, read from `data/raw/editions`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault, UnknownNameError, nearest
from kcc_lib.measures import Catalogue, Measure, PublishedJudgement, Window
from kcc_lib.periods import Period, PeriodError, parse_period
from kcc_lib.records.cells import read_words, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file
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


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What is known of a difference between a published judgement and ours."""

    measure: str
    horizon: Horizon
    note: str


@dataclass(frozen=True, slots=True)
class PageRecipe:
    """One page of an edition: the notebook that makes it and the parameters it is given."""

    name: str
    notebook: str
    title: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """One published report: its title, as-of date, method, windows and sections."""

    name: str
    kind: str
    title: str
    subtitle: str
    as_of: date
    method: str
    preset: str
    area: str
    comparators: tuple[str, ...]
    base_end: date
    horizons: Mapping[str, str]
    published_in: str
    sections: tuple[PageRecipe, ...]
    windows: tuple[Window, ...]
    published: tuple[PublishedJudgement, ...]
    audit_notes: tuple[AuditNote, ...]


_KEYS: dict[str, type] = {
    "kind": str, "title": str, "subtitle": str, "as_of": date, "method": str, "preset": str,
    "area": str, "comparators": list, "base_end": date, "horizons": dict, "published_in": str,
    "sections": list,
}  # fmt: skip


def edition_names(raw: Path) -> list[str]:
    """The editions there are, in order of name."""
    return sorted(p.stem for p in (raw / "editions").glob("*.toml"))


def read_edition(raw: Path, name: str, catalogue: Catalogue, *, shown: str = "data/raw") -> Edition:
    """Read one edition.

    Raises
    ------
    UnknownNameError
        If there is no such edition.
    DataError
        With every fault in its file, windows and published judgements.
    """
    known = edition_names(raw)
    if name not in known:
        raise UnknownNameError("edition", name, known)
    edition, faults = check_edition(raw, name, catalogue, shown=shown)
    if faults or edition is None:
        raise DataError(faults)
    return edition


def check_edition(
    raw: Path, name: str, catalogue: Catalogue, *, shown: str
) -> tuple[Edition | None, list[Fault]]:
    """Read an edition as far as it can be, with every fault."""
    file = f"{shown}/editions/{name}.toml"
    told, faults = _read_toml(raw / "editions" / f"{name}.toml", file)
    windows, more = _read_windows(raw, name, catalogue.measures, f"{shown}/windows.csv")
    faults += more
    published, more = _read_published(
        raw, name, catalogue.measures, f"{shown}/published_judgements.csv"
    )
    faults += more
    notes, more = _read_audit_notes(raw, name, catalogue.measures, f"{shown}/audit_notes.csv")
    faults += more
    if faults:
        return None, faults
    sections = tuple(
        PageRecipe(s["name"], s["notebook"], s["title"], s.get("parameters", {}))
        for s in told.pop("sections")
    )
    told["comparators"] = tuple(told["comparators"])
    told |= {"windows": windows, "published": published, "audit_notes": notes}
    return Edition(name=name, sections=sections, **told), faults


def _read_toml(path: Path, file: str) -> tuple[dict[str, Any], list[Fault]]:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Fault(file, 0, "", "", f"cannot be read ({error})", "mend the TOML")]
    faults = []
    for key, value in told.items():
        if key not in _KEYS:
            remedy = nearest(key, list(_KEYS))
            faults.append(Fault(file, 0, key, "", "is not a key of an edition", remedy))
        elif not isinstance(value, _KEYS[key]):
            problem = f"is not a {_KEYS[key].__name__}"
            faults.append(Fault(file, 0, key, str(value)[:60], problem, "mend its type"))
    for key in _KEYS:
        if key not in told:
            faults.append(Fault(file, 0, key, "", "is missing", "add it"))
    for number, section in enumerate(told.get("sections", []), start=1):
        for key in {"name", "notebook", "title"} - set(section):
            problem = f"is missing from section {number}"
            faults.append(Fault(file, 0, key, "", problem, "add it"))
    return told, faults


def _read_windows(
    raw: Path, edition: str, measures: Mapping[str, Measure], shown: str
) -> tuple[tuple[Window, ...], list[Fault]]:
    lines, faults = open_file(raw, "windows.csv", WINDOWS, shown)
    if lines is None:
        return (), faults
    windows = []
    for row, cells in enumerate(lines.cells.to_dict("records")):
        if cells["edition"] != edition:
            continue
        if cells["measure"] not in measures:
            remedy = nearest(cells["measure"], list(measures))
            faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
            continue
        periods = []
        for column in WINDOWS.required[2:6]:
            period, more = _read_period(lines, row, column, measures[cells["measure"]])
            faults += more
            periods.append(period)
        first, last, trend_first, trend_last = periods
        windows.append(
            Window(cells["measure"], first, last, trend_first, trend_last, cells["basis"])
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


def _read_published(
    raw: Path, edition: str, measures: Mapping[str, Measure], shown: str
) -> tuple[tuple[PublishedJudgement, ...], list[Fault]]:
    lines, faults = open_file(raw, "published_judgements.csv", PUBLISHED, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, PUBLISHED.required)
    horizons, more = read_words(lines, "horizon", Horizon)
    faults += more
    labels, more = read_words(lines, "label", Label, what="judgement")
    faults += more
    published = []
    for row, cells in enumerate(lines.cells.to_dict("records")):
        horizon, label = horizons[row], labels[row]
        if cells["measure"] not in measures:
            remedy = nearest(cells["measure"], list(measures))
            faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
        elif cells["edition"] == edition and horizon and label:
            note = str(cells.get("note", ""))
            published.append(PublishedJudgement(cells["measure"], horizon, label, note))
    return tuple(published), faults


def _read_audit_notes(
    raw: Path, edition: str, measures: Mapping[str, Measure], shown: str
) -> tuple[tuple[AuditNote, ...], list[Fault]]:
    lines, faults = open_file(raw, "audit_notes.csv", NOTES, shown)
    if lines is None:
        return (), faults
    faults += require_filled(lines, NOTES.required)
    horizons, more = read_words(lines, "horizon", Horizon)
    faults += more
    notes = []
    for row, cells in enumerate(lines.cells.to_dict("records")):
        horizon = horizons[row]
        if cells["measure"] not in measures:
            remedy = nearest(cells["measure"], list(measures))
            faults.append(lines.fault(row, "measure", "is no measure in the catalogue", remedy))
        elif cells["edition"] == edition and horizon:
            notes.append(AuditNote(cells["measure"], horizon, cells["note"]))
    return tuple(notes), faults

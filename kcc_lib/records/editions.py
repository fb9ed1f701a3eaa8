"""Editions: what one published report is made of, read from `data/raw/editions`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault, UnknownNameError, nearest
from kcc_lib.measures import Catalogue, PublishedJudgement, Window
from kcc_lib.records.edition_tables import (
    AuditNote,
    Tables,
    read_audit_notes,
    read_published,
    read_windows,
)
from kcc_lib.vocabulary import Horizon


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
    sections: tuple[PageRecipe, ...]
    windows: tuple[Window, ...]
    published: tuple[PublishedJudgement, ...]
    audit_notes: tuple[AuditNote, ...]
    neighbours: str = ""


_KEYS: dict[str, type] = {
    "kind": str, "title": str, "subtitle": str, "as_of": date, "method": str, "preset": str,
    "area": str, "comparators": list, "base_end": date, "horizons": dict,
    "sections": list, "neighbours": str,
}  # fmt: skip
_OPTIONAL = {"neighbours"}
_SECTION_KEYS = {"name", "notebook", "title", "parameters"}


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
    faults += _check_names(told, catalogue, file) if not faults else []
    tables = Tables(raw, shown, edition_names(raw), catalogue.measures)
    windows, more = read_windows(tables, name)
    faults += more
    published, more = read_published(tables, name)
    faults += more
    notes, more = read_audit_notes(tables, name)
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
        elif not isinstance(value, _KEYS[key]) or isinstance(value, datetime):
            problem = f"is not a {_KEYS[key].__name__}"
            faults.append(Fault(file, 0, key, str(value)[:60], problem, "mend its type"))
    for key in _KEYS:
        if key not in told and key not in _OPTIONAL:
            faults.append(Fault(file, 0, key, "", "is missing", "add it"))
    if not any(f.column == "sections" for f in faults):
        faults += _check_sections(told.get("sections", []), file)
    return told, faults


def _check_sections(sections: list[Any], file: str) -> list[Fault]:
    """Each section is a table with what it needs and nothing else, of a name of its own."""
    if not sections:
        return [Fault(file, 0, "sections", "", "is empty", "add a [[sections]] table")]
    faults = []
    for number, section in enumerate(sections, start=1):
        if not isinstance(section, dict):
            problem, remedy = f"section {number} is not a table", "write it under [[sections]]"
            faults.append(Fault(file, 0, "sections", str(section)[:60], problem, remedy))
            continue
        for key in sorted(_SECTION_KEYS - {"parameters"} - set(section)):
            problem = f"is missing from section {number}"
            faults.append(Fault(file, 0, key, "", problem, "add it"))
        for key in sorted(set(section) - _SECTION_KEYS):
            problem = f"is not a key of section {number}"
            remedy = nearest(key, sorted(_SECTION_KEYS))
            faults.append(Fault(file, 0, key, "", problem, remedy))
    names = [s.get("name") for s in sections if isinstance(s, dict)]
    for name in sorted({str(n) for n in names if n and names.count(n) > 1}):
        faults.append(Fault(file, 0, "name", name, "names two sections", "rename one"))
    return faults


def _check_names(told: Mapping[str, Any], catalogue: Catalogue, file: str) -> list[Fault]:
    """Areas, neighbours and horizons exist."""
    faults = _check_neighbours(told, catalogue, file)
    for key, codes in (("area", [told["area"]]), ("comparators", told["comparators"])):
        for code in codes:
            if catalogue.areas and code not in catalogue.areas:
                remedy = nearest(str(code), list(catalogue.areas))
                faults.append(Fault(file, 0, key, str(code), "is no area", remedy))
    for horizon in told["horizons"]:
        if horizon not in list(Horizon):
            remedy = nearest(horizon, [str(h) for h in Horizon])
            faults.append(Fault(file, 0, "horizons", horizon, "is no horizon", remedy))
    return faults


def _check_neighbours(told: Mapping[str, Any], catalogue: Catalogue, file: str) -> list[Fault]:
    """The version of neighbours named is held for the edition's area."""
    named, area = told.get("neighbours"), str(told["area"])
    unknown = bool(catalogue.areas) and area not in catalogue.areas  # which is told already
    if named is None or unknown or catalogue.neighbours_of(area, named):
        return []
    held = [n.as_of.label for n in catalogue.neighbours if n.area == area]
    remedy = f"held: {', '.join(held)}" if held else f"neighbours.csv has none of {area}"
    return [Fault(file, 0, "neighbours", named, "is no list of neighbours held", remedy)]

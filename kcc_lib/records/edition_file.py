"""The file of an edition, `data/raw/editions/<name>.toml`: its keys, their types and names."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Catalogue
from kcc_lib.records.each_area import check_areas
from kcc_lib.records.following import check_follows
from kcc_lib.records.toml_file import read_toml
from kcc_lib.vocabulary import Horizon

ANNUAL, QUARTERLY = "annual", "quarterly"
KINDS = (ANNUAL, QUARTERLY)
_KEYS: dict[str, type] = {
    "kind": str, "title": str, "subtitle": str, "as_of": date, "method": str, "preset": str,
    "area": str, "comparators": list, "base_end": date, "horizons": dict,
    "sections": list, "neighbours": str, "options": dict, "measures_from": str, "quarter": str,
    "financial_year": str, "cover": dict, "follows": str, "areas": list,
}  # fmt: skip
_OPTIONAL = {"neighbours", "options", "measures_from", "cover", "follows", "areas"}
#: Keys that one kind of edition needs and another may lack.
_OF_QUARTERS = {"quarter", "financial_year", "cover"}
_OF_YEARS = {"base_end"}
#: Options whose usual value the pages' sentences state: 5 in 100, 95%, more than 5%.
_STATED = ("alpha", "variance", "inclusive")
_SECTION_KEYS = {"name", "notebook", "title", "parameters", "group", "each_area"}
_SECTION_OPTIONAL = {"parameters", "group", "each_area"}


def read_edition_file(
    path: Path, file: str, catalogue: Catalogue
) -> tuple[dict[str, Any], list[Fault]]:
    """Read one edition's file, with every fault of it.

    Returns
    -------
    (told, faults)
        What the file says, by key; to be used only where there is no fault.
    """
    told, faults = read_toml(path, file)
    if faults:
        return {}, faults
    faults = _check_keys(told, file)
    if not any(f.column == "sections" for f in faults):
        faults += _check_sections(told.get("sections", []), file)
    return told, faults or [
        *_check_names(told, catalogue, file), *check_areas(told, catalogue, file),
        *check_follows(told, path, file),
    ]  # fmt: skip


def _check_keys(told: Mapping[str, Any], file: str) -> list[Fault]:
    """Known keys of the right type, and those that the kind of edition needs."""
    faults = []
    for key, value in told.items():
        if key not in _KEYS:
            remedy = nearest(key, list(_KEYS), shown=len(_KEYS))
            faults.append(Fault(file, 0, key, "", "is not a key of an edition", remedy))
        elif not isinstance(value, _KEYS[key]) or isinstance(value, datetime):
            problem = f"is not a {_KEYS[key].__name__}"
            faults.append(Fault(file, 0, key, str(value)[:60], problem, "mend its type"))
    kind = told.get("kind")
    if isinstance(kind, str) and kind not in KINDS:
        faults.append(Fault(file, 0, "kind", kind, "is no kind of edition", nearest(kind, KINDS)))
    spare = _OPTIONAL | (_OF_YEARS if kind == QUARTERLY else _OF_QUARTERS)
    for key in _KEYS:
        if key not in told and key not in spare:
            faults.append(Fault(file, 0, key, "", "is missing", "add it"))
        elif kind == ANNUAL and key in _OF_QUARTERS and key in told:
            problem, remedy = "is not a key of an annual edition", "remove it, or mend the kind"
            faults.append(Fault(file, 0, key, str(told[key])[:60], problem, remedy))
    return faults


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
        for key in sorted(_SECTION_KEYS - _SECTION_OPTIONAL - set(section)):
            problem = f"is missing from section {number}"
            faults.append(Fault(file, 0, key, "", problem, "add it"))
        for key in sorted(set(section) - _SECTION_KEYS):
            problem = f"is not a key of section {number}"
            remedy = nearest(key, sorted(_SECTION_KEYS))
            faults.append(Fault(file, 0, key, "", problem, remedy))
    names = [s.get("name") for s in sections if isinstance(s, dict)]
    for name in sorted({str(n) for n in names if n and names.count(n) > 1}):
        faults.append(Fault(file, 0, "name", name, "names two sections", "rename one"))
    return faults + _check_groups([s for s in sections if isinstance(s, dict)], file)


def _check_groups(sections: list[dict[str, Any]], file: str) -> list[Fault]:
    """A group has a name, and its sections stand one after another: pages follow their order."""
    faults, closed, before = [], set(), None
    for number, section in enumerate(sections, start=1):
        group = section.get("group")
        if group is not None and not (isinstance(group, str) and group.strip()):
            problem = f"of section {number} is not a name"
            faults.append(
                Fault(file, 0, "group", str(group)[:60], problem, "name it, or remove it")
            )
            group = None
        if group != before and group in closed:
            problem, remedy = "is left and taken up again", "put its sections together"
            faults.append(Fault(file, 0, "group", str(group), problem, remedy))
        closed |= {group} - {None}
        before = group
    return faults


def _check_names(told: Mapping[str, Any], catalogue: Catalogue, file: str) -> list[Fault]:
    """Areas, neighbours and horizons exist, and no option belies what the pages say."""
    faults = _check_neighbours(told, catalogue, file)
    for name in (n for n in _STATED if n in told.get("options", {})):
        problem = "is not for an edition: its pages say 5 in 100, 95% and more than 5%"
        remedy = "remove it; kcc assess --set tries it without a page"
        faults.append(Fault(file, 0, "options", name, problem, remedy))
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

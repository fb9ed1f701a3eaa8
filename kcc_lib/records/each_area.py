"""An edition by area: the areas that have pages of their own, and which pages those are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Catalogue

if TYPE_CHECKING:  # which reads an edition's file, and so this
    from kcc_lib.records.editions import Edition


#: What an edition has of what the council printed, which is of its own area alone.
_SAID = ("published", "audit_notes", "measure_notes", "published_outcomes", "published_counts")


def one_area(edition: "Edition", area: str) -> "Edition":
    """An edition as it is shown for an area: as it is for its own, or where none is named.

    Of an edition by area it is that area's own pages; of another area than the edition's,
    without what the council printed.
    """
    if area in edition.areas:
        each = tuple(s for s in edition.sections if s.each_area)
        return replace(edition, area=area, areas=(), sections=each, neighbours="")
    if area in {"", edition.area}:
        return edition
    nothing: dict[str, Any] = {name: type(getattr(edition, name))() for name in _SAID}
    return replace(edition, **nothing)


def check_areas(told: Mapping[str, Any], catalogue: Catalogue, file: str) -> list[Fault]:
    """The areas of an edition are known, each once, and it has pages for each of them."""
    faults = []
    areas = told.get("areas")
    sections: list[dict[str, Any]] = told["sections"]
    for number, section in enumerate(sections, start=1):
        each = section.get("each_area", False)
        if not isinstance(each, bool):
            problem = f"of section {number} is neither true nor false"
            faults.append(Fault(file, 0, "each_area", str(each)[:60], problem, "mend it"))
        elif each and areas is None:
            problem = f"stands in section {number}, but the edition has no areas"
            faults.append(Fault(file, 0, "each_area", "", problem, "add them"))
    if areas is None:
        return faults
    if told["kind"] != "annual":
        remedy = "remove it, or mend the kind"
        faults.append(Fault(file, 0, "areas", "", "is not a key of a quarterly edition", remedy))
    if not areas:
        faults.append(Fault(file, 0, "areas", "", "is empty", "name the areas, or remove it"))
    for code in dict.fromkeys(map(str, areas)):
        if code not in catalogue.areas:
            remedy = nearest(code, list(catalogue.areas))
            faults.append(Fault(file, 0, "areas", code, "is no area", remedy))
        elif areas.count(code) > 1:
            faults.append(Fault(file, 0, "areas", code, "is named twice", "remove one"))
    return faults + _check_pages(sections, file)


def _check_pages(sections: list[dict[str, Any]], file: str) -> list[Fault]:
    """There are pages for each area, and a first page that leads to them."""
    each = [s for s in sections if s.get("each_area") is True]
    faults = []
    if not each:
        problem, remedy = "has no page for each area", "give a section each_area = true"
        faults.append(Fault(file, 0, "sections", "", problem, remedy))
    if sections[0].get("name") != "index" or sections[0] in each:
        problem = "does not begin with the page that leads to the areas"
        remedy = 'let the first section be named "index", without each_area'
        faults.append(Fault(file, 0, "sections", "", problem, remedy))
    return faults


def check_silence(told: Mapping[str, Any], rests_on: Mapping[str, Any], file: str) -> list[Fault]:
    """Nothing was published of an edition by area: it would be said of every area alike."""
    remedy = "take its rows out, or remove areas"
    return [
        Fault(file, 0, "areas", "", f"stands beside rows of this edition in {name}", remedy)
        for name in _SAID
        if told.get("areas") and rests_on.get(name)
    ]

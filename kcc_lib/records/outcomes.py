"""Outcomes and areas: the small lists that the catalogue and the data refer to."""

from pathlib import Path

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import StrategicOutcome, SupportingOutcome
from kcc_lib.records.cells import check_repeated, require_filled
from kcc_lib.records.lines import Contract, open_file

STRATEGIC = Contract("strategic outcomes", ("outcome", "title", "short_title", "source", "locator"))
SUPPORTING = Contract(
    "supporting outcomes", ("supporting_outcome", "outcome", "title", "source", "locator")
)
AREAS = Contract("areas", ("area", "name", "source"))


def read_strategic(raw: Path, shown: str) -> tuple[dict[str, StrategicOutcome], list[Fault]]:
    """Read the strategic outcomes."""
    lines, faults = open_file(raw, "strategic_outcomes.csv", STRATEGIC, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("outcome", "title")) + check_repeated(lines, "outcome")
    rows = lines.cells.to_dict("records")
    return {
        r["outcome"]: StrategicOutcome(r["outcome"], r["title"], r["short_title"]) for r in rows
    }, faults


def read_supporting(
    raw: Path, shown: str, strategic: dict[str, StrategicOutcome]
) -> tuple[dict[str, SupportingOutcome], list[Fault]]:
    """Read the supporting outcomes, each under a strategic outcome that exists."""
    lines, faults = open_file(raw, "supporting_outcomes.csv", SUPPORTING, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("supporting_outcome", "title"))
    faults += check_repeated(lines, "supporting_outcome")
    for row, outcome in enumerate(lines.text("outcome")):
        if strategic and outcome not in strategic:
            remedy = nearest(outcome, list(strategic))
            faults.append(lines.fault(row, "outcome", "is no strategic outcome", remedy))
    rows = lines.cells.to_dict("records")
    return {
        r["supporting_outcome"]: SupportingOutcome(
            r["supporting_outcome"], r["outcome"], r["title"]
        )
        for r in rows
    }, faults


def read_areas(raw: Path, shown: str) -> tuple[dict[str, str], list[Fault]]:
    """Read the areas: code and name."""
    lines, faults = open_file(raw, "areas.csv", AREAS, shown)
    if lines is None:
        return {}, faults
    faults += require_filled(lines, ("area", "name")) + check_repeated(lines, "area")
    return dict(zip(lines.cells["area"], lines.cells["name"], strict=True)), faults

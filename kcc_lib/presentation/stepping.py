"""From one measure to the next through an edition, and to the same measure in every report."""

from collections.abc import Sequence
from dataclasses import dataclass

from kcc_lib.measures import Catalogue
from kcc_lib.presentation.addresses import anchor, measures_page
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.quarterly.chart import anchor as kpi_anchor
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.records.editions import Edition


@dataclass(frozen=True, slots=True)
class Place:
    """Where the block of a measure or KPI stands: its id, its page, and its name in a link."""

    identifier: str
    page: str
    name: str


def measure_places(edition: Edition, catalogue: Catalogue) -> list[Place]:
    """The measures of an annual edition in the order of its pages; none that it has no page of."""
    return [
        Place(anchor(m.measure), page, f"{m.measure} {m.short_title or m.title}")
        for code, outcome in catalogue.supporting_outcomes.items()
        if (page := measures_page(edition, outcome.outcome))
        for m in catalogue.under(code)
    ]


def kpi_places(quarter: Quarter) -> list[Place]:
    """The KPIs and activities of a quarterly edition in the order of its pages."""
    return [
        Place(kpi_anchor(v), page, v.measure.title)
        for d in quarter.quarterly.directorates
        if (page := quarter.page_of(d.name))
        for v in (*quarter.kpis(d.name), *quarter.activities(d.name))
    ]


def with_steps(block: Block, places: Sequence[Place]) -> Block:
    """The block of a measure with links to the one before it and the one after it.

    A block that stands on no page has none.
    """
    at = next((i for i, p in enumerate(places) if p.identifier == block["id"]), None)
    if at is None:
        return block
    beside = [("prev", "Previous", at - 1), ("next", "Next", at + 1)]
    steps = [
        {"rel": rel, "way": way, "name": places[i].name, "href": _href(places[i], places[at])}
        for rel, way, i in beside
        if 0 <= i < len(places)
    ]
    return {**block, "steps": steps}


def _href(to: Place, here: Place) -> str:
    return f"{'' if to.page == here.page else to.page}#{to.identifier}"

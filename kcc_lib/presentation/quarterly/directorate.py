"""A directorate's page of a quarterly report: who leads it, its counts, and a card per KPI."""

from collections.abc import Sequence

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.findings import notes_on
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.matrix import kpi_table, matrix_table, other_method
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import standing
from kcc_lib.presentation.quarterly.words import NOT_HELD, directorate_sentence
from kcc_lib.presentation.stepping import Place, kpi_places, with_steps
from kcc_lib.presentation.story import headed
from kcc_lib.quarterly import Directorate


def directorate(quarter: Quarter, name: str) -> Blocks:
    """One directorate's page.

    Raises
    ------
    UnknownNameError
        If the edition has no such directorate.
    """
    found = quarter.directorate(name)
    views, activities = quarter.kpis(name), quarter.activities(name)
    matrix = standing(quarter)
    row = matrix.row(name)
    year = format_period(quarter.quarterly.financial_year)
    soft = f"Figures of {year} are {PROVISIONAL}."
    caption = f"{name}: KPIs by RAG status and direction of travel. {soft}"
    counts = matrix_table(quarter, matrix, [row], identifier="counts", alone=True, caption=caption)
    head: Block = {"kind": "heading", "level": 1, "text": name, "id": "top",
                   "kicker": quarter.edition.subtitle}  # fmt: skip
    parts: list[Block] = [
        head,
        *other_method(quarter),
        {"kind": "particulars", "items": _leaders(found)},
        {"kind": "notice", "text": soft},
        counts,
        {"kind": "prose", "markdown": directorate_sentence(row, matrix.words)},
        *notes_on(quarter.findings_on(directorate=name)),
    ]
    parts += _told(quarter, found.slug)
    places = kpi_places(quarter)
    if views:
        parts.append(_heading("Key performance indicators", "kpis-heading"))
        parts.append(kpi_table(quarter, name, views))
        parts += [_card(quarter, v, places) for v in views]
    if activities:
        parts.append(_heading("Activity indicators", "activity-heading"))
        parts += [_card(quarter, v, places) for v in activities]
    return blocks(parts)


def _card(quarter: Quarter, view: KpiView, places: Sequence[Place]) -> Block:
    """A card with its commentary and its way to the cards before and after it."""
    return with_steps(kpi_card(view, commentary=quarter.prose(view.measure.measure)), places)


def _told(quarter: Quarter, slug: str) -> list[Block]:
    """The directorate's narrative with its sub-headings; nothing where none is written."""
    if not (text := quarter.prose(slug)).strip():
        return []
    told = headed(text, quarter.written.shown(slug), under=2)
    for block in told:
        if block["kind"] == "heading":
            # a sub-heading such as "Counts" must not take the id of a part of the page
            block["id"] = f"told-{block['id']}"
    return [_heading("Commentary", "commentary"), *told]


def _heading(text: str, identifier: str) -> Block:
    return {"kind": "heading", "level": 2, "text": text, "id": identifier}


def _leaders(found: Directorate) -> list[dict[str, str]]:
    """Cabinet members and director, or that they are not held."""
    several = len(found.cabinet_members) > 1
    items = [
        {
            "name": "Cabinet members" if several else "Cabinet member",
            "text": ", ".join(found.cabinet_members) or NOT_HELD,
        },
        {"name": found.lead_role or "Director", "text": found.lead or NOT_HELD},
    ]
    return [*items, {"name": "Note", "text": found.note}] if found.note else items

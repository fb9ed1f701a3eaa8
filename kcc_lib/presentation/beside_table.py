"""The table of an edition: Kent beside England and its statistical neighbours."""

from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.beside import Surroundings
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.comparisons import listing, outcome_words, place_words
from kcc_lib.presentation.formats import (
    count_words,
    format_period,
    format_value,
    in_period,
)
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView

NOT_HELD = "not held"


def comparisons(section: Section) -> Blocks:
    """Every measure that has a comparison, beside England and in its place among neighbours."""
    around = section.around
    views = [v for v in section.views() if v.beside.wholes or v.beside.ranked]
    whole = next((v.beside.wholes[0]["name"] for v in views if v.beside.wholes), "")
    title = f"{section.area_name} beside {_companions(whole, around)}"
    head: Block = {"kind": "heading", "level": 2, "text": "Comparison with others", "id": "beside"}
    if not views:
        return blocks(head, {"kind": "notice", "text": "No figures are held to compare with."})
    told: Block = {"kind": "prose", "markdown": _introduction(section, len(views))}
    return blocks(head, told, _table(section, views, title, whole))


def _companions(whole: str, around: Surroundings) -> str:
    parts = [whole] if whole else []
    if around.listed:
        parts.append("its statistical neighbours")
    return listing(parts) if parts else "others"


def _introduction(section: Section, shown: int) -> str:
    """What the table compares, which neighbours they are, and what is later than the edition."""
    around = section.around
    said = [
        f"For {count_words(shown, 'measure')} of {len(section.catalogue.measures)} a figure of "
        "another area is held for the same period. Every comparison is of one period, the last of "
        "this report that both have a figure for, and the table names it. *Better* and *worse* "
        "are said only where the difference is larger than chance would explain at the 95% level; "
        "*not tested* means that too little is held for a test."
    ]
    if around.listed:
        names = listing([section.catalogue.areas.get(c, c) for c in around.listed.areas])
        listed = format_period(around.listed.as_of.label)
        told = (
            f"The statistical neighbours, nearest first, are {names}, as listed in {listed} "
            f"({around.listed.source}). Values that print alike share a place, and a place says "
            "nothing of chance."
        )
        if around.list_is_later:
            told += (
                " The list is later than this report, which named none; most of the neighbours' "
                f"figures are as last revised, not as known in {format_period(_month(section))}."
            )
        said.append(told)
    return "\n\n".join(said)


def _month(section: Section) -> str:
    return f"{section.edition.as_of:%b %Y}"


def _table(section: Section, views: list[MeasureView], title: str, whole: str) -> Block:
    rows: list[Block] = []
    outcome = ""
    for view in views:
        found = section.catalogue.supporting_outcomes[view.measure.supporting_outcome].outcome
        if found != outcome:
            outcome = found
            name = section.catalogue.strategic_outcomes[outcome].title
            rows.append({"group": f"Outcome {outcome}: {name}"})
        link = {"text": f"{view.measure.measure} {view.measure.short_title}",
                "href": page_of(view.measure, section.catalogue, section.edition)}  # fmt: skip
        rows.append({"cells": [link, *_whole_cells(view), _place_cell(view)]})
    columns = [
        {"name": "Measure"}, {"name": "Period"}, {"name": section.area_name, "number": True},
        {"name": whole or "Other", "number": True}, {"name": f"Beside {whole or 'it'}"},
        {"name": "Place among neighbours"},
    ]  # fmt: skip
    return {
        "kind": "table", "id": "comparisons", "caption": title, "columns": columns, "rows": rows,
    }  # fmt: skip


def _whole_cells(view: MeasureView) -> list[str]:
    """The period, both values and what the comparison came to."""
    if not view.beside.wholes:
        row = view.beside.standing
        return [
            format_period(row["period"]), format_value(view.measure, row["value"]), NOT_HELD, "–",
        ]  # fmt: skip
    row = view.beside.wholes[0]
    return [
        format_period(row["period"]),
        format_value(view.measure, row["value"]),
        format_value(view.measure, row["other_value"]),
        outcome_words(view.measure, row),
    ]


def _place_cell(view: MeasureView) -> str:
    """The place, with its period where that is not the one of the row."""
    if not view.beside.ranked:
        return NOT_HELD
    row = view.beside.standing
    place = place_words(view.measure, row)
    wholes = view.beside.wholes
    elsewhere = wholes and wholes[0]["period"] != row["period"]
    return f"{place} {in_period(row['period'])}" if elsewhere else place

"""Tables of counts and of KPIs: the matrix by directorate, and a directorate's list."""

from collections.abc import Sequence

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.chart import anchor
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import RATINGS, Matrix, Tally
from kcc_lib.presentation.quarterly.words import (
    aim_words,
    latest_words,
    previous_words,
)
from kcc_lib.vocabulary import Direction, Rag


def matrix_table(
    quarter: Quarter, matrix: Matrix, rows: Sequence[Tally], *, identifier: str, caption: str,
    alone: bool = False,
) -> Block:  # fmt: skip
    """Counts by directorate: ratings, directions, and how many KPIs there are.

    Parameters
    ----------
    alone
        For a directorate's own page: no total, and no link to the page.
    """
    body: list[Block] = [_row(t, t.name if alone else _name(quarter, t)) for t in rows]
    if not alone:
        body.append(_row(matrix.total, "All directorates") | {"total": True})
    words = [str(w) for w in matrix.words[:3]]
    names = [
        *(str(r) for r in RATINGS[:3]), "RAG N/A", *(w.capitalize() for w in words),
        "Direction N/A", "KPIs",
    ]  # fmt: skip
    return {
        "kind": "table",
        "id": identifier,
        "caption": caption,
        "columns": [{"name": "Directorate"}, *({"name": n, "number": True} for n in names)],
        "rows": body,
    }


def _row(tally: Tally, name: str | Block) -> Block:
    counts = (*tally.ratings, *tally.directions, tally.kpis)
    return {"cells": [name, *(str(c) for c in counts)]}


def _name(quarter: Quarter, tally: Tally) -> str | Block:
    href = quarter.page_of(tally.name)
    return {"text": tally.name, "href": href} if href else tally.name


def kpi_table(quarter: Quarter, name: str, views: Sequence[KpiView]) -> Block:
    """A directorate's KPIs in a line each, linked to their cards."""
    year = format_period(quarter.financial_year.label)
    rows = [
        [
            {"text": v.measure.title, "href": f"#{anchor(v)}"},
            previous_words(v),
            latest_words(v),
            aim_words(v.measure, v.aims.target),
            aim_words(v.measure, v.aims.floor),
            {"label": str(v.rag), "note": ""},
            {"label": str(v.direction), "note": ""},
        ]
        for v in views
    ]
    numbers = ("Previous", "Latest", "Target", "Floor")
    return {
        "kind": "table",
        "id": "kpis",
        "caption": f"{name}: key performance indicators. Figures of {year} are {PROVISIONAL}.",
        "columns": [
            {"name": "Indicator", "wide": True}, *({"name": n, "number": True} for n in numbers),
            {"name": "RAG status"}, {"name": "Direction"},
        ],
        "rows": rows,
    }  # fmt: skip


def other_method(quarter: Quarter) -> list[Block]:
    """A notice where the KPIs were judged by another method than the report's own."""
    own = quarter.edition.method
    others = sorted({str(m) for m in quarter.judgements["method"]} - {own})
    if not others:
        return []
    said = f"Judged by {' and '.join(others)}. The method of this report is {own}."
    return [{"kind": "notice", "text": said}]


def key_tables(words: Sequence[Direction], *, by_regression: bool) -> list[Block]:
    """The key: what each rating and each direction means, in word and shape."""
    how = "since the quarter before"
    level = "no change at the precision printed"
    if by_regression:
        how = "over the quarters shown, by regression"
        level = "no clear trend over the quarters shown"
    ratings = [
        (Rag.GREEN, "The target is met or beaten."),
        (Rag.AMBER, "The target is missed, but the floor standard * is met."),
        (Rag.RED, "The floor standard * is missed."),
        (Rag.NOT_RATED, "Not rated: a value, a target or a floor standard that is needed is "
                        "missing, or none is published."),
    ]  # fmt: skip
    better, neither, worse = words[:3]
    directions = [
        (better, f"Performance moved the good way {how}."),
        (neither, f"Performance held: {level}."),
        (worse, f"Performance moved the bad way {how}."),
        (Direction.NOT_GIVEN, "No direction: too few figures are held, or none is stated."),
    ]
    return [
        _key("key-rag", "RAG status: the latest value against target and floor standard", ratings),
        _key("key-direction", "Direction of travel: whether performance gets better or worse, "
             "whichever way the figures run", directions),
    ]  # fmt: skip


def _key(identifier: str, caption: str, rows: Sequence[tuple[str, str]]) -> Block:
    return {
        "kind": "table",
        "id": identifier,
        "caption": caption,
        "columns": [{"name": "Mark"}, {"name": "Meaning"}],
        "rows": [[{"label": str(word), "note": ""}, meaning] for word, meaning in rows],
    }

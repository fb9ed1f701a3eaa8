"""What an annual edition holds: its measures with figures, their windows and breaks in series."""

from collections.abc import Sequence

from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import format_period, named_span
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import BreakGrade


def annual_tables(section: Section) -> list[Block]:
    """Measures with figures by outcome, the window of each, and breaks in series."""
    views = section.views()
    return [
        _coverage_table(section), _series_table(section, views), _break_table(section, views)
    ]  # fmt: skip


def _coverage_table(section: Section) -> Block:
    rows = []
    for outcome in section.catalogue.strategic_outcomes.values():
        views = [section.view(m.measure) for m in section.catalogue.under(outcome.outcome)]
        held = [v for v in views if len(v.held)]
        exact = [v for v in held if v.measure.series_match == "exact"]
        national = [v for v in held if len(v.other_held)]
        row = [
            f"{outcome.outcome} {outcome.short_title}",
            len(views),
            len(held),
            len(exact),
            len(national),
        ]
        rows.append([str(cell) for cell in row])
    total = [sum(int(row[i]) for row in rows) for i in range(1, 5)]
    rows.append(["All outcomes", *(str(t) for t in total)])
    names = ("Measures", "With figures in this edition", "Of these, published definition",
             "With a national figure")  # fmt: skip
    return {
        "kind": "table",
        "id": "coverage",
        "caption": "Measures and the figures held for them",
        "columns": [{"name": "Outcome"}, *({"name": n, "number": True} for n in names)],
        "rows": rows,
    }


def _series_table(section: Section, views: Sequence[MeasureView]) -> Block:
    """One row for each measure with figures: its window, and what of it is held."""
    rows: list[Block] = []
    basis = {w.measure: w.basis for w in section.edition.windows}
    for view in views:
        if view.held.empty:
            continue
        long_term = view.verdicts[-1].row
        complete = Reason.WINDOW_INCOMPLETE not in str(long_term["reasons"]).split()
        first, last = view.held.iloc[0], view.held.iloc[-1]
        cells = [
            {"text": f"{view.measure.measure} {view.measure.short_title}",
             "href": page_of(view.measure, section.catalogue, section.edition)},
            named_span(str(first["period"]), str(last["period"])),
            str(len(view.held)),
            "complete" if complete else "some periods not held",
            basis.get(view.measure.measure, ""),
        ]  # fmt: skip
        rows.append({"cells": cells})
    names = ("Measure", "Periods shown", "Points", "Window", "Why these periods")
    return {
        "kind": "table",
        "id": "windows",
        "caption": "Figures shown in this edition, and the window each is judged over",
        "columns": [{"name": n, "number": n == "Points"} for n in names],
        "rows": rows,
    }


def _break_table(section: Section, views: Sequence[MeasureView]) -> Block:
    rows = [
        {
            "cells": [
                {"text": f"{v.measure.measure} {v.measure.short_title}",
                 "href": page_of(v.measure, section.catalogue, section.edition)},
                format_period(b.period.label),
                "hard: nothing is compared across it" if b.grade is BreakGrade.HARD
                else "noted: compared across it, and said",
                b.reason,
            ]
        }
        for v in views
        for b in v.measure.breaks
        if b.period.end <= section.edition.as_of
    ]  # fmt: skip
    return {
        "kind": "table",
        "id": "breaks",
        "caption": "Breaks in series",
        "columns": [{"name": n} for n in ("Measure", "Before", "Grade", "What changed")],
        "rows": rows,
    }

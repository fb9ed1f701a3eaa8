"""The progress summary: every measure under its supporting outcome, with both judgements."""

from collections.abc import Sequence

from kcc_lib.measures import Catalogue, Measure
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.measure_block import anchor
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis


def summary_table(
    views: Sequence[MeasureView], catalogue: Catalogue, caption: str, *, same_page: bool
) -> Block:
    """Rows grouped under supporting outcomes, linked to each measure's own block.

    Parameters
    ----------
    same_page
        Whether the measures stand on this page, or on their outcome's.
    """
    headings = [v.heading for v in views[0].verdicts] if views else []
    rows: list[Block] = []
    group = ""
    for view in views:
        measure = view.measure
        if measure.supporting_outcome != group:
            found = catalogue.supporting_outcomes[measure.supporting_outcome]
            if not same_page and not group.startswith(found.outcome):
                outcome = catalogue.strategic_outcomes[found.outcome]
                rows.append({"group": f"Outcome {found.outcome}: {outcome.title}", "top": True})
            group = measure.supporting_outcome
            rows.append({"group": f"{group} {catalogue.supporting_outcomes[group].title}"})
        href = f"#{anchor(measure.measure)}" if same_page else page_of(measure, catalogue)
        rows.append(
            {
                "cells": [
                    {"text": f"{measure.measure} {measure.title}", "href": href},
                    *({"label": v.label, "note": _note(v)} for v in view.verdicts),
                ],
                "find": f"{measure.measure} {measure.title} {measure.short_title}".lower(),
                "labels": [v.label for v in view.verdicts],
            }
        )
    return {
        "kind": "table",
        "id": "progress-summary",
        "caption": caption,
        "columns": [{"name": "Measure"}, *({"name": h} for h in headings)],
        "rows": rows,
        "filter": not same_page,
    }


def _note(verdict: Verdict) -> str:
    """What a summary cell adds: that ours differs, or nothing."""
    if verdict.recomputed and verdict.published and verdict.ours != verdict.published:
        rule = " (5% rule)" if verdict.row["basis"] == Basis.VARIANCE else ""
        return f"recomputed: {verdict.ours}{rule}"
    return ""


def page_of(measure: Measure, catalogue: Catalogue) -> str:
    """The address of a measure's block from another page of the edition."""
    outcome = catalogue.supporting_outcomes[measure.supporting_outcome].outcome
    return f"outcome-{outcome}.html#{anchor(measure.measure)}"

"""The progress summary: every measure under its supporting outcome, with both judgements."""

from collections.abc import Mapping, Sequence

from kcc_lib.measures import Catalogue
from kcc_lib.presentation.addresses import anchor
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis
from kcc_lib.vocabulary import Label

_WORDS = (
    Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE, Label.NOT_JUDGED,
)  # fmt: skip


def summary_table(
    views: Sequence[MeasureView],
    catalogue: Catalogue,
    caption: str,
    *,
    pages: Mapping[str, str] | None = None,
) -> Block:
    """Rows grouped under supporting outcomes, linked to each measure's own block.

    Parameters
    ----------
    pages
        The page of each supporting outcome's measures, by its code; without them the
        measures stand on this page.
    """
    headings = [v.heading for v in views[0].verdicts] if views else []
    rows: list[Block] = []
    group = ""
    for view in views:
        measure = view.measure
        if measure.supporting_outcome != group:
            found = catalogue.supporting_outcomes[measure.supporting_outcome]
            if pages is not None and not group.startswith(found.outcome):
                outcome = catalogue.strategic_outcomes[found.outcome]
                rows.append({"group": f"Outcome {found.outcome}: {outcome.title}", "top": True})
            group = measure.supporting_outcome
            rows.append({"group": f"{group} {catalogue.supporting_outcomes[group].title}"})
        page = pages[measure.supporting_outcome] if pages is not None else ""
        href = f"{page}#{anchor(measure.measure)}" if page or pages is None else ""
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
        "filter": pages is not None,
        "choices": judgement_choices(headings),
    }


def judgement_choices(headings: Sequence[str]) -> list[Block]:
    """What a reader may choose under each heading: any judgement, or one."""
    options = [str(word) for word in _WORDS]
    return [{"name": h, "any": "Any judgement", "options": options} for h in headings]


def _note(verdict: Verdict) -> str:
    """What a summary cell adds: that ours differs, or nothing."""
    if verdict.recomputed and verdict.published and verdict.ours != verdict.published:
        rule = " (5% rule)" if verdict.row["basis"] == Basis.VARIANCE else ""
        return f"recomputed: {verdict.ours}{rule}"
    return ""

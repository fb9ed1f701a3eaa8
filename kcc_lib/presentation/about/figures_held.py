"""What an edition's figures can bear: what is held, what is not, and every mark on them."""

import math
from collections import Counter
from collections.abc import Sequence

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words, format_period
from kcc_lib.presentation.quality import annual_tables
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.story import headed
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Flag, Label, Rag

_WITHOUT = (Label.NOT_JUDGED, Label.NOT_APPLICABLE)
#: Reasons for which nothing can be judged, as against caveats of what was.
_MISSING = (
    Reason.NO_SERIES, Reason.OUTSIDE_WINDOW, Reason.PERIOD_MISSING, Reason.TOO_FEW_POINTS,
    Reason.BREAK_HARD, Reason.NO_UNCERTAINTY, Reason.START_NOT_COMPARABLE, Reason.NO_POLARITY,
    Reason.NO_TARGET, Reason.STATISTIC_UNKNOWN,
)  # fmt: skip


def data_quality(report: Report) -> Blocks:
    """What is held, what is not, and every mark that a reader should know of.

    Parameters
    ----------
    report
        An edition of either kind; a passage `data_quality` stands first where there is one.
    """
    told: list[Block] = []
    if report.written.has("data_quality"):
        text = report.prose("data_quality")
        told = headed(text, report.written.shown("data_quality"), under=2)
    quarterly = isinstance(report, Quarter)
    tables = _quarterly_tables(report) if isinstance(report, Quarter) else annual_tables(report)
    return blocks(
        {"kind": "heading", "level": 2, "text": "Data quality", "id": "quality"},
        told,
        tables,
        {"kind": "heading", "level": 3, "text": "What is not held", "id": "missing"},
        {"kind": "prose", "markdown": _missing_sentence(report)},
        _reasons_table(report),
        {"kind": "heading", "level": 3, "text": "Marks on the figures", "id": "marks"},
        {"kind": "prose", "markdown": _marks_sentence(report, quarterly=quarterly)},
        flag_table(report),
    )


def flag_table(report: Report) -> Block:
    """How many of the area's figures shown bear each flag."""
    marks = _marks(report)
    rows = [[str(f), f.meaning, str(marks[str(f)])] for f in Flag]
    return {
        "kind": "table",
        "id": "flags",
        "caption": f"Flags on the figures shown for {report.area_name}",
        "columns": [{"name": "Flag"}, {"name": "Meaning"}, {"name": "Figures", "number": True}],
        "rows": rows,
    }


def _marks(report: Report) -> Counter[str]:
    own = report.shown[report.shown["area"] == report.area]
    return Counter(mark for flags in own["flags"] for mark in str(flags).split())


def _marks_sentence(report: Report, *, quarterly: bool) -> str:
    """How many figures bear a mark at all, and what holds for all of a quarter's year."""
    own = report.shown[report.shown["area"] == report.area]
    marked = int(own["flags"].astype(str).str.strip().ne("").sum())
    said = f"Of {count_words(len(own), 'figure')} shown for {report.area_name}, {marked} "
    said += "have a mark beside them" if marked != 1 else "has a mark beside it"
    if isinstance(report, Quarter) and quarterly:
        year, held = report.financial_year, own[own["value"].notna()]
        ends = held["period_end"].map(lambda day: year.start <= day.date() <= year.end)
        said += f". All {int(ends.sum())} of {format_period(year.label)} that are held are "
        said += f"{PROVISIONAL}, marked or not"
    return f"{said}."


def _missing_sentence(report: Report) -> str:
    """How many judgements could not be worked out here, of how many."""
    rows = report.judgements[report.judgements["area"] == report.area]
    without = int(rows["label"].isin([str(w) for w in _WITHOUT]).sum())
    if not without:
        return "Every judgement could be worked out from the figures held."
    return (
        f"Of {count_words(len(rows), 'judgement')}, {without} could not be worked out here from "
        "what is held. Each page gives the reason beside the measure."
    )


def _reasons_table(report: Report) -> list[Block]:
    """Why, with how often; one judgement may have several reasons."""
    rows = report.judgements[report.judgements["area"] == report.area]
    bare = rows[rows["label"].isin([str(w) for w in _WITHOUT])]
    found = Counter(code for told in bare["reasons"] for code in str(told).split())
    counted = [(reason, found[str(reason)]) for reason in _MISSING if found[str(reason)]]
    if not counted:
        return []
    ordered = sorted(counted, key=lambda pair: -pair[1])
    cells = [[f"{r.meaning[0].upper()}{r.meaning[1:]}", str(n)] for r, n in ordered]
    return [{
        "kind": "table", "id": "not-held",
        "caption": "Why a judgement could not be worked out; one may have several reasons",
        "columns": [{"name": "Reason", "wide": True}, {"name": "Judgements", "number": True}],
        "rows": cells,
    }]  # fmt: skip


def _quarterly_tables(quarter: Quarter) -> list[Block]:
    """What is held of the KPIs of each directorate, and of all."""
    groups = [(d.name, quarter.kpis(d.name)) for d in quarter.quarterly.directorates]
    rows: list[list[str] | Block] = [[name, *_held(views)] for name, views in groups if views]
    total = {"cells": ["All directorates", *_held(quarter.kpis())], "total": True}
    names = ("KPIs", "With a figure for the quarter", "With a target", "With a floor standard",
             "With a RAG status", "With a direction")  # fmt: skip
    return [{
        "kind": "table", "id": "coverage", "caption": "What is held of each directorate's KPIs",
        "columns": [{"name": "Directorate"}, *({"name": n, "number": True} for n in names)],
        "rows": [*rows, total],
    }]  # fmt: skip


def _held(views: Sequence[KpiView]) -> list[str]:
    def many(*good: bool) -> str:
        return str(sum(good))

    return [
        str(len(views)),
        many(*(not math.isnan(v.value) for v in views)),
        many(*(not math.isnan(v.aims.target) for v in views)),
        many(*(not math.isnan(v.aims.floor) for v in views)),
        many(*(v.rag is not Rag.NOT_RATED for v in views)),
        many(*(v.direction is not Direction.NOT_GIVEN for v in views)),
    ]

"""An annual edition's measures and outcomes as tables and objects."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.presentation.account import account_of
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.by_measure import some_rows
from kcc_lib.presentation.downloads.tables import DataTable, table_of, table_of_frame
from kcc_lib.presentation.explanations import agreement_words
from kcc_lib.presentation.formats import flag_words, format_period
from kcc_lib.presentation.measure_block import source_line
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.sentences import (
    break_sentences,
    caption,
    chart_title,
    description,
)
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Basis

#: Columns of a measure's tables that its object says once.
SAID_ONCE = ("measure", "title", "supporting_outcome", "directorate", "unit", "polarity", "kind")
#: What a row of the figures is made of.
_FIGURE = ("area", "period", "value", "lower_ci", "upper_ci", "flags", "source", "note")
Record = dict[str, Any]


def figures(section: Section, views: Iterable[MeasureView]) -> DataTable:
    """What the data tables of the pages show, unrounded: the area's figures and the comparator's.

    Parameters
    ----------
    views
        Of the measures wanted, in order.
    """
    return table_of("figures", [row for v in views for row in _figures(section, v)])


def _figures(section: Section, view: MeasureView) -> list[Record]:
    areas = section.catalogue.areas
    return [
        _identity(view)
        | {"unit": view.measure.unit, "polarity": str(view.measure.polarity or "")}
        | place(str(row["area"]), areas)
        | figure(row)
        | {"lower_ci": row["lower_ci"], "upper_ci": row["upper_ci"]}
        for points in (view.points, view.other)
        for row in some_rows(points, _FIGURE)
    ]


def place(area: str, areas: Mapping[str, str]) -> Record:
    """An area's code and name."""
    return {"area": area, "area_name": areas.get(area, area)}


def figure(row: Mapping[Any, Any]) -> Record:
    """One observation: its period, value, flags and where it comes from."""
    return {
        "period": row["period"], "period_in_words": format_period(str(row["period"])),
        "value": row["value"], "flags": row["flags"],
        "flags_in_words": flag_words(str(row["flags"])),
        "source": row.get("source", ""), "note": row.get("note", ""),
    }  # fmt: skip


def judgements(section: Section, views: Iterable[MeasureView]) -> DataTable:
    """The judgements of measures over every horizon, with their reasons in words."""
    return table_of(
        "measure_judgements", [_judgement(section, v, one) for v in views for one in v.verdicts]
    )


def _judgement(section: Section, view: MeasureView, verdict: Verdict) -> Record:
    same = ("horizon", "published_label", "label", "agrees", "period_from", "period_to",
            "value_from", "value_to", "change", "p_value")  # fmt: skip
    return (
        _identity(view)
        | place(str(verdict.row["area"]), section.catalogue.areas)
        | {name: verdict.row[name] for name in same}
        | {
            "horizon_in_words": verdict.heading, "judgement": verdict.label,
            "standing": agreement_words(verdict), "unit": view.measure.unit,
        }
        | grounds_of(verdict.row)
    )  # fmt: skip


def grounds_of(row: Mapping[str, Any]) -> Record:
    """What a judgement rests on and what qualifies it, as codes and in words."""
    basis, reasons = str(row.get("basis", "")), str(row.get("reasons", ""))
    p = float(row.get("p_value", math.nan))
    return {
        "basis": basis, "basis_in_words": Basis(basis).meaning if basis else "",
        "method": row.get("method", ""), "reasons": reasons,
        "reasons_in_words": "; ".join(r.of(p) for r in reason_codes(reasons)),
    }  # fmt: skip


def _identity(view: MeasureView) -> Record:
    measure = view.measure
    return {
        "measure": measure.measure, "title": measure.title,
        "supporting_outcome": measure.supporting_outcome,
    }  # fmt: skip


def outcome_words_table(section: Section) -> DataTable:
    """The words of supporting outcomes, where the edition printed any."""
    return table_of_frame("outcomes", section.outcomes)


def measure_object(section: Section, view: MeasureView, tables: Sequence[DataTable]) -> Record:
    """Everything a page shows of one measure, in one object.

    Parameters
    ----------
    tables
        Its figures and its judgements.
    """
    measure = view.measure
    code = measure.supporting_outcome
    noted = [*break_sentences(view, shown=False), measure.notes, view.note]
    told = {
        "short_title": measure.short_title, "kind": measure.kind,
        "outcome": section.catalogue.supporting_outcomes[code].outcome,
        "statistic": measure.statistic, "unit": measure.unit, "polarity": measure.polarity,
        "decimals": measure.decimals, "period_type": measure.period_type,
        "frequency": measure.frequency, "caption": caption(view), "source": source_line(view),
        "page": f"../../{page_of(measure, section.catalogue, section.edition)}",
        "notes": " ".join(s for s in noted if s),
    }  # fmt: skip
    drawn = None if view.held.empty else (chart_title(view), description(view))
    evidence = [{"heading": p.heading, "said": list(p.said)} for p in account_of(view)]
    return whole(table_of("measure", [_identity(view) | told]), tables, drawn, evidence)


def whole(
    identity: DataTable,
    tables: Sequence[DataTable],
    drawn: tuple[str, str] | None,
    evidence: Sequence[Record],
) -> Record:
    """One object of what a measure is, its figures, its judgements, its grounds and its chart.

    Parameters
    ----------
    drawn
        The name and the description of its chart; None where there is none.
    """
    told: Record = dict(identity.records[0])
    figures_held, judged = (t.without(SAID_ONCE).records for t in tables)
    chart = None
    if drawn:
        title, said = drawn
        chart = {"title": title, "description": said}
    return told | {
        "figures": figures_held, "judgements": judged, "evidence": list(evidence), "chart": chart,
    }  # fmt: skip

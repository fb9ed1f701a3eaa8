"""What the choice of method does: every measure by every method, and why they differ."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kcc_lib.judgement.methods import METHODS
from kcc_lib.judgement.roll_up import roll_up
from kcc_lib.measures import Measure
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.explanations import p_words
from kcc_lib.presentation.formats import count_words, format_change, format_number
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.summary import page_of
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label

Row = Mapping[str, Any]
_SHORT = "the last change"
_LONG = "the trend"
#: Which horizon of each method answers which question; `xmr` answers neither.
_ASKED = {
    ("significance-2019", Horizon.ONE_YEAR): _SHORT,
    ("variance-2017", Horizon.ONE_YEAR): _SHORT,
    ("last-quarter-2017", Horizon.QUARTER): _SHORT,
    ("significance-2019", Horizon.LONG_TERM): _LONG,
    ("variance-2017", Horizon.LONG_TERM): _LONG,
    ("regression-2020", Horizon.QUARTER): _LONG,
    ("recent-trend", Horizon.LONG_TERM): _LONG,
}
_WORDS = (Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE,
          Label.NOT_JUDGED)  # fmt: skip
_VERDICTS = {str(w) for w in _WORDS[:3]}


def method_comparison(section: Section, by_method: Mapping[str, pd.DataFrame]) -> Blocks:
    """Every measure judged by every method, and the measures on which they differ.

    Parameters
    ----------
    section
        The edition's own section.
    by_method
        Judgements of the same series, by the name of each way of judging, as
        `assess_by_every_method` returns them.
    """
    frames = {name: f[f["area"] == section.area] for name, f in by_method.items()}
    head: Block = {"kind": "heading", "level": 2, "text": "What the choice of method does",
                   "id": "methods-compared"}  # fmt: skip
    return blocks(
        head,
        {"kind": "prose", "markdown": _introduction(frames)},
        _methods_table(frames),
        _counts_table(section, frames),
        _differences_table(section, frames, _SHORT),
        _differences_table(section, frames, _LONG),
        _outcomes_table(section, frames),
    )


def _introduction(frames: Mapping[str, pd.DataFrame]) -> str:
    ways = count_words(len(frames), "way")
    return (
        f"The council has changed its method between reports. Below, the same figures are judged "
        f"in {ways}, over the windows of this edition. A difference here is a difference "
        "of method alone: the data are the same. The published judgements stay as they are."
    )


def _methods_table(frames: Mapping[str, pd.DataFrame]) -> Block:
    rows = [[name, METHODS[_method_of(name)].words.capitalize()] for name in frames]
    return {
        "kind": "table",
        "id": "methods",
        "caption": "The ways of judging compared",
        "columns": [{"name": "Method"}, {"name": "What it does"}],
        "rows": rows,
    }


def _method_of(name: str) -> str:
    return name.split(",", maxsplit=1)[0]


def _counts_table(section: Section, frames: Mapping[str, pd.DataFrame]) -> Block:
    """How many measures each method gives each word."""
    rows = []
    for horizon in (Horizon.ONE_YEAR, Horizon.LONG_TERM):
        published = [p.label for p in section.edition.published if p.horizon is horizon]
        if published:
            counts = [str(published.count(w)) for w in _WORDS]
            rows.append(["As published", section.edition.horizons[horizon], *counts])
    for name, frame in frames.items():
        for over, part in frame.groupby("horizon", sort=False):
            counts = [str(int((part["label"] == str(w)).sum())) for w in _WORDS]
            rows.append([name, _span(name, Horizon(str(over))), *counts])
    numbers = [{"name": str(w), "number": True} for w in _WORDS]
    return {
        "kind": "table",
        "id": "method-counts",
        "caption": f"How many of {len(section.catalogue.measures)} measures each method judges so",
        "columns": [{"name": "Method"}, {"name": "Over"}, *numbers],
        "rows": rows,
    }


def _span(name: str, horizon: Horizon) -> str:
    """How far back a method's judgement looks, in words."""
    method = _method_of(name)
    if horizon is Horizon.ONE_YEAR:
        return "1 year"
    return {
        "significance-2019": "the window",
        "variance-2017": "3 years, or 2",
        "regression-2020": "the window",
        "recent-trend": "5 points",
        "last-quarter-2017": "the last period",
        "xmr": "all points",
    }.get(method, str(horizon))


def _differences_table(
    section: Section, frames: Mapping[str, pd.DataFrame], asked: str
) -> list[Block]:
    """The measures that some methods judge differently, with what each rests on."""
    rows_of = {name: _rows_asked(name, frame, asked) for name, frame in frames.items()}
    names = [name for name, rows in rows_of.items() if rows]
    rows: list[Block] = []
    for code, measure in section.catalogue.measures.items():
        found = {n: rows_of[n][code] for n in names if code in rows_of[n]}
        if len({r["label"] for r in found.values() if r["label"] in _VERDICTS}) < 2:
            continue
        link = {
            "text": f"{code} {measure.short_title}",
            "href": page_of(measure, section.catalogue),
        }
        labels = [{"label": found[n]["label"]} for n in names]
        rows.append({"cells": [link, *labels, _why(measure, list(found.values()))]})
    if not rows:
        return []
    total = count_words(len(rows), "measure")
    return [
        {
            "kind": "table",
            "id": f"differ-{asked.rsplit(maxsplit=1)[-1]}",
            "caption": f"{total} judged differently by some method: {asked}",
            "columns": [{"name": "Measure"}, *({"name": n} for n in names), {"name": "Why"}],
            "rows": rows,
        }
    ]


def _rows_asked(name: str, frame: pd.DataFrame, asked: str) -> dict[str, Row]:
    """A method's judgements of one question, by measure."""
    wanted = [h for (m, h), q in _ASKED.items() if m == _method_of(name) and q == asked]
    part = frame[frame["horizon"].isin([str(h) for h in wanted])]
    return {str(r["measure"]): {str(k): v for k, v in r.items()} for r in part.to_dict("records")}


def _why(measure: Measure, rows: Sequence[Row]) -> str:
    """What each method's answer rests on, each clause said once."""
    clauses = dict.fromkeys(c for r in rows if (c := _clause(measure, r)))
    text = "; ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _clause(measure: Measure, row: Row) -> str:
    """What one judgement rests on, in a clause; "" where there is none."""
    basis = Basis(row["basis"])
    if basis is Basis.NONE or row["label"] not in _VERDICTS:
        return ""
    size = abs(row["change"])
    said = {
        Basis.VARIANCE_POINTS: f"the change is {format_change(measure, size)}",
        Basis.LAST_PERIOD: "any change of the printed value counts",
        Basis.INTERVAL_OVERLAP: "the two intervals "
        + ("do not overlap" if size > row["detectable_change"] else "overlap"),
        Basis.WEIGHTED_TREND: "chi-squared of the weighted trend is "
        + format_number(row["statistic"], 1),
    }
    if basis is Basis.VARIANCE:
        return _variance_clause(row)
    return said.get(basis) or _test_clause(row, basis)


def _variance_clause(row: Row) -> str:
    share = format_number(abs(row["change"] / row["value_from"]) * 100, 1)
    side = "more" if row["label"] != Label.MAINTAINING else "not more"
    return f"the change{_years(row)} is {share}% of the earlier value, {side} than 5%"


def _test_clause(row: Row, basis: Basis) -> str:
    if math.isnan(row["p_value"]):
        straight = Reason.PERFECT_FIT in str(row["reasons"]).split()
        return "the points lie on a straight line" if straight else ""
    subject = "the line's slope" if basis is Basis.TREND else "the test of two periods"
    return f"{subject} has {p_words(row['p_value'])}"


def _years(row: Row) -> str:
    if row["horizon"] == Horizon.ONE_YEAR:
        return ""
    shorter = Reason.TWO_YEAR_FALLBACK in str(row["reasons"]).split()
    return " over two years" if shorter else " over three years"


def _outcomes_table(section: Section, frames: Mapping[str, pd.DataFrame]) -> Block:
    """Supporting outcomes by the roll-up rule of the 2017 report, under each method."""
    columns, cells = [], {}
    for name, frame in frames.items():
        rolled = roll_up(frame, section.catalogue.measures)
        for horizon, part in rolled.groupby("horizon", sort=False):
            if (_method_of(name), Horizon(str(horizon))) not in _ASKED:
                continue
            if not part["judged"].any():
                continue
            heading = f"{name}, {_span(name, Horizon(str(horizon)))}"
            columns.append(heading)
            for row in part.to_dict("records"):
                note = f"{row['judged']} of {row['measures']}"
                cells[(row["outcome"], heading)] = {"label": row["label"], "note": note}
    blank = {"label": str(Label.NOT_JUDGED), "note": ""}
    rows = [
        {"cells": [f"{code} {s.title}", *(cells.get((code, c), blank) for c in columns)]}
        for code, s in section.catalogue.supporting_outcomes.items()
    ]
    return {
        "kind": "table",
        "id": "outcomes-by-method",
        "caption": "Supporting outcomes if their measures were combined by the rule of the 2017 "
        "report, with how many measures each word rests on",
        "columns": [{"name": "Supporting outcome"}, *({"name": c} for c in columns)],
        "rows": rows,
    }

"""What the choice of method does: every measure by every method, and why they differ."""

from collections.abc import Mapping

import pandas as pd

from kcc_lib.judgement.methods import METHODS
from kcc_lib.judgement.roll_up import roll_up
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.grounds import VERDICTS, Row, grounds
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.settings import settings_told
from kcc_lib.vocabulary import Horizon, Label

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
#: Calls every change that is printed at all, so that it differs from the rest nearly always.
_CALLS_ALL = "last-quarter-2017"
_WORDS = (Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE,
          Label.NOT_JUDGED)  # fmt: skip


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
        "of method alone: the data are the same. The published judgements stay as they are. "
        f"{_CALLS_ALL} calls every change that shows in print, so a measure is listed below only "
        "where other methods differ."
    )


def _methods_table(frames: Mapping[str, pd.DataFrame]) -> Block:
    methods = {name: METHODS[_method_of(name)] for name in frames}
    rows = [
        [name, f"{m.words[:1].upper()}{m.words[1:]}{_differing(name, frames)}", m.origin]
        for name, m in methods.items()
    ]
    return {
        "kind": "table",
        "id": "methods",
        "caption": "The ways of judging compared",
        "columns": [{"name": "Method"}, {"name": "What it does"}, {"name": "Whose it is"}],
        "rows": rows,
    }


def _differing(name: str, frames: Mapping[str, pd.DataFrame]) -> str:
    """What its preset chooses that another of the same method does not; "" where it is alone."""
    method = METHODS[_method_of(name)]
    told = {
        n: settings_told(method, method.presets[n.partition(", ")[2]])
        for n in frames if n.partition(", ")[2] and _method_of(n) == method.name
    }  # fmt: skip
    if len(told) < 2:
        return ""
    own = told.pop(name)
    said = [f"{what}: {words}" for what, words in own.items()
            if any(other[what] != words for other in told.values())]  # fmt: skip
    return f". {'. '.join(said)}"


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
    differ = _codes_that_differ(rows_of)
    judged = {
        n
        for n, rows in rows_of.items()
        if any(rows[c]["label"] in VERDICTS for c in differ if c in rows)
    }
    names = [name for name in rows_of if name in judged]
    rows: list[Block] = []
    for code, measure in section.catalogue.measures.items():
        if code not in differ:
            continue
        found = {n: rows_of[n][code] for n in names}
        link = {
            "text": f"{code} {measure.short_title}",
            "href": page_of(measure, section.catalogue, section.edition),
        }
        labels = [{"label": found[n]["label"], "note": ""} for n in names]
        rows.append({"cells": [link, *labels, grounds(measure, list(found.values()))]})
    if not rows:
        return []
    total = count_words(len(rows), "measure")
    return [
        {
            "kind": "table",
            "id": f"differ-{asked.rsplit(maxsplit=1)[-1]}",
            "caption": f"{total} judged differently by some method: {asked}",
            "columns": [
                {"name": "Measure"},
                *({"name": n} for n in names),
                {"name": "Why", "wide": True},
            ],
            "rows": rows,
        }
    ]


def _codes_that_differ(rows_of: Mapping[str, Mapping[str, Row]]) -> set[str]:
    """The measures to which two methods give different verdicts."""
    said: dict[str, set[str]] = {}
    for name, rows in rows_of.items():
        if name != _CALLS_ALL:
            for code, row in rows.items():
                said.setdefault(code, set()).add(str(row["label"]))
    return {code for code, labels in said.items() if len(labels & VERDICTS) > 1}


def _rows_asked(name: str, frame: pd.DataFrame, asked: str) -> dict[str, Row]:
    """A method's judgements of one question, by measure."""
    wanted = [h for (m, h), q in _ASKED.items() if m == _method_of(name) and q == asked]
    part = frame[frame["horizon"].isin([str(h) for h in wanted])]
    return {str(r["measure"]): {str(k): v for k, v in r.items()} for r in part.to_dict("records")}


def _outcomes_table(section: Section, frames: Mapping[str, pd.DataFrame]) -> list[Block]:
    """Supporting outcomes by the roll-up rule of the 2017 report, under the annual methods."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    columns: list[str] = []
    for name, frame in _annual(section, frames).items():
        rolled = roll_up(frame, section.catalogue.measures)
        for over, part in rolled.groupby("horizon", sort=False):
            column = f"{name}, {_span(name, Horizon(str(over)))}"
            columns.append(column)
            for row in part[part["judged"] > 0].to_dict("records"):
                note = f"{row['judged']} of {row['measures']}"
                cells[(str(row["outcome"]), column)] = {"label": str(row["label"]), "note": note}
    blank = {"label": str(Label.NOT_JUDGED), "note": ""}
    known = {code for code, _ in cells}
    rows = [
        {"cells": [f"{code} {s.title}", *(cells.get((code, c), blank) for c in columns)]}
        for code, s in section.catalogue.supporting_outcomes.items()
        if code in known
    ]
    return [
        {
            "kind": "table",
            "id": "outcomes-by-method",
            "caption": "Supporting outcomes, if the judgements made here were combined by the rule "
            "of the 2017 report: with how many measures each word rests on",
            "columns": [{"name": "Supporting outcome"}, *({"name": c} for c in columns)],
            "rows": rows,
        }
    ] if rows else []  # fmt: skip


def _annual(section: Section, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The edition's own way of judging, and that of the 2017 report."""
    own = f"{section.edition.method}, {section.edition.preset}"
    wanted = {own, section.edition.method, "variance-2017"}
    return {name: frame for name, frame in frames.items() if name in wanted}

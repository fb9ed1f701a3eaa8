"""Figures since the edition before: later periods, what is revised, and breaks between."""

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import count_words, format_period, format_value
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import shown_points
from kcc_lib.records.editions import Edition
from kcc_lib.records.figures import Figure, known_by
from kcc_lib.vocabulary import Flag

#: A figure's last row in each edition, by measure; none where the edition shows no figure.
Latest = dict[str, dict[Hashable, Any]]


def figures_since(section: Section, before: Edition) -> list[Block]:
    """New periods, revised values and breaks, each with its heading."""
    earlier = shown_points(section.observations, before.windows, before.base_end)
    earlier = earlier[earlier["area"] == section.area]
    shown = section.shown[section.shown["area"] == section.area]
    then, now = _latest(earlier), _latest(shown)
    return [
        {"kind": "heading", "level": 2, "text": "New periods", "id": "periods"},
        *_periods(section, before, then, now),
        {"kind": "heading", "level": 2, "text": "Revised figures", "id": "revised"},
        {"kind": "notes", "items": [_printed(section, before), _marked(earlier)]},
        {"kind": "heading", "level": 2, "text": "Breaks in series", "id": "breaks"},
        {"kind": "notes", "items": _breaks(section, then, now)},
    ]


def _latest(points: pd.DataFrame) -> Latest:
    held = points[points["value"].notna()].sort_values(["measure", "time"], kind="stable")
    last = held.drop_duplicates("measure", keep="last")
    return {str(row["measure"]): row for row in last.to_dict("records")}


def _periods(section: Section, before: Edition, then: Latest, now: Latest) -> list[Block]:
    measures = section.catalogue.measures
    both = [c for c in measures if c in then and c in now]
    later = [c for c in both if now[c]["time"] > then[c]["time"]]
    one = sum((c in then) != (c in now) for c in measures)
    none = len(measures) - len(both) - one
    told = (
        f"{len(later)} of the {count_words(len(measures), 'measure')} show a later figure than "
        f"the last report could, {len(both) - len(later)} the same one. For {one} a figure is "
        f"held for one of the two reports only, and for {none} for neither."
    )
    rows = [
        [
            {"text": f"{c} {measures[c].short_title}",
             "href": page_of(measures[c], section.catalogue, section.edition)},
            _cell(measures[c], then[c]),
            _cell(measures[c], now[c]),
        ]
        for c in later
    ]  # fmt: skip
    table: Block = {
        "kind": "table",
        "id": "later-figures",
        "caption": f"Latest figure of {section.area_name} that each report shows",
        "columns": [
            {"name": "Measure"}, {"name": before.subtitle}, {"name": section.edition.subtitle}
        ],
        "rows": rows,
        "compact": True,
    }  # fmt: skip
    return [{"kind": "prose", "markdown": told}, *([table] if rows else [])]


def _cell(measure: Measure, row: Mapping[Hashable, Any]) -> str:
    value = format_value(measure, float(row["value"]))
    return f"{value}, {format_period(str(row['period']))}"


def _printed(section: Section, before: Edition) -> str:
    """What documents known at the time print, beside what is held for the same period now."""
    pairs = list(_beside_print(section, known_by(section.figures, before.as_of)))
    if not pairs:
        return "No figure that the last report printed is held, so revisions are not known."
    apart = [
        f"{m.measure} {m.short_title}, {format_period(period)}: {format_value(m, printed)} then, "
        f"{format_value(m, value)} now"
        for m, f, period, printed, value in pairs
        if round(value, f.decimals) != round(printed, f.decimals)
    ]
    same = len(pairs) - len(apart)
    differ = f"; {len(apart)} differ now: {', and '.join(apart)}" if apart else ""
    return (
        f"{count_words(len(pairs), 'figure')} that the council's documents had printed by then "
        f"{_are(len(pairs))} held for the same period: {same or 'none'} {_are(same)} the same at "
        f"the precision printed{differ}. What was known then of other figures is not held, so "
        "whether they were revised is not known."
    )


def _are(count: int) -> str:
    return "is" if count <= 1 else "are"


def _beside_print(
    section: Section, printed: Sequence[Figure]
) -> Iterator[tuple[Measure, Figure, str, float, float]]:
    """Each printed figure of a measure that is held for the same area and period, once."""
    held = section.observations[section.observations["area"] == section.area]
    seen = set()
    for f in printed:
        measure = section.catalogue.measures.get(f.figure)
        if measure is None or f.area != section.area_name or f.qualifier or f.ends is None:
            continue
        end = held["period_end"].dt.date == f.ends
        rows = held[(held["measure"] == f.figure) & end]
        key = (f.figure, f.ends, f.value)
        if len(rows) == 1 and not math.isnan(rows["value"].iloc[0]) and key not in seen:
            seen.add(key)
            yield measure, f, str(rows["period"].iloc[0]), f.value, float(rows["value"].iloc[0])


def _marked(earlier: pd.DataFrame) -> str:
    """Figures of the last report's periods that their source marks as revised."""
    revised = earlier["flags"].map(lambda flags: Flag.REVISED in str(flags).split())
    codes = list(dict.fromkeys(earlier[revised]["measure"].astype(str)))
    if not codes:
        return "No figure of the last report's periods is marked as revised by its source."
    count = count_words(int(revised.sum()), "figure")
    return f"{count} of its periods {_are(int(revised.sum()))} marked revised: {', '.join(codes)}."


def _breaks(section: Section, then: Latest, now: Latest) -> list[str]:
    """Breaks that lie between the latest figures of the two reports."""
    said = []
    for code, measure in section.catalogue.measures.items():
        if code not in then or code not in now:
            continue
        start, end = (
            pd.Timestamp(str(row["period_end"])).date() for row in (then[code], now[code])
        )
        said += [
            f"{code} {measure.short_title}, from {format_period(b.period.label)}: {b.reason}."
            for b in measure.breaks
            if start < b.period.end <= end
        ]
    return said or ["No break lies between the latest figures of the two reports."]

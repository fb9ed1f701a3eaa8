"""What an edition says, part by part: what a signature holds for, and nothing else.

Its file, its narrative as published, its data files and the records that its pages quote, each
hashed by itself so that a change can be named. What other editions say, what was measured
after this one's windows, and how pages are laid out are no part of it.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.periods import Period
from kcc_lib.presentation.report import Report
from kcc_lib.reasons import Reason
from kcc_lib.records.corrections import Correction
from kcc_lib.records.folders import listed
from kcc_lib.records.places import Workbook

#: The files of tables that go by another name in the code.
_FILES = {
    "published": "published_judgements.csv", "kpis": "edition_kpis.csv",
    "tables": "printed_tables.csv",
}  # fmt: skip
#: One piece of a part: the file it is told in, what it concerns there ("" the whole), its text.
Piece = tuple[str, str, str]


def content(
    report: Report, workbook: Workbook, corrections: Iterable[Correction] = ()
) -> dict[str, str]:
    """The hash of every part of what an edition says, by its name.

    Parameters
    ----------
    report
        The edition loaded and judged for its own area.
    corrections
        Those listed of it.

    Returns
    -------
    dict
        Names such as `judgements.csv: 1.41` or `narrative/annual-2019/1.1.md`. The order of
        rows in a file does not matter, nor what is blank.

    Raises
    ------
    NarrativeError
        If its narrative has faults; `narrative_faults` has all of them.
    """
    texts: dict[str, list[str]] = {}
    pieces = [*_written(report, workbook), *_frames(report), *_records(report)]
    pieces += [("corrections.csv", str(n), _told(c)) for n, c in enumerate(corrections, start=1)]
    for file, key, text in pieces:
        texts.setdefault(f"{file}: {key}" if key else file, []).append(text)
    return {name: _hash("\n".join(sorted(told))) for name, told in texts.items()}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _written(report: Report, workbook: Workbook) -> Iterator[Piece]:
    """The edition's file, and its narrative with every figure filled in."""
    name = report.edition.name
    yield (
        f"editions/{name}.toml",
        "",
        (workbook.raw / "editions" / f"{name}.toml").read_text("utf-8-sig"),
    )
    for path in listed(report.narrative, "*.md") if report.narrative else ():
        yield f"narrative/{name}/{path.name}", "", report.prose(path.stem)


def _frames(report: Report) -> Iterator[Piece]:
    """The rows of the edition's data files."""
    for name, frame in report.files.items():
        columns = [str(c) for c in frame.columns]
        for row in frame.itertuples(index=False, name=None):
            cells = dict(zip(columns, row, strict=True))
            if "reasons" in cells:
                cells["reasons"] = _as_known(str(cells["reasons"]))
            yield f"{name}.csv", str(cells.get("measure", "")), _told(cells)


def _as_known(reasons: str) -> str:
    """Reasons as the edition could know them: a figure of a later year is none at all here."""
    later, none = str(Reason.OUTSIDE_WINDOW), str(Reason.NO_SERIES)
    return " ".join(none if code == later else code for code in reasons.split())


def _records(report: Report) -> Iterator[Piece]:
    """What the pages quote beside the data files: words, windows, judgements as printed."""
    edition, catalogue = report.edition, report.catalogue
    shown = [str(m) for m in report.shown["measure"].unique()]
    known = catalogue.only(dict.fromkeys((*edition.measures, *shown)))
    for measure in known.measures.values():
        yield "measures.csv", measure.measure, _told(_until(measure, report))
    for code, strategic in known.strategic_outcomes.items():
        yield "strategic_outcomes.csv", code, _told(strategic)
    for code, supporting in known.supporting_outcomes.items():
        yield "supporting_outcomes.csv", code, _told(supporting)
    for code in {report.area, *report.comparators}:
        yield "areas.csv", code, catalogue.areas.get(code, "")
    yield from _tables(edition)
    if edition.quarterly is not None:
        yield from _tables(edition.quarterly)


def _tables(holder: Any) -> Iterator[Piece]:
    """Every table of records that an edition holds, each record named by its first field.

    Its pages are in its file, with all else that is no table.
    """
    for f in fields(holder):
        found = getattr(holder, f.name)
        for record in found if isinstance(found, tuple) and f.name != "sections" else ():
            if is_dataclass(record):
                key = str(getattr(record, fields(record)[0].name))
                yield _FILES.get(f.name, f"{f.name}.csv"), key, _told(record)


def _until(measure: Measure, report: Report) -> Measure:
    """A measure with the breaks that its edition could know of; a later year brings its own."""
    as_of = report.edition.as_of
    return replace(measure, breaks=tuple(b for b in measure.breaks if b.period.start <= as_of))


def _told(said: Any) -> str:
    """A record or a row as one text, the same on every machine."""
    return json.dumps(_plain(said), sort_keys=True, ensure_ascii=False)


def _plain(said: Any) -> Any:
    """Plain values: numbers at nine significant digits, what is blank or usual left out.

    Nine digits are more than any source prints and fewer than two processors agree on.
    """
    if isinstance(said, Period):
        return said.label
    if is_dataclass(said):
        held = {f.name: getattr(said, f.name) for f in fields(said) if not _usual(said, f)}
        return {name: _plain(value) for name, value in held.items()}
    if isinstance(said, Mapping):
        return {str(k): _plain(v) for k, v in said.items() if not _blank(v)}
    if isinstance(said, (tuple, list)):
        return [_plain(v) for v in said]
    if isinstance(said, (float, np.floating)):
        return f"{float(said):.9g}"
    return str(said)


def _usual(record: Any, field: "Field[Any]") -> bool:
    """Whether a field is left as it is by default: one that is added later changes nothing."""
    value = getattr(record, field.name)
    return _blank(value) or (field.default is not MISSING and bool(value == field.default))


def _blank(value: Any) -> bool:
    if isinstance(value, (float, np.floating)):
        return math.isnan(value)
    return value is None or value is pd.NaT or value in ("", (), {})

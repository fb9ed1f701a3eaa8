"""`kcc assess`: files in, judgements out as a table, CSV or JSON."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kcc_lib.errors import DataError, Fault
from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.rag import floor_beyond_target
from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import format_number, format_period
from kcc_lib.publish.tables import csv_text, json_text
from kcc_lib.reasons import Reason
from kcc_lib.records.catalogue import MEASURES, read_measures
from kcc_lib.records.lines import check_columns, read_lines
from kcc_lib.records.observations import load_files
from kcc_lib.records.places import find_workbook
from kcc_lib.vocabulary import Horizon, Label


def assess_files(
    files: Sequence[Path], *, method: str, preset: str, catalogue: Path | None, style: str
) -> str:
    """Judge the series in files by a named method.

    Raises
    ------
    DataError
        With every fault of every file; nothing is written.
    UnknownNameError
        If the method or preset does not exist.
    """
    measures = _read_catalogue(catalogue) if catalogue else None
    observations = load_files(files, [str(f) for f in files], measures=measures)
    _refuse_crossed_targets(observations.targets, observations.measures, str(files[0]))
    judgements = assess(
        observations.frame, observations.measures, method=method, preset_name=preset,
        targets=observations.targets,
    )  # fmt: skip
    if style == "csv":
        return csv_text(judgements)
    return json_text(judgements) if style == "json" else judgement_table(judgements)


def _read_catalogue(path: Path) -> dict[str, Measure]:
    """A catalogue file on its own: outcomes and areas are the workbook's where there is one."""
    lines, faults = read_lines(path, str(path))
    if lines is None:
        raise DataError(faults)
    lines, more = check_columns(lines, MEASURES)
    faults += more
    if faults:
        raise DataError(faults)
    from kcc_lib.records.catalogue import read_catalogue

    outcomes = read_catalogue(find_workbook().raw).supporting_outcomes
    measures, more = read_measures(lines, outcomes, {})
    if more:
        raise DataError(more)
    return measures


def _refuse_crossed_targets(targets: pd.DataFrame, measures: dict[str, Measure], file: str) -> None:
    signs = [measures[m].polarity.sign if measures[m].polarity else 0 for m in targets["measure"]]  # type: ignore[union-attr]
    crossed = floor_beyond_target(targets["target"], targets["floor"], signs)
    faults = [
        Fault(file, 0, "floor", str(row["floor"]), f"asks more of {row['measure']} than its target "
              f"{row['target']}", "swap them or mend the polarity")
        for row, bad in zip(targets.to_dict("records"), crossed, strict=True)
        if bad
    ]  # fmt: skip
    if faults:
        raise DataError(faults)


def judgement_table(judgements: pd.DataFrame) -> str:
    """Judgements for reading in a terminal, one line each."""
    heads = [
        "measure",
        "area",
        "horizon",
        "judgement",
        "from",
        "to",
        "change",
        "p",
        "RAG",
        "reasons",
    ]
    rows = [heads]
    for row in judgements.to_dict("records"):
        p = (
            ""
            if pd.isna(row["p_value"])
            else ("<0.001" if row["p_value"] < 0.001 else f"{row['p_value']:.3f}")
        )
        spans = [
            f"{format_number(row[f'value_{end}'], 2)} ({format_period(row[f'period_{end}'])})"
            if row[f"period_{end}"]
            else ""
            for end in ("from", "to")
        ]
        change = "" if pd.isna(row["change"]) else format_number(row["change"], 3)
        if change and row["horizon"] == Horizon.LONG_TERM:
            change += " a year"
        reasons = "; ".join(Reason(code).meaning for code in row["reasons"].split())
        rows.append([row["measure"], row["area"], row["horizon"], row["label"], *spans, change, p,
                     row["rag"], reasons])  # fmt: skip
    rows = _without_empty(rows)
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows]
    judged = sum(
        r["label"] not in {Label.NOT_JUDGED, Label.NOT_APPLICABLE}
        for r in judgements.to_dict("records")
    )
    return "\n".join([*lines, "", f"{judged} of {len(judgements)} judged", ""])


def _without_empty(rows: list[list[str]]) -> list[list[str]]:
    kept = [i for i, name in enumerate(rows[0]) if name != "RAG" or any(r[i] for r in rows[1:])]
    return [[row[i] for i in kept] for row in rows]

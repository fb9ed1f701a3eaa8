"""`kcc trace`: where a figure of a built edition comes from, by what was built alone."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.cli.asked_for import refuse_unknown
from kcc_lib.errors import KccError, UnknownNameError
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.publish.up_to_date import hash_of, inputs_fingerprint, last_record
from kcc_lib.records.places import Workbook, find_workbook
from kcc_lib.vocabulary import Horizon, PeriodType

Row = dict[str, str]
_ROLES = {
    "observation": "", "suppressed": "suppressed to protect people: nothing more is told of it",
    "window": "the periods chosen for it", "published": "the printed judgement",
    "kpi": "the KPI as the report lists it", "target": "target and floor",
}  # fmt: skip
_SHOWN = {
    "measure": "all its figures, with its chart", "kpi": "all its figures, with its chart",
    "table": "a line of a table", "az": "its entry from A to Z",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traced:
    """What a built edition holds of one measure: who shows it, its rows, and its files."""

    cells: tuple[Row, ...]
    rows: tuple[Row, ...]
    figures: tuple[Row, ...]
    judgements: tuple[Row, ...]


def trace_lines(measure: str, which: str, *, edition: str, output: Path | None) -> list[str]:
    """Say where the figures of a measure come from.

    Parameters
    ----------
    which
        A period, or the horizon of a judgement; everything where "".
    output
        The folder of built editions; the workbook's own where None.

    Raises
    ------
    KccError
        If the edition is not built there, or its trace is not as it was built.
    UnknownNameError
        If there is no such edition, or it has no such measure, or nothing of such a period.
    """
    workbook = find_workbook()
    refuse_unknown([edition], workbook.raw)
    folder = (output or workbook.outputs) / edition
    record = last_record(folder)
    traced = _read(folder, record.get("outputs", {}), measure)
    rows = _chosen(traced.rows, which)
    head = traced.judgements[0] if traced.judgements else {}
    return [
        f"{measure} {head.get('title', '')}, {edition}",
        "Shown on",
        *(f"  {line}" for line in _shown(traced.cells)),
        *_told(traced, rows),
        *_changed(workbook, rows, record.get("inputs", {})),
    ]


def _read(folder: Path, built: dict[str, str], measure: str) -> Traced:
    wanted = [f"data/trace/{name}.csv" for name in ("cells", "rows")]
    if any(name not in built or not (folder / name).is_file() for name in wanted):
        raise KccError(f"{folder.name} has no trace here; kcc report {folder.name} makes it")
    if any(hash_of(folder / name) != built[name] for name in wanted):
        raise KccError(
            f"the trace of {folder.name} is not as it was built; kcc report {folder.name} makes "
            "it again"
        )
    cells, rows = (_table(folder / name) for name in wanted)
    known = list(dict.fromkeys(row["measure"] for row in cells))
    if measure not in known:
        raise UnknownNameError("measure", measure, known)
    data = folder / "data"
    return Traced(
        tuple(r for r in cells if r["measure"] == measure),
        tuple(r for r in rows if r["measure"] == measure),
        tuple(r for r in _table(data / "observations.csv") if r["measure"] == measure),
        tuple(r for r in _judged(data) if r["measure"] == measure),
    )


def _judged(data: Path) -> Iterator[Row]:
    """The judgements that stand, of an annual or a quarterly edition, from every measure's file."""
    for path in sorted((data / "measures").glob("*-judgements.csv")):
        yield from _table(path)


def _table(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _chosen(rows: Iterable[Row], which: str) -> list[Row]:
    """The rows of a period or of a horizon; a period as anybody may spell it."""
    rows = list(rows)
    known = list(dict.fromkeys(r["period"] for r in rows if r["figure"] == "value"))
    known += [h for h in Horizon if any(r["horizon"] == h for r in rows)]
    if not which:
        return rows
    if which in list(Horizon) and which in known:
        return [r for r in rows if r["horizon"] == which]
    meant = [label for label in _labels(which) if label in known]
    if not meant:
        raise UnknownNameError("period or horizon", which, known)
    return [r for r in rows if r["period"] == meant[0]]


def _labels(text: str) -> Iterator[str]:
    yield text
    for kind in PeriodType:
        try:
            yield parse_period(text, kind).label
        except PeriodError:
            continue


def _shown(cells: Iterable[Row]) -> list[str]:
    """Its own block first, then the lines of tables."""
    order = sorted(cells, key=lambda c: c["shown_as"] not in {"measure", "kpi"})
    return [
        f"{c['page']}#{c['element']}: {_SHOWN[c['shown_as']]}, by cell {c['cell']} of "
        f"{c['notebook']} (as it ran: notebooks/{Path(c['page']).stem}.ipynb)"
        for c in order
    ]


def _told(traced: Traced, rows: Iterable[Row]) -> Iterator[str]:
    """Each figure with what it is, and under it the rows that it comes from."""
    before = None
    for row in rows:
        figure = (row["figure"], row["area"], row["horizon"] or row["period"])
        if figure != before:
            yield _heading(traced, row)
            before = figure
        place = f"{row['file']}, line {row['line']}" if row["file"] else ""
        period = row["period"] if row["horizon"] else ""
        yield "  " + "  ".join(w for w in (place, period, _ROLES[row["role"]]) if w)


def _heading(traced: Traced, row: Row) -> str:
    if row["figure"] == "target":
        return f"Target of {row['period']}"
    if row["figure"] == "judgement":
        return f"Judgement, {row['horizon']}: {_verdict(traced, row['horizon'])}"
    found = next(
        f for f in traced.figures if (f["area"], f["period"]) == (row["area"], row["period"])
    )
    return f"Value of {row['period']}, {row['area']}: {found['value'] or 'none'}"


def _verdict(traced: Traced, horizon: str) -> str:
    """The judgement that stands; of a KPI its rating and its direction."""
    for told in traced.judgements:
        if told.get("horizon", horizon) == horizon:
            words = (told.get(name, "") for name in ("judgement", "rag", "direction"))
            return ", ".join(w for w in words if w) or "none"
    return "none"


def _changed(workbook: Workbook, rows: Iterable[Row], built: dict[str, str]) -> list[str]:
    """Which of the files named have changed since, so that the line may be another now."""
    now = inputs_fingerprint(workbook)
    files = sorted({row["file"] for row in rows if row["file"]})
    changed = [name for name in files if now.get(name) != built.get(name)]
    if not changed:
        return ["The files named are as they were when it was built." if files else ""]
    return [f"{name} has changed since it was built: its lines may be others now"
            for name in changed]  # fmt: skip

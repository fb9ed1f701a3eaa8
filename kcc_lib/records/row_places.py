"""Where every row that a figure rests on stands: its file and its line.

The checked observations leave their lines behind; here the same files are read again for
nothing but their keys, by the same readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kcc_lib.measures import Catalogue
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.records.dating import decide_types, read_periods
from kcc_lib.records.lines import Lines, read_lines
from kcc_lib.records.places import Workbook
from kcc_lib.records.processed import observation_files
from kcc_lib.vocabulary import PeriodType


@dataclass(frozen=True, slots=True, order=True)
class RowPlace:
    """A row of a file: the file as messages name it, and the line it begins on."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where rows stand.

    Parameters
    ----------
    observations
        By (measure, area, period), the period in its canonical form.
    windows, kpis
        Those of one edition, by measure.
    published
        Those of one edition, by (measure, horizon).
    targets
        By (measure, financial year).
    """

    observations: Mapping[tuple[str, str, str], RowPlace]
    windows: Mapping[str, RowPlace]
    kpis: Mapping[str, RowPlace]
    published: Mapping[tuple[str, str], RowPlace]
    targets: Mapping[tuple[str, str], RowPlace]


def read_places(workbook: Workbook, catalogue: Catalogue, edition: str) -> RowPlaces:
    """Find the rows that one edition may rest on, in files that were checked before."""
    windows = _keyed(workbook, "windows.csv", ("edition", "measure"))
    kpis = _keyed(workbook, "edition_kpis.csv", ("edition", "measure"))
    published = _keyed(workbook, "published_judgements.csv", ("edition", "measure", "horizon"))
    targets = _keyed(workbook, "targets.csv", ("measure", "financial_year"))
    return RowPlaces(
        observations=_observations(workbook, catalogue),
        windows={k[1]: at for k, at in windows.items() if k[0] == edition},
        kpis={k[1]: at for k, at in kpis.items() if k[0] == edition},
        published={(k[1], k[2]): at for k, at in published.items() if k[0] == edition},
        targets={(k[0], _year(k[1])): at for k, at in targets.items()},
    )


def _observations(workbook: Workbook, catalogue: Catalogue) -> dict[tuple[str, str, str], RowPlace]:
    read = [_lines(workbook, p.relative_to(workbook.raw).as_posix())
            for p in observation_files(workbook)]  # fmt: skip
    opened = [lines for lines in read if lines is not None]
    decided = decide_types(opened, catalogue.measures)
    found: dict[tuple[str, str, str], RowPlace] = {}
    for lines in opened:
        periods = pd.Categorical(read_periods(lines, decided)[0]["period"]).astype(str)
        rows = zip(lines.text("measure"), lines.text("area"), periods, lines.line, strict=True)
        found |= {(m, a, str(p)): RowPlace(lines.file, int(at)) for m, a, p, at in rows}
    return found


def _keyed(workbook: Workbook, name: str, keys: tuple[str, ...]) -> dict[tuple[str, ...], RowPlace]:
    """The place of each row of a table by some of its columns; none where it is not held."""
    lines = _lines(workbook, name)
    if lines is None:
        return {}
    cells = zip(*(lines.text(key) for key in keys), strict=True)
    return {key: RowPlace(lines.file, int(at)) for key, at in zip(cells, lines.line, strict=True)}


def _lines(workbook: Workbook, name: str) -> Lines | None:
    path = workbook.raw / name
    return read_lines(path, workbook.shown(path))[0] if path.is_file() else None


def _year(text: str) -> str:
    try:
        return parse_period(text, PeriodType.FINANCIAL_YEAR).label
    except PeriodError:
        return text

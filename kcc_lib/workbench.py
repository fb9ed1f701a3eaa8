"""The verbs an analyst and a notebook use: open an edition, load, judge, show, explain."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from kcc_lib.errors import UnknownNameError
from kcc_lib.judgement.assess import assess as assess_frames
from kcc_lib.measures import Catalogue, Measure
from kcc_lib.presentation.blocks import Blocks, blocks
from kcc_lib.presentation.explanations import explain_verdict, horizon_question
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.sentences import polarity_words
from kcc_lib.records import processed
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.editions import Edition, read_edition
from kcc_lib.records.figures import read_figures
from kcc_lib.records.observations import load_files
from kcc_lib.records.places import find_workbook


def edition(name: str) -> Edition:
    """Open an edition: its title, method, windows, sections and published judgements.

    Raises
    ------
    UnknownNameError
        If there is no such edition.
    DataError
        If its files have faults; all of them are named.
    """
    raw = find_workbook().raw
    return read_edition(raw, name, read_catalogue(raw))


def load_measures() -> Catalogue:
    """Load the catalogue: outcomes, measures and areas.

    Raises
    ------
    DataError
        If its files have faults; all of them are named.
    """
    return read_catalogue(find_workbook().raw)


def load_observations(*files: str | Path) -> pd.DataFrame:
    """Load observations as a tidy frame, one row for each measure, area and period.

    Parameters
    ----------
    files
        Tidy CSV files; the workbook's own series where none is named.

    Returns
    -------
    DataFrame
        The observation contract's columns, with `period_type`, `period_start`,
        `period_end` and `time` (decimal years, the middle of the period).

    Raises
    ------
    DataError
        If any file has a fault; all of them are named.
    """
    workbook = find_workbook()
    if not files:
        return processed.load(workbook)
    paths = [Path(f) for f in files]
    return load_files(paths, [workbook.shown(p) for p in paths]).frame


def assess(
    observations: pd.DataFrame,
    measures: Catalogue | Mapping[str, Measure],
    *,
    method: str = "significance-2019",
    preset: str | None = None,
    areas: Sequence[str] | None = None,
    edition: Edition | None = None,
) -> pd.DataFrame:
    """Judge each measure in each area over each horizon.

    Parameters
    ----------
    observations
        Tidy frame, as `load_observations` returns it.
    measures
        The catalogue, or some of its measures by code.
    method
        The name of a method: `docs/methods` has a card for each.
    preset
        The settings of the method; the edition's, or "default".
    areas
        Area codes to judge; the edition's area, or all in the observations.
    edition
        Judge what this edition could know, beside what it published. Without it each
        series is judged to its latest point.

    Returns
    -------
    DataFrame
        One row for each measure, area and horizon, with the columns of the Judgement
        contract (`docs/data.md`).

    Raises
    ------
    UnknownNameError
        If the method, preset or an area does not exist.
    """
    records = measures.measures if isinstance(measures, Catalogue) else measures
    if isinstance(measures, Catalogue):
        for code in areas or ():
            if code not in measures.areas:
                raise UnknownNameError("area", code, list(measures.areas))
    if edition is None:
        return assess_frames(
            observations, records, method=method, preset_name=preset or "default", areas=areas
        )
    return assess_frames(
        observations,
        records,
        method=method,
        preset_name=preset or edition.preset,
        areas=areas or [edition.area],
        windows=edition.windows,
        base_end=edition.base_end,
        published=edition.published,
    )


def section(
    edition: Edition,
    measures: Catalogue,
    observations: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    area: str = "",
    comparators: Sequence[str] | None = None,
) -> Section:
    """Gather what a notebook shows: a section of an edition for one area.

    Parameters
    ----------
    area, comparators
        Area codes; the edition's where not given.

    Raises
    ------
    UnknownNameError
        If an area is not in the catalogue.
    """
    workbook = find_workbook()
    chosen = tuple(edition.comparators if comparators is None else comparators)
    for code in (area or edition.area, *chosen):
        if code not in measures.areas:
            raise UnknownNameError("area", code, list(measures.areas))
    return Section(
        edition, measures, observations, judgements, area or edition.area, chosen,
        read_figures(workbook.raw), workbook.raw / "narrative" / edition.name,
    )  # fmt: skip


def open_section(name: str) -> Section:
    """An edition's section for its own area, loaded and judged: for exploring and explaining."""
    report, measures, observations = edition(name), load_measures(), load_observations()
    judgements = assess(observations, measures, method=report.method, edition=report)
    return section(report, measures, observations, judgements)


def explain(measure: str, *, edition: str = "annual-2019") -> str:
    """The evidence behind one measure's judgements, in words and numbers.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    view = open_section(edition).view(measure)
    told = [f"{measure} {view.measure.title}", polarity_words(view.measure) + "."]
    for verdict in view.verdicts:
        told += ["", f"{verdict.heading}: {verdict.label}"]
        told.append(f"  {horizon_question(verdict.horizon)}.")
        told += [f"  {said}" for said in explain_verdict(view, verdict)]
    return "\n".join(told)


def chart(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The chart of one measure with its caption, judgements and data table.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    return open_section(edition).measure(measure)


def table(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The figures of one measure that an edition shows, with what is known of each.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    found = data_table(open_section(edition).view(measure))
    return blocks(found or {"kind": "notice", "text": f"No figures are held for {measure}."})

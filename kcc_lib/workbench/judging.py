"""Open an edition, load, judge, and roll judgements up."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from kcc_lib.judgement.assess import assess as assess_frames
from kcc_lib.judgement.roll_up import roll_up as combine_outcomes
from kcc_lib.measures import Catalogue, Measure, Target
from kcc_lib.records import processed
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.editions import Edition, read_edition
from kcc_lib.records.observations import load_files
from kcc_lib.records.places import find_workbook
from kcc_lib.records.withheld import rules_of
from kcc_lib.workbench.entrance import area_codes, check_given, check_rolled_up
from kcc_lib.workbench.holding import judged_before, observations_held
from kcc_lib.workbench.once import once


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
        `period_end` and `time` (decimal years, the middle of the period). What the
        workbook's rules of suppression hold back is blank and flagged `c`.

    Raises
    ------
    DataError
        If any file has a fault; all of them are named.
    """
    workbook = find_workbook()
    if not files:
        held = observations_held()
        return processed.load(workbook) if held is None else held
    paths = [Path(f) for f in files]
    shown = [workbook.shown(p) for p in paths]
    return load_files(paths, shown, suppression=rules_of(workbook)).frame


def assess(
    observations: pd.DataFrame,
    measures: Catalogue | Mapping[str, Measure],
    *,
    method: str | None = None,
    preset: str | None = None,
    options: Mapping[str, object] | None = None,
    areas: str | Sequence[str] | None = None,
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
        The name of a method: `docs/methods` has a card for each. Where none is named it is the
        edition's own, or "significance-2019" without an edition.
    preset
        The settings of the method; the edition's where it is the edition's own method,
        else "default".
    options
        Choices of the method by name, in place of the preset's: `{"fallback": "xmr"}`. The
        edition's own stand where it is its own method and they are not named here.
    areas
        Area codes to judge, or one as text; the edition's area or areas, or all in the
        observations.
    edition
        Judge the measures of this edition by what it could know, against the targets of
        its year, beside what it published. Without it each series is judged to its latest
        point.

    Returns
    -------
    DataFrame
        One row for each measure, area and horizon, with the columns of the Judgement
        contract (`docs/data.md`).

    Raises
    ------
    UnknownNameError
        If the method, preset, an option or an area does not exist.
    KccError
        If an option has a value it cannot have, or the observations lack columns: all named.
    """
    check_given(observations, measures, edition)
    areas = area_codes(areas, measures)
    records = measures.measures if isinstance(measures, Catalogue) else measures
    if edition is None:
        return once(
            assess_frames, observations, records, method=method or "significance-2019",
            preset_name=preset or "default", options=options, areas=areas,
        )  # fmt: skip
    method = method or edition.method
    own = method == edition.method
    held = judged_before(observations, edition, method, preset, areas) if not options else None
    if held is not None:
        return held
    # what is judged in every area is much to compare by content, and a builder holds it
    work = assess_frames if edition.areas else partial(once, assess_frames)
    return work(
        observations,
        {code: records[code] for code in edition.measures if code in records},
        method=method,
        preset_name=preset or (edition.preset if own else "default"),
        options={**(edition.options if own else {}), **(options or {})},
        areas=areas or edition.areas or [edition.area],
        windows=edition.windows,
        base_end=edition.base_end,
        targets=_targets_frame(edition.targets),
        published=edition.published,
        published_area=edition.area,
        by_area=bool(edition.areas),
    )


def _targets_frame(targets: Sequence[Target]) -> pd.DataFrame:
    """Targets as judging takes them: one row for each measure."""
    rows = [(t.measure, t.target, t.floor) for t in targets]
    return pd.DataFrame(rows, columns=["measure", "target", "floor"])


def roll_up(judgements: pd.DataFrame, measures: Catalogue | Mapping[str, Measure]) -> pd.DataFrame:
    """Combine judgements of measures into one word for each supporting outcome.

    Parameters
    ----------
    judgements
        As `assess` returns them.
    measures
        The catalogue, or some of its measures by code.

    Returns
    -------
    DataFrame
        One row for each supporting outcome, area and horizon: the word, how many measures
        were judged what, and `net`, improving less not improving (`docs/methods/
        variance-2017.md` has the rule).
    """
    check_rolled_up(judgements)
    return combine_outcomes(
        judgements, measures.measures if isinstance(measures, Catalogue) else measures
    )

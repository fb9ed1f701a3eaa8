"""Gather what the pages of an annual edition show: its measures, for one area."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from kcc_lib.errors import KccError
from kcc_lib.measures import Catalogue
from kcc_lib.presentation.elsewhere import Other
from kcc_lib.presentation.section import Section
from kcc_lib.records.each_area import one_area
from kcc_lib.records.editions import Edition, annual_editions
from kcc_lib.records.figures import read_figures
from kcc_lib.records.places import find_workbook
from kcc_lib.records.withheld import rules_of
from kcc_lib.workbench.entrance import area_codes, check_area, check_given
from kcc_lib.workbench.judging import assess, load_measures
from kcc_lib.workbench.once import once


def section(
    edition: Edition,
    measures: Catalogue,
    observations: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    area: str = "",
    comparators: str | Sequence[str] | None = None,
) -> Section:
    """Gather what a notebook shows: a section of an edition, with its measures, for one area.

    Parameters
    ----------
    area, comparators
        An area code, and codes of others (or one as text); the edition's where not given.

    Raises
    ------
    KccError
        If the edition is a quarterly one, or a table lacks columns: all are named.
    UnknownNameError
        If an area is not in the catalogue.
    """
    check_given(observations, measures, edition, judgements, shown=True)
    if edition.quarterly is not None:
        raise KccError(f"{edition.name} is no annual edition; show it with a quarter")
    return gather_section(
        edition, measures, observations, judgements, area=area, comparators=comparators
    )


def gather_section(
    edition: Edition, measures: Catalogue, observations: pd.DataFrame, judgements: pd.DataFrame,
    *, area: str = "", comparators: str | Sequence[str] | None = None,
) -> Section:  # fmt: skip
    """A section of an edition of either kind: a KPI is explained by other methods in one."""
    workbook = find_workbook()
    shown, by_area = area or edition.area, bool(edition.areas)
    check_area(shown, measures)
    given = area_codes(comparators, measures)
    chosen = edition.comparators if given is None else given
    if area in edition.areas:
        observations = observations[observations["area"].isin({shown, *chosen})]
        judgements = judgements[judgements["area"] == shown]
    gather = partial(once, Section) if area or not by_area else Section
    # the council's documents and its narrative tell of its own area
    ours = area in {"", edition.area, *edition.areas}
    return gather(
        one_area(edition, area), measures.only(edition.measures), observations,
        judgements, shown, chosen,
        read_figures(workbook.raw, suppression=rules_of(workbook)) if ours and not by_area else (),
        workbook.raw / "narrative" / edition.name if ours else None,
        () if by_area else _others(edition, observations, shown),
    )  # fmt: skip


def _others(report: Edition, observations: pd.DataFrame, area: str) -> tuple[Other, ...]:
    """The other annual editions, each judged by its own method over its own windows."""
    catalogue = load_measures()
    return tuple(
        (e, assess(observations, catalogue, method=e.method, areas=[area], edition=e))
        for e in annual_editions(find_workbook().raw, catalogue)
        if e.name != report.name and not e.areas
    )

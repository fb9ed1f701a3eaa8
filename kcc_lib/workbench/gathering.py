"""Gather what a page shows of an edition of either kind."""

from collections.abc import Sequence

import pandas as pd

from kcc_lib.measures import Catalogue
from kcc_lib.presentation.report import Report
from kcc_lib.records.editions import Edition
from kcc_lib.workbench.quarters import quarter
from kcc_lib.workbench.sections import section


def gather(
    edition: Edition,
    measures: Catalogue,
    observations: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    area: str = "",
    comparators: str | Sequence[str] | None = None,
) -> Report:
    """What a notebook shows of an edition of any kind: its `section`, or its `quarter`.

    Parameters
    ----------
    area, comparators
        As `section` takes them. A quarterly edition has no comparators.

    Raises
    ------
    UnknownNameError
        If an area is not in the catalogue.
    """
    if edition.quarterly is not None:
        return quarter(edition, measures, observations, judgements, area=area)
    return section(edition, measures, observations, judgements, area=area, comparators=comparators)

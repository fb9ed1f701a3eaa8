"""The same series judged by every method, to see what the choice of one does."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kcc_lib.judgement.methods import METHODS
from kcc_lib.measures import Catalogue, Measure
from kcc_lib.records.editions import Edition
from kcc_lib.workbench.judging import assess


def assess_by_every_method(
    observations: pd.DataFrame,
    measures: Catalogue | Mapping[str, Measure],
    *,
    areas: str | Sequence[str] | None = None,
    edition: Edition | None = None,
) -> dict[str, pd.DataFrame]:
    """Judge the same series by every method, to see what the choice of one does.

    Parameters
    ----------
    observations, measures, areas, edition
        As `assess` takes them.

    Returns
    -------
    dict
        Judgements by the name of the method, and of its preset where it has several.
    """
    return {
        name if len(method.presets) == 1 else f"{name}, {preset}": assess(
            observations, measures, method=name, preset=preset, areas=areas, edition=edition
        )
        for name, method in METHODS.items()
        for preset in method.presets
    }

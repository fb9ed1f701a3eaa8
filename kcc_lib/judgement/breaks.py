"""Breaks in series: where they cut a series, and which comparisons cross them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.vocabulary import BreakGrade


def cut_at_breaks(
    points: pd.DataFrame, measures: Mapping[str, Measure]
) -> tuple[pd.DataFrame, np.ndarray]:
    """Keep the points after each series' last hard break.

    Returns
    -------
    (points, cut)
        What is left, and the keys of the series that lost points.
    """
    keep = np.ones(len(points), dtype=bool)
    month = points["month"].to_numpy()
    latest = points.groupby("key")["month"].transform("max").to_numpy()
    code = points["measure"].to_numpy()
    for measure in measures.values():
        for found in measure.breaks:
            if found.grade is BreakGrade.HARD:
                at = found.period.end.year * 12 + found.period.end.month
                keep &= ~((code == measure.measure) & (latest >= at) & (month < at))
    return points[keep], points.loc[~keep, "key"].unique()


def crosses_noted_break(
    measures: Mapping[str, Measure], codes: pd.Series, first: pd.Series, last: pd.Series
) -> np.ndarray:
    """Whether a noted break lies after the `first` month of a row and by its `last`."""
    return _crosses(measures, codes, first, last, BreakGrade.NOTED)


def crosses_hard_break(
    measures: Mapping[str, Measure], codes: pd.Series, first: pd.Series, last: pd.Series
) -> np.ndarray:
    """Whether a hard break lies after the `first` month of a row and by its `last`."""
    return _crosses(measures, codes, first, last, BreakGrade.HARD)


def _crosses(
    measures: Mapping[str, Measure],
    codes: pd.Series,
    first: pd.Series,
    last: pd.Series,
    grade: BreakGrade,
) -> np.ndarray:
    out = np.zeros(len(codes), dtype=bool)
    for measure in measures.values():
        for found in measure.breaks:
            if found.grade is grade:
                at = found.period.end.year * 12 + found.period.end.month
                out |= ((codes == measure.measure) & (first < at) & (last >= at)).to_numpy(bool)
    return out

"""Reasons that come of the points themselves, whatever rule judges them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.breaks import crosses_noted_break
from kcc_lib.judgement.labels import Reasons
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Reason

Mask = NDArray[np.bool_]


def add_pair_caveats(reasons: Reasons, pairs: pd.DataFrame, judged: Mask) -> None:
    """What a reader should know of the two points compared, or of why there are not two."""
    reasons.add(Reason.NO_SERIES, ~pairs["held_at_all"].to_numpy(bool))
    reasons.add(Reason.OUTSIDE_WINDOW, pairs["held_at_all"] & ~pairs["held"] & ~pairs["no_target"])
    reasons.add(Reason.PERIOD_MISSING, pairs["missing"] & pairs["held"])
    reasons.add(Reason.BREAK_HARD, pairs["hard"])
    reasons.add(Reason.BREAK_NOTED, judged & pairs["noted"])
    reasons.add(Reason.OVERLAPPING_PERIODS, judged & (pairs["start_month_2"] <= pairs["month_1"]))
    provisional = pairs["provisional_1"].eq(True) | pairs["provisional_2"].eq(True)
    reasons.add(Reason.PROVISIONAL_USED, judged & provisional)
    reasons.add(Reason.INTERNAL_SOURCE, judged & pairs["internal_2"].eq(True))
    reasons.add(Reason.DEFINITION_CLOSE, pairs["close"].eq(True) & pairs["held"])
    add_target_caveats(reasons, pairs, judged)


def add_trend_caveats(
    reasons: Reasons,
    series: Series,
    facts: pd.DataFrame,
    measures: Mapping[str, Measure],
    cut: np.ndarray,
    judged: Mask,
) -> None:
    """What a reader should know of the points of a trend."""
    keys = series.keys
    held = facts["month_to"].notna().to_numpy(bool)
    noted = crosses_noted_break(measures, keys["measure"], facts["month_from"], facts["month_to"])
    reasons.add(Reason.BREAK_HARD, np.isin(np.arange(len(keys)), cut))
    reasons.add(Reason.BREAK_NOTED, noted)
    reasons.add(Reason.OVERLAPPING_PERIODS, facts["overlap"].eq(True) & judged)
    reasons.add(Reason.PROVISIONAL_USED, facts["provisional"].eq(True) & judged)
    reasons.add(Reason.INTERNAL_SOURCE, facts["internal_to"].eq(True) & judged)
    reasons.add(Reason.DEFINITION_CLOSE, keys["close"].eq(True) & held)
    add_target_caveats(reasons, keys, judged)


def add_target_caveats(reasons: Reasons, keys: pd.DataFrame, judged: Mask) -> None:
    """A measure that should meet its target is judged by its distance, if it has one."""
    seeks = keys["seeks_target"].eq(True)
    reasons.add(Reason.DISTANCE_FROM_TARGET, judged & seeks)
    reasons.add(Reason.NO_TARGET, keys["no_target"])

"""Where an area stands among others in one period: "3rd of 11".

A rank orders values as they are printed and knows nothing of chance; the comparisons with
each of the others say which of the differences are more than that.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.comparison import held_points, polarity_signs
from kcc_lib.judgement.labels import Reasons
from kcc_lib.measures import Measure, Window
from kcc_lib.reasons import Reason

RANK_COLUMNS = (
    "measure", "area", "period", "value", "position", "of", "tied", "held_by", "reasons",
)  # fmt: skip


def rank(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    area: str,
    among: Sequence[str],
    windows: Iterable[Window] = (),
) -> pd.DataFrame:
    """Rank an area among others, in the last period that it and at least half of them hold.

    Parameters
    ----------
    observations, measures
        Tidy frame of observations, and the measures to rank, by code.
    area, among
        The area's code and those of the areas it is ranked with.
    windows
        The periods of an edition; nothing outside a measure's window is ranked.

    Returns
    -------
    DataFrame
        One row for each measure with RANK_COLUMNS. `position` 1 is the best by polarity, and
        the highest value where there is none; `of` counts the areas with a value, ours with
        them, and `held_by` names them. Values equal as printed share the best of their
        positions, and `tied` counts the others that print as ours. Where no period has
        enough values `period` is blank and the numbers are missing.
    """
    others = [code for code in dict.fromkeys(among) if code != area]
    keys, points = held_points(observations, measures, (area, *others), windows)
    asked = keys.loc[keys["area"] == area].drop(columns="key").reset_index(drop=True)
    standing = _standing(points, measures, area, others)
    ranks = asked.merge(standing, on="measure", how="left")
    ranks["period"] = ranks["period"].astype(object).fillna("")
    ranks["held_by"] = ranks["held_by"].astype(object).fillna("")
    ranks["reasons"] = _reasons(ranks, polarity_signs(measures, ranks["measure"]))
    return ranks[list(RANK_COLUMNS)]


def _standing(
    points: pd.DataFrame, measures: Mapping[str, Measure], area: str, others: Sequence[str]
) -> pd.DataFrame:
    """One row for each measure that can be ranked, from all the values of its period."""
    points = _of_last_period(points, area, len(others))
    points["shown"] = _as_printed(points, measures)
    points["origin"] = points["source"].astype(object).fillna("").str.split(";").str[0].str.strip()
    points["whole"] = (
        (points["value"] % 1 == 0).groupby([points["measure"], points["origin"]]).transform("all")
    )
    ours = points.loc[points["area"] == area, ["measure", "value", "shown", "origin", "whole"]]
    beside = points.merge(ours, on="measure", suffixes=("", "_ours"))
    beside = beside.assign(
        period=beside["period"], own=beside["area"] == area,
        ahead=(beside["shown"] - beside["shown_ours"])
        * np.where(polarity_signs(measures, beside["measure"]) < 0, -1, 1),
        uncertain=_rounding_decides(beside, measures),
        elsewhere=beside["origin"] != beside["origin_ours"],
        order=beside["area"].map({code: i for i, code in enumerate([area, *others])}),
    )  # fmt: skip
    beside = beside.sort_values(["measure", "order"], kind="stable")
    by_measure = beside.groupby("measure")
    return pd.DataFrame(
        {
            "period": by_measure["period"].first(),
            "value": by_measure["value_ours"].first(),
            "position": (beside["ahead"] > 0).groupby(beside["measure"]).sum() + 1.0,
            "of": by_measure.size().astype(np.float64),
            "tied": ((beside["ahead"] == 0) & ~beside["own"]).groupby(beside["measure"]).sum()
            + 0.0,
            "held_by": by_measure["area"].agg(" ".join),
            "uncertain": by_measure["uncertain"].any(),
            "elsewhere": by_measure["elsewhere"].any(),
            "provisional": by_measure["provisional"].any(),
        }
    ).reset_index()


def _of_last_period(points: pd.DataFrame, area: str, others: int) -> pd.DataFrame:
    """The points of each measure's last period that ours and half the others have a value for."""
    period = ["measure", "period"]
    held = points.assign(ours=points["area"] == area).groupby(period)
    held_by = held.agg(month=("month", "max"), ours=("ours", "any"), count=("area", "size"))
    beside = held_by["count"] - 1
    usable = held_by[held_by["ours"] & (2 * beside >= others) & (beside > 0)]
    last = usable.sort_values("month", kind="stable").reset_index()
    last = last.groupby("measure", as_index=False).tail(1)
    return points.merge(last[period], on=period)


def _as_printed(points: pd.DataFrame, measures: Mapping[str, Measure]) -> NDArray[np.float64]:
    """Values at the decimals they are printed with: what a reader sees equal is equal."""
    decimals = points["measure"].map({m.measure: m.decimals for m in measures.values()})
    pairs = zip(points["value"], decimals, strict=True)
    return np.array([v if np.isnan(d) else round(v, int(d)) for v, d in pairs], dtype=np.float64)


def _rounding_decides(beside: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.Series:
    """Whether a value of a source that prints whole per cents could lie on the other side."""
    percentage = beside["measure"].map({m.measure: m.percentage for m in measures.values()})
    one_whole = beside["whole"] != beside["whole_ours"]
    return percentage & one_whole & ((beside["value"] - beside["value_ours"]).abs() < 0.5)


def _reasons(ranks: pd.DataFrame, sign: NDArray[np.float64]) -> list[str]:
    ranked = ranks["position"].notna()
    reasons = Reasons(len(ranks))
    reasons.add(Reason.NO_SERIES, ~ranks["held_at_all"])
    reasons.add(Reason.OUTSIDE_WINDOW, ranks["held_at_all"] & ~ranks["held"])
    reasons.add(Reason.NO_COMMON_PERIOD, ranks["held"] & ~ranks["position"].notna())
    reasons.add(Reason.WITHIN_ROUNDING, ranked & ranks["uncertain"].eq(True))
    reasons.add(Reason.SOURCES_DIFFER, ranked & ranks["elsewhere"].eq(True))
    reasons.add(Reason.PROVISIONAL_USED, ranked & ranks["provisional"].eq(True))
    reasons.add(Reason.DEFINITION_CLOSE, ranked & ranks["close"].eq(True))
    reasons.add(Reason.NO_POLARITY, ranked & (sign == 0))
    return reasons.texts()

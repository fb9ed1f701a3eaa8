"""Assess: observations and measures in, one judgement for each measure, area and horizon out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from kcc_lib.errors import UnknownNameError
from kcc_lib.inference import benjamini_hochberg
from kcc_lib.judgement.long_term import judge_long_term
from kcc_lib.judgement.one_year import judge_one_year
from kcc_lib.judgement.options import Options, preset
from kcc_lib.judgement.rag import rate
from kcc_lib.judgement.series import Series, arrange
from kcc_lib.measures import Measure, PublishedJudgement, Window
from kcc_lib.vocabulary import Kind, Label

#: The judgement's columns, in the order of `judgements.csv`.
JUDGEMENT_COLUMNS = (
    "measure", "area", "horizon", "method", "label", "basis", "n_points", "period_from",
    "period_to", "value_from", "value_to", "change", "se", "statistic", "df", "p_value", "ci_low",
    "ci_high", "q_value", "detectable_change", "next_value_to_improve", "rag", "direction",
    "published_label", "agrees", "reasons",
)  # fmt: skip
Judge = Callable[[Series, Mapping[str, Measure], Options], pd.DataFrame]
#: Named methods, each the judgements it makes of a set of series.
METHODS: dict[str, tuple[Judge, ...]] = {"significance-2019": (judge_one_year, judge_long_term)}


def assess(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    method: str = "significance-2019",
    preset_name: str = "default",
    areas: Sequence[str] | None = None,
    windows: Iterable[Window] = (),
    base_end: date | None = None,
    targets: pd.DataFrame | None = None,
    published: Iterable[PublishedJudgement] = (),
) -> pd.DataFrame:
    """Judge every measure in every area over every horizon of the method.

    Parameters
    ----------
    observations
        Tidy frame, as `load_observations` returns it.
    measures
        The measures to judge, by code. One without observations is judged `Not judged`.
    method, preset_name
        A name in METHODS, and the preset of its open choices.
    areas
        Areas to judge; all in the observations where None.
    windows, base_end
        The periods an edition compares; without them each series' latest.
    targets
        Columns `measure, target, floor`, one row a measure; adds the RAG rating of the
        latest value.
    published
        The council's own judgements, to stand beside ours.

    Returns
    -------
    DataFrame
        One row for each measure, area and horizon with JUDGEMENT_COLUMNS. `change` is in
        the measure's unit: between the two values compared for the 1-year horizon (two
        years apart where `gap_2` is given), the slope a year for the long-term horizon.
        `reasons` are codes of `Reason`,
        separated by spaces.

    Raises
    ------
    UnknownNameError
        If the method or preset does not exist.
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, list(METHODS))
    options = preset(preset_name)
    series = arrange(observations, measures, areas=areas, windows=windows, base_end=base_end)
    if series.keys.empty:
        return pd.DataFrame(columns=list(JUDGEMENT_COLUMNS))
    parts = []
    for judge in METHODS[method]:
        part = judge(series, measures, options)
        part["q_value"] = benjamini_hochberg(part["p_value"].to_numpy(np.float64))
        part[["measure", "area"]] = series.keys[["measure", "area"]].to_numpy()
        part["_order"] = series.keys["key"].to_numpy()
        parts.append(part)
    judgements = pd.concat(parts, ignore_index=True)
    judgements = judgements.sort_values("_order", kind="stable", ignore_index=True)
    judgements["method"] = method
    judgements["next_value_to_improve"] = np.nan
    judgements["direction"] = ""
    judgements["rag"] = _ratings(judgements, series, targets)
    _set_beside_published(judgements, published)
    return judgements[list(JUDGEMENT_COLUMNS)]


def _ratings(judgements: pd.DataFrame, series: Series, targets: pd.DataFrame | None) -> list[str]:
    """The rating of each series' latest value, on all its rows."""
    if targets is None or targets.empty:
        return [""] * len(judgements)
    held = series.points[series.points["value"].notna()]
    latest = held.groupby("key")["value"].last().reindex(series.keys["key"])
    beside = series.keys[["measure", "sign", "kind"]].merge(targets, on="measure", how="left")
    sign = beside["sign"].where(beside["kind"] != Kind.ACTIVITY)  # an activity has no rating
    ratings = rate(
        latest.to_numpy(np.float64), target=beside["target"], floor=beside["floor"],
        sign=sign,
    )  # fmt: skip
    return [str(ratings[key]) for key in judgements["_order"]]


def _set_beside_published(
    judgements: pd.DataFrame, published: Iterable[PublishedJudgement]
) -> None:
    """Add the published label and whether ours agrees: "yes", "no", or "" where not comparable.

    Ours is comparable when it is a verdict; N/A also where N/A was published.
    """
    printed = {(p.measure, str(p.horizon)): str(p.label) for p in published}
    pairs = zip(judgements["measure"], judgements["horizon"], strict=True)
    labels = [printed.get(pair, "") for pair in pairs]
    judgements["published_label"] = labels
    judgements["agrees"] = [
        _agreement(ours, theirs) for ours, theirs in zip(judgements["label"], labels, strict=True)
    ]


_VERDICTS = {str(Label.IMPROVING), str(Label.MAINTAINING), str(Label.NOT_IMPROVING)}


def _agreement(ours: str, theirs: str) -> str:
    if not theirs or Label.NOT_JUDGED in {ours, theirs}:
        return ""
    if ours == theirs:
        return "yes"
    return "no" if ours in _VERDICTS else ""

"""Assess: observations and measures in, one judgement for each measure, area and horizon out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from kcc_lib.inference import benjamini_hochberg
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS, yes_no
from kcc_lib.judgement.fit import label_moves
from kcc_lib.judgement.labels import add_code
from kcc_lib.judgement.methods import Judge, method_named, settle
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.quarters import as_printed
from kcc_lib.judgement.rag import rate
from kcc_lib.judgement.series import Series, arrange, without_provisional
from kcc_lib.measures import Measure, PublishedJudgement, Window
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Kind, Label, Rag

#: Rules whose label rests on the p-value beside it.
_BY_P_VALUE = [
    b.value
    for b in Basis
    if b
    not in {
        Basis.INTERVAL_OVERLAP, Basis.VARIANCE, Basis.VARIANCE_POINTS, Basis.MOVING_RANGE,
        Basis.WEIGHTED_TREND, Basis.NONE,
    }
]  # fmt: skip


def assess(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    method: str = "significance-2019",
    preset_name: str = "default",
    options: Mapping[str, object] | None = None,
    areas: Sequence[str] | None = None,
    windows: Iterable[Window] = (),
    base_end: date | None = None,
    targets: pd.DataFrame | None = None,
    published: Iterable[PublishedJudgement] = (),
    published_area: str = "",
    by_area: bool = False,
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
    options
        Choices of `Options` by name, in place of the preset's.
    areas
        Areas to judge; all in the observations where None.
    windows, base_end
        The periods an edition compares; without them each series' latest.
    targets
        Columns `measure, target, floor`, one row a measure; adds the RAG rating of the
        latest value. Values of a measure whose polarity is `target` are judged by their
        distance from it.
    published, published_area
        The council's own judgements, to stand beside ours of the area that it judged.
    by_area
        Whether the allowance for many tests is made within each area, as where each has a
        report of its own; else over all series together.

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
        If the method, preset or option does not exist.
    KccError
        If an option has a value it cannot have.
    """
    chosen = method_named(method)
    settled = settle(chosen, preset_name, options)
    if not measures:
        return pd.DataFrame(columns=list(JUDGEMENT_COLUMNS))
    series = arrange(
        observations, measures, areas=areas, windows=windows, base_end=base_end, targets=targets
    )
    if series.keys.empty:
        return pd.DataFrame(columns=list(JUDGEMENT_COLUMNS))
    parts = []
    for judge in chosen.judges:
        part = _judge_safely(judge, series, measures, settled)
        _try_without_provisional(part, judge, series, measures, settled)
        _say_suppressed(part, series)
        part["q_value"] = _allowed(part["p_value"], series.keys["area"] if by_area else None)
        part["fragile"] = _fragile(part, settled.alpha)
        part[["measure", "area"]] = series.keys[["measure", "area"]].to_numpy()
        part["next_value_to_improve"] = _next_good(part, series.keys["sign"].to_numpy(np.float64))
        parts.append(part.assign(_order=series.keys["key"].to_numpy()))
    judgements = pd.concat(parts, ignore_index=True)
    judgements = judgements.sort_values("_order", kind="stable", ignore_index=True)
    judgements["method"] = method
    _add_ratings(judgements, series, targets)
    _set_beside_published(judgements, published, published_area)
    return judgements[list(JUDGEMENT_COLUMNS)]


@np.errstate(all="ignore")
def _judge_safely(
    judge: Judge, series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge without a warning: what overflows is not finite, and is not shown."""
    part = judge(series, measures, options)
    numbers = part.select_dtypes(np.floating).columns
    part[numbers] = part[numbers].where(np.isfinite(part[numbers]))
    return part


def _try_without_provisional(
    part: pd.DataFrame, judge: Judge, series: Series, measures: Mapping[str, Measure],
    options: Options,
) -> None:  # fmt: skip
    """Where a provisional value is used, what the final ones alone would be judged."""
    used = part["reasons"].str.contains(rf"\b{Reason.PROVISIONAL_USED}\b").to_numpy(bool)
    if not used.any():
        return
    final = part["label"].to_numpy(object).copy()
    final[~used] = ""
    again = without_provisional(series, used)
    final[used] = _judge_safely(judge, again, measures, options)["label"]
    known = used & (final != Label.NOT_JUDGED.value) & (final != Label.NOT_APPLICABLE.value)
    turned = known & (final != part["label"].to_numpy(object))
    part["label_without_provisional"] = final
    part["sensitive_to_provisional"] = yes_no(turned, known)
    part["reasons"] = add_code(part["reasons"], Reason.SENSITIVE_TO_PROVISIONAL, turned)


def _say_suppressed(part: pd.DataFrame, series: Series) -> None:
    """Say where a figure is suppressed; what is suppressed is neither unheld nor outside."""
    hidden = series.keys["suppressed"].to_numpy(bool)
    if hidden.any():
        wrong = {Reason.NO_SERIES.value, Reason.OUTSIDE_WINDOW.value}
        right = [" ".join(c for c in text.split() if c not in wrong) for text in part["reasons"]]
        told = part["reasons"].where(~hidden, pd.Series(right, index=part.index))
        part["reasons"] = add_code(told, Reason.SUPPRESSED, hidden)


def _next_good(part: pd.DataFrame, sign: np.ndarray) -> np.ndarray:
    """The next value from which a movement would be called good; missing without a polarity."""
    good = [part["next_rise_from"], part["next_fall_to"]]
    return np.select([sign > 0, sign < 0], good, np.nan)


def _allowed(p_values: pd.Series, areas: pd.Series | None) -> np.ndarray:
    """p-values with an allowance for all tests, or for all of their own area."""
    p = p_values.to_numpy(np.float64)
    if areas is None:
        return benjamini_hochberg(p)
    q = np.full(p.shape, np.nan)
    for places in areas.groupby(areas.to_numpy()).indices.values():
        q[places] = benjamini_hochberg(p[places])
    return q


def _fragile(part: pd.DataFrame, alpha: float) -> np.ndarray:
    """Which movements would not outlast an allowance for all tests of their horizon."""
    called = label_moves(part["label"].to_numpy(object)) & part["basis"].isin(_BY_P_VALUE)
    known = np.asarray(called & part["p_value"].notna(), dtype=bool)
    return yes_no((part["q_value"] >= alpha).to_numpy(bool), known)


def _add_ratings(judgements: pd.DataFrame, series: Series, targets: pd.DataFrame | None) -> None:
    """Add the rating of each series' latest value to all its rows, and what qualifies it."""
    judgements["rag"] = ""
    if targets is None or targets.empty:
        return
    keys = series.keys
    held = series.points[series.points["value"].notna()]
    latest = held.groupby("key")["value"].last().reindex(keys["key"]).to_numpy(np.float64)
    beside = keys[["measure"]].merge(targets, on="measure", how="left")
    target, floor = (beside[c].to_numpy(np.float64) for c in ("target", "floor"))
    # an activity has no rating, nor a value that is good only near its target
    rated = (keys["kind"] != Kind.ACTIVITY) & ~keys["seeks_target"].eq(True)
    sign = keys["sign"].where(rated).to_numpy(np.float64)
    ratings = rate(latest, target=target, floor=floor, sign=sign)
    printed = as_printed(latest, keys["decimals"].to_numpy(np.float64))
    turned = rate(printed, target=target, floor=floor, sign=sign) != ratings
    short = (ratings == Rag.NOT_RATED) & (latest * sign < target * sign)
    order = judgements["_order"].to_numpy()
    judgements["rag"] = ratings[order]
    reasons = add_code(judgements["reasons"], Reason.BELOW_TARGET, short[order])
    judgements["reasons"] = add_code(reasons, Reason.ROUNDING_CHANGES_RATING, turned[order])


def _set_beside_published(
    judgements: pd.DataFrame, published: Iterable[PublishedJudgement], area: str
) -> None:
    """Add the published label and whether ours agrees: "yes", "no", or "" where not comparable.

    Ours is comparable when it is a verdict; N/A also where N/A was published.
    """
    rows = [(p.measure, area, str(p.horizon), str(p.label)) for p in published]
    if not rows:
        return
    on = ["measure", "area", "horizon"]
    printed = pd.DataFrame(rows, columns=[*on, "published_label"])
    theirs = judgements[on].merge(printed, on=on, how="left")["published_label"]
    theirs = theirs.astype(object).fillna("")
    ours = judgements["label"]
    silent = {"", str(Label.NOT_JUDGED)}
    comparable = ~theirs.isin(silent) & ~ours.isin(silent)
    differ = comparable & (ours != theirs) & ours.isin(_VERDICTS)
    judgements["published_label"] = theirs.to_numpy()
    judgements["agrees"] = np.select([comparable & (ours == theirs), differ], ["yes", "no"], "")


_VERDICTS = {str(Label.IMPROVING), str(Label.MAINTAINING), str(Label.NOT_IMPROVING)}

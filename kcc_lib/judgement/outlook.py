"""Year-end outlook: where a KPI's quarters lead, and the chance of meeting its target."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import project
from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.fit import run_of
from kcc_lib.judgement.labels import Reasons
from kcc_lib.judgement.possible import limits
from kcc_lib.judgement.series import Series
from kcc_lib.judgement.shown import latest_shown
from kcc_lib.measures import Measure
from kcc_lib.reasons import Reason

Floats = NDArray[np.float64]
#: Quarters that an outlook needs.
LEAST_POINTS = 6
#: How wide the interval is: four times in five, which a reader can picture.
CONFIDENCE = 0.8
OUTLOOK_COLUMNS = (
    "measure", "area", "year_end", "n_points", "period_to", "value", "low", "high", "target",
    "chance", "reasons",
)  # fmt: skip


def look_ahead(
    series: Series, measures: Mapping[str, Measure], year_end: date, *, shown: int = 0
) -> pd.DataFrame:
    """Continue each series' line to the last period of a financial year.

    Parameters
    ----------
    series
        As `arrange` returns it, with targets, up to the quarter reported.
    year_end
        The last day of the financial year; its last period is the one that ends then.
    shown
        How many of the latest periods the line is fitted to, a blank one counted; all where 0.

    Returns
    -------
    DataFrame
        OUTLOOK_COLUMNS, one row a series: the projected value, its 80% prediction interval
        and the chance of meeting the target, in the measure's unit and as a share; NaN
        where there is no outlook, with the reason.
    """
    keys, rows = series.keys, len(series.keys)
    latest = latest_shown(series.points, shown)
    points, _ = cut_at_breaks(latest[latest["value"].notna()], measures)
    run = run_of(points, keys)
    ends = float(year_end.year * 12 + year_end.month)
    last = run.facts["month_to"].to_numpy(np.float64)
    ahead = run.facts["time_to"].to_numpy(np.float64) + (ends - last) / 12
    found = project(run.times, run.values, ahead, confidence=CONFIDENCE)
    shares = run.facts["overlap"].to_numpy(bool)
    few, over = found.n < LEAST_POINTS, last >= ends
    # points on a straight line leave no scatter but that of rounding
    scatter = found.se > 1e-9 * np.abs(found.value)
    known = ~shares & ~few & ~over & np.isfinite(found.se) & scatter
    target, sign = keys["target"].to_numpy(np.float64), keys["sign"].to_numpy(np.float64)
    above = found.chance_above(target)
    chance = np.select([sign > 0, sign < 0], [above, 1 - above], np.nan)
    low, high = _possible(keys, found.low), _possible(keys, found.high)
    reasons = Reasons(rows)
    reasons.add(Reason.OVERLAPPING_PERIODS, shares)
    reasons.add(Reason.TOO_FEW_POINTS, ~shares & few)
    reasons.add(Reason.YEAR_IS_OVER, ~shares & ~few & over)
    reasons.add(Reason.PERFECT_FIT, ~shares & ~few & ~over & ~known)
    return pd.DataFrame(
        {
            "measure": keys["measure"].to_numpy(), "area": keys["area"].to_numpy(),
            "year_end": year_end, "n_points": found.n.astype(np.int64),
            "period_to": run.facts["period_to"].astype(object).fillna("").to_numpy(),
            "value": np.where(known, _possible(keys, found.value), np.nan),
            "low": np.where(known, low, np.nan), "high": np.where(known, high, np.nan),
            "target": target, "chance": np.where(known, chance, np.nan),
            "reasons": reasons.texts(),
        }
    )  # fmt: skip


def _possible(keys: pd.DataFrame, values: Floats) -> Floats:
    """Values cut to those that the measure can take."""
    return np.clip(values, *limits(keys))

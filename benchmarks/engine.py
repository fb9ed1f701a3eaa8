"""Our trend engine against the usual loops, on the same seeded series."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from benchmarks.timing import compare
from kcc_lib.inference import linear_trend

YEARS = np.arange(2015.0, 2020.0)


def ways(values: np.ndarray) -> dict[str, Callable[[], object]]:
    """Our engine and the usual loops, each over every series."""
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(len(values)), YEARS.size),
            "x": np.tile(YEARS, len(values)),
            "y": values.ravel(),
        }
    )
    design = sm.add_constant(YEARS)
    return {
        "kcc_lib.inference.linear_trend": lambda: linear_trend(YEARS, values),
        "scipy.stats.linregress loop": lambda: [stats.linregress(YEARS, y).pvalue for y in values],
        "statsmodels OLS loop": lambda: [sm.OLS(y, design).fit().pvalues[1] for y in values],
        "pandas groupby.apply of linregress": lambda: frame.groupby("series")[["x", "y"]].apply(
            lambda g: stats.linregress(g["x"], g["y"]).pvalue
        ),
    }


def run() -> None:
    """Compare at 12,000 and at 200,000 series; the loops take minutes at the latter."""
    rng = np.random.default_rng(2019)
    for count, rounds in ((12_000, 3), (200_000, 1)):
        values = rng.normal(50, 5, (count, YEARS.size))
        title = f"{count:,} series of {YEARS.size} years: least squares slope and t-test"
        compare(title, ways(values), rounds=rounds, warm=count < 50_000)

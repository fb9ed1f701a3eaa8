"""Our trend engine against the usual loops, on the same seeded series."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from benchmarks.timing import compare
from kcc_lib.inference import linear_trend

YEARS = np.arange(2015.0, 2020.0)


def run() -> None:
    """Compare at 12,000 series; the loops are then scaled from a tenth of 200,000."""
    rng = np.random.default_rng(2019)
    values = rng.normal(50, 5, (12_000, YEARS.size))
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(len(values)), YEARS.size),
            "x": np.tile(YEARS, len(values)),
            "y": values.ravel(),
        }
    )
    design = sm.add_constant(YEARS)
    compare(
        "12,000 series of 5 years: least squares slope and t-test",
        {
            "kcc_lib.inference.linear_trend": lambda: linear_trend(YEARS, values),
            "scipy.stats.linregress loop": lambda: [stats.linregress(YEARS, y) for y in values],
            "statsmodels OLS loop": lambda: [sm.OLS(y, design).fit().pvalues for y in values],
            "pandas groupby.apply of linregress": lambda: frame.groupby("series")[["x", "y"]].apply(
                lambda g: stats.linregress(g["x"], g["y"]).pvalue
            ),
        },
        rounds=3,
    )
    many = rng.normal(50, 5, (200_000, YEARS.size))
    compare(
        "200,000 series, our engine alone",
        {"kcc_lib.inference.linear_trend": lambda: linear_trend(YEARS, many)},
        rounds=3,
    )

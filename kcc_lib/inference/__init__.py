"""Numbers: arrays in, arrays out. No labels, no reasons, no pandas.

Every function takes scalars or arrays (NaN is missing) and returns a frozen result whose
fields have the broadcast shape of the inputs. Methods and sources: `docs/methods/`.
"""

from kcc_lib.inference.intervals import ByarsInterval, WilsonInterval, byars, wilson
from kcc_lib.inference.means import TwoMeans, two_means
from kcc_lib.inference.multiple import benjamini_hochberg
from kcc_lib.inference.normal import TwoEstimates, critical_t, critical_z, two_estimates
from kcc_lib.inference.planning import sample_size_to_detect
from kcc_lib.inference.proportions import (
    GapChange,
    TwoProportions,
    exact_fisher,
    gap_change,
    proportion_se,
    two_proportions,
)
from kcc_lib.inference.rates import TwoRates, exact_conditional, two_rates
from kcc_lib.inference.spc import Xmr, xmr
from kcc_lib.inference.trend import LinearTrend, linear_trend

__all__ = [
    "ByarsInterval",
    "GapChange",
    "LinearTrend",
    "TwoEstimates",
    "TwoMeans",
    "TwoProportions",
    "TwoRates",
    "WilsonInterval",
    "Xmr",
    "benjamini_hochberg",
    "byars",
    "critical_t",
    "critical_z",
    "exact_conditional",
    "exact_fisher",
    "gap_change",
    "linear_trend",
    "proportion_se",
    "sample_size_to_detect",
    "two_estimates",
    "two_means",
    "two_proportions",
    "two_rates",
    "wilson",
    "xmr",
]

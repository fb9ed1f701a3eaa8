"""Numbers: arrays in, arrays out. No labels, no reasons, no pandas.

Every function takes scalars or arrays (NaN is missing) and returns a frozen result whose
fields have the broadcast shape of the inputs. Methods and sources: `docs/methods/`.
"""

from kcc_lib.inference.exact import exact_conditional, exact_fisher
from kcc_lib.inference.intervals import (
    ByarsInterval,
    PoissonInterval,
    WilsonInterval,
    byars,
    poisson_interval,
    wilson,
)
from kcc_lib.inference.kendall import Kendall, kendall
from kcc_lib.inference.mann_kendall import MannKendall, mann_kendall, seasonal_kendall
from kcc_lib.inference.means import MeanInterval, TwoMeans, mean_interval, two_means
from kcc_lib.inference.multiple import benjamini_hochberg
from kcc_lib.inference.normal import (
    TwoEstimates,
    critical_t,
    critical_z,
    two_estimates,
    two_sided_normal,
    two_sided_t,
)
from kcc_lib.inference.planning import (
    NextValues,
    first_significant,
    next_count,
    next_proportion,
    next_trend,
    sample_size_to_detect,
)
from kcc_lib.inference.projection import Projection, project
from kcc_lib.inference.proportions import (
    GapChange,
    TwoProportions,
    gap_change,
    proportion_se,
    two_proportions,
)
from kcc_lib.inference.rates import TwoRates, two_rates
from kcc_lib.inference.ratios import (
    RatioChange,
    log_ratio_se,
    net_balance_se,
    ratio_change,
    rounding_se,
)
from kcc_lib.inference.spc import Xmr, assurance, xmr
from kcc_lib.inference.spc_rules import SpcRule
from kcc_lib.inference.standardised import DirectlyStandardisedRate, directly_standardised_rate
from kcc_lib.inference.trend import LeaveOneOut, LinearTrend, leave_one_out, linear_trend
from kcc_lib.inference.weighted import WeightedTrend, cochran_armitage, weighted_trend

__all__ = [
    "ByarsInterval",
    "DirectlyStandardisedRate",
    "GapChange",
    "Kendall",
    "LeaveOneOut",
    "LinearTrend",
    "MannKendall",
    "MeanInterval",
    "NextValues",
    "PoissonInterval",
    "Projection",
    "RatioChange",
    "SpcRule",
    "TwoEstimates",
    "TwoMeans",
    "TwoProportions",
    "TwoRates",
    "WeightedTrend",
    "WilsonInterval",
    "Xmr",
    "assurance",
    "benjamini_hochberg",
    "byars",
    "cochran_armitage",
    "critical_t",
    "critical_z",
    "directly_standardised_rate",
    "exact_conditional",
    "exact_fisher",
    "first_significant",
    "gap_change",
    "kendall",
    "leave_one_out",
    "linear_trend",
    "log_ratio_se",
    "mann_kendall",
    "mean_interval",
    "net_balance_se",
    "next_count",
    "next_proportion",
    "next_trend",
    "poisson_interval",
    "project",
    "proportion_se",
    "ratio_change",
    "rounding_se",
    "sample_size_to_detect",
    "seasonal_kendall",
    "two_estimates",
    "two_means",
    "two_proportions",
    "two_rates",
    "two_sided_normal",
    "two_sided_t",
    "weighted_trend",
    "wilson",
    "xmr",
]

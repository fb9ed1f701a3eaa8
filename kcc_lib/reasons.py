"""Why a judgement is what it is: what it rests on, and codes for every caveat and refusal."""

import math
from enum import StrEnum


class Basis(StrEnum):
    """What a judgement rests on: the test made, or what stood in for one."""

    TREND = "ols_t"
    PUBLISHED_INTERVAL = "published_interval"
    PROPORTION = "proportion_z"
    PROPORTION_EXACT = "fisher_exact"
    SAMPLE_SIZE = "sample_size_z"
    GAP_GROUP = "gap_group_z"
    MEAN = "welch_t"
    GAP = "gap_four_cells_z"
    RATIO = "log_ratio_z"
    NET_BALANCE = "net_balance_z"
    ROLLING_PARTS = "rolling_parts_z"
    RATE = "poisson_score"
    RATE_EXACT = "poisson_exact"
    COUNT = "event_count_z"
    COUNT_EXACT = "event_count_exact"
    INTERVAL_OVERLAP = "interval_overlap"
    OWN_INTERVAL = "own_interval"
    VARIANCE = "variance_5_percent"
    VARIANCE_POINTS = "variance_5_points"
    MOVING_RANGE = "moving_range"
    LAST_PERIOD = "last_period_sign"
    WEIGHTED_TREND = "weighted_trend_chi2"
    CONTROL_CHART = "xmr_chart"
    NONE = "none"

    @property
    def meaning(self) -> str:
        """The basis in words, as the pages and `kcc explain` print it."""
        return _BASIS_MEANINGS[self]


_BASIS_MEANINGS = {
    Basis.TREND: "least squares trend with a two-sided t-test",
    Basis.PUBLISHED_INTERVAL: "z-test on standard errors from published intervals",
    Basis.PROPORTION: "pooled z-test of two proportions",
    Basis.PROPORTION_EXACT: "Fisher's exact test of two proportions",
    Basis.SAMPLE_SIZE: "pooled z-test of two proportions on sample sizes",
    Basis.GAP_GROUP: "z-test on the counts of the smaller group",
    Basis.MEAN: "Welch's t-test of two means",
    Basis.GAP: "z-test on the counts of both groups",
    Basis.RATIO: "z-test on the logarithm of the ratio",
    Basis.NET_BALANCE: "z-test of two net balances",
    Basis.ROLLING_PARTS: "z-test of the year that entered the average against the one that left",
    Basis.RATE: "Poisson score test of two rates",
    Basis.RATE_EXACT: "exact conditional test of two rates",
    Basis.COUNT: "z-test of two counts of events",
    Basis.COUNT_EXACT: "exact test of two counts of events",
    Basis.OWN_INTERVAL: "whether the other value lies within the area's own 95% interval",
    Basis.INTERVAL_OVERLAP: "whether the survey's 95% intervals overlap",
    Basis.VARIANCE: "the 5% rule: more than 5% of the earlier value is a movement",
    Basis.VARIANCE_POINTS: "the 5 point rule: more than 5 percentage points is a movement",
    Basis.MOVING_RANGE: "the spread of earlier changes from one period to the next",
    Basis.LAST_PERIOD: "the sign of the change since the period before, as published",
    Basis.WEIGHTED_TREND: "Fingertips' trend of five points, weighted by their intervals",
    Basis.CONTROL_CHART: "the limits and runs of an XmR control chart",
    Basis.NONE: "no basis for a judgement",
}


class Reason(StrEnum):
    """Why a judgement is what it is, or why there is none: codes, so callers branch on them."""

    NO_SERIES = "no_series"
    OUTSIDE_WINDOW = "outside_window"
    TOO_FEW_POINTS = "too_few_points"
    PERIOD_MISSING = "period_missing"
    NO_COMMON_PERIOD = "no_common_period"
    SOURCES_DIFFER = "sources_differ"
    SUPPRESSED = "suppressed"
    WINDOW_INCOMPLETE = "window_incomplete"
    BREAK_HARD = "break_hard"
    BREAK_NOTED = "break_noted"
    NO_UNCERTAINTY = "no_uncertainty"
    STATISTIC_UNKNOWN = "statistic_unknown"
    VARIANCE_FALLBACK = "variance_fallback"
    START_NOT_COMPARABLE = "start_not_comparable"
    CI_ASSUMED_SAME = "ci_assumed_same"
    SAMPLE_SIZE_ASSUMED = "sample_size_assumed"
    NUMERATOR_REBUILT = "numerator_rebuilt"
    DESIGN_EFFECT = "design_effect"
    ROUNDING_WIDENS = "rounding_widens"
    FEW_EVENTS = "few_events"
    MOVING_RANGE_FALLBACK = "moving_range_fallback"
    EXACT_TEST = "exact_test"
    COMPARATOR_TAKEN_AS_KNOWN = "comparator_taken_as_known"
    STOCK_AS_EVENTS = "stock_as_events"
    NO_VARIATION = "no_variation"
    CONSTANT = "constant"
    PERFECT_FIT = "perfect_fit"
    WITHIN_ROUNDING = "within_rounding"
    TESTS_DISAGREE = "tests_disagree"
    RANKS_DISAGREE = "ranks_disagree"
    NOT_STABLE = "not_stable"
    OVERLAPPING_PERIODS = "overlapping_periods"
    GAP_2 = "gap_2"
    DEFINITION_CLOSE = "definition_close"
    PROVISIONAL_USED = "provisional_used"
    SENSITIVE_TO_PROVISIONAL = "sensitive_to_provisional"
    INTERNAL_SOURCE = "internal_source"
    NO_POLARITY = "no_polarity"
    DISTANCE_FROM_TARGET = "distance_from_target"
    NO_TARGET = "no_target"
    STATISTIC_NOT_COVERED = "statistic_not_covered"
    PERIODS_NOT_COVERED = "periods_not_covered"
    COUNT_IS_WHOLE = "count_is_whole"
    TRIAL_LIMITS = "trial_limits"
    NO_MOVEMENT_BETWEEN_POINTS = "no_movement_between_points"
    POINTS_APART = "points_apart"
    SEASONALITY_UNCHECKED = "seasonality_unchecked"
    SEASONAL_TEST_DISAGREES = "seasonal_test_disagrees"
    TARGET_MET_BY_CHANCE = "target_met_by_chance"
    TARGET_OUT_OF_REACH = "target_out_of_reach"
    TARGET_SURE = "target_sure"
    YEAR_IS_OVER = "year_is_over"
    BELOW_TARGET = "below_target"
    ROUNDING_CHANGES_RATING = "rounding_changes_rating"
    PARTLY_JUDGED = "partly_judged"
    LIST_ASSUMED = "list_assumed"
    SINGLE_MEASURE = "single_measure"
    TWO_YEAR_FALLBACK = "two_year_fallback"

    @property
    def meaning(self) -> str:
        """The reason as a clause, as the pages and `kcc explain` print it."""
        return _REASON_MEANINGS[self]

    def of(self, p_value: float) -> str:
        """The reason as a clause about a judgement of that p: nothing of p where it is missing."""
        return _WITHOUT_P.get(self, self.meaning) if math.isnan(p_value) else self.meaning


_REASON_MEANINGS = {
    Reason.NO_SERIES: "no series of figures is held for this measure",
    Reason.OUTSIDE_WINDOW: "figures are held, but none inside a window of this edition",
    Reason.TOO_FEW_POINTS: "there are too few comparable points",
    Reason.PERIOD_MISSING: "one of the two periods to compare is not held",
    Reason.NO_COMMON_PERIOD: "no period has a figure for both",
    Reason.SOURCES_DIFFER: "the figures compared come from different sources",
    Reason.SUPPRESSED: "figures it needs are suppressed to protect people",
    Reason.WINDOW_INCOMPLETE: "some periods of the window are not held",
    Reason.BREAK_HARD: "a break in series shortens what can be compared",
    Reason.BREAK_NOTED: "the series has a break that the published judgement accepted",
    Reason.NO_UNCERTAINTY: "no interval, count or sample size is held, so chance cannot be tested",
    Reason.STATISTIC_UNKNOWN: "counts are held, but no statistic says what they count",
    Reason.VARIANCE_FALLBACK: "a change of more than 5% of the earlier value counts as a movement",
    Reason.START_NOT_COMPARABLE: "the earlier value is zero or of the other sign",
    Reason.CI_ASSUMED_SAME: "one year's interval is held, and the other is taken to be as wide",
    Reason.SAMPLE_SIZE_ASSUMED: "the sample size of another year of the survey is used",
    Reason.NUMERATOR_REBUILT: "the count is worked back from the percentage and the sample size",
    Reason.DESIGN_EFFECT: "the sample was not a simple random one, and its error is widened",
    Reason.ROUNDING_WIDENS: "the source rounds its figures, and the error is widened for that",
    Reason.FEW_EVENTS: "a standardised rate of fewer than ten events is not tested",
    Reason.MOVING_RANGE_FALLBACK: "a change far outside the usual ones counts as a movement",
    Reason.EXACT_TEST: "the counts are small, so an exact test is used",
    Reason.COMPARATOR_TAKEN_AS_KNOWN: "the other group is large, and its own error is left out",
    Reason.STOCK_AS_EVENTS: "people counted on a day are treated as independent events",
    Reason.NO_VARIATION: "both values are at the same end of the scale",
    Reason.CONSTANT: "every value is the same",
    Reason.PERFECT_FIT: "the points lie on a straight line, so no p-value is given",
    Reason.WITHIN_ROUNDING: "values are whole per cents, and rounding could explain the change or "
    "alter the result",
    Reason.TESTS_DISAGREE: "a two-sample test and overlapping intervals give different answers",
    Reason.RANKS_DISAGREE: "a test on ranks alone (Kendall's) gives a different answer",
    Reason.NOT_STABLE: "leaving out one point would turn the slope round",
    Reason.OVERLAPPING_PERIODS: "the periods overlap and share data: p is not reliable",
    Reason.GAP_2: "the earlier value is two years back or more",
    Reason.DEFINITION_CLOSE: "the series held is close to the published definition, not the same",
    Reason.PROVISIONAL_USED: "a provisional value is used",
    Reason.SENSITIVE_TO_PROVISIONAL: "without its provisional value the judgement would change",
    Reason.INTERNAL_SOURCE: "the latest value is from an internal source",
    Reason.NO_POLARITY: "neither direction is stated to be good, so only movement is given",
    Reason.DISTANCE_FROM_TARGET: "the distance from the target is judged, not the value",
    Reason.NO_TARGET: "it should meet a target, and none is held",
    Reason.STATISTIC_NOT_COVERED: "the method does not cover a measure of this kind",
    Reason.PERIODS_NOT_COVERED: "the method covers yearly figures of single years only",
    Reason.COUNT_IS_WHOLE: "in some year everybody is counted, which the method does not cover",
    Reason.TRIAL_LIMITS: "there are fewer than twelve points, so the limits are on trial",
    Reason.NO_MOVEMENT_BETWEEN_POINTS: "the values do not vary enough to set limits",
    Reason.POINTS_APART: "only points that share no data are used",
    Reason.SEASONALITY_UNCHECKED: "there are too few quarters to tell a season from a trend",
    Reason.SEASONAL_TEST_DISAGREES: "a test that allows for seasons gives a different answer",
    Reason.TARGET_MET_BY_CHANCE: "the target lies inside the limits: it is met or missed by chance",
    Reason.TARGET_OUT_OF_REACH: "the target lies outside the limits: as things are it is missed",
    Reason.TARGET_SURE: "the limits lie on the good side of the target: it is met every time",
    Reason.YEAR_IS_OVER: "the last period of the year is held already",
    Reason.BELOW_TARGET: "it is short of its target, and no floor is held to tell Amber from Red",
    Reason.ROUNDING_CHANGES_RATING: "rounded as it is printed it would have another colour",
    Reason.PARTLY_JUDGED: "only some of its measures can be judged",
    Reason.LIST_ASSUMED: "its own list of measures is not held, and another report's stands in",
    Reason.SINGLE_MEASURE: "it rests on a single measure",
    Reason.TWO_YEAR_FALLBACK: "two years are compared because three are not available",
}
_WITHOUT_P = {
    Reason.OVERLAPPING_PERIODS: "the periods overlap and share data, so no test of chance holds",
}

"""Rules that every method keeps: a judgement rests on what the figures say, not on how they stand.

Each rule is tried on seeded workbooks of many series, for every method and preset; where a rule
has no meaning for a method, the test says so.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.judgement.methods import METHODS
from kcc_lib.measures import Measure
from kcc_lib.periods import following, parse_period
from kcc_lib.vocabulary import Frequency, Polarity, Statistic

pytestmark = pytest.mark.fuzz

METHOD_PRESETS = [(name, preset) for name, m in METHODS.items() for preset in m.presets]
every_method = pytest.mark.parametrize(("method", "preset_name"), METHOD_PRESETS)
#: A share of the earlier value is what these rest on: it has a zero, so that a shift changes it.
SHARES_OF_A_VALUE = {("variance-2017", "default"), ("significance-2019", "kcc2019")}
NUMBERS = ("numerator", "denominator", "lower_ci", "upper_ci", "sample_size", "standard_deviation")
COUNTED = ("numerator", "denominator", "sample_size")
#: A correction for many tests looks at all of them; everything else at one series.
OWN_COLUMNS = [c for c in JUDGEMENT_COLUMNS if c not in {"q_value", "fragile"}]
MOVEMENT = {
    "Improving": "Increasing",
    "Not Improving": "Decreasing",
    "Maintaining": "No significant change",
}
YEARS = [following(parse_period("2003"), 12 * i) for i in range(15)]
QUARTERS = [following(parse_period("2015-16 Q3"), 3 * i) for i in range(15)]
BOTH_WAYS = {Polarity.HIGHER: Polarity.LOWER, Polarity.LOWER: Polarity.HIGHER}


def walk(rng, points):
    """Figures with a trend, a wander or neither, some of them missing."""
    drift, wander = rng.choice([0, 1.5, -1.5]), rng.choice([0.3, 2.0])
    values = 50 + drift * np.arange(points) + rng.normal(0, wander, points)
    return np.where(rng.random(points) < rng.choice([0, 0.15]), np.nan, values)


def counts_of(rng, statistic, values):
    """The counts behind the figures, as many as a district or as a county has."""
    bases = np.round(rng.choice([40, 900, 20_000]) * rng.uniform(0.9, 1.1, values.size))
    if statistic is Statistic.COUNT:
        return {"numerator": np.round(values * rng.choice([0.1, 1, 30]))}
    return {"numerator": np.round(bases * values / 100), "denominator": bases}


def workbook(seed, *, counted=(), series=24):
    """A frame and its measures: figures with intervals, or of `counted` statistics."""
    rng = np.random.default_rng(seed)
    frames, measures = [], {}
    for number in range(series):
        quarterly = bool(number % 4 == 3)
        periods = QUARTERS if quarterly else YEARS
        points = int(rng.integers(2, 16))
        first = int(rng.integers(0, 16 - points))
        values = walk(rng, points)
        statistic = rng.choice(counted) if counted else Statistic.PROPORTION
        if counted:
            told = counts_of(rng, statistic, values)
        else:
            half = rng.uniform(0.5, 2.0) * rng.uniform(0.8, 1.2, points)
            told = {"lower_ci": values - half, "upper_ci": values + half} if number % 3 else {}
        code = f"m{number:02}"
        frames.append(frame_of(code, periods[first : first + points], values, told))
        measures[code] = Measure(
            code,
            statistic=Statistic(statistic),
            polarity=[Polarity.HIGHER, Polarity.LOWER][number % 2],
            frequency=Frequency.QUARTERLY if quarterly else Frequency.YEARLY,
            survey=bool(number % 5 == 1),
        )
    return pd.concat(frames, ignore_index=True), measures


def frame_of(code, periods, values, told):
    """A tidy frame of one series; a blank value is flagged as not available."""
    frame = pd.DataFrame(
        {
            "measure": code,
            "area": "a",
            "period": [p.label for p in periods],
            "value": values,
            "flags": np.where(np.isnan(values), "x", ""),
            "period_start": pd.to_datetime([p.start for p in periods]),
            "period_end": pd.to_datetime([p.end for p in periods]),
            "time": [p.middle for p in periods],
        }
    )
    for name in NUMBERS:
        frame[name] = np.where(np.isnan(values), np.nan, told.get(name, np.nan))
    return frame


def judge(book, method, preset_name, **more):
    frame, measures = book
    return assess(frame, measures, method=method, preset_name=preset_name, areas=["a"], **more)


def words_of(found):
    return found[["measure", "horizon", "label", "direction"]]


def with_polarity(measures, turn):
    return {code: replace(m, polarity=turn(m.polarity)) for code, m in measures.items()}


def moved(frame, shift, scale):
    """The same figures on another scale: a + c times the value, with its interval."""
    out = frame.copy()
    for name in ("value", "lower_ci", "upper_ci"):
        out[name] = shift + scale * frame[name]
    if scale < 0:
        out[["lower_ci", "upper_ci"]] = out[["upper_ci", "lower_ci"]].to_numpy()
    return out


@every_method
def test_the_workbooks_move_in_every_way(method, preset_name):
    # or the rules below would hold of nothing
    found = judge(workbook(2), method, preset_name)

    assert {"Improving", "Not Improving"} <= set(found["label"])
    assert "Maintaining" in set(found["label"]) or method == "last-quarter-2017"


# The same figures, written down in another way


@every_method
def test_a_mirror_of_the_figures_and_of_what_is_good_has_the_same_label(method, preset_name):
    # about zero where a share of the value decides, about any constant elsewhere
    about = 0 if (method, preset_name) in SHARES_OF_A_VALUE else 100
    frame, measures = workbook(2)
    mirror = moved(frame, about, -1), with_polarity(measures, BOTH_WAYS.get)

    pd.testing.assert_frame_equal(
        words_of(judge(mirror, method, preset_name)),
        words_of(judge((frame, measures), method, preset_name)),
    )


@pytest.mark.parametrize(
    ("method", "preset_name"),
    # the others look at the values alone, which the test above mirrors
    [p for p in METHOD_PRESETS if p[0] in {"significance-2019", "recent-trend"}],
)
def test_a_share_and_the_share_of_all_others_have_mirrored_labels(method, preset_name):
    frame, measures = workbook(3, counted=[Statistic.PROPORTION])
    others = frame.assign(
        value=100 - frame["value"], numerator=frame["denominator"] - frame["numerator"]
    )
    mirror = others, with_polarity(measures, BOTH_WAYS.get)

    one, other = judge((frame, measures), method, preset_name), judge(mirror, method, preset_name)

    own = one["horizon"] == one["horizon"].iloc[0]  # a share of the value decides no long trend
    pd.testing.assert_frame_equal(words_of(other)[own], words_of(one)[own])
    np.testing.assert_allclose(other["p_value"][own], one["p_value"][own], rtol=1e-9)


@every_method
@pytest.mark.parametrize(("shift", "scale"), [(-50, 7), (1234.5, 0.01)])
def test_another_unit_or_another_zero_leaves_the_label_alone(method, preset_name, shift, scale):
    if (method, preset_name) in SHARES_OF_A_VALUE:
        shift = 0
    frame, measures = workbook(4)

    pd.testing.assert_frame_equal(
        words_of(judge((moved(frame, shift, scale), measures), method, preset_name)),
        words_of(judge((frame, measures), method, preset_name)),
    )


@every_method
def test_the_order_of_the_rows_changes_nothing(method, preset_name):
    frame, measures = workbook(5)
    order = np.random.default_rng(5).permutation(len(frame))

    pd.testing.assert_frame_equal(
        judge((frame.iloc[order], measures), method, preset_name),
        judge((frame, measures), method, preset_name),
    )


@every_method
def test_rows_without_a_value_change_nothing_wherever_they_stand(method, preset_name):
    # every method keeps a gap as a gap, or sees only the points held: none sees a blank row
    frame, measures = workbook(6)
    blanks = []
    for code, record in measures.items():
        periods = QUARTERS if record.frequency is Frequency.QUARTERLY else YEARS
        held = set(frame.loc[(frame["measure"] == code) & frame["value"].notna(), "period"])
        missing = [p for p in periods if p.label not in held]
        blanks.append(frame_of(code, missing, np.full(len(missing), np.nan), {}))
    bare = frame[frame["value"].notna()]
    padded = pd.concat([bare, *blanks], ignore_index=True)
    padded = padded.astype({"flags": "str"})

    pd.testing.assert_frame_equal(
        judge((padded, measures), method, preset_name), judge((bare, measures), method, preset_name)
    )


@every_method
def test_empty_columns_change_nothing(method, preset_name):
    frame, measures = workbook(7)
    wide = frame.assign(cv=np.nan, standard_error=np.nan, year_numerator=np.nan, confidence=np.nan)

    pd.testing.assert_frame_equal(
        judge((wide, measures), method, preset_name),
        judge((frame.drop(columns="standard_deviation"), measures), method, preset_name),
    )


# One series among others


@every_method
def test_each_area_is_judged_as_though_it_stood_alone(method, preset_name):
    frame, measures = workbook(8, series=8)
    record = replace(measures["m00"], frequency=Frequency.YEARLY)
    yearly = [c for c, m in measures.items() if m.frequency is Frequency.YEARLY][:3]
    alone = [frame[frame["measure"] == c].assign(measure="m00", area=c) for c in yearly]

    together = assess(
        pd.concat(alone), {"m00": record}, method=method, preset_name=preset_name, areas=yearly
    )

    apart = [
        assess(f, {"m00": record}, method=method, preset_name=preset_name, areas=[area])
        for f, area in zip(alone, yearly, strict=True)
    ]
    pd.testing.assert_frame_equal(
        together[OWN_COLUMNS], pd.concat(apart, ignore_index=True)[OWN_COLUMNS]
    )


@every_method
def test_another_measure_changes_only_what_allows_for_many_tests(method, preset_name):
    frame, measures = workbook(9, series=12)
    more, others = workbook(10, counted=[Statistic.RATE, Statistic.COUNT], series=12)
    more["measure"] = "z" + more["measure"]
    others = {f"z{c}": replace(m, measure=f"z{c}") for c, m in others.items()}

    found = judge((pd.concat([frame, more]), measures | others), method, preset_name)

    kept = found[found["measure"].isin(list(measures))].reset_index(drop=True)
    before = judge((frame, measures), method, preset_name)
    pd.testing.assert_frame_equal(kept[OWN_COLUMNS], before[OWN_COLUMNS])
    assert (kept["q_value"].isna() == before["q_value"].isna()).all()


# What is good, and how much is known


@every_method
def test_without_polarity_the_words_say_the_same_movement(method, preset_name):
    frame, measures = workbook(11)
    unstated = {Polarity.HIGHER: Polarity.NONE, Polarity.LOWER: None}
    polar = judge((frame, with_polarity(measures, lambda _: Polarity.HIGHER)), method, preset_name)

    plain = judge((frame, with_polarity(measures, unstated.get)), method, preset_name)

    if method == "variance-2017":  # it knows no movement, only better and worse (METHODS 4.2)
        assert set(plain["label"]) == {"Not judged"}
    else:
        assert list(plain["label"]) == list(polar["label"].replace(MOVEMENT))
        pd.testing.assert_series_equal(plain["p_value"], polar["p_value"])


@pytest.mark.parametrize(
    ("method", "preset_name"),
    # the others do not look at counts
    [p for p in METHOD_PRESETS if p[0] in {"significance-2019", "recent-trend"}],
)
@pytest.mark.parametrize("statistic", [Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT])
def test_twice_the_cases_never_turn_a_movement_into_none(method, preset_name, statistic):
    frame, measures = workbook(12, counted=[statistic], series=60)
    twice = frame.assign(**{c: 2 * frame[c] for c in COUNTED})

    found, doubled = (judge((f, measures), method, preset_name) for f in (frame, twice))

    moves = found["label"].isin(["Improving", "Not Improving"])
    tested = moves & ~found["basis"].isin(["ols_t", "none"])
    # Fingertips has no rule for counts, nor for rates of unstated multiplier
    untested = method == "recent-trend" and statistic is not Statistic.PROPORTION
    assert tested.any() != untested
    assert list(doubled["label"][tested]) == list(found["label"][tested])


# Agreement with others' software


def long_terms(book):
    found = judge(book, "significance-2019", "default")
    return found[(found["horizon"] == "long-term") & found["p_value"].notna()]


def test_the_trend_is_scipys_and_statsmodels_to_ten_digits():
    frame, measures = workbook(13, series=60)
    found = long_terms((frame, measures))
    assert len(found) > 30

    for row in found.itertuples():
        held = frame[(frame["measure"] == row.measure) & frame["value"].notna()]
        # centred as ours is: SciPy and statsmodels lose digits on years near 2,000
        x, y = held["time"] - held["time"].mean(), held["value"]
        one = stats.linregress(x, y)
        other = sm.OLS(y.to_numpy(), sm.add_constant(x.to_numpy())).fit()
        low, high = other.conf_int()[1]
        ours = [row.change, row.se, row.statistic, row.p_value, row.r_squared]
        theirs = [one.slope, one.stderr, one.slope / one.stderr, one.pvalue, one.rvalue**2]
        np.testing.assert_allclose(ours, theirs, rtol=1e-10)
        theirs = [other.params[1], other.bse[1], other.tvalues[1], other.pvalues[1], other.rsquared]
        np.testing.assert_allclose(ours, theirs, rtol=1e-10)
        np.testing.assert_allclose([row.ci_low, row.ci_high], [low, high], rtol=1e-10)
        assert (row.df, row.n_points) == (other.df_resid, len(held))


def peers_p(basis, a, na, b, nb):
    """The p-value of the peer for each way of testing two counted figures."""
    a, b = int(a), int(b)
    if basis == "proportion_z":
        return proportions_ztest([a, b], [na, nb])[1]
    if basis == "fisher_exact":
        return stats.fisher_exact([[a, na - a], [b, nb - b]]).pvalue
    if basis in {"poisson_score", "event_count_z"}:
        return poisson_2indep(a, na, b, nb, method="score", compare="ratio").pvalue
    return stats.binomtest(b, a + b, nb / (na + nb)).pvalue


@pytest.mark.parametrize(
    ("statistic", "bases"),
    [
        (Statistic.PROPORTION, {"proportion_z", "fisher_exact"}),
        (Statistic.RATE, {"poisson_score", "poisson_exact"}),
        (Statistic.COUNT, {"event_count_z", "event_count_exact"}),
    ],
)
def test_the_last_year_of_counts_is_tested_as_by_scipy_and_statsmodels(statistic, bases):
    rng = np.random.default_rng(14)
    frames, measures, given = [], {}, {}
    for number in range(60):
        size = [30, 400, 20_000][number % 3]
        bases_of = np.round(size * rng.uniform(0.8, 1.2, 2))
        share = rng.choice([0.02, 0.3, 0.9])
        counts = np.minimum(np.round(bases_of * share * rng.uniform(0.7, 1.4, 2)), bases_of)
        code = f"m{number:02}"
        told = {"numerator": counts, "denominator": bases_of}
        frames.append(frame_of(code, YEARS[:2], 100 * counts / bases_of, told))
        measures[code] = Measure(code, statistic=statistic, polarity=Polarity.HIGHER)
        if statistic is Statistic.COUNT:
            bases_of = np.ones(2)
        given[code] = (counts[0], bases_of[0], counts[1], bases_of[1])

    found = judge((pd.concat(frames), measures), "significance-2019", "default")

    found = found[(found["horizon"] == "1-year") & ~found["reasons"].str.contains("no_variation")]
    assert set(found["basis"]) == bases
    for row in found.itertuples():
        theirs = peers_p(row.basis, *given[row.measure])
        assert row.p_value == pytest.approx(theirs, rel=1e-9), (row.basis, given[row.measure])


def test_the_last_year_of_means_is_tested_as_by_scipy():
    rng = np.random.default_rng(15)
    frames, measures, given = [], {}, {}
    for number in range(30):
        code = f"m{number:02}"
        mean, sd = rng.normal(50, 1, 2), rng.uniform(2, 9, 2)
        size = rng.integers(5, 900, 2).astype(float)
        told = {"standard_deviation": sd, "sample_size": size}
        frames.append(frame_of(code, YEARS[:2], mean, told))
        measures[code] = Measure(code, statistic=Statistic.MEAN, polarity=Polarity.LOWER)
        given[code] = (mean[1], sd[1], size[1], mean[0], sd[0], size[0])

    found = judge((pd.concat(frames), measures), "significance-2019", "default")

    for row in found[found["horizon"] == "1-year"].itertuples():
        peer = stats.ttest_ind_from_stats(*given[row.measure], equal_var=False)
        assert row.basis == "welch_t"
        assert row.statistic == pytest.approx(peer.statistic, rel=1e-9)
        assert row.p_value == pytest.approx(peer.pvalue, rel=1e-9)

"""The options of each method: what each does, and how a bad one is refused."""

from dataclasses import fields

import numpy as np
import pytest
from scipy import stats

from kcc_lib.errors import KccError, UnknownNameError
from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.methods import METHODS
from kcc_lib.judgement.options import Options
from kcc_lib.vocabulary import Frequency

from .builders import RISING, judged, measure, reasons, series

NAMES = [f.name for f in fields(Options)]
#: Values that no option of the name may have, and what is said of them.
BAD = [
    ("alpha", 0, "between 0 and 0.5"),
    ("alpha", -0.1, "between 0 and 0.5"),
    ("alpha", 0.51, "between 0 and 0.5"),
    ("alpha", "nan", "between 0 and 0.5"),
    ("alpha", "five per cent", "no number"),
    ("alpha", "", "no number"),
    ("min_points", 2, "3 or more"),
    ("min_points", 4.5, "no whole number"),
    ("min_points", "many", "no whole number"),
    ("max_gap", 0, "between 1 and 20"),
    ("max_gap", 21, "between 1 and 20"),
    ("max_gap", "1.5", "no whole number"),
    ("design_effect", 0.9, "1 or more"),
    ("design_effect", "inf", "1 or more"),
    ("design_effect", None, "no number"),
    ("variance", 0, "above 0"),
    ("variance", 5, "at most 1"),
    ("inclusive", "maybe", "write yes or no"),
    ("inclusive", 1, "write yes or no"),
    ("shown", -1, "0 or more"),
    ("shown", "all", "no whole number"),
    ("survey_rule", "overlap", "interval_overlap"),
    ("survey_rule", "", "interval_overlap"),
    ("fallback", "vary", "variance"),
    ("fallback", True, "variance"),
    ("mode", "percent", "relative"),
]


def method_with(option):
    return next(name for name, m in METHODS.items() if option in m.reads)


@pytest.mark.parametrize(("option", "value", "said"), BAD)
def test_a_value_that_an_option_cannot_have_is_refused_with_what_it_can(option, value, said):
    with pytest.raises(KccError, match=said) as refusal:
        assess(
            series(RISING), {"m": measure()}, method=method_with(option), options={option: value}
        )

    assert option in str(refusal.value)
    assert str(value) in str(refusal.value)


def test_every_option_has_a_bad_value_here():
    assert {option for option, _, _ in BAD} == set(NAMES)


@pytest.mark.parametrize("name", ["alfa", "minpoints", "", "confidence"])
def test_an_unknown_option_is_refused_with_the_nearest_that_exists(name):
    with pytest.raises(UnknownNameError, match="no option"):
        assess(series(RISING), {"m": measure()}, options={name: 1})


def test_a_misspelt_option_is_recognised():
    with pytest.raises(UnknownNameError, match="did you mean 'alpha'"):
        assess(series(RISING), {"m": measure()}, options={"alfa": 0.01})


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_preset_is_refused_with_those_that_exist(method):
    with pytest.raises(UnknownNameError, match=r"no preset .kcc2016.; (did you mean|known)"):
        assess(series(RISING), {"m": measure()}, method=method, preset_name="kcc2016")


@pytest.mark.parametrize("method", METHODS)
def test_an_option_that_a_method_does_not_heed_is_refused(method):
    settled = METHODS[method].presets["default"]
    for name in NAMES:
        if name in METHODS[method].reads:
            continue
        with pytest.raises(KccError, match=f"{method} does not heed {name}"):
            assess(series(RISING), {"m": measure()}, method=method,
                   options={name: getattr(settled, name)})  # fmt: skip


def test_every_option_is_heeded_by_some_method():
    assert set().union(*(m.reads for m in METHODS.values())) == set(NAMES)


@pytest.mark.parametrize("option", ["alpha", "min_points", "design_effect", "variance"])
def test_a_number_may_come_as_text_as_a_command_line_gives_it(option):
    value = {"alpha": 0.01, "min_points": 5, "design_effect": 1.5, "variance": 0.1}[option]
    frame = series(RISING, standard_error=[0.4] * 5)

    typed, text = (
        assess(frame, {"m": measure()}, options={option: v}) for v in (value, f" {value} ")
    )

    assert typed.equals(text)


def test_alpha_sets_the_label_the_interval_and_what_is_detectable():
    frame = series([50, 53], standard_error=[1, 1])

    at_five, at_one = (judged(frame, horizon="1-year", options={"alpha": a}) for a in (0.05, 0.01))

    assert (at_five["label"], at_one["label"]) == ("Improving", "Maintaining")
    assert at_one["p_value"] == at_five["p_value"]
    half = stats.norm.ppf(0.995) * np.sqrt(2)
    assert (at_one["ci_low"], at_one["ci_high"]) == pytest.approx((3 - half, 3 + half))
    assert at_one["detectable_change"] == pytest.approx(half)


def test_alpha_sets_the_label_and_the_interval_of_a_trend():
    values = [60.0, 61.0, 62.2, 61.9, 63.4]
    fitted = stats.linregress(np.arange(5), values)
    strict = fitted.pvalue / 2

    usual, row = judged(series(values)), judged(series(values), options={"alpha": strict})

    assert (usual["label"], row["label"]) == ("Improving", "Maintaining")
    half = stats.t.ppf(1 - strict / 2, 3) * fitted.stderr
    assert row["ci_low"] == pytest.approx(fitted.slope - half)
    assert row["detectable_change"] == pytest.approx(4 * half)


@pytest.mark.parametrize(
    ("points", "least", "label"), [(4, 5, "N/A"), (5, 5, "Improving"), (3, 3, "Improving")]
)
def test_min_points_sets_how_many_a_trend_needs(points, least, label):
    values = [50, 51, 52.02, 53, 54.01][:points]

    assert judged(series(values), options={"min_points": least})["label"] == label


@pytest.mark.parametrize(
    ("values", "max_gap", "start"),
    [
        ([50, np.nan, 60], 1, ""),
        ([50, np.nan, 60], 2, "2014"),
        ([50, 55, 60], 2, "2015"),  # the preceding year wherever it is held
        ([50, np.nan, np.nan, 60], 2, ""),
        ([50, np.nan, np.nan, 60], 3, "2014"),
    ],
)
def test_max_gap_sets_how_far_back_the_earlier_year_may_lie(values, max_gap, start):
    frame = series(values, standard_error=[1.0] * len(values))

    row = judged(frame, horizon="1-year", options={"max_gap": max_gap})

    assert row["period_from"] == start
    assert row["label"] == ("Improving" if start else "Not judged")
    assert ("gap_2" in reasons(row)) == (start == "2014")


def test_a_two_yearly_measure_reaches_two_years_back_without_being_told():
    frame = series([50, np.nan, 60], standard_error=[1.0] * 3)

    row = judged(frame, measure(frequency=Frequency.TWO_YEARLY), horizon="1-year")

    assert (row["period_from"], row["label"]) == ("2014", "Improving")


def test_the_preset_of_2019_is_what_reproduces_the_report():
    preset = METHODS["significance-2019"].presets["kcc2019"]

    chosen = {"survey_rule": "interval_overlap", "fallback": "variance", "min_points": 3}
    frame = series([50, 53, 54], lower_ci=[48, 51, 52], upper_ci=[52, 55, 56])
    record = measure(survey=True)
    named = assess(frame, {"m": record}, preset_name="kcc2019")
    one_by_one = assess(frame, {"m": record}, options=chosen)

    assert named.equals(one_by_one)
    assert (preset.alpha, preset.variance, preset.max_gap) == (0.05, 0.05, 1)


def test_options_chosen_one_by_one_go_before_the_presets():
    row = judged(series([50, 60]), horizon="1-year", preset_name="kcc2019",
                 options={"fallback": "none"})  # fmt: skip

    assert row["label"] == "Not judged"

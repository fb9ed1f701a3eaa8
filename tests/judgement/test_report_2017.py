"""The 2017 report judged from what was known then: its windows, its measures and its outcomes."""

import datetime
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import kcc_lib as kcc
from kcc_lib.judgement.outcomes import (
    OUTCOME_COLUMNS,
    check_counts_of_words,
    outcomes_beside,
    overall_word,
)
from kcc_lib.judgement.reconcile import Agreement
from kcc_lib.measures import PublishedOutcome
from kcc_lib.vocabulary import Horizon, Label
from kcc_lib.workbench import open_section

from .builders import measure

KNOWN_UNTIL = datetime.date(2017, 9, 30)
NO_WINDOW = {"1.35", "1.36", "1.72", "1.75", "2.33", "2.34", "3.12", "3.13", "3.41", "3.53", "3.72"}


@pytest.fixture(scope="module")
def report():
    """The 2017 edition loaded and judged for Kent, without the other editions beside it."""
    return replace(open_section("annual-2017"), others=())


@pytest.fixture(scope="module")
def outcomes(report):
    return report.outcomes.set_index(["outcome", "horizon"])


def of(report, code, horizon):
    rows = report.judgements
    return rows[(rows["measure"] == code) & (rows["horizon"] == horizon)].iloc[0]


def test_every_measure_with_a_series_has_a_window_or_the_reason_for_none(report):
    held = set(report.observations.loc[report.observations["area"] == report.area, "measure"])
    windows = {w.measure: w for w in report.edition.windows}

    assert set(windows) == held & set(report.edition.measures)
    assert {m for m, w in windows.items() if w.one_year_to is None} == NO_WINDOW
    assert all(w.basis for w in windows.values())


def test_no_window_reaches_past_what_was_known_in_september_2017(report):
    ends = {w.measure: w.one_year_to.end for w in report.edition.windows if w.one_year_to}

    assert len(ends) == 28
    assert max(ends.values()) <= KNOWN_UNTIL


def test_a_window_spans_one_year_and_three_or_the_survey_s_two(report):
    for w in report.edition.windows:
        if w.one_year_to:
            years = [
                (last.end.year - first.end.year)
                for first, last in (
                    (w.one_year_from, w.one_year_to), (w.long_term_from, w.long_term_to)
                )
            ]  # fmt: skip
            assert years == ([2, 2] if w.measure == "3.32" else [1, 3]), w.measure
            assert w.one_year_to == w.long_term_to


@pytest.mark.slow
def test_nothing_known_only_later_is_judged_or_shown(report):
    """Every later figure made absurd changes no page and no data file."""
    ends = {w.measure: w.one_year_to.end for w in report.edition.windows if w.one_year_to}
    told = report.observations.copy()
    last = pd.to_datetime(told["measure"].map(ends))
    later = last.isna() | (told["period_end"] > last)
    numbers = ["value", "numerator", "denominator", "lower_ci", "upper_ci"]
    told.loc[later, numbers] = told.loc[later, numbers] * 7 + 1000
    assert later.sum() > 500
    judgements = kcc.assess(
        told, kcc.load_measures(), method=report.edition.method, edition=report.edition
    )
    other = replace(report, observations=told, judgements=judgements)

    for name, frame in report.files.items():
        pd.testing.assert_frame_equal(frame, other.files[name])
    for code in report.catalogue.supporting_outcomes:
        assert report.supporting_outcome(code) == other.supporting_outcome(code), code
    assert kcc.pages.outcomes_audit(report) == kcc.pages.outcomes_audit(other)


@pytest.mark.parametrize(
    ("code", "horizon", "values", "label", "reason"),
    [
        ("3.71", "1-year", (80, 81), "Maintaining", ""),
        ("3.71", "long-term", (78, 81), "Maintaining", ""),
        ("3.31", "long-term", (70, 75), "Improving", ""),
        ("1.22", "1-year", (20.8, 23.0), "Not Improving", ""),
        ("1.22", "long-term", (28.4, 23.0), "Improving", "two_year_fallback"),
        ("1.63", "long-term", (79.6, 91), "Improving", "two_year_fallback"),
        ("2.53", "long-term", (6.99, 8.83), "Not Improving", "definition_close"),
        ("1.62", "1-year", (59.1, 63.5), "Improving", ""),
        ("1.13", "1-year", (103.9, 95.69), "Improving", ""),
    ],
)
def test_a_measure_is_judged_by_more_than_5_per_cent(report, code, horizon, values, label, reason):
    row = of(report, code, horizon)

    assert (row["value_from"], row["value_to"], row["label"]) == (*values, label)
    assert reason in row["reasons"]


@pytest.mark.parametrize(
    ("code", "horizon", "reason"),
    [
        ("1.12", "1-year", "no_series"),
        ("3.41", "1-year", "outside_window"),
        ("1.31", "1-year", "period_missing"),
        ("1.13", "long-term", "period_missing"),
    ],
)
def test_what_cannot_be_judged_says_why(report, code, horizon, reason):
    row = of(report, code, horizon)

    assert row["label"] == "Not judged"
    assert reason in row["reasons"].split()


def test_21_measures_are_judged_over_one_year_and_11_over_three(report):
    judged = report.judgements[report.judgements["label"] != "Not judged"]

    assert judged["horizon"].value_counts().to_dict() == {"1-year": 21, "long-term": 11}


def test_twenty_outcomes_and_all_together_stand_beside_print_over_both_horizons(outcomes):
    assert len(outcomes) == 42
    assert (outcomes["published_label"] != "").all()
    assert list(outcomes.loc["overall"]["published_label"]) == ["Mixed", "Mixed"]


@pytest.mark.parametrize(
    ("outcome", "horizon", "ours", "agrees", "within_reach", "judged", "held"),
    [
        ("1.6", "1-year", "Improving", "yes", "yes", 3, 3),
        ("1.7", "1-year", "Mixed", "yes", "yes", 3, 3),
        ("3.6", "1-year", "Maintaining", "yes", "yes", 4, 4),
        ("1.4", "long-term", "Maintaining", "no", "yes", 1, 1),
        ("3.3", "1-year", "Maintaining", "no", "no", 1, 2),
        ("3.7", "long-term", "Maintaining", "no", "no", 1, 1),
        ("1.3", "1-year", "Not judged", "", "yes", 0, 3),
        ("3.4", "1-year", "Not judged", "", "yes", 0, 0),
        ("overall", "1-year", "Mixed", "yes", "yes", 11, 13),
    ],
)
def test_an_outcome_is_rolled_up_beside_its_printed_word(
    outcomes, outcome, horizon, ours, agrees, within_reach, judged, held
):
    row = outcomes.loc[(outcome, horizon)]

    assert (row["label"], row["agrees"], row["within_reach"]) == (ours, agrees, within_reach)
    assert (row["judged"], row["held"]) == (judged, held)


def test_every_difference_and_every_gap_has_a_reason(outcomes):
    unlike = outcomes[outcomes["agrees"] != "yes"]

    assert (unlike["reasons"] != "").all()
    assert outcomes["reasons"].str.contains("list_assumed").all()
    assert outcomes.loc[("1.4", "long-term"), "reasons"].split() == [
        "no_series", "partly_judged", "list_assumed", "single_measure", "two_year_fallback",
    ]  # fmt: skip


def test_agreement_is_counted_from_words_on_both_sides(outcomes):
    found = outcomes.drop("overall")["agrees"].value_counts().to_dict()

    assert found == {"": 20, "yes": 10, "no": 10}


def rows(*labels):
    """Judgements of as many measures under 1.1, over one year."""
    return pd.DataFrame(
        {
            "measure": [f"1.1{n}" for n in range(len(labels))], "area": "A", "horizon": "1-year",
            "method": "variance-2017", "label": labels,
            "reasons": ["" if label != "Not judged" else "no_series" for label in labels],
        }
    )  # fmt: skip


def beside(printed, *labels):
    codes = [f"1.1{n}" for n in range(len(labels))]
    measures = {c: measure(c, supporting_outcome="1.1") for c in codes}
    word = PublishedOutcome("1.1", Horizon.ONE_YEAR, Label(printed))
    return outcomes_beside(rows(*labels), measures, [word]).iloc[0]


@pytest.mark.parametrize(
    ("printed", "labels", "reach"),
    [
        ("Improving", ("Maintaining", "Not judged"), "no"),
        ("Mixed", ("Maintaining", "Not judged"), "no"),
        ("Mixed", ("Improving", "Not judged"), "yes"),
        ("Improving", ("Maintaining", "Not judged", "Not judged"), "yes"),
        ("Not Improving", ("Improving", "Improving", "Not judged"), "no"),
        ("Maintaining", ("Improving", "Maintaining"), "yes"),
        ("Mixed", ("Improving", "Maintaining"), "no"),
    ],
)
def test_within_reach_means_that_some_words_for_the_rest_would_give_print(printed, labels, reach):
    assert beside(printed, *labels)["within_reach"] == reach


def test_a_measure_without_a_supporting_outcome_is_rolled_up_nowhere():
    kpi = measure("1.10", supporting_outcome="", directorate="D")

    found = outcomes_beside(rows("Improving"), {"1.10": kpi}, [])

    assert found.empty
    assert list(found.columns) == list(OUTCOME_COLUMNS)


def test_the_printed_counts_are_what_the_printed_words_count_to(report):
    edition = report.edition
    found = check_counts_of_words(
        edition.published_outcomes, edition.published_counts, edition.horizons
    )

    assert [(f.stated, f.found, f.agreement) for f in found] == [
        (13, 13, Agreement.AGREES), (11, 11, Agreement.AGREES),
    ]  # fmt: skip


@pytest.mark.parametrize("change", [{"stated": 14.0}, {"total": 21.0}])
def test_a_printed_count_that_its_words_do_not_make_is_a_contradiction(report, change):
    edition = report.edition
    wrong = replace(edition.published_counts[0], **change)

    found = check_counts_of_words(edition.published_outcomes, [wrong], edition.horizons)

    assert [f.agreement for f in found] == [Agreement.CONTRADICTS]


def test_the_printed_words_come_to_the_printed_overall_word(report):
    words = report.edition.published_outcomes

    assert [overall_word(words, h) for h in ("1-year", "long-term")] == ["Mixed", "Mixed"]


def test_the_overall_row_counts_outcomes_and_not_measures(outcomes):
    for horizon in ("1-year", "long-term"):
        row = outcomes.loc[("overall", horizon)]
        labels = outcomes.drop("overall").xs(horizon, level="horizon")["label"]

        assert row["measures"] == 20
        assert row["judged"] == np.sum(labels != "Not judged")

"""The 2019 report reproduced: its own printed judgements are the test values.

Published labels are the report's Progress Summary; which of them can be reached from held
figures is worked out anew on every run.
"""

import pytest

LONG_TERM_COMPLETE = [
    "1.11", "1.13", "1.22", "1.31", "1.32", "1.33", "1.41", "1.61", "1.62", "1.73", "1.74", "1.76",
    "2.23", "2.31", "2.32", "2.53", "3.31", "3.71",
]  # fmt: skip


def of(judgements, measure, horizon):
    rows = judgements[(judgements["measure"] == measure) & (judgements["horizon"] == horizon)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_every_measure_has_one_row_for_each_horizon(judgements):
    counts = judgements.groupby("measure")["horizon"].agg(list)

    assert len(counts) == 74
    assert all(sorted(h) == ["1-year", "long-term"] for h in counts)


@pytest.mark.parametrize(
    ("horizon", "printed"),
    [
        ("1-year", {"Maintaining": 45, "Not Improving": 14, "Improving": 13, "Not judged": 2}),
        (
            "long-term",
            {"Maintaining": 54, "Improving": 11, "Not Improving": 5, "N/A": 2, "Not judged": 2},
        ),
    ],
)
def test_published_counts_are_as_printed(judgements, horizon, printed):
    labels = judgements.loc[judgements["horizon"] == horizon, "published_label"]

    assert labels.value_counts().to_dict() == printed


def test_the_long_term_agrees_with_print_wherever_the_window_is_complete(judgements):
    rows = judgements[judgements["horizon"] == "long-term"]
    reached = rows["agrees"] != ""
    complete = reached & ~rows["reasons"].str.contains("window_incomplete")

    assert list(rows.loc[complete, "measure"]) == LONG_TERM_COMPLETE
    assert set(rows.loc[complete, "agrees"]) == {"yes"}


@pytest.mark.parametrize(
    ("measure", "p"),
    [("1.22", 0.845), ("1.61", 0.069), ("1.21", 0.043), ("1.76", 0.025), ("3.71", 0.930)],
)
def test_long_term_p_values_are_those_of_an_ordinary_least_squares_t_test(judgements, measure, p):
    row = of(judgements, measure, "long-term")

    assert row["p_value"] == pytest.approx(p, abs=5e-4)


@pytest.mark.parametrize(
    ("measure", "basis", "label"),
    [
        ("1.41", "published_interval", "Not Improving"),
        ("1.61", "published_interval", "Improving"),
        ("1.21", "poisson_score", "Maintaining"),
        ("3.71", "interval_overlap", "Maintaining"),
        ("1.22", "variance_5_percent", "Not Improving"),
        ("3.72", "variance_5_percent", "Not Improving"),
    ],
)
def test_the_one_year_test_suits_the_measure_and_reaches_the_published_word(
    judgements, measure, basis, label
):
    row = of(judgements, measure, "1-year")

    assert (row["basis"], row["label"], row["agrees"]) == (basis, label, "yes")


def test_control_over_daily_life_says_that_the_two_tests_disagree(judgements):
    row = of(judgements, "3.71", "1-year")

    assert row["p_value"] == pytest.approx(0.0137, abs=5e-4)
    assert "tests_disagree" in row["reasons"].split()


@pytest.mark.parametrize(
    ("measure", "horizon", "reason"),
    [
        ("1.12", "1-year", "no_series"),
        ("1.63", "1-year", "period_missing"),
        ("1.72", "long-term", "too_few_points"),
        ("2.54", "long-term", "window_incomplete"),
        ("3.61", "1-year", "period_missing"),
    ],
)
def test_what_cannot_be_judged_says_why(judgements, measure, horizon, reason):
    row = of(judgements, measure, horizon)

    assert row["label"] == "Not judged"
    assert reason in row["reasons"].split()


def test_a_hard_break_that_leaves_too_short_a_run_gives_n_a_as_printed(judgements):
    row = of(judgements, "1.62", "long-term")

    assert (row["label"], row["published_label"]) == ("N/A", "N/A")
    assert {"break_hard", "too_few_points"} <= set(row["reasons"].split())


def test_nothing_known_only_later_is_judged(section):
    latest = section.judgements.merge(
        section.observations[["measure", "period", "period_end"]].drop_duplicates(),
        left_on=["measure", "period_to"],
        right_on=["measure", "period"],
    )

    assert (latest["period_end"].dt.date <= section.edition.as_of).all()


def test_every_judgement_without_a_basis_gives_a_reason(judgements):
    bare = judgements[(judgements["basis"] == "none") & (judgements["reasons"] == "")]

    assert bare.empty

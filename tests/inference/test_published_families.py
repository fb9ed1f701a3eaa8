"""The inventory of published test values: every row is held by a test, or says why not.

A family is one publisher's table. `OFFERED` tells which of its rows our functions give, the
table of cases that holds them and the tests that read it; `NOT_OFFERED` the rest. What needs
labels (Fingertips' colours by polarity, its refusals by type of value) is tested where
judgements are made.
"""

from pathlib import Path

import pandas as pd
import pytest

HERE = Path(__file__).parent
CASES = HERE / "cases"

#: Rows of each publisher's table (multtest: figures, four to a row)
PUBLISHED = {
    "PHEindicatormethods Byar and Wilson": 13,
    "PHEindicatormethods proportions": 30,
    "PHEindicatormethods rates": 32,
    "PHEindicatormethods means": 3,
    "PHEindicatormethods standardised rates": 6,
    "Fingertips recent trend": 12,
    "NIST Norris": 13,
    "NIST Longley": 23,
    "Apache Commons Math and SciPy regression": 15,
    "pyMannKendall": 4,
    "R cor.test": 10,
    "R binom.confint": 24,
    "two proportions (Fagerland and others)": 8,
    "Poisson (DescTools, Gu and others)": 11,
    "R multtest": 224,
    "SPC rules": 47,
    "SPC limits": 17,
    "SPC assurance": 9,
}

#: Family, its rows covered, our table of cases, the cases of it by name, rows there, tests
OFFERED = [
    ("PHEindicatormethods Byar and Wilson", 5, "byars.csv", "bw_", 5, "intervals"),
    ("PHEindicatormethods Byar and Wilson", 6, "wilson.csv", "bw_", 6, "intervals"),
    ("PHEindicatormethods proportions", 30, "wilson.csv", "prop_", 46, "intervals"),
    ("PHEindicatormethods rates", 32, "byars.csv", "rate_", 49, "intervals"),
    ("PHEindicatormethods means", 3, "one_mean.csv", "A", 6, "means"),
    (
        "PHEindicatormethods standardised rates",
        6,
        "standardised_expected.csv",
        "testdata_",
        12,
        "standardised",
    ),
    ("Fingertips recent trend", 10, "recent_trend_expected.csv", "", 12, "weighted"),
    ("NIST Norris", 2, "trend_expected.csv", "norris", 5, "trend"),
    ("NIST Norris", 9, "nist_certificates.csv", "norris", 9, "trend"),
    ("NIST Longley", 12, "longley_expected.csv", "x", 6, "trend"),
    ("NIST Longley", 9, "nist_certificates.csv", "longley", 9, "trend"),
    (
        "Apache Commons Math and SciPy regression",
        13,
        "trend_expected.csv",
        "commons|scipy|identical",
        13,
        "trend",
    ),
    ("pyMannKendall", 3, "mann_kendall_expected.csv", "", 18, "mann_kendall"),
    ("R cor.test", 10, "kendall.csv", "kt_", 10, "kendall"),
    ("R binom.confint", 8, "wilson.csv", "r_", 8, "intervals"),
    ("two proportions (Fagerland and others)", 4, "two_proportions.csv", "tp_", 4, "proportions"),
    ("Poisson (DescTools, Gu and others)", 2, "poisson.csv", "po_", 2, "intervals"),
    ("Poisson (DescTools, Gu and others)", 2, "two_rates.csv", "po_", 2, "rates"),
    ("R multtest", 56, "benjamini_hochberg.csv", "res", 56, "multiple"),
    ("SPC rules", 47, "spc_rules.csv", "rule_", 47, "spc"),
    ("SPC limits", 17, "spc_limits.csv", "lim_", 17, "spc"),
    ("SPC assurance", 9, "spc_assurance.csv", "as_", 9, "spc"),
]

#: Family, statistic, its rows, why no function of ours gives it
NOT_OFFERED = [
    (
        "PHEindicatormethods Byar and Wilson",
        "Byar at one event",
        2,
        "below ten events the limits are exact, as the same publisher's rates are",
    ),
    (
        "Fingertips recent trend",
        "refusals by type of value and by overlapping years",
        2,
        "what a value is, and what its period covers, is known where judgements are made",
    ),
    ("NIST Norris", "intercept and its error", 2, "the height of a line at year 0 is no finding"),
    ("NIST Longley", "intercept and its error", 2, "the height of a line at year 0 is no finding"),
    (
        "Apache Commons Math and SciPy regression",
        "intercept and its error",
        2,
        "the height of a line at year 0 is no finding",
    ),
    (
        "pyMannKendall",
        "Hamed and Rao's correction for autocorrelation",
        1,
        "the peer closes gaps up before it correlates, and five to twelve points show no "
        "autocorrelation worth correcting",
    ),
    (
        "R binom.confint",
        "exact (Clopper and Pearson)",
        8,
        "wider than its confidence says; English public health publishes Wilson's",
    ),
    ("R binom.confint", "Agresti and Coull", 8, "reaches below 0% and above 100%"),
    (
        "two proportions (Fagerland and others)",
        "Wald interval",
        2,
        "too narrow for small groups; Newcombe's is given",
    ),
    (
        "two proportions (Fagerland and others)",
        "Agresti and Caffo",
        2,
        "Newcombe's serves the same cases and agrees with Wilson's limits of each share",
    ),
    (
        "Poisson (DescTools, Gu and others)",
        "Byar with half an event added",
        2,
        "English public health adds a whole event to the upper limit and none to the lower",
    ),
    ("Poisson (DescTools, Gu and others)", "score interval", 2, "Byar's is the one published"),
    ("Poisson (DescTools, Gu and others)", "Wald interval", 2, "too low for small counts"),
    (
        "Poisson (DescTools, Gu and others)",
        "Wald z of two rates",
        1,
        "the score test keeps its size where this does not (Gu and others 2008)",
    ),
    (
        "R multtest",
        "Bonferroni, Holm, Benjamini and Yekutieli",
        168,
        "the reports ask how many of many calls are false, not whether any is",
    ),
]


@pytest.mark.parametrize(
    ("family", "covered", "table", "names", "rows", "tests"),
    [pytest.param(*line, id=f"{line[0]} in {line[2]}") for line in OFFERED],
)
def test_the_rows_a_family_is_said_to_have_here_are_here_and_read(
    family, covered, table, names, rows, tests
):
    cases = pd.read_csv(CASES / table, dtype=str)

    assert cases.iloc[:, 0].str.match(names).sum() == rows
    assert cases["source"].str.len().min() > 0
    assert f'"{table}"' in (HERE / f"test_{tests}.py").read_text()
    assert covered <= PUBLISHED[family]


@pytest.mark.parametrize("family", PUBLISHED)
def test_every_published_row_is_tested_or_says_why_not(family):
    tested = sum(line[1] for line in OFFERED if line[0] == family)
    left = sum(line[2] for line in NOT_OFFERED if line[0] == family)

    assert tested + left == PUBLISHED[family]


def test_no_table_of_cases_is_left_unread_or_uncounted():
    sources = "".join(
        path.read_text() for path in HERE.glob("test_*.py") if path.name != Path(__file__).name
    )

    tables = {path.name for path in CASES.glob("*.csv")}
    assert {name for name in tables if f'"{name}"' not in sources} == set()
    points = {name for name in tables if name.endswith("_points.csv")}
    assert tables - points == {line[2] for line in OFFERED}

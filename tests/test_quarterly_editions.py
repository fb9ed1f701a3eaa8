"""Quarterly editions as a whole: the counts of print, one file alone, and a quarter to come."""

import csv
from collections import Counter

import pandas as pd
import pytest
from click.testing import CliRunner

import kcc_lib as kcc
from kcc_lib.cli.commands import kcc as command
from kcc_lib.workbench import assess, load_measures, load_observations

OLD, NEW = "qpr-2017-18-q1", "qpr-2024-25-q3"


@pytest.fixture(scope="module")
def judged():
    """The judgements of the 2024/25 quarter, by measure."""
    edition = kcc.edition(NEW)
    found = assess(load_observations(), load_measures(), method=edition.method, edition=edition)
    return found.set_index("measure")


def test_the_matrix_of_2017_reproduces_print_directorate_by_directorate():
    quarter = kcc.edition(OLD).quarterly
    printed = {row.directorate: row.counts for row in quarter.printed_counts}

    rated = Counter(str(k.rag) for k in quarter.kpis)

    assert (rated["Green"], rated["Amber"], rated["Red"]) == (23, 12, 3)
    for directorate in quarter.directorates:
        own = Counter(str(k.rag) for k in quarter.kpis if k.directorate == directorate.name)
        assert all(own[word] == printed[directorate.name].get(word, 0) for word in rated)
    total = printed[""]
    assert (total["improved"], total["same"], total["worsened"]) == (18, 8, 12)


def test_every_kpi_of_2024_is_rated_and_directed_or_says_why_not(judged):
    assert len(judged) == 38
    assert set(judged["rag"]) <= {"Green", "Amber", "Red"}
    without = judged[judged["direction"] == "N/A"]
    assert list(without.index) == ["ics-care-leavers-eet"]
    assert "too_few_points" in without.iloc[0]["reasons"].split()


def test_no_p_value_stands_beside_periods_that_share_data(judged):
    shared = judged["reasons"].str.split().map(lambda r: "overlapping_periods" in r)

    assert shared.sum() == sum(
        m.rolling for m in load_measures().only(judged.index).measures.values()
    )
    assert judged.loc[shared, ["p_value", "q_value", "kendall_p"]].isna().all(axis=None)


def test_the_long_form_file_alone_gives_the_report_s_ratings_and_directions(judged, tmp_path):
    edition, catalogue = kcc.edition(NEW), load_measures()
    observations = load_observations()
    rows = observations[observations["measure"].isin(edition.measures)]
    target = {t.measure: t for t in edition.targets}
    with (tmp_path / "kpis.csv").open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(["measure", "period", "value", "flags", "polarity", "statistic", "unit",
                        "decimals", "rolling", "frequency", "target", "floor"])  # fmt: skip
        for row in rows.itertuples():
            m, t = catalogue.measures[row.measure], target[row.measure]
            write.writerow([row.measure, row.period, "" if pd.isna(row.value) else row.value,
                            row.flags, m.polarity, m.statistic, m.unit, m.decimals,
                            "yes" if m.rolling else "no", m.frequency, t.target,
                            t.floor])  # fmt: skip

    done = CliRunner().invoke(command, [
        "assess", str(tmp_path / "kpis.csv"), "--method", "regression-2020", "--set", "shown=6",
        "--format", "csv",
    ])  # fmt: skip

    assert done.exit_code == 0, done.output
    alone = {
        r["measure"]: (r["rag"], r["direction"]) for r in csv.DictReader(done.stdout.splitlines())
    }
    assert alone == {m: (r["rag"], r["direction"]) for m, r in judged.iterrows()}


@pytest.fixture
def next_quarter(workbook):
    """An invented Quarter 4: new rows and a copied edition file, and nothing else."""
    raw = workbook / "data" / "raw"
    name = "qpr-2024-25-q4"
    told = (raw / "editions" / f"{NEW}.toml").read_text()
    told = told.replace('quarter = "2024-25 Q3"', 'quarter = "2024-25 Q4"')
    told = told.replace("as_of = 2024-12-31", "as_of = 2025-03-31").replace(
        "Quarter 3", "Quarter 4"
    )
    (raw / "editions" / f"{name}.toml").write_text(told)
    for table in ("edition_kpis.csv", "directorates.csv"):
        path = raw / table
        lines = path.read_text().splitlines(keepends=True)
        path.write_text(
            "".join([*lines, *(ln.replace(NEW, name, 1) for ln in lines if ln.startswith(NEW))])
        )
    path = raw / "observations" / "quarterly.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    latest = {r["measure"]: r for r in rows if not r["measure"].startswith("kpi-2017")}
    with path.open("a", newline="") as file:
        write = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        for row in latest.values():
            write.writerow(row | {"period": "2024-25 Q4", "flags": "s", "source": "invented"})
    return name


def test_a_new_quarter_is_new_rows_and_a_copied_edition_file(next_quarter):
    edition = kcc.edition(next_quarter)

    found = assess(load_observations(), load_measures(), method=edition.method, edition=edition)

    assert len(found) == 38
    assert set(found["period_to"]) == {"2024-25 Q4"}
    assert set(found["rag"]) <= {"Green", "Amber", "Red"}


def test_the_quarter_before_does_not_see_the_new_one(next_quarter, judged):
    edition = kcc.edition(NEW)

    found = assess(load_observations(), load_measures(), method=edition.method, edition=edition)

    assert set(found["period_to"]) <= {"2024-25 Q3", "2024-25 Q2"}
    assert list(found["rag"]) == list(judged["rag"])

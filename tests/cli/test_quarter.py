"""`kcc report --quarter` and `kcc freshness`: what is chosen, refused and listed."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kcc_lib.cli import clock, reporting
from kcc_lib.cli.commands import kcc
from kcc_lib.records.freshness import LedgerRow

QPR = "qpr-2024-25-q3"


def run(*words):
    return CliRunner().invoke(kcc, words)


@pytest.fixture
def asked(monkeypatch):
    """What `kcc report` was asked to build, without building it."""
    wanted = []
    monkeypatch.setattr(reporting, "build_reports", lambda one: wanted.append(one) or True)
    return wanted


def drop(workbook, *rows):
    """Take the rows that begin so out of the quarterly series."""
    path = workbook / "data" / "raw" / "observations" / "quarterly.csv"
    kept = [t for t in path.read_text().splitlines() if not t.startswith(rows)]
    path.write_text("\n".join(kept) + "\n")


def test_the_latest_quarter_is_built_if_it_is_complete(asked):
    done = run("report", "--quarter", "latest", "--as-of", "2025-03-04")

    assert done.exit_code == 0, done.output
    assert asked[0].editions == (QPR,)
    assert "the latest quarter as of 2025-03-04" in done.stderr
    assert "known to come later, and held as expected: et-greenhouse-gas" in done.stderr


def test_a_named_quarter_is_built_whatever_day_it_is(asked, monkeypatch):
    monkeypatch.setattr(clock, "day_asked", None)
    done = run("report", "--quarter", "2017-18-q1")

    assert done.exit_code == 0, done.output
    assert asked[0].editions == ("qpr-2017-18-q1",)
    assert "without a figure, for the reason flagged: kpi-2017-01, " in done.stderr


def test_an_incomplete_quarter_is_refused_with_everything_missing_and_nothing_is_written(workbook):
    gone = ("cs-calls-answered", "ph-health-checks")
    drop(workbook, *(f"{code},E10000016,2024-25 Q3" for code in gone))

    done = run("report", "--quarter", "latest", "--as-of", "2025-03-10")

    assert done.exit_code == 2
    assert "2 of its 38 KPIs are missing" in done.stderr
    assert all(f"{code} (" in done.stderr for code in gone)
    assert "last held 2024-25 Q2; 2024-25 Q3 expected" in done.stderr
    assert done.stdout == ""
    assert not (workbook / "outputs").exists()


def test_the_log_of_a_run_that_is_refused_says_so(tmp_path):
    log = tmp_path / "runs.jsonl"

    done = run("report", "--quarter", "latest", "--as-of", "2016-01-01", "--log", str(log))

    ended = json.loads(log.read_text().splitlines()[-1])
    assert done.exit_code == 2
    assert (ended["event"], ended["exit_code"]) == ("run-ended", 2)


def test_a_quarter_is_not_chosen_beside_editions_and_a_day_not_without_a_quarter(asked):
    both = run("report", QPR, "--quarter", "latest")
    alone = run("report", QPR, "--as-of", "2025-03-04")

    assert (both.exit_code, alone.exit_code, asked) == (2, 2, [])


def test_today_is_what_the_clock_says_and_is_told(asked, monkeypatch):
    class Day(clock.date):
        @classmethod
        def today(cls):
            return cls(2025, 3, 10)

    monkeypatch.setattr(clock, "date", Day)
    done = run("report", "--quarter", "latest")

    assert done.exit_code == 0, done.output
    assert "as of 2025-03-10" in done.stderr


def test_a_report_that_names_its_edition_does_not_ask_the_clock(asked, monkeypatch):
    monkeypatch.setattr(clock, "date", None)

    assert run("report", QPR).exit_code == 0


def test_freshness_lists_every_kpi_of_an_edition_in_three_formats():
    words = ("freshness", "--edition", QPR, "--as-of", "2025-06-10")
    text, table, told = (
        run(*words, *more) for more in ((), ("--format", "csv"), ("--format", "json"))
    )

    assert [r.exit_code for r in (text, table, told)] == [0, 0, 0]
    rows = list(csv.DictReader(io.StringIO(table.stdout)))
    assert len(rows) == len(json.loads(told.stdout)) == len(text.stdout.splitlines()) - 1 == 38
    assert tuple(rows[0]) == LedgerRow.__slots__
    calls = next(r for r in rows if r["measure"] == "cs-calls-answered")
    assert (calls["state"], calls["days_late"], calls["expected"]) == ("late", "8", "2025-06-02")
    assert "38 measures as of 2025-06-10: 38 late" in text.stderr


def test_freshness_says_what_is_not_known_and_never_guesses():
    words = ("--edition", "annual-2019", "--as-of", "2026-11-22", "--format", "json")
    told = json.loads(run("freshness", *words).stdout)

    assert len(told) == 74
    assert {r["expected"] for r in told} == {None}
    assert {r["state"] for r in told} == {"not known", "ended", "current"}
    assert all(r["next_end"] > "2026-11-22" for r in told if r["state"] == "current")
    assert [r["measure"] for r in told if r["state"] == "ended"] == ["1.53", "1.54"]


def test_freshness_of_an_edition_that_does_not_exist_is_refused():
    assert run("freshness", "--edition", "qpr").exit_code == 2

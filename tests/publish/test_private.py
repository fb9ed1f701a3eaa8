"""What a failure says holds no path of the machine, no name and nothing of the environment."""

import getpass
import os
from pathlib import Path

import pytest

from kcc_lib.publish.private import without_private

ROOT = Path("/srv/work book/checkout")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/srv/work book/checkout/data/raw/measures.csv is gone", "data/raw/measures.csv is gone"),
        ("No such file: '/var/lib/secret/x.csv'", "No such file: '…/x.csv'"),
        ("~/notes/todo.txt", "…/todo.txt"),
        (r"C:\Users\A Green\Documents\x.csv", "……/x.csv"),
        ("/home/agreen/x.csv", "…/x.csv"),
        ("data/raw/measures.csv, line 4", "data/raw/measures.csv, line 4"),
        ("see https://www.kent.gov.uk/a/b", "see https://www.kent.gov.uk/a/b"),
        ("2013/14 and/or 3/4", "2013/14 and/or 3/4"),
        ("\x1b[32m/var/lib/x.py:12\x1b[0m", "…/x.py:12"),
    ],
)
def test_of_a_path_only_what_is_in_the_workbook_is_kept(said, kept):
    assert without_private(said, ROOT) == kept


def test_a_value_of_the_environment_is_hidden_however_it_is_quoted(monkeypatch):
    monkeypatch.setenv("KCC_PASSWORD", "it's\\secret")
    value = "it's\\secret"
    told = without_private(f"password {value}, or {value!r}")

    assert "secret" not in told


def test_who_ran_it_is_hidden_where_it_is_a_word(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "agreen")

    assert without_private("run by agreen on agreens.csv") == "run by … on agreens.csv"


OURS = "section outcome-3 of the report: its kernel ended, by signal 9, in notebook cell 14"
SECRET, PASS = "s3cr3t-Kx9", "swordfish"


@pytest.fixture
def alone(monkeypatch):
    """Sets the whole environment."""

    def set_to(**values):
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISO", "kernel"), ("GITHUB_JOB", "report"), ("JOB_NAME", "section"),
        ("STAGE", "notebook"), ("STEP", "signal"), ("STEP", "its kernel ended"), ("X", "ended"),
        ("SORT_KEY", "report"), ("TOKENIZER", "kernel"), ("MONKEY", "kernel"),
        ("GHOST", "kernel"),
    ],
)  # fmt: skip
def test_a_plain_word_of_our_own_messages_stays_whatever_the_environment_holds(name, value, alone):
    alone(**{name: value})

    assert without_private(OURS, ROOT) == OURS


def test_no_value_is_hidden_within_a_longer_word(alone):
    alone(DB_PASSWORD=PASS, DB_HOST="measure", APP="v1.2rc")

    said = "swordfishes, measures.csv and v1.2rc3 stay; swordfish, measure and v1.2rc do not"
    assert without_private(said, ROOT) == (
        "swordfishes, measures.csv and v1.2rc3 stay; …, … and … do not"
    )


@pytest.mark.parametrize(
    "value",
    ["2025-03-04", "2024-25 Q3", "123456", "E10000016", "annual-2019", "data/raw",
     "outcome-1", "outcome_1.csv", "outcome_1.ipynb", "easy_words.csv"],
)  # fmt: skip
def test_days_figures_editions_and_places_of_the_workbook_stay(value, alone, workbook):
    alone(ASKED=value)
    said = f"no row of {value} in data/raw/editions/annual-2019.toml"

    assert without_private(said, workbook) == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KCC_SMTP_PASSWORD", PASS), ("PGPASSWORD", PASS), ("MYSQL_PWD", PASS),
        ("API_TOKEN", PASS), ("DBPASS", PASS), ("PASSCODE", PASS), ("GHTOKEN", PASS),
        ("BADGE", "12345678"), ("GITHUB_TOKEN", "ghp_0123456789abcdef"), ("APIKEY", PASS),
        ("AWS_SECRET_ACCESS_KEY", "wJalr/XUtn+FEMI="), ("SECRET", "a1b2"), ("db_password", PASS),
        ("UNNAMED", SECRET), ("UNNAMED", "AbCdEfGh"), ("UNNAMED", "a.green@kent.gov.uk"),
        ("USER", "agreen"), ("LOGNAME", "agreen"), ("PGUSER", "agreen"), ("DB_HOST", "archive"),
        ("GIT_AUTHOR_NAME", "Anna Green"), ("OTHER", "Anna Green"), ("FIRST_NAME", "Deborah"),
        ("HOSTNAME", "web"), ("GITHUB_ACTOR", "deborah"), ("POD", "web-prod-01"),
        ("POD", "orange-bus-web"), ("NODE_IP", "10.20.30.40"), ("DATA", "/srv/kent data/x"),
        ("SHARE", "\\\\server\\share"), ("PASSPHRASE", "correct horse battery staple"),
        ("PASSWORD", "line one\nline two"),
    ],
)  # fmt: skip
def test_what_is_secret_by_its_name_or_its_looks_is_hidden(name, value, alone):
    alone(**{name: value})

    for said in (f"it was {value}.", f"it was {value!r}", f"'{value}', (user={value})"):
        assert value not in without_private(said, ROOT)
        assert repr(value)[1:-1] not in without_private(said, ROOT)


def test_of_an_address_that_signs_in_user_password_and_machine_are_hidden_alone_too(alone):
    alone(DATABASE_URL="postgres://agreen:hunter2@archive.internal:5432/kent")

    told = without_private("login of agreen at archive.internal with hunter2 failed", ROOT)

    assert told == "login of … at … with … failed"


def test_a_secret_is_hidden_line_by_line_escaped_for_an_address_and_within_a_word(alone):
    alone(PRIVATE_KEY="-----BEGIN-----\nMIIEvQIBADANBg\n-----END-----", API_TOKEN="a+b/c=d&e12")  # noqa: S106

    told = without_private("got MIIEvQIBADANBg; ?t=a%2Bb%2Fc%3Dd%26e12; Bearera+b/c=d&e12", ROOT)

    assert told == "got …; ?t=…; Bearer…"

"""What a failure says holds no path of the machine, no name and nothing of the environment."""

import getpass
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

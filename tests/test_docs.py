"""The papers are true: terms, commands, files and parameters they name exist."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from kcc_lib import easy_words, quarterly, reasons, risks, vocabulary
from kcc_lib.cli.commands import kcc
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.judgement.methods import METHODS
from kcc_lib.judgement.options import Fallback, Options, SurveyRule, VarianceMode
from kcc_lib.judgement.outcomes import OUTCOME_COLUMNS
from kcc_lib.judgement.roll_up import ROLL_UP_COLUMNS
from kcc_lib.measures import RARE_NUMBERS
from kcc_lib.publish.difference import causes, spoken
from kcc_lib.records import (
    arrivals,
    catalogue,
    claims,
    corrections,
    documents,
    edition_tables,
    glossary,
    listed,
    printed,
    published_outcomes,
    related,
    sign_off,
    suppression,
    targets,
)
from kcc_lib.records import easy_words as easy_records
from kcc_lib.records import risks as risk_records
from kcc_lib.records.council import ADDRESS_KEYS, CONTACT_KEYS
from kcc_lib.records.cover import KEYS as COVER_KEYS
from kcc_lib.records.lines import Contract
from kcc_lib.records.observations import COLUMNS
from kcc_lib.records.statement import KEYS as STATEMENT_KEYS

ROOT = Path(__file__).parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ENUMS = [
    e
    for module in (vocabulary, reasons, quarterly, risks, easy_words, causes, spoken)
    for e in vars(module).values()
    if isinstance(e, type) and issubclass(e, vocabulary.StrEnum) and e is not vocabulary.StrEnum
]

CONTRACTED = {
    column
    for module in (
        arrivals,
        catalogue,
        claims,
        corrections,
        documents,
        easy_records,
        edition_tables,
        glossary,
        listed,
        printed,
        risk_records,
        published_outcomes,
        related,
        sign_off,
        suppression,
        targets,
    )
    for contract in vars(module).values()
    if isinstance(contract, Contract)
    for column in contract.columns
}


@pytest.mark.parametrize("enum", ENUMS, ids=lambda e: e.__name__)
def test_every_word_of_the_code_is_in_the_glossary(enum):
    glossary = (ROOT / "docs" / "glossary.md").read_text()

    missing = [str(word) for word in enum if f"`{word}`" not in glossary]

    assert not missing


@pytest.mark.parametrize(
    "column",
    sorted(
        {
            *COLUMNS,
            *RARE_NUMBERS,
            *JUDGEMENT_COLUMNS,
            *ROLL_UP_COLUMNS,
            *OUTCOME_COLUMNS,
            *CONTRACTED,
            *COVER_KEYS,
            *CONTACT_KEYS,
            *ADDRESS_KEYS,
            *STATEMENT_KEYS,
        }
    ),
)
def test_every_column_is_told_of(column):
    assert f"`{column}`" in (ROOT / "docs" / "data.md").read_text()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_its_card_with_every_preset(method):
    card = (ROOT / "docs" / "methods" / f"{method}.md").read_text()

    missing = [name for name in METHODS[method].presets if f"`{name}`" not in card]

    assert not missing


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_its_card_with_every_setting_that_departs_from_the_usual(method):
    card = (ROOT / "docs" / "methods" / f"{method}.md").read_text()

    for settled in METHODS[method].presets.values():
        for option in fields(Options):
            if getattr(settled, option.name) != getattr(Options(), option.name):
                row = re.search(rf"^\| `{option.name}`.*$", card, re.M)
                assert row, option.name
                assert re.search(rf"\b{getattr(settled, option.name)}\b", row[0]), option.name


@pytest.mark.parametrize(
    "word", [*(f.name for f in fields(Options)), *SurveyRule, *Fallback, *VarianceMode]
)
def test_every_option_and_its_words_stand_on_a_card(word):
    cards = "".join(c.read_text() for c in (ROOT / "docs" / "methods").glob("*.md"))

    assert f"`{word}`" in cards


@pytest.mark.parametrize("name", sorted(kcc.commands))
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(name):
    told = CliRunner().invoke(kcc, [name, "--help"])

    assert told.exit_code == 0
    assert f"Example: kcc {name}" in told.output
    assert f"kcc {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("target", ["setup", "report", "test", "check", "lab", "bench"])
def test_every_make_command_of_the_readme_exists(target):
    assert re.search(rf"^{target}:.*##", (ROOT / "Makefile").read_text(), re.M)
    assert f"make {target}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_of_a_paper_leads_somewhere(paper):
    for href in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", paper.read_text()):
        if not href.startswith(("http", "mailto")):
            assert (paper.parent / href).exists(), href


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_paper_names_a_module_that_is_gone(paper):
    for name in re.findall(r"`(kcc_lib/[\w/]+\.py)`", paper.read_text()):
        assert (ROOT / name).exists(), name


def test_the_changelog_tells_of_the_unreleased_changes_under_its_headings():
    log = (ROOT / "CHANGELOG.md").read_text()

    assert all(f"### {heading}" in log for heading in ("Method", "Data", "Report", "Code"))

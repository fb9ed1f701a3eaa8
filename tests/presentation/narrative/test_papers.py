"""The papers on narrative are true: every example of theirs says what it is said to say."""

import re
from pathlib import Path

import pytest

from kcc_lib.presentation.narrative.binding import OFFERED, bind
from kcc_lib.workbench import open_report

ROOT = Path(__file__).parents[3]
TOLD = (ROOT / "docs" / "data.md").read_text("utf-8").partition("\n## Narrative\n")[2]
TOLD = TOLD.partition("\n## ")[0]
EXAMPLES = [
    (edition or "annual-2019", expression, said)
    for edition, expression, said in re.findall(
        r"^\| (?:`([\w-]+)` \| )?`([a-z_]+\(.*\)[\w.]*)` \| (.+) \|$", TOLD, re.M
    )
]


@pytest.fixture(scope="module")
def facts_of(section):
    """The facts of an edition, opened once."""
    opened = {"annual-2019": section}
    return lambda name: (opened.get(name) or opened.setdefault(name, open_report(name))).facts()


@pytest.mark.parametrize(("edition", "expression", "said"), EXAMPLES)
def test_an_example_says_what_it_is_said_to_say(facts_of, edition, expression, said):
    assert bind("{{ " + expression + " }}", facts_of(edition), file="data.md") == said


def test_every_function_and_everything_that_an_answer_offers_has_an_example(section):
    examples = " ".join(expression for _, expression, _ in EXAMPLES)

    missing = [name for name in section.facts().bindings() if f"{name}(" not in examples]
    missing += [name for name in OFFERED if not re.search(rf"\.{name}\b", examples)]

    assert not missing


def test_what_contributing_shows_can_be_written(section):
    paper = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    shown = re.findall(r"\{\{.*?\}\}", paper)

    assert len(shown) == 4
    assert all(bind(expression, section.facts(), file="c.md") for expression in shown)

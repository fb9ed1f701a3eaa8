"""A quarterly report built by the command: the same bytes twice, and what must stand on it."""

import re

import pytest

from .conftest import run_kcc

pytestmark = pytest.mark.slow
EDITION = "qpr-2024-25-q3"


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """The folder of the 2024/25 quarter, built once."""
    output = tmp_path_factory.mktemp("quarter")
    done = run_kcc("report", EDITION, "--output", output)
    assert done.returncode == 0, done.stderr
    return output / EDITION


def pages_of(folder):
    return {p.name: p.read_text() for p in sorted(folder.glob("*.html"))}


def test_a_second_build_has_the_same_bytes(quarter, tmp_path):
    done = run_kcc("report", EDITION, "--output", tmp_path, "--jobs", "1")
    assert done.returncode == 0, done.stderr

    again = tmp_path / EDITION
    assert pages_of(again) == pages_of(quarter)
    for path in (quarter / "data").iterdir():
        assert (again / "data" / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_page_says_that_the_year_s_figures_are_provisional_and_unaudited(quarter):
    silent = [n for n, t in pages_of(quarter).items() if "provisional, unaudited" not in t]

    assert silent in ([], ["audit.html"])


def test_each_kpi_stands_once_on_the_page_of_its_directorate(quarter):
    cards = [
        card
        for text in pages_of(quarter).values()
        for card in re.findall(r'<article class="[^"]*kpi[^"]*" id="([\w-]+)"', text)
    ]

    assert len(cards) == len(set(cards)) == 38


def test_no_page_asks_for_anything_from_elsewhere(quarter):
    for name, text in pages_of(quarter).items():
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.w3)', text), name

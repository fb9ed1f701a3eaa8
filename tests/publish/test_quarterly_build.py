"""A quarterly report built by the command: the same bytes twice, and what must stand on it."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import run_kcc

pytestmark = pytest.mark.slow
EDITION, OLD = "qpr-2024-25-q3", "qpr-2017-18-q1"
PAGES = [
    (EDITION, "index"), (EDITION, "environment-transport"), (EDITION, "public-health"),
    (EDITION, "cype-integrated-childrens-services"), (EDITION, "audit"), (OLD, "index"),
    (OLD, "specialist-childrens-services"), (OLD, "tables"), (OLD, "audit"),
]  # fmt: skip


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """The folder of the 2024/25 quarter, built once."""
    output = tmp_path_factory.mktemp("quarter")
    done = run_kcc("report", EDITION, "--output", output)
    assert done.returncode == 0, done.stderr
    return output / EDITION


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """The folder of the 2017/18 quarter, built once."""
    output = tmp_path_factory.mktemp("older")
    done = run_kcc("report", OLD, "--output", output)
    assert done.returncode == 0, done.stderr
    return output / OLD


def pages_of(folder):
    return {p.name: p.read_text() for p in sorted(folder.glob("*.html"))}


def test_a_second_build_has_the_same_bytes(quarter, tmp_path):
    done = run_kcc("report", EDITION, "--output", tmp_path, "--jobs", "1")
    assert done.returncode == 0, done.stderr

    again = tmp_path / EDITION
    assert pages_of(again) == pages_of(quarter)
    for path in (quarter / "data").iterdir():
        assert (again / "data" / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_page_of_a_quarter_that_nobody_signed_says_draft(quarter, older):
    for folder in (quarter, older):
        for name, text in pages_of(folder).items():
            assert "<title>Draft: " in text, name
            assert "<strong>Draft</strong>" in text.partition("<main")[0], name
            assert "Signed off by" not in text, name


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


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("edition", "name"), PAGES)
def test_a_page_is_accessible_offline_and_whole(chromium, quarter, older, edition, name, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    outside, said = [], []
    page.on("request", lambda r: None if r.url.startswith("file:") else outside.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.goto(((quarter if edition == EDITION else older) / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")

    found = Axe().run(page).response["violations"]
    levels = page.locator("h1,h2,h3,h4").evaluate_all("e => e.map(h => Number(h.tagName[1]))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert (outside, said) == ([], [])
    assert wide <= width
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_gate_s_contradictions_are_shown_on_the_page_of_what_they_concern(older):
    told = {n: t for n, t in pages_of(older).items() if "Print contradicts itself here" in t}

    assert {"tables.html", "specialist-childrens-services.html"} <= set(told)
    audit = (older / "audit.html").read_text()
    for known in ("A01", "A02", "A03", "A04", "A05", "A07", "A08", "A09", "A11", "A13", "A15"):
        assert known in audit

"""Both annual reports built by one command: linked to each other, and the same built alone."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import run_kcc

pytestmark = pytest.mark.slow
BOTH = ("annual-2017", "annual-2019")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The folder in which one command built both editions."""
    output = tmp_path_factory.mktemp("both")
    done = run_kcc("report", *BOTH, "--output", output)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{output}/{name}/index.html" for name in BOTH]
    return output


def pages_of(folder):
    return {p.name: p.read_text() for p in sorted(folder.glob("*.html"))}


def test_every_link_between_the_two_editions_leads_to_the_same_measure(outputs):
    pages = {name: pages_of(outputs / name) for name in BOTH}
    found = 0
    for name, other in (BOTH, BOTH[::-1]):
        for text in pages[name].values():
            for page, anchor in re.findall(rf'href="\.\./{other}/([\w-]+\.html)#([\w-]+)"', text):
                assert f'id="{anchor}"' in pages[other][page]
                assert f'id="{anchor}"' in text
                found += 1

    assert found == 2 * 74


def test_an_edition_is_the_same_whether_or_not_the_other_is_built(outputs, tmp_path):
    done = run_kcc("report", "annual-2017", "--output", tmp_path, "--jobs", "1")
    assert done.returncode == 0, done.stderr

    alone = tmp_path / "annual-2017"
    assert pages_of(alone) == pages_of(outputs / "annual-2017")
    for path in (outputs / "annual-2017" / "data").iterdir():
        assert (alone / "data" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_words_of_outcomes_are_a_data_file_of_the_edition_that_printed_them(outputs):
    names = {n: {p.name for p in (outputs / n / "data").iterdir()} for n in BOTH}

    assert {"outcomes.csv", "outcomes.json"} <= names["annual-2017"]
    assert not {"outcomes.csv", "outcomes.json"} & names["annual-2019"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["index", "outcome-1", "outcome-3", "audit"])
def test_a_page_is_accessible_offline_and_whole(chromium, outputs, name, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    outside, said = [], []
    page.on("request", lambda r: None if r.url.startswith("file:") else outside.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.goto((outputs / "annual-2017" / f"{name}.html").as_uri())
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

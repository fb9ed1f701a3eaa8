"""Both annual reports built by one command: linked to each other, and the same built alone."""

import re
import tomllib
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import ROOT, run_kcc

pytestmark = pytest.mark.slow
BOTH = ("annual-2017", "annual-2019")
PAGES = [
    s["name"]
    for s in tomllib.loads((ROOT / "data/raw/editions/annual-2017.toml").read_text())["sections"]
]


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


def test_from_one_edition_to_the_same_measure_in_the_other_is_two_links(outputs):
    shelf = (outputs / "measures.html").read_text()
    for name, other in (BOTH, BOTH[::-1]):
        found = set()
        for text in pages_of(outputs / name).values():
            assert f"../{other}" not in text
            found |= set(re.findall(r'href="\.\./measures\.html#(m-[\w-]+)"', text))

        assert len(found) == 74
        for anchor in found:
            entry = re.search(rf'<li id="{anchor}".*?</li>', shelf, re.S)[0]
            page = re.search(rf'href="{other}/([\w-]+\.html)#{anchor}"', entry)[1]
            assert f'id="{anchor}"' in (outputs / other / page).read_text()


class Links(HTMLParser):
    """The ids of a page, and each of its links with its text."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open = set(), [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids |= {told["id"]} if "id" in told else set()
        if tag == "a":
            self.open = [told["href"], ""]

    def handle_data(self, data):
        if self.open:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.links.append((self.open[0], " ".join(self.open[1].split())))
            self.open = None


@pytest.mark.parametrize("name", BOTH)
def test_every_link_leads_somewhere_and_one_text_to_one_place(outputs, name):
    read = {p: Links(p.read_text()) for p in outputs.glob("*/*.html")}
    for path in (outputs / name).glob("*.html"):
        places = {}
        for href, text in read[path].links:
            assert text, (path.name, href)
            assert places.setdefault(text, href) == href, (path.name, text)
            if href.startswith(("http", "mailto:", "tel:")):
                continue
            file, _, anchor = href.partition("#")
            leads = (path.parent / file).resolve() if file else path
            assert leads.is_file(), (path.name, href)
            assert not anchor or anchor in read[leads].ids, (path.name, href)


def test_the_menu_leads_to_every_page_of_its_part_without_scripts(chromium, outputs):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 600}
    )
    page = context.new_page()
    page.goto((outputs / "annual-2017" / "index.html").as_uri())
    menu = page.get_by_role("navigation", name="Report sections")
    assert menu.get_by_role("link").all_inner_texts() == [
        "Overview", "Find a measure", "Outcome 1", "Outcome 2", "Outcome 3",
        "Working better together", "Find out more", "About this report",
    ]  # fmt: skip

    menu.get_by_role("link", name="Outcome 2").click()
    page.get_by_role("navigation", name="Pages of Outcome 2").get_by_role(
        "link", name="Measures of outcome 2"
    ).click()

    assert page.url.endswith("/measures-2.html")
    assert menu.locator("[aria-current='true']").inner_text() == "Outcome 2"
    assert page.locator("nav.part [aria-current='page']").inner_text() == "Measures of outcome 2"
    context.close()


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
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_offline_and_whole(chromium, outputs, name, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    outside, said = [], []
    page.on("request", lambda r: None if r.url.startswith("file:") else outside.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
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
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))

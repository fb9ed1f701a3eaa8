"""Both annual reports built beside each other: linked to each other, and the same built alone."""

import re
from html.parser import HTMLParser

import pytest

from .conftest import run_kcc

pytestmark = pytest.mark.slow
BOTH = ("annual-2017", "annual-2019")


def pages_of(folder):
    return {p.name: p.read_text() for p in sorted(folder.glob("*.html"))}


def test_from_one_edition_to_the_same_measure_in_the_other_is_two_links(editions):
    shelf = (editions / "measures.html").read_text()
    for name, other in (BOTH, BOTH[::-1]):
        found = set()
        for text in pages_of(editions / name).values():
            assert f"../{other}" not in text
            found |= set(re.findall(r'href="\.\./measures\.html#(m-[\w-]+)"', text))

        assert len(found) == 74
        for anchor in found:
            entry = re.search(rf'<li id="{anchor}".*?</li>', shelf, re.S)[0]
            page = re.search(rf'href="{other}/([\w-]+\.html)#{anchor}"', entry)[1]
            assert f'id="{anchor}"' in (editions / other / page).read_text()


class Links(HTMLParser):
    """The ids of a page, and each of its links with its name: its label, or else its text."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open = set(), [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids |= {told["id"]} if "id" in told else set()
        if tag == "a":
            self.open = [told["href"], "", told.get("aria-label")]

    def handle_data(self, data):
        if self.open:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            href, text, label = self.open
            self.links.append((href, label or " ".join(text.split())))
            self.open = None


@pytest.mark.parametrize("name", BOTH)
def test_every_link_leads_somewhere_and_one_text_to_one_place(editions, name):
    read = {p: Links(p.read_text()) for p in editions.rglob("*.html")}
    for path in (editions / name).glob("*.html"):
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


def test_the_menu_leads_to_every_page_of_its_part_without_scripts(chromium, editions):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 600}
    )
    page = context.new_page()
    page.goto((editions / "annual-2017" / "index.html").as_uri())
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


def test_an_edition_is_the_same_whether_or_not_the_other_is_built(editions, tmp_path):
    done = run_kcc("report", "annual-2017", "--output", tmp_path, "--jobs", "1")
    assert done.returncode == 0, done.stderr

    alone = tmp_path / "annual-2017"
    assert pages_of(alone) == pages_of(editions / "annual-2017")
    for path in (editions / "annual-2017" / "data").rglob("*.*"):
        same = alone / path.relative_to(editions / "annual-2017")
        assert same.read_bytes() == path.read_bytes(), path.name


def test_the_words_of_outcomes_are_a_data_file_of_the_edition_that_printed_them(editions):
    names = {n: {p.name for p in (editions / n / "data").iterdir()} for n in BOTH}

    assert {"outcomes.csv", "outcomes.json"} <= names["annual-2017"]
    assert not {"outcomes.csv", "outcomes.json"} & names["annual-2019"]

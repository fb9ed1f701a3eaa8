"""Finding a measure in a real browser: with scripts and without, by keyboard, and the shelf."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
#: What the browser counts as layout shift, from the first paint on.
SHIFT = """() => new Promise(told => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => told(sum), 500);
})"""


@pytest.fixture
def visit(chromium, build):
    """Open a page by its address from the root of the output folder."""
    contexts = []

    def go(address, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        path, _, anchor = address.partition("#")
        uri = (build[1].parent / path).as_uri()
        page.goto(f"{uri}#{anchor}" if anchor else uri)
        return page

    yield go
    for context in contexts:
        context.close()


FIND = "annual-2019/find-a-measure.html"


def shown(page):
    return page.locator(".entries > li:visible").count()


def test_every_word_must_be_found_somewhere_and_choices_narrow_further(visit):
    page = visit(FIND)
    status = page.get_by_role("status")
    assert status.inner_text() == "Showing 74 of 74 measures"

    page.get_by_label("Search measures").fill("GAP foundation")
    assert status.inner_text() == "Showing 1 of 74 measures"
    assert page.locator(".entries > li:visible").inner_text().startswith("1.42")
    assert page.locator("section[data-group]:visible").count() == 1

    page.get_by_label("Search measures").fill("gap")
    page.get_by_label("1 year", exact=True).select_option("Improving")
    assert 0 < shown(page) < 10
    assert status.inner_text() == f"Showing {shown(page)} of 74 measures"


def test_a_search_that_finds_nothing_says_what_to_do_and_clear_brings_all_back(visit):
    page = visit(FIND)
    box = page.get_by_label("Search measures")

    box.fill("zebra")
    assert page.get_by_role("status").inner_text().startswith("No measures found. Try fewer words")
    assert shown(page) == 0

    page.get_by_role("button", name="Clear").press("Enter")
    page.wait_for_timeout(50)
    assert shown(page) == 74
    assert box.evaluate("e => e === document.activeElement")
    assert page.evaluate("location.hash") == ""


def test_the_address_keeps_the_search_and_a_strange_one_does_no_harm(visit):
    page = visit(FIND)
    page.get_by_label("Search measures").fill("café infant")
    assert page.evaluate("location.hash") == "#find=caf%C3%A9%20infant"

    assert shown(visit(f"{FIND}#find=INFANT%20deaths")) == 1
    strange = visit(f"{FIND}#find=%E0%A4%A")
    assert shown(strange) == 74


def test_without_scripts_the_list_is_whole_and_no_form_shows(visit):
    page = visit(FIND, java_script_enabled=False)

    assert shown(page) == 74
    assert not page.locator("form.filter").is_visible()
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="I", exact=True).click()
    assert page.url.endswith("#letter-i")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_shifts_when_the_form_comes_to_life(visit, width):
    page = visit(FIND, width=width)

    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["index.html", "measures.html"])
def test_the_shelf_is_accessible_and_scrolls_no_way_but_down(visit, name, width):
    page = visit(name, width=width)

    found = Axe().run(page).response["violations"]

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_permalink_is_large_enough_to_hit_and_leads_to_its_measure(visit):
    page = visit("annual-2019/outcome-1.html", width=320)
    link = page.get_by_role("link", name="Link to measure 1.11", exact=True)

    box = link.bounding_box()
    link.click()

    assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("location.hash") == "#m-1-11"


def test_steps_between_measures_are_not_printed(visit):
    page = visit("annual-2019/outcome-1.html")
    page.emulate_media(media="print")

    assert not page.locator(".ways, .permalink").first.is_visible()

"""The pages in a real browser: accessible, offline, whole, at phone and desk width."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import CAPTION_BEFORE_AND_AFTER

pytestmark = pytest.mark.slow
NAMES = [
    "index", "find-a-measure", "outcome-1", "outcome-2", "outcome-3", "changes", "audit", "method",
    "glossary", "corrections", "formats", "accessibility", "easy-read",
]  # fmt: skip
WIDTHS = [320, 1280]


@pytest.fixture
def visit(chromium, build):
    """Open a page and watch it: (page, requests off the machine, console messages)."""
    contexts = []

    def go(name, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        outside, said = [], []
        page.on("request", lambda r: None if r.url.startswith("file:") else outside.append(r.url))
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        page.goto((build[1] / f"{name}.html").as_uri())
        return page, outside, said

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation(visit, name, width):
    page, _, _ = visit(name, width=width)

    found = Axe().run(page).response["violations"]

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_of_another_machine_and_nothing_goes_wrong(visit, name):
    page, outside, said = visit(name)
    page.wait_for_load_state("networkidle")

    assert outside == []
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(visit, name, width):
    page, _, _ = visit(name, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["outcome-1", "audit", "method"])
def test_the_caption_of_a_wide_table_stays_in_view_while_the_table_scrolls(visit, name):
    page, _, _ = visit(name, width=320)
    page.locator("details").evaluate_all("e => e.forEach(d => { d.open = true; })")

    seen = page.locator("table").evaluate_all(f"e => e.map({CAPTION_BEFORE_AND_AFTER})")

    assert any(one["scrolled"] > 50 for one in seen)
    assert all(left >= 0 and right <= 320 for one in seen for left, right in one["edges"])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(("width", "chart"), [(320, "narrow"), (1280, "wide")])
@pytest.mark.parametrize("name", ["outcome-1", "outcome-2", "outcome-3"])
def test_every_chart_is_drawn_and_named(visit, section, name, width, chart, scripts):
    page, _, _ = visit(name, width=width, java_script_enabled=scripts)
    measures = section.catalogue.under(name[-1])
    expected = [m.measure for m in measures if len(section.view(m.measure).held)]

    charts = page.locator(f"svg.chart-{chart}").all()

    assert len(charts) == len(expected)
    for drawn, code in zip(charts, expected, strict=True):
        box = drawn.bounding_box()
        assert drawn.is_visible()
        assert box["width"] > 150
        assert box["height"] > 150
        assert drawn.locator("path").count() > 5
        assert page.get_by_role("img", name=f"{code} ").first.is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_h1_and_skips_no_level(visit, name):
    page, _, _ = visit(name)

    levels = [int(h[1]) for h in page.locator("h1,h2,h3,h4").evaluate_all("e=>e.map(x=>x.tagName)")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_chart_text_is_at_least_12_pixels_on_a_phone(visit):
    page, _, _ = visit("outcome-1", width=320)

    sizes = page.locator("svg.chart-narrow text").evaluate_all(
        "e => e.map(t => t.getBoundingClientRect().height)"
    )
    scale = page.locator("svg.chart-narrow").first.evaluate(
        "s => s.getBoundingClientRect().width / s.viewBox.baseVal.width"
    )

    assert min(sizes) > 11  # the box of a 12-pixel letter without ascenders
    assert scale >= 1


def test_the_filter_narrows_the_summary_by_word_and_judgement(visit):
    page, _, _ = visit("index")
    status = page.locator("form.filter [role=status]")

    page.get_by_label("Search measures").fill("foundation stage")
    assert status.inner_text() == "Showing 2 of 74 measures"

    page.get_by_label("1 year", exact=True).select_option("Not Improving")
    assert status.inner_text() == "Showing 1 of 74 measures"
    assert page.locator("#progress-summary tr[data-find]:visible").count() == 1


def test_without_scripts_every_measure_shows_and_no_filter_appears(visit):
    page, _, _ = visit("index", java_script_enabled=False)

    assert page.locator("#progress-summary tr[data-find]:visible").count() == 74
    assert not page.locator("form.filter").is_visible()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit):
    page, _, _ = visit("outcome-1")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_every_chart_has_its_captioned_table_with_scoped_headings(visit):
    page, _, _ = visit("outcome-1")

    for figure in page.locator("article.measure:has(figure)").all():
        table = figure.locator("table")
        assert table.locator("caption").count() == 1
        assert table.locator("th:not([scope])").count() == 0


def test_print_opens_every_table_and_leaves_out_the_menus(visit):
    page, _, _ = visit("outcome-3", java_script_enabled=False)

    page.emulate_media(media="print")

    assert page.locator("article.measure table").first.is_visible()
    assert not page.locator("nav.pages").is_visible()
    assert page.locator("svg.chart-wide").first.is_visible()


#: Text of the main part that is set in less than 14 point or in tight lines: {element: size}.
SMALL_PRINT = """() => {
  const found = {};
  for (const e of document.querySelectorAll("main *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const tight = !/^H[1-6]$/.test(e.tagName) && parseFloat(style.lineHeight) < 1.49 * size;
    if (size < 14 * 96 / 72 - 0.01 || tight) found[`${e.tagName}.${e.className}`] = size;
  }
  return found;
}"""


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("width", WIDTHS)
def test_easy_read_is_fourteen_point_or_more_with_open_lines_everywhere(visit, width, medium):
    page, _, _ = visit("easy-read", width=width)
    page.emulate_media(media=medium)

    assert page.evaluate(SMALL_PRINT) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_of_easy_read_stands_left_of_its_words(visit, width):
    page, _, _ = visit("easy-read", width=width)

    rows = page.locator(".easy-row").evaluate_all(
        "e => e.map(r => [...r.children].map(c => c.getBoundingClientRect())"
        ".map(b => [b.left, b.right, b.top]))"
    )

    assert len(rows) > 40
    assert all(words[0] >= picture[1] and words[2] == picture[2] for picture, words in rows)

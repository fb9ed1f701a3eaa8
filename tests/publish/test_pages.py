"""What single pages do in a real browser; test_every_page.py holds for all of them."""

import pytest

from .conftest import CAPTION_BEFORE_AND_AFTER

pytestmark = pytest.mark.slow
WIDTHS = [320, 1280]


@pytest.fixture
def visit(chromium, build):
    """Open a page of the default report."""
    contexts = []

    def go(name, *, width=1280, browser=chromium, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto((build[1] / f"{name}.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["outcome-1", "audit", "method"])
def test_the_caption_of_a_wide_table_stays_in_view_while_the_table_scrolls(visit, name):
    page = visit(name, width=320)
    page.locator("details").evaluate_all("e => e.forEach(d => { d.open = true; })")

    seen = page.locator("table").evaluate_all(f"e => e.map({CAPTION_BEFORE_AND_AFTER})")

    assert any(one["scrolled"] > 50 for one in seen)
    assert all(left >= 0 and right <= 320 for one in seen for left, right in one["edges"])


@pytest.mark.parametrize(("width", "chart"), [(320, "narrow"), (1280, "wide")])
@pytest.mark.parametrize("name", ["outcome-1", "outcome-2", "outcome-3"])
def test_every_chart_is_drawn_and_named_without_scripts(visit, section, name, width, chart):
    page = visit(name, width=width, java_script_enabled=False)
    measures = section.catalogue.under(name[-1])
    expected = [m.measure for m in measures if len(section.view(m.measure).held)]

    charts = page.locator(f"svg.chart-{chart}").all()

    assert len(charts) == len(expected)
    for drawn, code in zip(charts, expected, strict=True):
        box = drawn.bounding_box()
        assert drawn.is_visible()
        assert box["width"] > 150
        assert box["height"] > 150
        assert drawn.locator("path").count() >= len(section.view(code).held)
        assert page.get_by_role("img", name=f"{code} ").first.is_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("how", ["chromium", "chromium_read_aloud"])
def test_a_screen_reader_is_given_each_chart_once_wherever_the_page_stands(
    visit, section, width, how, request
):
    """In the browser's own tree: a chart that is far off and not drawn yet is there by name."""
    page = visit("outcome-1", width=width, browser=request.getfixturevalue(how))
    held = [m.measure for m in section.catalogue.under("1") if len(section.view(m.measure).held)]

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]

    seen = [node for node in tree if not node["ignored"]]
    images = [node for node in seen if node["role"]["value"] == "image"]
    headings = [node for node in seen if node["role"]["value"] == "heading"]
    assert [node["name"]["value"].partition(" ")[0] for node in images] == held
    assert all(node["description"]["value"].startswith("Kent: ") for node in images)
    assert not any(node["childIds"] for node in images)  # one picture, and no loose numbers
    assert len(headings) == page.locator("h1, h2, h3, details[open] h4").count()


@pytest.mark.parametrize(("width", "chart"), [(280, "narrow"), (320, "narrow"), (1280, "wide")])
def test_the_frame_of_a_chart_has_its_size_before_it_is_drawn(visit, width, chart):
    page = visit("outcome-1", width=width)
    size = "e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]"
    frame = page.locator(".drawn").last
    unseen = frame.evaluate(size)

    frame.scroll_into_view_if_needed()

    drawn = page.locator(f"svg.chart-{chart}").last.evaluate(size)
    assert drawn[0] > 150
    assert unseen == frame.evaluate(size) == pytest.approx(drawn, abs=0.1)


def test_what_is_printed_from_the_browser_has_every_chart_drawn(visit):
    page = visit("outcome-1")

    page.emulate_media(media="print")

    frames = page.locator(".drawn")
    assert set(frames.evaluate_all("e => e.map(f => getComputedStyle(f).contentVisibility)")) == {
        "visible"
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_to_a_measure_far_down_leads_to_it(visit, width):
    page = visit("outcome-1", width=width, reduced_motion="reduce")
    far = page.locator("article.measure").last

    page.goto(f"{page.url}#{far.get_attribute('id')}")

    page.wait_for_function("scrollY > 1000")
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    assert 0 <= far.evaluate("e => e.getBoundingClientRect().top") < 900


def test_the_filter_narrows_the_summary_by_word_and_judgement(visit):
    page = visit("index")
    status = page.locator("form.filter [role=status]")

    page.get_by_label("Search measures").fill("foundation stage")
    assert status.inner_text() == "Showing 2 of 74 measures"

    page.get_by_label("1 year", exact=True).select_option("Not Improving")
    assert status.inner_text() == "Showing 1 of 74 measures"
    assert page.locator("#progress-summary tr[data-find]:visible").count() == 1


def test_without_scripts_every_measure_shows_and_no_filter_appears(visit):
    page = visit("index", java_script_enabled=False)

    assert page.locator("#progress-summary tr[data-find]:visible").count() == 74
    assert not page.locator("form.filter").is_visible()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit):
    page = visit("outcome-1")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_print_opens_every_table_and_leaves_out_the_menus(visit):
    page = visit("outcome-3", java_script_enabled=False)

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
    page = visit("easy-read", width=width)
    page.emulate_media(media=medium)

    assert page.evaluate(SMALL_PRINT) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_of_easy_read_stands_left_of_its_words(visit, width):
    page = visit("easy-read", width=width)

    rows = page.locator(".easy-row").evaluate_all(
        "e => e.map(r => [...r.children].map(c => c.getBoundingClientRect())"
        ".map(b => [b.left, b.right, b.top]))"
    )

    assert len(rows) > 40
    assert all(words[0] >= picture[1] and words[2] == picture[2] for picture, words in rows)

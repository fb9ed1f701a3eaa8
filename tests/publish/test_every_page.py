"""Every page of every edition in a real browser: nothing to fix, on any page, ever."""

import gzip
import tomllib

import pytest

from .conftest import ROOT
from .looking import WIDTHS, look, named

pytestmark = pytest.mark.slow
#: Pages that no edition's file lists: whatever else stands in what was built.
OTHERS = "others"
EDITIONS = sorted((ROOT / "data/raw/editions").glob("*.toml"))
LISTED = [
    f"{path.stem}/{section['name']}.html"
    for path in EDITIONS
    for section in tomllib.loads(path.read_text("utf-8"))["sections"]
]


def each(*, named):
    """Every page under a group of its own, so that processes share them; all tests of one go
    to one process, which looks at it once.
    """
    return pytest.mark.parametrize(
        named,
        [pytest.param(p, marks=pytest.mark.xdist_group(f"page {p}")) for p in (*LISTED, OTHERS)],
        indirect=True,
        scope="session",
    )


@pytest.fixture(scope="session")
def seen(request, chromium, editions):
    """Each page that a parameter names, with all that was found of it."""
    paths = [editions / request.param]
    if request.param == OTHERS:
        built = sorted(p for p in editions.rglob("*.html"))
        paths = [p for p in built if p.relative_to(editions).as_posix() not in LISTED]
    return {p.relative_to(editions).as_posix(): look(chromium, p) for p in paths}


@each(named="seen")
def test_axe_finds_nothing_to_fix_with_every_rule_on(seen):
    for page, found in seen.items():
        for width in WIDTHS:
            assert found.axe[width]["rules"] > 100
            assert found.axe[width]["violations"] == [], (page, width)


@each(named="seen")
def test_nothing_is_asked_of_another_machine_and_nothing_goes_wrong(seen):
    for page, found in seen.items():
        assert (found.outside, found.said) == ([], []), page


@each(named="seen")
def test_no_page_scrolls_sideways_whatever_the_spacing_and_the_font(seen):
    for page, found in seen.items():
        for width in WIDTHS:
            assert found.wide[width] <= width, page
            assert found.spaced[width] <= width, page


@each(named="seen")
def test_nothing_moves_while_a_page_loads(seen):
    for page, found in seen.items():
        assert found.shift == dict.fromkeys(WIDTHS, 0), page


@each(named="seen")
def test_the_text_of_a_chart_is_at_least_12_pixels_on_a_phone(seen):
    for page, found in seen.items():
        assert min(found.chart_text, default=12) >= 12, page


@each(named="seen")
def test_each_chart_is_an_image_with_a_name_and_each_table_has_its_caption_for_a_screen_reader(
    seen,
):
    for page, found in seen.items():
        for width in WIDTHS:
            images = named(found.tree[width], "img")
            assert images == found.names[width], page
            assert len(set(images)) == len(images), page
            assert named(found.tree[width], "table") == found.captions, page
        assert all(found.captions), page


@each(named="seen")
def test_without_scripts_a_page_has_the_same_charts_tables_and_words(seen):
    for page, found in seen.items():
        assert found.bare == found.content, page


@each(named="seen")
def test_in_forced_colours_words_and_marks_take_the_reader_s_colours(seen):
    for page, found in seen.items():
        assert found.forced == [], page


@each(named="seen")
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(seen):
    for page, found in seen.items():
        assert found.walk[0]["name"] == "Skip to main content", page
        assert [stop["at"] for stop in found.walk] == list(range(found.stops)), page
        for stop in found.walk:
            assert stop["name"], (page, stop)
            assert stop["ring"], (page, stop)
            assert stop["seen"], (page, stop)
        assert found.scrolling == [], page


@each(named="seen")
def test_in_print_every_table_is_open_and_nothing_is_cut_off(seen):
    for page, found in seen.items():
        assert found.printed["out"] == [], page
        assert found.printed["hidden"] == 0, page


@each(named="seen")
def test_a_page_s_pdf_is_tagged_english_with_every_row_and_a_text_for_each_chart(seen):
    for page, found in seen.items():
        expected = {k: found.printed[k] for k in ("tables", "rows", "charts")}
        assert found.pdf == {"marked": True, "english": True, **expected}, page


@each(named="seen")
def test_no_printed_table_leaves_its_last_row_on_a_sheet_alone(seen):
    for page, found in seen.items():
        assert found.alone == [], page


@pytest.mark.xdist_group("page sizes")
def test_a_section_of_up_to_30_measures_is_at_most_500_kilobytes_and_50_packed(editions):
    sizes = {}
    for path in editions.rglob("*.html"):
        text = path.read_bytes()
        if text.count(b'<article class="measure') <= 30:
            sizes[path.relative_to(editions).as_posix()] = len(text), len(gzip.compress(text, 9))

    assert len(sizes) > 30
    assert {n: s for n, s in sizes.items() if s[0] > 500_000 or s[1] > 50_000} == {}

"""A quarterly report built by the command: the same bytes twice, and what must stand on it."""

import re

import pandas as pd
import pytest

from .conftest import CAPTION_BEFORE_AND_AFTER, HEADS_IN_VIEW, run_kcc

pytestmark = pytest.mark.slow
EDITION, OLD = "qpr-2024-25-q3", "qpr-2017-18-q1"


@pytest.fixture(scope="module")
def quarter(editions):
    """The folder of the 2024/25 quarter."""
    return editions / EDITION


@pytest.fixture(scope="module")
def older(editions):
    """The folder of the 2017/18 quarter."""
    return editions / OLD


def pages_of(folder):
    return {p.name: p.read_text() for p in sorted(folder.glob("*.html"))}


def test_a_second_build_has_the_same_bytes(quarter, tmp_path):
    done = run_kcc("report", EDITION, "--output", tmp_path, "--jobs", "1")
    assert done.returncode == 0, done.stderr

    again = tmp_path / EDITION
    assert pages_of(again) == pages_of(quarter)
    for path in (quarter / "data").rglob("*.*"):
        same = again / path.relative_to(quarter)
        assert same.read_bytes() == path.read_bytes(), path.name


def test_every_page_of_a_quarter_that_nobody_signed_says_draft(quarter, older):
    for folder in (quarter, older):
        for name, text in pages_of(folder).items():
            assert "<title>Draft: " in text, name
            assert "<strong>Draft</strong>" in text.partition("<main")[0], name
            assert "Signed off by" not in text, name


def test_every_page_says_that_the_year_s_figures_are_provisional_and_unaudited(quarter):
    silent = [n for n, t in pages_of(quarter).items() if "provisional, unaudited" not in t]

    assert not set(silent) - {"audit.html"}


def test_each_kpi_stands_once_on_the_page_of_its_directorate(quarter):
    cards = [
        card
        for text in pages_of(quarter).values()
        for card in re.findall(r'<article class="[^"]*kpi[^"]*" id="([\w-]+)"', text)
    ]

    assert len(cards) == len(set(cards)) == 38


def test_the_gate_s_contradictions_are_shown_on_the_page_of_what_they_concern(older):
    told = {n: t for n, t in pages_of(older).items() if "Print contradicts itself here" in t}

    assert {"tables.html", "specialist-childrens-services.html"} <= set(told)
    audit = (older / "audit.html").read_text()
    for known in ("A01", "A02", "A03", "A04", "A05", "A07", "A08", "A09", "A11", "A13", "A15"):
        assert known in audit


@pytest.fixture
def visit(chromium, quarter, older):
    """Open a page of one of the two quarters."""
    contexts = []

    def go(name, *, edition=EDITION, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(((quarter if edition == EDITION else older) / f"{name}.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("edition", "name", "table"),
    [(EDITION, "index", "matrix"), (EDITION, "public-health", "kpis"),
     (OLD, "tables", "t-contact-activity"), (OLD, "audit", "findings")],
)  # fmt: skip
def test_the_caption_of_a_wide_table_stays_in_view_while_the_table_scrolls(
    visit, edition, name, table
):
    page = visit(name, edition=edition, width=320)

    seen = page.locator(f"#{table}").evaluate(CAPTION_BEFORE_AND_AFTER)

    assert seen["scrolled"] > 50
    assert all(left >= 0 and right <= 320 for left, right in seen["edges"])


@pytest.mark.parametrize(
    ("edition", "name", "table"),
    [(EDITION, "index", "matrix"), (EDITION, "public-health", "kpis"),
     (OLD, "customer-services", "kpis"), (OLD, "tables", "t-contact-activity")],
)  # fmt: skip
def test_a_row_s_head_stays_in_view_beside_its_last_number(visit, edition, name, table):
    page = visit(name, edition=edition, width=320)

    seen = page.locator(f"#{table}").evaluate(HEADS_IN_VIEW)

    assert len(seen) > 2
    assert all(seen)


def test_in_forced_colours_every_mark_has_the_colour_of_the_text(visit):
    page = visit("cype-integrated-childrens-services", forced_colors="active", color_scheme="dark")

    fills = page.locator(".judgement .icon").evaluate_all(
        "e => [...new Set(e.map(i => getComputedStyle(i).fill))]"
    )

    assert fills == [page.evaluate("getComputedStyle(document.body).color")]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_ring_round_a_focused_link_of_a_table_is_whole(visit, width):
    page = visit("public-health", width=width)
    page.locator("#kpis").evaluate("t => { t.closest('.scroll').scrollLeft = 999; }")

    room = page.locator("#kpis tbody a").first.evaluate(
        "a => a.getBoundingClientRect().left - a.closest('.scroll').getBoundingClientRect().left"
    )

    assert room >= 5  # three pixels of ring, two away from the text


def test_in_print_a_card_s_head_stays_with_its_chart_and_small_parts_are_not_torn(visit):
    page = visit("public-health")
    page.emulate_media(media="print")

    def all_of(selector, name):
        found = page.locator(selector)
        values = found.evaluate_all(f"e => e.map(x => getComputedStyle(x).{name})")
        assert values
        return set(values)

    for part in (".kpi h3", ".kpi .verdicts", ".kpi .facts"):
        assert all_of(part, "breakAfter") == {"avoid"}
        assert all_of(part, "breakInside") == {"avoid"}
    for part in (".kpi figure", ".kpi table", ".kpi .outlook", ".notice"):
        assert all_of(part, "breakInside") == {"avoid"}


def test_in_print_no_small_text_is_larger_than_the_text_it_serves(visit):
    page = visit("public-health")
    page.emulate_media(media="print")

    def size(selector):
        return page.locator(selector).first.evaluate(
            "e => parseFloat(getComputedStyle(e).fontSize)"
        )

    for small in (".source", ".standing", ".kpi .evidence p", ".kpi td"):
        assert size(small) < size(".kpi figcaption")


def test_every_download_marks_the_figures_of_the_year_as_provisional_and_unaudited(quarter):
    judged = pd.read_csv(quarter / "data" / "judgements.csv")
    held = pd.read_csv(quarter / "data" / "observations.csv", keep_default_na=False)
    ahead = pd.read_csv(quarter / "data" / "outlook.csv")

    soft = held["period"].str.startswith("2024-25") & (held["value"] != "")
    assert soft.sum() > 100
    assert (held["note"].str.contains("provisional, unaudited") == soft).all()
    assert (held["flags"].str.split().map(lambda f: "p" in f) == soft).all()
    assert (judged["status"] == "provisional, unaudited").all()
    assert (ahead["status"] == "provisional, unaudited").all()

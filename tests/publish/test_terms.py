"""The first use of a glossary term leads to its entry, and nothing else of a page is touched."""

import re

import pytest

from kcc_lib.publish.terms import link_terms, terms_for
from kcc_lib.records.editions import PageRecipe

TERMS = {
    "target": "glossary.html#g-target", "targets": "glossary.html#g-target",
    "trend": "glossary.html#g-trend", "long-term trend": "glossary.html#g-long",
    "trend line": "glossary.html#g-line",
    "KPI": "glossary.html#g-kpi", "95% level": "glossary.html#g-significant",
}  # fmt: skip


def linked(html, **kw):
    return re.findall(r'<a class="term" href="([^"]*)">([^<]*)</a>', link_terms(html, TERMS, **kw))


def test_only_the_first_use_of_a_term_is_linked_whichever_way_it_is_spelled():
    html = "<p>Its targets hold.</p><p>The target, and a target.</p>"

    assert linked(html) == [("glossary.html#g-target", "targets")]


def test_the_longest_term_is_taken_and_words_are_whole():
    assert linked("<p>A long-term trend; trendy, retargeted, on-target.</p>") == [
        ("glossary.html#g-long", "long-term trend")
    ]
    assert linked("<p>A trend line.</p>") == [("glossary.html#g-line", "trend line")]


def test_a_small_first_letter_may_be_a_capital_and_a_capital_may_not_be_small():
    assert linked("<p>Target of a kpi, then a KPI.</p>") == [
        ("glossary.html#g-target", "Target"), ("glossary.html#g-kpi", "KPI")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The target</h2>", "<p><a href='#x'>The target is here</a></p>",
        "<table><tbody><tr><td>target</td></tr></tbody></table>",
        "<p><code>target</code></p>", "<svg><title>target</title></svg>",
        '<details class="evidence"><summary>The target</summary></details>',
        '<p class="source">target</p>', "<dl><dt>target</dt><dd>target</dd></dl>",
        '<div class="prose large"><p>target</p></div>', "<div>target</div>",
        '<form><p>target</p></form>', '<img alt="target"><p title="target">None</p>',
    ],
)  # fmt: skip
def test_nothing_is_linked_in_headings_links_tables_charts_controls_or_attributes(html):
    assert link_terms(html, TERMS) == html


def test_what_is_folded_away_is_linked_only_where_nothing_in_view_uses_the_term():
    folded = '<details class="evidence"><summary>How</summary><p>target, trend</p></details>'

    assert linked(f"{folded}<p>Its target.</p>") == [
        ("glossary.html#g-trend", "trend"), ("glossary.html#g-target", "target"),
    ]  # fmt: skip
    assert link_terms(f"{folded}<p>Its target.</p>", TERMS).endswith("target</a>.</p>")


def test_a_term_that_reads_like_another_link_of_the_page_is_not_linked():
    html = '<p>A target.</p><p><a href="x.html">Target</a></p>'

    assert linked(html) == []
    assert linked("<p>A target.</p>", taken=["Target"]) == []


def test_every_other_letter_of_the_page_is_kept():
    html = (
        '<p class="a&amp;b">R&amp;D &lt;b&gt; target&#39;s é “95%\nlevel”<br>x</p>\n'
        '<svg viewBox="0 0 1 1"><path d="M0 0>1"/></svg>\n<p>KPI</p>'
    )

    found = link_terms(html, TERMS)

    assert len(linked(html)) == 3
    assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", found, flags=re.S) == html


def test_escaped_text_stays_escaped_where_a_link_is_put_into_it():
    found = link_terms("<p>&lt;script&gt;target&lt;/script&gt;</p>", TERMS)

    assert "<script" not in found
    assert 'class="term"' in found


def test_the_glossary_s_own_page_and_an_edition_without_one_have_no_such_links(edition):
    built = [r.name for r in edition.sections]

    assert terms_for(edition, built, "index")["percentage points"] == (
        "glossary.html#g-percentage-point"
    )
    assert terms_for(edition, built, "glossary") == {}
    assert terms_for(edition, ["index"], "index") == {}


def test_every_link_of_a_term_leads_to_an_entry_of_the_glossary(edition):
    anchors = {t.anchor for t in edition.glossary}
    built = [r.name for r in edition.sections]

    assert {h.partition("#")[2] for h in terms_for(edition, built, "index").values()} <= anchors
    assert PageRecipe("glossary", "glossary.ipynb", "Glossary", group="About this report") in (
        edition.sections
    )

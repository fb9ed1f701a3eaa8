"""Finished pages made ready for paper, and put together as one document."""

import pytest
from lxml import html

from kcc_lib.errors import PublishError
from kcc_lib.publish.pdf.artifacts import mark_artifacts
from kcc_lib.publish.pdf.gather import for_paper, read_page, turn_to
from kcc_lib.publish.pdf.whole import Cover, gather
from kcc_lib.records.editions import PageRecipe

PAGES = ("index", "outcome-1")
COVER = Cover("A report", "2019", "Kent County Council", "31 October 2019", "Covers it.",
              "Not signed off.", draft=True)  # fmt: skip
MEASURE = """<h1 id="top"><span class="kicker">Outcome 1</span> Children</h1>
<h2 id="so-1-1"><span class="kicker">1.1</span> Safe</h2>
<article class="measure" id="m-1-11" aria-labelledby="m-1-11-title">
<h3 id="m-1-11-title"><span class="code">1.11</span> Deaths</h3>
<dl class="verdicts"><div><dt>1 year</dt><dd>Maintaining</dd></div></dl>
<figure><div class="drawn" role="img" aria-label="1.11 Deaths: chart" aria-describedby="d"><svg
 class="chart chart-wide"></svg><svg class="chart chart-narrow"
 viewBox="0 0 1 1"></svg></div><span hidden id="d">Kent: 2013, 3.0.</span>
<figcaption>Kent was 3.0.</figcaption></figure>
<details><summary aria-label="Data table for 1.11">Data table</summary>
<div class="scroll" role="region" tabindex="0" aria-labelledby="x-caption"><table id="x">
<caption id="x-caption">Figures held</caption></table></div></details>
<details class="evidence"><summary>How</summary><h4>1 year</h4><p>A test.</p> <p>Another.</p>
<h4>Trend</h4><p>A line.</p></details>
<p class="source">Source.</p></article>"""


def page(inside):
    return html.fromstring(f"<html><body><main><div class='inner'>{inside}</div></main></body>")


def on_paper(inside, name="outcome-1"):
    return for_paper(page(inside).xpath("//main/div")[0], name, PAGES)


def text(element):
    return " ".join(element.text_content().split())


def write(folder, **pages):
    for name, inside in pages.items():
        shell = f"<html><body><main><div class='inner'>{inside}</div></main></body></html>"
        (folder / f"{name.replace('_', '-')}.html").write_text(shell)


@pytest.mark.parametrize(
    ("href", "leads"),
    [("#a", "#outcome-1--a"), ("index.html", "#index"), ("index.html#b", "#index--b")],
)
def test_a_link_to_a_page_of_the_report_leads_inside_the_document(href, leads):
    (link,) = on_paper(f'<p><a href="{href}">there</a></p>').iter("a")

    assert link.get("href") == leads
    assert link.text == "there"


def test_a_link_to_a_file_is_its_address_and_one_to_another_edition_its_words():
    paper = on_paper(
        '<p><a href="data/x.csv">figures</a>, <a href="../annual-2017/index.html">2017</a></p>'
    )

    assert not list(paper.iter("a"))
    assert text(paper) == "figures (data/x.csv), 2017"


def test_a_link_that_leaves_has_its_address_printed_once():
    paper = on_paper(
        '<p><a href="https://a.uk/b">here</a> <a href="https://a.uk/">https://a.uk</a> '
        '<a href="mailto:a@b.uk">a@b.uk</a></p>'
    )

    assert text(paper) == "here (https://a.uk/b) https://a.uk a@b.uk"
    assert [a.get("href") for a in paper.iter("a")] == [
        "https://a.uk/b", "https://a.uk/", "mailto:a@b.uk",
    ]  # fmt: skip


def test_menus_filters_the_screens_own_contents_and_what_is_said_of_its_foot_are_left_out():
    paper = on_paper(
        '<nav class="steps">Next</nav><form hidden>Search</form><h2 id="contents">Contents</h2>'
        '<div class="prose">pages</div><div class="prose on-screen">At the foot.</div><p>Said.</p>'
    )

    assert text(paper) == "Said."


def test_ids_and_what_names_them_carry_their_page():
    paper = on_paper(MEASURE)

    (article,) = paper.iter("article")
    assert article.get("id") == "outcome-1--m-1-11"
    assert article.get("aria-labelledby") == "outcome-1--m-1-11-title"


def test_one_chart_is_printed_with_its_name_and_values_as_one_alternative_text():
    charts = on_paper(MEASURE).xpath(".//svg")

    assert [c.get("aria-label") for c in charts] == ["1.11 Deaths: chart. Kent: 2013, 3.0."]
    assert charts[0].xpath("../@role | //*[@id='outcome-1--d']") == []
    assert charts[0].xpath("ancestor::figure") == []  # it would be a second figure in the tags


def test_nothing_is_left_folded_up():
    paper = on_paper(MEASURE + "<details><summary>More</summary><p>Said.</p></details>")

    assert not list(paper.iter("details", "summary"))
    assert "Figures held" in text(paper)
    assert "MoreSaid." in text(paper)
    assert paper.xpath(".//*[@role='region' or @tabindex]") == []


def test_evidence_stands_whole_at_the_end_and_its_measure_names_the_page():
    paper = on_paper(MEASURE)

    head, evidence = paper[-2:]
    assert (head.tag, head.text) == ("h2", "How each was judged")
    assert text(evidence) == "1.11 Deaths 1 year. A test. Another.Trend. A line."
    (turn,) = paper.xpath(".//article/p[@class='turn']/a")
    place = "outcome-1--m-1-11-judged"
    assert turn.get("href") == f"#{place}"
    assert turn.text_content() == f"How this was judged: page {turn_to(place)}"
    assert evidence.xpath(f"./h3[@id='{place}']")


def test_names_and_values_are_lists_in_the_tags():
    roles = {e.tag: e.get("role") for e in on_paper(MEASURE).xpath(".//dl | .//dt | .//dd")}

    assert roles == {"dl": "list", "dt": "paragraph", "dd": "paragraph"}


def test_the_contents_have_parts_pages_and_supporting_outcomes(tmp_path):
    write(tmp_path, index="<h1 id='top'>Overview</h1>", outcome_1=MEASURE, audit="<h1>Audit</h1>")
    pages = [
        PageRecipe("index", "", "Overview"),
        PageRecipe("outcome-1", "", "Outcome 1", group="Outcome 1"),
        PageRecipe("audit", "", "Audit", group="Outcome 1"),
    ]

    whole = gather(tmp_path, pages, COVER)

    assert [(e.level, e.words, e.target) for e in whole.entries] == [
        (1, "Overview", "index"),
        (1, "Outcome 1: Children", "outcome-1"),
        (2, "1.1 Safe", "outcome-1--so-1-1"),
        (2, "Audit", "audit"),
    ]
    assert whole.headings[:4] == ("A report", "Contents", "Overview", "Outcome 1 Children")
    assert whole.targets[-1] == "outcome-1--m-1-11-judged"


def test_pages_that_are_made_for_a_screen_are_named_and_not_printed(tmp_path):
    write(tmp_path, index="<h1 id='top'>Overview</h1>", find="<h1>Find a measure</h1>")
    pages = [
        PageRecipe("index", "", "Overview"),
        PageRecipe("find", "find_a_measure.ipynb", "Find a measure"),
    ]

    whole = gather(tmp_path, pages, COVER)
    printed = html.fromstring(whole.html({}))

    assert [e.target for e in whole.entries] == ["index"]
    assert "not printed: Find a measure." in text(printed.xpath("//*[@id='contents']")[0])


def test_known_page_numbers_stand_in_the_contents_and_beside_the_measure(tmp_path):
    write(tmp_path, outcome_1=MEASURE)
    whole = gather(tmp_path, [PageRecipe("outcome-1", "", "Outcome 1")], COVER)

    known = {t: n for n, t in enumerate(whole.targets, start=41)}
    printed = html.fromstring(whole.html(known))

    assert [e.text for e in printed.xpath("//ul//span[@class='number']")] == ["41", "42"]
    assert text(printed.xpath("//p[@class='turn']")[0]) == "How this was judged: page 43"
    assert "⟦" not in whole.html({})


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ('<a href="#lost">x</a>', "index.html: a link leads to index--lost, which is nowhere"),
        ('<p id="a"></p><p id="a"></p>', "the id index--a stands twice"),
    ],
)
def test_a_link_that_leads_nowhere_or_an_id_that_stands_twice_is_refused(tmp_path, inside, says):
    write(tmp_path, index=inside)

    with pytest.raises(PublishError, match=says):
        gather(tmp_path, [PageRecipe("index", "", "Overview")], COVER)


def test_a_page_without_its_main_part_is_refused(tmp_path):
    (tmp_path / "index.html").write_text("<html><body><p>Nothing.</p></body></html>")

    with pytest.raises(PublishError, match=r"index\.html: no main part"):
        read_page(tmp_path / "index.html")


def test_the_name_of_a_part_cannot_end_the_style_that_prints_it(tmp_path):
    write(tmp_path, index="<h1>Overview</h1>")
    hostile = 'A"}</style><b>\\'

    page = gather(tmp_path, [PageRecipe("index", "", hostile)], COVER).html({})

    assert page.count("</style>") == 1
    assert "\\22 \\7d \\3c \\2f style" in page


def test_what_stands_outside_the_tags_is_marked_and_what_is_tagged_is_left():
    drawn = b"q\n0 0 9 9 re\nW* n\nBT\n(1) Tj\nET\n/P <</MCID 0 >>BDC\n1 1 m\n2 2 l\nf\nEMC\n"
    drawn += b"3 3 m\n4 4 l\nf\nQ"

    assert mark_artifacts(drawn).decode() == (
        "q\n0 0 9 9 re\nW* n\n/Artifact BMC\nBT\n(1) Tj\nET\nEMC\n"
        "/P <</MCID 0 >>BDC\n1 1 m\n2 2 l\nf\nEMC\n"
        "/Artifact BMC\n3 3 m\n4 4 l\nf\nEMC\nQ"
    )

"""A page is held to what it must be and to what it promised; each thing taken away is named."""

import dataclasses
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from kcc_lib import pages
from kcc_lib.presentation.blocks import MIME
from kcc_lib.publish.execute import Job, run_job
from kcc_lib.publish.exporter import ReportHTMLExporter
from kcc_lib.publish.page_check import folder_faults, page_faults
from kcc_lib.publish.promises import MeasurePromise, PagePromise
from kcc_lib.publish.promising import page_promises, paragraphs_of
from kcc_lib.records.editions import PageRecipe

from ..presentation.quarterly_builders import usual

MEASURES = ("1.11", "1.12", "1.14", "1.41")
RECIPE = PageRecipe("outcome-1", "outcome_1.ipynb", "Outcome 1")
TOLD = "Readiness is told of *here*.\n\nWork goes on & planned.\n"


def exported(*shown, **report):
    """The page that one notebook of these blocks makes, without a kernel."""
    cells = [
        new_code_cell("", outputs=[new_output("display_data", data={
            MIME: {"version": 1, "blocks": list(b.blocks)}})])
        for b in shown
    ]  # fmt: skip
    title = {"title": "Outcome 1 – Kent", **report}
    page, _ = ReportHTMLExporter().from_notebook_node(new_notebook(cells=cells), {"report": title})
    return page


@pytest.fixture(scope="module")
def small(section, tmp_path_factory):
    """Outcome 1 of the 2019 edition with four of its measures and a narrative of two lines."""
    folder = tmp_path_factory.mktemp("narrative")
    catalogue = section.catalogue.only(MEASURES)
    for code in catalogue.supporting_outcomes:
        (folder / f"{code}.md").write_text(TOLD)
    return dataclasses.replace(section, catalogue=catalogue, narrative=folder)


@pytest.fixture(scope="module")
def promise(small):
    return page_promises(small, [RECIPE])["outcome-1"]


@pytest.fixture(scope="module")
def page(small):
    told = [small.supporting_outcome(code) for code in small.catalogue.supporting_outcomes]
    return exported(small.heading("1"), small.summary("1"), *told)


def test_a_page_that_holds_everything_has_no_fault(page, promise):
    assert page_faults(page, promise) == []


def test_a_promise_rests_on_the_edition_and_names_its_measures_charts_and_periods(promise, small):
    held = {m: bool(len(small.view(m).held)) for m in MEASURES}

    assert [m.name.split()[0] for m in promise.measures] == list(MEASURES)
    assert {m.name.split()[0]: m.drawn for m in promise.measures} == held
    assert set(held.values()) == {True, False}
    assert [len(m.periods) for m in promise.measures if m.drawn] == [
        small.view(m).points["period"].nunique() for m in MEASURES if held[m]
    ]
    assert promise.passages[0].paragraphs == (
        "Readiness is told of here.", "Work goes on & planned.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        ({"links": ("outcome-9.html#m-9-99",)}, "no link leads to outcome-9.html#m-9-99"),
        ({"entries": ("g-median",)}, "#g-median is not on the page"),
    ],
    ids=["a way to a measure", "an entry"],
)
def test_an_entry_and_a_link_that_were_promised_and_are_not_there_are_named(page, promised, said):
    assert page_faults(page, PagePromise("Outcome 1", **promised)) == [said]


def test_every_page_promises_more_than_its_title_but_the_two_that_tell_only_of_others(section):
    made = page_promises(section, section.edition.sections)
    bare = {
        name for name, p in made.items()
        if not (p.measures or p.tables or p.passages or p.entries or p.links)
    }  # fmt: skip

    assert bare == {"changes", "corrections"}
    assert len(made["find-a-measure"].links) == 74
    assert made["easy-read"].passages[0].paragraphs == ("13 of 74", "45 of 74", "14 of 74")


#: (what is changed, pattern, what takes its place, what is said of it); the first match goes.
DOCUMENT = [
    ("language", 'lang="en-GB"', 'lang="en"', "its language is 'en'"),
    ("no language", ' lang="en-GB"', "", "its language is None"),
    ("title", "<title>.*?</title>", "<title></title>", "no title"),
    ("h1", "<(/?)h1", r"<\1h2", "0 headings of the first level"),
    ("second h1", '<h2 id="summary">', "<h1>Again</h1>\\g<0>", "2 headings of the first level"),
    ("skipped level", "<h3 (.*?)</h3>", r"<h4 \1</h4>", "of level 4 stands under one of level 2"),
    ("skip link", 'class="skip" href="#main"', 'class="skip" href="#top"', "does not skip"),
    ("main", "<(/?)main", r"<\1div", "0 main parts"),
    ("nameless menu", ' aria-label="On this page"', "", "a menu has no name"),
    ("id twice", 'id="summary"', 'id="top"', "the id 'top' stands 2 times"),
    ("broken anchor", 'href="#m-1-11"', 'href="#m-9-99"', "'#m-9-99' leads nowhere"),
    ("broken label", 'aria-labelledby="m-1-11-title"', 'aria-labelledby="gone"', "names 'gone'"),
    ("nameless region", 'tabindex="0" aria-labelledby=".*?"', 'tabindex="0"', "which has no name"),
    ("strange element", '<h2 id="summary">', "<marquee>x</marquee>\\g<0>", "none of our blocks"),
    ("form", '<h2 id="summary">', "<form></form>\\g<0>", "no filter of our own"),
    ("empty link", '<h2 id="summary">', '<a href="#top"></a>\\g<0>', "has no words"),
]  # fmt: skip
SAFETY = [
    ("cdn image", '<h2 id="summary">', '<img src="https://cdn.example/x.png" alt="x">\\g<0>',
     "fetches 'https://cdn.example/x.png'"),
    ("cdn script", "</body>", '<script src="//cdn.example/x.js"></script></body>',
     "fetches '//cdn"),
    ("cdn sheet", "</head>", '<link rel="stylesheet" href="https://cdn.example/x.css"></head>',
     "fetches 'https://cdn.example/x.css'"),
    ("script", "</body>", "<script>alert(1)</script></body>", "a script that it holds"),
    ("style", r"(<style>)", r"\1p{color:red}", "a style that it holds"),
    ("import", r"(<style>)", r"\1@import 'x.css';", "its style fetches something"),
    ("address in style", r"(<style>)", r"\1p{background:url(//x)}", "its style fetches something"),
    ("onclick", '<h2 id="summary"', '\\g<0> onclick="x()"', "runs a script: onclick"),
    ("javascript link", 'href="#m-1-11"', 'href="java&#10;script:x()"', "which a page may not"),
    ("data link", 'href="#m-1-11"', 'href="data:text/html,x"', "which a page may not"),
    ("frame", '<h2 id="summary">', '<iframe srcdoc="x"></iframe>\\g<0>', "<iframe>"),
    ("no policy", "<meta http-equiv=.*?>", "", "0 Content-Security-Policies"),
    ("loose policy", "default-src &#39;none&#39;", "default-src *", "does not say default-src"),
    ("another host", "img-src data:", "img-src https:", "allows more than our own"),
    ("refresh", "</head>", '<meta http-equiv="refresh" content="0;url=x"></head>', "'refresh'"),
    ("drawn use", "<svg ", '<svg><use href="https://x/y.svg#z"></use></svg><svg ', "fetches"),
]  # fmt: skip
FIGURES = [
    ("chart's name", ' aria-label="1.11 .*?"', "", "has no name"),
    ("chart's description", '(<span hidden id="c-.*?>).*?</span>', r"\1</span>",
     "has no description"),
    ("chart's role", ' role="img"', "", "neither in a named picture nor decoration"),
    ("chart's words", ' aria-hidden="true"><g>', "><g>", "is read number by number"),
    ("what describes a chart", ' aria-describedby="c-.*?"', "", "has no description"),
    ("alternative text", '<h2 id="summary">', '<img src="data:image/png;base64,x">\\g<0>',
     "no alternative text"),
    ("caption", "<caption.*?</caption>", "", "it has no caption"),
    ("header row", "<thead>.*?</thead>", "", "it has no header row"),
    ("scope of a column", '<th scope="col">', "<th>", "has no scope"),
    ("scope of a row", '<th scope="row">', "<th>", "has no scope"),
    ("empty head", '<th scope="col">Measure</th>', '<th scope="col"></th>',
     "a header cell is empty"),
    ("ragged row", "</td></tr>", "</td><td></td></tr>", "cells, not 3"),
    ("rows", "<tbody>.*?</table>", "<tbody></tbody></table>", "it has no rows"),
    ("figure's caption", "<figcaption>.*?</figcaption>", "<figcaption></figcaption>",
     "has no caption"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [m[1:] for m in (*DOCUMENT, *SAFETY, *FIGURES)],
    ids=[m[0] for m in (*DOCUMENT, *SAFETY, *FIGURES)],
)
def test_each_change_to_a_page_is_caught_by_name(page, pattern, instead, said):
    everywhere = 0 if pattern in {"<(/?)h1", "<(/?)main"} else 1
    changed, count = re.subn(pattern, instead, page, count=everywhere, flags=re.DOTALL)

    assert count
    assert [f for f in page_faults(changed) if said in f]


def test_a_drawing_inside_a_decoration_needs_no_name(page):
    drawn = '<div{}><svg viewBox="0 0 4 4"><path d="M0 0h4"/></svg></div><h2 id="summary">'

    hidden = page.replace('<h2 id="summary">', drawn.format(' aria-hidden="true"'))

    assert page_faults(hidden) == []
    assert page_faults(page.replace('<h2 id="summary">', drawn.format("")))


def test_two_charts_that_say_the_same_are_caught(page):
    names = re.findall(r' role="img" aria-label="(.*?)"', page)
    other = next(n for n in names if n != names[0])

    faults = page_faults(page.replace(f'"{other}"', f'"{names[0]}"'))

    assert [f for f in faults if "have the same name" in f]


def block_of(page, code):
    return re.search(rf'<article class="measure" id="m-{code}".*?</article>', page, re.DOTALL)[0]


#: (what is taken from the block of measure 1.41, pattern, instead, what is said of it)
TAKEN = [
    ("measure", r"(?s).*", "", "it is not on the page (#m-1-41)"),
    ("chart", r"(?s)<figure\b.*?</figure>", "", "it has figures, but no chart"),
    ("chart of phones", r'(?s)<svg [^>]*class="chart chart-narrow".*?</svg>', "", "chart-narrow"),
    ("table", r'(?s)<details><summary aria-label="Data table.*?</details>', "",
     "no table of its figures"),
    ("period", r'<tr><th scope="row">June 2017</th>.*?</tr>', "", "no row for June 2017"),
    ("another period", ">June 2017</th>", ">June 2091</th>", "June 2091, which is not held"),
    ("verdict", "<div><dt>1 year</dt>.*?</div>", "", "its judgement is missing: 1 year"),
    ("another verdict", "<span>Maintaining</span>", "<span>Improving</span>",
     "says 'Improving', not 'Maintaining'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "instead", "said"), [t[1:] for t in TAKEN], ids=[t[0] for t in TAKEN]
)
def test_each_thing_taken_from_a_measure_is_caught_and_the_measure_named(
    page, promise, pattern, instead, said
):
    block = block_of(page, "1-41")
    taken, count = re.subn(pattern, instead, block, count=1)

    faults = page_faults(page.replace(block, taken), promise)

    assert count
    assert [f for f in faults if f.startswith("1.41 ") and said in f], faults


def test_a_chart_without_figures_or_a_measure_of_another_page_is_caught(page, promise):
    drawn = re.search(r"<figure\b.*?</figure>", block_of(page, "1-41"), re.DOTALL)[0]
    bare = block_of(page, "1-12")
    other = bare.replace("m-1-12", "m-9-99")

    faults = page_faults(
        page.replace(bare, bare.replace("</h3>", f"</h3>{drawn}") + other), promise
    )

    assert [f for f in faults if f.startswith("1.12 ") and "no figures are held" in f]
    assert [f for f in faults if f.startswith("m-9-99")]


def test_a_paragraph_of_the_narrative_that_is_left_out_is_caught(page, promise):
    assert [f for f in page_faults(page.replace("<p>Work goes on &amp; planned.</p>", ""), promise)
            if f == "narrative 1.1: it does not say 'Work goes on & planned.'"]  # fmt: skip


def test_a_row_of_the_summary_that_is_missing_or_says_another_word_is_caught(page, promise):
    row = re.search(r'<tr data-find="1\.41 .*?</tr>', page)[0]
    other = row.replace("<span>Maintaining</span>", "<span>Mixed</span>")

    gone = page_faults(page.replace(row, ""), promise)
    changed = page_faults(page.replace(row, other), promise)

    assert [f for f in gone if f.startswith("table #progress-summary: it has no row '1.41 ")]
    assert [f for f in changed if "Mixed" in f and f.startswith("table #progress-summary: the row")]


@pytest.fixture(scope="module")
def north():
    """(the page of a directorate with every rating, direction and lack, what it promised)."""
    quarter = usual()
    recipe = PageRecipe("north", "directorate.ipynb", "North", {"directorate": "North"})
    page = exported(pages.directorate(quarter, "North"), title="North")
    return page, page_promises(quarter, [recipe])["north"]


def test_a_directorate_promises_a_card_for_each_kpi_and_activity_and_its_counts(north):
    page, promise = north

    assert page_faults(page, promise) == []
    assert {m.name.removeprefix("Title of "): dict(m.words) for m in promise.measures} == {
        "green": {"RAG status": "Green", "Direction": "improving"},
        "amber": {"RAG status": "Amber", "Direction": "stable"},
        "red": {"RAG status": "Red", "Direction": "worsening"},
        "missing": {"RAG status": "N/A", "Direction": "stable"},
        "calls": {"Expected range": "above expected range"},
    }
    assert promise.tables[0].rows == (("North", "1", "1", "1", "1", "1", "2", "1", "0", "4"),)


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        ("<span>Amber</span>", "<span>Green</span>", "RAG status, says 'Green', not 'Amber'"),
        ("<span>stable</span>", "<span>improving</span>", "Direction, says 'improving', not 'st"),
        (r"<figure\b.*?</figure>", "", "it has figures, but no chart"),
    ],
    ids=["rating", "direction", "chart"],
)
def test_each_thing_taken_from_a_kpi_is_caught_and_the_kpi_named(north, pattern, instead, said):
    page, promise = north
    card = re.search(r'<article class="measure kpi" id="k-amber".*?</article>', page, re.DOTALL)[0]
    taken = re.sub(pattern, instead, card, count=1, flags=re.DOTALL)

    faults = page_faults(page.replace(card, taken), promise)

    assert [f for f in faults if f.startswith("Title of amber: ") and said in f], faults


def test_a_count_that_is_another_or_a_kpi_missing_from_the_list_is_caught(north):
    page, promise = north
    counts = re.search(r'<table id="counts".*?</table>', page, re.DOTALL)[0]
    row = re.search(r'<tr><th scope="row"><a href="#k-red">.*?</tr>', page, re.DOTALL)[0]

    other = page_faults(page.replace(counts, counts.replace(">4<", ">5<")), promise)
    fewer = page_faults(page.replace(row, ""), promise)

    assert [f for f in other if f.startswith("table #counts: the row 'North' says ")]
    assert "table #kpis: it has no row 'Title of red'" in fewer


def test_a_page_of_which_nothing_is_known_promises_its_title_and_to_show_something(page):
    empty = re.sub(r"(<main[^>]*>).*(</main>)", r"\1\2", page, flags=re.DOTALL)

    assert page_faults(page, PagePromise("Outcome 1")) == []
    assert page_faults(page, PagePromise("News")) == ["its title does not say 'News'"]
    assert "it shows nothing" in page_faults(empty)


@pytest.mark.parametrize("broken", [True, False], ids=["broken", "kept"])
def test_a_page_is_written_only_if_its_promise_is_kept(tmp_path, monkeypatch, broken):
    monkeypatch.setenv("KCC_WORKBOOK", "")  # the job sets it; it is put back
    (tmp_path / "notebooks").mkdir()
    show = 'blocks({"kind": "heading", "level": 1, "text": "A page", "id": "top"})'
    cells = ["edition = ''", f"from kcc_lib.presentation.blocks import blocks\n{show}"]
    held = new_notebook(cells=[new_code_cell(c) for c in cells])
    held.cells[0].metadata["tags"] = ["parameters"]
    held.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "p"}
    nbformat.write(held, tmp_path / "one.ipynb")
    promised = PagePromise("One", (MeasurePromise("m-1-11", "1.11 Deaths"),) if broken else ())

    done = run_job(
        Job("one", str(tmp_path / "one.ipynb"), {}, {"title": "One", "credit": {}}, str(tmp_path),
            str(tmp_path), promise=promised)
    )  # fmt: skip

    said = "one.html: 1.11 Deaths: it is not on the page (#m-1-11)" if broken else ""
    assert done.failure == said
    assert (tmp_path / "one.html").is_file() is not broken


def test_a_narrative_is_told_apart_into_headings_items_and_cells():
    told = (
        "# Title\n\nOne *two*\nthree.\n\n- item **a**\n  - under\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    )

    assert paragraphs_of(told) == (
        "Title", "One two three.", "item a", "under", "A", "B", "1", "2",
    )  # fmt: skip


@pytest.fixture
def folder(page, tmp_path):
    """Two pages beside each other and a data file, each page linked to the other."""
    link = '<p><a href="{}">the other</a></p></main>'
    for name, href in {"one": "two.html#m-1-41", "two": "one.html"}.items():
        text = page.replace("</main>", link.format(href)).replace("<title>", f"<title>{name} ")
        (tmp_path / f"{name}.html").write_text(text)
    for address in {"data/judgements.csv", *re.findall(r'href="(data/[^"]+)"', page)}:
        (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / address).write_text("measure\n")
    return tmp_path


def change(folder, old, new):
    path = folder / "one.html"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_pages_whose_links_lead_somewhere_have_no_fault(folder):
    change(folder, "two.html#m-1-41", "data/judgements.csv")

    assert folder_faults(folder) == {}


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("three.html", "there is no three.html"),
        ("two.html#m-9-99", "two.html has no #m-9-99"),
        ("data/figures.csv", "there is no data/figures.csv"),
    ],
)
def test_a_link_that_leads_nowhere_is_caught_with_its_page_and_address(folder, href, said):
    change(folder, "two.html#m-1-41", href)

    assert folder_faults(folder) == {"one.html": [f"the link to {href!r} leads nowhere: {said}"]}


def test_links_to_other_editions_and_to_pages_left_out_are_not_followed(folder):
    change(folder, "two.html#m-1-41", "../annual-2017/measures-1.html#m-1-41")
    assert folder_faults(folder) == {}

    change(folder, "../annual-2017/measures-1.html#m-1-41", "three.html")
    assert folder_faults(folder, unbuilt=["three.html"]) == {}

    change(folder, "three.html", "data/charts/9-99.svg")
    assert folder_faults(folder, unbuilt=["data/charts/"]) == {}
    assert list(folder_faults(folder, unbuilt=["data/figures/"])) == ["one.html"]


def test_links_between_folders_are_followed_where_everything_is_published(folder):
    (folder / "other").mkdir()
    copied = (folder / "two.html").read_text().replace('"data/', '"../data/')
    (folder / "other" / "three.html").write_text(copied)
    change(folder, "two.html#m-1-41", "other/three.html#m-1-41")
    assert folder_faults(folder) == {}

    change(folder, "other/three.html#m-1-41", "other/three.html#m-9-99")
    assert "other/three.html has no #m-9-99" in folder_faults(folder)["one.html"][0]

    told = "the link to 'one.html' leads nowhere: there is no one.html"
    assert folder_faults(folder / "other") == {"three.html": [told]}
    (folder / "other" / "three.html").write_text(
        copied.replace('"one.html"', '"../one.html#m-9-99"')
    )
    assert folder_faults(folder / "other") == {}
    everything = folder_faults(folder / "other", within=folder)["three.html"]
    assert (
        "the link to '../one.html#m-9-99' leads nowhere: ../one.html has no #m-9-99" in everything
    )


def test_a_title_on_two_pages_and_a_fault_of_any_page_are_caught(folder):
    change(folder, "<title>one ", "<title>two ")
    change(folder, 'lang="en-GB"', 'lang="fr"')

    faults = folder_faults(folder)

    assert "its language is 'fr', not 'en-GB'" in faults["one.html"]
    assert [f for f in faults["two.html"] if "stands on another page" in f]

"""Pages about a report: formats, accessibility, corrections, glossary, and how it judges."""

from dataclasses import replace
from datetime import date

import pytest

import kcc_lib as kcc
from kcc_lib import pages
from kcc_lib.errors import KccError
from kcc_lib.records.corrections import Correction, History
from kcc_lib.records.council import Council
from kcc_lib.workbench import open_report

EDITIONS = ("annual-2017", "annual-2019", "qpr-2017-18-q1", "qpr-2024-25-q3")
RIGHTED = Correction("x", date(2026, 4, 2), "1.41", "74.0%", "74.1%", "Revised", "A", "DfE")


@pytest.fixture(scope="module", params=EDITIONS)
def held(request):
    return kcc.edition(request.param)


@pytest.fixture(scope="module")
def quarter():
    return open_report("qpr-2024-25-q3")


def words(page):
    return str(page.blocks)


def table(page, name):
    return next(b for b in page.blocks if b.get("id") == name)["rows"]


def test_the_page_of_formats_says_whom_to_ask_how_and_when_that_was_printed(held):
    said = words(pages.formats(held))

    for part in ("mailto:alternativeformats@kent.gov.uk", "tel:03000421553", "18001 03000 421553",
                 "answering machine", "ME14 1XQ", "19 October 2017",
                 "https://www.kent.gov.uk/about-the-council/strategies-and-policies"):  # fmt: skip
        assert part in said


def test_without_a_contact_there_is_no_page_that_promises_one(held):
    with pytest.raises(KccError, match=r"add data/raw/council\.toml"):
        pages.formats(replace(held, council=Council()))


def test_the_statement_follows_the_model_and_claims_no_conformity(held):
    page = pages.accessibility(held)
    headings = [b["text"] for b in page.blocks if b["kind"] == "heading"]

    assert headings == [
        "Accessibility statement", "Compliance status", "Content that is not accessible",
        "How these pages were checked", "Feedback and contact", "Enforcement procedure",
        "Preparation of this statement",
    ]  # fmt: skip
    assert "have not been audited" in words(page)
    assert "fully compliant" not in words(page)
    assert "Equality Advisory and Support Service" in words(page)


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (History("x", None), "This edition is a draft"),
        (History("x", date(2026, 3, 31)),
         "No correction has been made since this edition was signed off on 31 March 2026."),
        (History("x", date(2026, 4, 2), (RIGHTED,)), "was signed off on 2 April 2026."),
        (History("x", None, (RIGHTED,)), "is now a draft again"),
    ],
)  # fmt: skip
def test_the_page_of_corrections_says_where_the_edition_stands(edition, history, said):
    page = pages.corrections(edition, history)

    assert said in words(page)
    assert ("74.1%" in words(page)) is bool(history.corrections)
    assert "[Audit](audit.html)" in words(page)


def test_the_shipped_editions_have_no_correction(held):
    assert kcc.corrections(held) == History(held.name, None)


def test_every_entry_of_the_glossary_has_an_address_and_leads_to_entries_on_the_page(held):
    items = [i for b in pages.glossary(held).blocks if b["kind"] == "glossary" for i in b["items"]]
    ids = [i["id"] for i in items]

    assert len(items) == len(held.glossary)
    assert len(set(ids)) == len(ids)
    assert {s["href"][1:] for i in items for s in i["see"]} <= set(ids)


def test_the_settings_of_the_method_are_those_that_it_judges_by(quarter, section):
    told = {i["name"]: i["text"] for b in pages.method(quarter).blocks
            if b["kind"] == "particulars" for i in b["items"]}  # fmt: skip

    assert told["Quarters used"] == "the latest 6"
    assert told["Fewest points for a trend"] == "5"
    assert "less than 5% of the time" in told["Counts as a movement"]
    assert "10 judgements rest on them" in told["Periods that share data"]
    assert "Change that counts" not in told
    assert "fall" not in told["Which way is good"]
    yearly = words(pages.method(section))
    assert "more than 5% of the earlier value counts as a movement, and the page says so" in yearly
    assert "Change that counts" not in yearly


def test_what_the_judgements_mean_is_what_the_glossary_says(section):
    meanings = {t.term: t.meaning for t in section.edition.glossary}

    rows = table(pages.method(section), "words")

    assert [row[0] for row in rows][:3] == ["Improving", "Maintaining", "Not Improving"]
    assert all(meanings[word] == meaning for word, meaning in rows)


def test_what_is_held_and_missing_is_counted_from_the_figures(quarter):
    page = pages.data_quality(quarter)

    total = table(page, "coverage")[-1]["cells"]
    assert total == ["All directorates", "38", "38", "38", "38", "38", "37"]
    marks = {row[0]: row[2] for row in table(page, "flags")}
    flags = quarter.shown["flags"].str.split()
    assert marks["d"] == str(flags.map(lambda f: "d" in f).sum())
    assert sum(int(n) for _, n in table(page, "not-held")) >= 1


def test_the_page_says_where_the_figures_and_the_record_of_the_build_are(quarter):
    said = words(pages.checking(quarter))

    for link in ("data/judgements.csv", "data/observations.csv", "run.json", "corrections.html"):
        assert f"]({link})" in said


def test_two_presets_of_a_method_are_told_apart_by_what_they_choose(section):
    every = kcc.assess_by_every_method(
        section.observations, kcc.load_measures(), areas=[section.area], edition=section.edition
    )
    rows = {r[0]: r[1] for r in table(pages.method_comparison(section, every), "methods")}

    assert "Fewest points for a trend: 4. Surveys: tested" in rows["significance-2019, default"]
    assert "Fewest points for a trend: 3. Surveys: a mov" in rows["significance-2019, kcc2019"]
    assert rows["variance-2017"].endswith("over one year, and over three")

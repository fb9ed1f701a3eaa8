"""The foot of every page: the same ways to help, in the same place, and an e-mail that names it."""

from urllib.parse import unquote

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

import kcc_lib as kcc
from kcc_lib.presentation.blocks import MIME
from kcc_lib.publish.exporter import ReportHTMLExporter
from kcc_lib.publish.footer import footer

EDITIONS = ("annual-2017", "annual-2019", "qpr-2017-18-q1", "qpr-2024-25-q3")
LED_TO = ["Other formats and contact", "Accessibility statement", "Corrections", "Glossary"]


@pytest.fixture(scope="module", params=EDITIONS)
def held(request):
    return kcc.edition(request.param)


def foot(edition, page, built=None):
    recipe = next(r for r in edition.sections if r.name == page)
    return footer(edition, built or [r.name for r in edition.sections], recipe)


def test_the_foot_has_the_same_links_in_the_same_order_on_every_page(held):
    for recipe in held.sections:
        titles = [link["title"] for link in foot(held, recipe.name)["about"]]
        assert [t for t in titles if t in LED_TO] == LED_TO


def test_a_page_that_is_not_built_is_not_linked(held):
    assert [link["href"] for link in foot(held, "index", ["index", "glossary"])["about"]] == [
        "glossary.html"
    ]


def test_an_e_mail_about_a_page_names_the_report_and_the_page(held):
    address = unquote(foot(held, "audit")["tell_us"])

    assert address.startswith("mailto:performance@kent.gov.uk?subject=")
    assert address.endswith(f"({held.name}, audit.html)")
    assert held.subtitle in address


def test_the_foot_says_how_to_ask_for_another_format_and_when_that_was_printed(edition):
    block = {"kind": "heading", "level": 1, "text": "A page", "id": "top"}
    cell = new_code_cell("", outputs=[new_output("display_data", data={MIME: {"blocks": [block]}})])
    text, _ = ReportHTMLExporter().from_notebook_node(
        new_notebook(cells=[cell]), {"report": {"title": "A page", **foot(edition, "index")}}
    )

    told = text.partition("<footer>")[2]
    assert 'href="mailto:alternativeformats@kent.gov.uk"' in told
    assert '<a href="tel:03000421553">03000 421553</a>' in told
    assert '<a href="tel:1800103000421553">18001 03000 421553</a>' in told
    assert "an answering machine. Details as printed on 19 October 2017." in told

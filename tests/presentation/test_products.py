"""One source for all products: report, news, Easy Read and committee report say the same."""

import re
from dataclasses import replace
from itertools import combinations

import pytest

from kcc_lib import pages
from kcc_lib.presentation.key_results import bullets
from kcc_lib.presentation.narrative.unbound import BINDING
from kcc_lib.workbench import open_section

#: The narratives of each product, and the expressions that quote one value.
PRODUCTS = {
    "report": ("key_results", "outcome_1", "outcome_2", "outcome_3", "finance",
               "working_better_together"),
    "news": ("news",),
    "easy read": ("easy_read",),
    "committee": ("committee_report",),
}  # fmt: skip
QUOTES = re.compile(r"(?:measure|figure|outcome|outcomes)\([^()]*\)")


@pytest.fixture(scope="module")
def annual():
    """The 2017 edition as shipped."""
    return open_section("annual-2017")


@pytest.fixture(scope="module")
def quoted(annual):
    """What each product quotes: the value of each source, as it prints there."""
    bindings = annual.facts().bindings()

    def value_of(call):
        found = eval(call, {"__builtins__": {}}, bindings)  # noqa: S307 - our own narrative
        end = getattr(found, "end", None)
        if end is not None:
            return found.name, found.area, end.period, end.ends, end.text
        return re.sub(r"\s+", "", call), "", "", None, str(found)

    def has_value(call):
        code = re.search(r'measure\("([^"]+)"\)$', call)
        return code is None or annual.facts().measure(code[1]).points

    told = {}
    for product, names in PRODUCTS.items():
        texts = [(annual.narrative / f"{n}.md").read_text("utf-8") for n in names]
        calls = [c for t in texts for b in BINDING.findall(t) for c in QUOTES.findall(b)]
        told[product] = {value_of(c) for c in calls if has_value(c)}
    return told


def text_of(page):
    return " ".join(
        str(
            b.get("markdown")
            or b.get("text")
            or [i if isinstance(i, str) else i["text"] for i in b.get("items", [])]
        )
        for b in page.blocks
    )


@pytest.mark.parametrize(("one", "other"), list(combinations(PRODUCTS, 2)))
def test_the_same_measure_reads_the_same_in_two_products(quoted, one, other):
    values = [{key[:-1]: key[-1] for key in quoted[p]} for p in (one, other)]

    shared = values[0].keys() & values[1].keys()

    assert shared, f"{one} and {other} quote nothing in common"
    assert {k: values[0][k] for k in shared} == {k: values[1][k] for k in shared}


def test_a_figure_that_is_quoted_is_printed_on_the_page_as_the_formatter_prints_it(annual, quoted):
    page = text_of(pages.easy_read(annual))

    for name, *_, text in quoted["easy read"]:
        if name.startswith(("figure", "measure")):
            # a claim may say "over 500 people" where the value alone reads "over 500"
            assert text in page, name


def test_the_key_results_of_the_news_are_those_of_the_outcomes_pages_word_for_word(annual):
    news = text_of(pages.news(annual))

    for outcome in annual.catalogue.strategic_outcomes:
        told = bullets(annual, f"Outcome {outcome}")
        assert len(told.splitlines()) >= 4
        assert told in news
        assert told in text_of(pages.outcome_story(annual, outcome))


def test_the_news_states_the_majority_that_the_direction_of_travel_counts(annual):
    news = text_of(pages.news(annual))

    assert annual.facts().outcomes("1-year", "Improving", "Maintaining").out_of == (
        "13 of 20 supporting outcomes"
    )
    assert "the majority, 13 of 20, were Improving or Maintaining" in news
    assert "Kent County Council's own word\nfor the whole is Mixed" in news


def test_the_committee_report_numbers_its_paragraphs_without_gaps(annual):
    page = pages.committee_report(annual)
    items = page.blocks[-1]["items"]

    assert page.blocks[0]["text"] == "Report by Leader of the Council (Oral)"
    assert [b["text"] for b in page.blocks if b.get("level") == 2] == ["Minutes"]
    assert [i["number"] for i in items] == [f"({n})" for n in range(1, len(items) + 1)]
    assert len(items) >= 7


def test_a_foreword_is_a_persons_own_and_never_made_up(annual, tmp_path):
    assert "none has been written for these pages" in text_of(pages.foreword(annual))
    (tmp_path / "foreword.md").write_text("We are proud of Kent.\n\nA Leader\n", "utf-8")
    assert "A Leader" in text_of(pages.foreword(replace(annual, narrative=tmp_path)))

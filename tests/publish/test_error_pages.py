"""A failed build says what failed, in the page's place and on its first page; by every rule."""

import pytest

from kcc_lib.publish.error_pages import write_error_pages
from kcc_lib.publish.execute import Job, Outcome
from kcc_lib.publish.page_check import page_faults
from kcc_lib.publish.page_reading import elements, first, read_page, words

CAUSE = "cell 4, measure 3.71: KeyError: '<b>value</b>'"
AROUND = {"edition": "Report", "draft": "Not signed off.", "title": "Overview – Kent"}


def job(section):
    return Job(section, "", {}, {**AROUND, "title": f"{section} – Kent"}, "", "")


def failed(section, failure=CAUSE, page=""):
    return Outcome(section, page, failure, 1.0)


@pytest.fixture
def build(tmp_path, edition):
    """A function that writes the pages of a build in which something failed."""

    def write(*failures, built=()):
        for name in built:
            write_error_pages(tmp_path, edition, [job(name)], [failed(name, "made")])
        write_error_pages(tmp_path, edition, [job("index"), job("outcome-3")], failures)
        return {p.stem: read_page(p.read_text()) for p in tmp_path.glob("*.html")}

    return write


def shown(page):
    return words(first(page, "main"))


def test_a_page_that_could_not_be_made_says_so_why_and_what_to_do(build):
    page = build(failed("outcome-3"))["outcome-3"]

    assert [words(h) for h in elements(page, "h1", "h2")] == [
        "This page could not be made", "What failed", "What to do",
    ]  # fmt: skip
    assert CAUSE in shown(page)
    assert "“Outcome 3” of “Increasing Opportunities, Improving Outcomes" in shown(page)
    assert "what was published before stands" in shown(page)
    assert "Open the notebook in JupyterLab" in shown(page)


def test_pages_of_a_failed_build_keep_every_rule_and_hold_no_script(build, tmp_path):
    build(failed("outcome-3"), failed("index", "ran for more than 15 minutes"))

    for path in tmp_path.glob("*.html"):
        assert page_faults(path.read_text()) == []
        assert list(elements(read_page(path.read_text()), "script")) == []


@pytest.mark.parametrize("index", ["built", "failed", "not asked for"])
def test_the_first_page_says_in_words_what_failed_whether_or_not_it_was_made(build, index):
    also = [failed("index", "ran too long")] if index == "failed" else []

    page = build(
        failed("outcome-3"), *also, failed("inputs", "a.csv was changed\nb.csv was changed"),
        built=["index"] if index == "built" else [],
    )["index"]  # fmt: skip

    told = shown(page)
    assert "This build failed and was not published. What failed:" in told
    assert f"Outcome 3: {CAUSE}" in told
    assert "Inputs: a.csv was changed" in told
    assert "Inputs: b.csv was changed" in told
    assert len(list(elements(page, "h1"))) == 1


def test_a_page_that_was_made_and_breaks_a_rule_is_kept_to_be_looked_at(build, tmp_path):
    (tmp_path / "outcome-3.html").write_text("<p>as made")

    pages = build(failed("outcome-3", "outcome-3.html: it has no title", "outcome-3.html"))

    assert (tmp_path / "outcome-3.html").read_text() == "<p>as made"
    assert "Outcome 3: outcome-3.html: it has no title" in shown(pages["index"])

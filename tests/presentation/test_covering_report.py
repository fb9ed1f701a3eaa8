"""The covering report: who, to whom and when, what is not held, and the contact at its end."""

import re
from dataclasses import replace
from datetime import date

import pytest

import kcc_lib as kcc
from kcc_lib import pages
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.quarterly import Cover

from .quarterly_builders import HOSTILE, RISING, kpi, quarter

WHOLE = Cover(
    ("A B, Cabinet Member", "C D, Corporate Director"), "Policy Committee", date(2025, 3, 4),
    "25/00001", "Unrestricted", "The Analysts", "them@example.org", "+44 (0)3000 123",
)  # fmt: skip


@pytest.fixture(scope="module")
def held():
    """A quarter of one KPI."""
    return quarter([(kpi("m"), RISING)])


def shown(held, cover):
    return pages.quarterly_summary(replace(held, quarterly=replace(held.quarterly, cover=cover)))


def rows(page, at=0):
    """The names and texts of a list of particulars."""
    lists = [b for b in page.blocks if b["kind"] == "particulars"]
    return {i["name"]: i["text"] for i in lists[at]["items"]}


def headings(page):
    return re.findall(r"<h2[^>]*>(.*?)</h2>", str(render_blocks(page.blocks)))


def test_a_whole_cover_is_told_in_the_order_of_a_covering_report(held):
    told = rows(shown(held, WHOLE))

    assert list(told) == [
        "From", "To", "Decision number", "Subject", "Classification", "Summary", "Recommendation",
    ]  # fmt: skip
    assert told["From"] == ["A B, Cabinet Member", "C D, Corporate Director"]
    assert told["To"] == "Policy Committee, 4 March 2025"
    assert (told["Decision number"], told["Classification"]) == ("25/00001", "Unrestricted")
    assert told["Recommendation"].startswith("Policy Committee is asked to note")


def test_each_sender_stands_on_a_line_of_its_own(held):
    page = str(render_blocks(shown(held, WHOLE).blocks))

    assert "<dd>A B, Cabinet Member</dd>\n<dd>C D, Corporate Director</dd>" in page


def test_the_contact_ends_the_covering_report_with_links_to_write_and_to_call(held):
    page = shown(held, WHOLE)
    told = str(render_blocks(page.blocks))

    assert '<a href="mailto:them@example.org">them@example.org</a>' in told
    assert '<a href="tel:+4403000123">+44 (0)3000 123</a>' in told
    assert rows(page, 1)["Produced by"] == "The Analysts"
    named = [re.sub(r"<[^>]+>", "", h) for h in headings(page)]
    assert named[:5] == ["1 Introduction", "2 Performance", "3 Recommendation", "4 Contact", "Key"]


def test_of_a_cover_that_is_not_held_only_number_and_classification_are_said_to_be_so(held):
    page = shown(held, Cover())

    assert list(rows(page)) == [
        "Decision number", "Subject", "Classification", "Summary", "Recommendation",
    ]  # fmt: skip
    told = rows(page)
    assert (told["Decision number"], told["Classification"]) == ("not held", "not held")
    assert not any("Contact" in h for h in headings(page))


def test_a_meeting_of_a_body_that_is_not_held_stands_alone(held):
    told = rows(shown(held, Cover(meeting=date(2025, 3, 4))))

    assert told["Meeting"] == "4 March 2025"
    assert "To" not in told


def test_hostile_text_of_a_cover_is_shown_and_never_run(held):
    page = str(
        render_blocks(shown(held, Cover(*[(HOSTILE,), HOSTILE, None, *[HOSTILE] * 5])).blocks)
    )

    assert "<script" not in page
    assert "<img" not in page


def test_the_shipped_covers_say_what_is_held_and_nothing_else():
    def told(name):
        edition = kcc.edition(name)
        measures, observations = kcc.load_measures(), kcc.load_observations()
        judged = kcc.assess(observations, measures, method=edition.method, edition=edition)
        return pages.quarterly_summary(kcc.quarter(edition, measures, observations, judged))

    then, now = told("qpr-2017-18-q1"), told("qpr-2024-25-q3")

    assert rows(then)["To"] == "Cabinet, 25 September 2017"
    assert rows(then, 1) == {
        "Produced by": "KCC Strategic Business Development and Intelligence",
        "E-mail": "performance@kent.gov.uk", "Phone": "03000 416091",
    }  # fmt: skip
    assert rows(now)["To"] == "Cabinet, 4 March 2025"
    assert "From" not in rows(now)
    assert sum(b["kind"] == "particulars" for b in now.blocks) == 1

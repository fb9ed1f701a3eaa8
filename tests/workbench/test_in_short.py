"""What an analyst evaluates in a notebook says what it is, in a line, and floods nothing."""

import pandas as pd
import pytest

import kcc_lib as kcc
from kcc_lib.workbench import open_section

LONGEST = 500
#: What is no verb: errors, and modules.
NO_VERBS = {"DataError", "KccError", "inference", "pages"}


@pytest.fixture(scope="module")
def returned(given):
    """What each verb of the public face returns, by its name."""
    report, measures, held, judged = given
    told = kcc.edition("qpr-2024-25-q3")
    quarterly = (told, measures, held, kcc.assess(held, measures, edition=told))
    return {
        "assess": judged,
        "assess_by_every_method": kcc.assess_by_every_method(held, measures, edition=report),
        "chart": kcc.chart("1.41"),
        "corrections": kcc.corrections(report),
        "edition": report,
        "explain": kcc.explain("1.41"),
        "gather": kcc.gather(*quarterly),
        "load_measures": measures,
        "load_observations": held,
        "preview": kcc.preview("1.1"),
        "quarter": kcc.quarter(*quarterly),
        "quarter_before": kcc.quarter_before(told),
        "roll_up": kcc.roll_up(judged, measures),
        "section": kcc.section(report, measures, held, judged),
        "table": kcc.table("1.41"),
    }


def test_nothing_that_a_public_verb_returns_shows_itself_at_length(returned):
    assert set(returned) == set(kcc.__all__) - NO_VERBS

    long = {
        name: len(repr(found))
        for name, found in returned.items()
        # tables are pandas' to show, and an explanation is asked for to be read whole
        if not isinstance(found, (pd.DataFrame, str, dict)) and len(repr(found)) > LONGEST
    }

    assert not long


def test_a_record_says_what_it_is_and_how_much_it_holds(returned):
    assert repr(returned["section"]).startswith("<Section annual-2019: Kent, 74 measures, 148 judg")
    assert repr(returned["quarter"]).startswith(
        "<Quarter qpr-2024-25-q3: Kent, 2024-25 Q3, 38 KPIs, 38 judgements, "
    )
    assert repr(returned["corrections"]) == "<History annual-2019: not signed, 0 corrections>"
    assert repr(returned["preview"]).endswith(" …, 0 faults>")
    assert repr(returned["edition"]) == (
        "<Edition annual-2019: Increasing Opportunities, Improving Outcomes, 74 measures, 14 pages>"
    )


def test_what_a_section_is_made_of_is_told_in_short_too(returned):
    section, quarter = returned["section"], returned["quarter"]

    parts = (section.view("1.41"), quarter.kpis()[0], quarter.quarterly, section.facts(),
             section.written, section.catalogue.easy)  # fmt: skip

    assert max(len(repr(part)) for part in parts) <= LONGEST


def test_every_page_a_notebook_shows_is_told_in_a_line():
    page = kcc.pages.progress_summary(open_section("annual-2019"))

    assert "\n" not in repr(page)
    assert len(repr(page)) <= LONGEST

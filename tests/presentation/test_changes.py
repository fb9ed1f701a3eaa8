"""What changed: each step between two words named, and counts that add up."""

from dataclasses import replace

import numpy as np
import pytest

import kcc_lib as kcc
from kcc_lib.errors import KccError
from kcc_lib.presentation.quarterly.changes import KpiChange
from kcc_lib.presentation.word_changes import Step, WordChange

from .quarterly_builders import RISING, kpi, quarter

NAN = np.nan


@pytest.fixture(scope="module")
def again(section):
    """The 2017 report's periods by the 2019 report's method."""
    return kcc.assess(
        section.observations, kcc.load_measures(), method=section.edition.method,
        preset=section.edition.preset, areas=[section.area], edition=kcc.edition("annual-2017"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def page(section, again):
    return kcc.pages.changes(section, again)


def change(section, *words):
    return WordChange(section.catalogue.measures["1.41"], "1-year", *words)


def rows(page, identifier):
    (table,) = [b for b in page.blocks if b.get("id") == identifier]
    return {
        r[0]["text"].split()[0]: [c if isinstance(c, str) else c["label"] for c in r[1:]]
        for r in table["rows"]
    }


def said(page):
    texts = [
        b.get("text") or b.get("markdown") or " ".join(b.get("items", ())) for b in page.blocks
    ]
    return " ".join(texts)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (("Improving", "Improving", "Maintaining", "Maintaining", "Maintaining"), [Step.METHOD]),
        (("Improving", "Improving", "Improving", "Maintaining", "Maintaining"), [Step.PERIODS]),
        (("Improving", "Improving", "Improving", "Improving", "Maintaining"), [Step.PRINT]),
        (
            ("Improving", "Maintaining", "Maintaining", "Maintaining", "Maintaining"),
            [Step.EARLIER_PRINT],
        ),
        (
            ("Improving", "Improving", "Maintaining", "Not Improving", "Not Improving"),
            [Step.METHOD, Step.PERIODS],
        ),
        (("Improving", "Improving", "Not judged", "Maintaining", "Maintaining"), []),
    ],
)
def test_each_step_at_which_the_word_turns_is_a_reason_and_none_is_guessed(section, words, steps):
    found = change(section, *words)

    assert found.differs
    assert list(found.steps) == steps
    assert found.known is bool(steps)


def test_a_word_that_one_report_lacks_is_no_change(section):
    found = change(section, "Not judged", "Not judged", "Improving", "Maintaining", "Maintaining")

    assert not found.both
    assert not found.differs
    assert found.like_for_like == -1


def test_a_word_that_only_the_method_changed_is_told_so(page):
    assert rows(page, "words-1-year")["3.64"] == [
        "Not Improving", "Maintaining", "Maintaining", "Maintaining", "The method",
    ]  # fmt: skip
    assert rows(page, "words-1-year")["1.41"][-1] == "New periods"
    assert rows(page, "words-1-year")["1.76"][-1] == "This report's print"
    assert rows(page, "words-1-year")["2.54"][-1] == "Not known"


def test_counts_follow_from_the_rows(page):
    text = said(page)

    counted = "have a word for both reports: 13 the same word, 8 another"
    assert f"21 of the 74 measures {counted}." in text
    assert len(rows(page, "words-1-year")) == 8
    assert "a word that differs is not by itself a change in outcomes" in text
    assert f"{len(rows(page, 'later-figures'))} of the 74 measures show a later figure" in text


def test_a_value_that_was_printed_otherwise_is_told_and_the_rest_said_not_to_be_known(page):
    text = said(page)

    assert "1.61 Expected standard at Key Stage 2, 2016/17: 64% then, 65% now" in text
    assert "whether they were revised is not known" in text


def test_a_break_between_the_reports_is_told(page):
    assert "1.62 Standard pass in English and Maths at Key Stage 4, from 2016/17" in said(page)


def test_words_that_the_last_report_did_not_print_are_never_shown_as_its_own(page, section, again):
    def heads(found):
        tables = [b for b in found.blocks if str(b.get("id")).startswith("words-")]
        return {t["columns"][1]["name"] for t in tables}

    ((before, then),) = section.others
    printed = replace(before, published=section.edition.published)
    as_printed = kcc.pages.changes(replace(section, others=((printed, then),)), again)

    assert heads(page) == {f"{before.subtitle}, worked out here"}
    assert "No judgement printed in Strategic Statement Annual Report 2017 is held." in said(page)
    assert heads(as_printed) == {before.subtitle}
    assert "No judgement printed" not in said(as_printed)
    assert "have a word for both reports" in said(as_printed)


def test_which_measures_are_new_is_not_claimed_where_a_list_is_not_held(page):
    assert "which measures are new, retired or renamed since is not known" in said(page)


def test_measures_of_held_lists_are_compared(section, again):
    ((before, then),) = section.others
    fewer = replace(before, measures_from="", measures=(*before.measures[1:], "9.99"))
    told = kcc.pages.changes(replace(section, others=((fewer, then),)), again)

    assert f"New: {before.measures[0]}; no longer reported: 9.99." in said(told)


def test_an_edition_that_follows_none_has_no_such_page(section, again):
    alone = replace(section, edition=replace(section.edition, follows=""))

    with pytest.raises(KccError, match="follows no edition"):
        kcc.pages.changes(alone, again)


def two_quarters(values):
    """One KPI with a target of 93 and a floor of 90, in a quarter and in the one before."""
    aims = [("one", 93, 90, NAN, NAN)]
    now, then = (quarter([(kpi("one"), v)], aims=aims) for v in (values, values[:-1]))
    return KpiChange(then.kpis()[0], now.kpis()[0])


@pytest.mark.parametrize(
    ("last", "moved"), [([91.0, 94.0], 1), ([94.0, 91.0], -1), ([91.0, 92.0], 0)]
)
def test_a_rating_moves_by_the_same_rule_in_both_quarters(last, moved):
    # the builder dates each series to its last quarter; only the values matter here
    aims = [("one", 93, 90, NAN, NAN)]
    then = quarter([(kpi("one"), [92.0, last[0]])], aims=aims).kpis()[0]
    now = quarter([(kpi("one"), [92.0, *last])], aims=aims).kpis()[0]
    earlier = replace(then, points=then.points.assign(time=then.points["time"] - 0.25))

    assert KpiChange(earlier, now).moved == moved


def test_a_kpi_without_a_newer_figure_is_not_counted_as_unchanged():
    same = two_quarters(RISING)
    late = KpiChange(same.now, same.now)

    assert not late.newer
    assert not late.rated
    assert late.moved == 0


def test_a_quarter_earlier_knows_nothing_of_the_quarter_reported():
    report = kcc.edition("qpr-2024-25-q3")
    before = kcc.quarter_before(report)

    assert before.quarterly.quarter == "2024-25 Q2"
    assert {w.long_term_to.label for w in before.windows} == {"2024-25 Q2"}
    assert all(k.rag is None and k.direction is None for k in before.quarterly.kpis)
    assert before.targets == report.targets
    first = kcc.quarter_before(kcc.edition("qpr-2017-18-q1"))
    assert (first.quarterly.quarter, first.quarterly.financial_year) == ("2016-17 Q4", "2016-17")
    assert first.targets == ()


def test_the_page_of_a_quarter_counts_every_kpi_once():
    report, measures = kcc.edition("qpr-2024-25-q3"), kcc.load_measures()
    observations, before = kcc.load_observations(), kcc.quarter_before(report)
    gathered = [
        kcc.quarter(e, measures, observations,
                    kcc.assess(observations, measures, method=report.method, edition=e))
        for e in (report, before)
    ]  # fmt: skip
    page = kcc.pages.quarter_changes(*gathered)
    text = said(page)

    assert "33 of the 38 KPIs can be rated in both quarters: 5 moved to a better rating" in text
    assert "5 have no newer figure than a quarter ago." in text
    (table,) = [b for b in page.blocks if b.get("id") == "rating-changes"]
    assert sum(isinstance(r, list) for r in table["rows"]) == 8

"""What analysts call to judge: an edition's own choices hold where they choose nothing."""

import pytest

import kcc_lib as kcc


def test_an_edition_is_judged_by_its_own_method_where_none_is_named():
    report = kcc.edition("annual-2017")

    found = kcc.assess(kcc.load_observations(), kcc.load_measures(), edition=report)

    assert set(found["method"]) == {"variance-2017"}


ESSEX = "E10000012"


@pytest.fixture(scope="module")
def essex():
    """The 2019 edition as an analyst shows it for another council."""
    report, measures, observations = (
        kcc.edition("annual-2019"), kcc.load_measures(), kcc.load_observations()
    )  # fmt: skip
    judgements = kcc.assess(observations, measures, areas=[ESSEX], edition=report)
    return kcc.section(report, measures, observations, judgements, area=ESSEX)


def test_what_the_council_printed_stands_beside_no_other_area(essex):
    judged = essex.judgements

    assert set(judged["label"]) - {"Not judged"}
    assert set(judged["published_label"]) == {""}
    assert set(judged["agrees"]) == {""}
    verdicts = [v for m in judged["measure"].unique() for v in essex.view(m).verdicts]
    assert {v.published for v in verdicts} == {""}


def test_what_the_council_wrote_and_printed_is_not_told_of_another_area(essex):
    report = kcc.edition("annual-2019")

    assert report.published
    assert report.audit_notes
    assert not essex.edition.published
    assert not essex.edition.audit_notes
    assert essex.figures == ()
    assert not essex.narrated
    told = [t for m in essex.elsewhere for e in essex.elsewhere[m] for t in e.told]
    assert not any(t.published for t in told)


def test_of_several_areas_only_the_council_s_own_has_its_words():
    report = kcc.edition("annual-2019")
    found = kcc.assess(
        kcc.load_observations(), kcc.load_measures(), areas=[report.area, ESSEX], edition=report
    )

    assert found[found["published_label"].ne("")]["area"].unique().tolist() == [report.area]

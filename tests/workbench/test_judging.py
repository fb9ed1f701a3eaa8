"""What analysts call to judge: an edition's own choices hold where they choose nothing."""

import pandas as pd
import pytest

import kcc_lib as kcc
from kcc_lib.errors import DataError, KccError, UnknownNameError


def test_an_edition_is_judged_by_its_own_method_where_none_is_named():
    report = kcc.edition("annual-2017")

    found = kcc.assess(kcc.load_observations(), kcc.load_measures(), edition=report)

    assert set(found["method"]) == {"variance-2017"}


KENT, ENGLAND = "E10000016", "E92000001"


def test_one_area_as_text_is_a_list_of_one(given):
    report, measures, held, judged = given

    one = kcc.assess(held, measures, areas=KENT)

    pd.testing.assert_frame_equal(one, kcc.assess(held, measures, areas=[KENT]))
    shown = kcc.section(report, measures, held, judged, comparators=ENGLAND)
    assert shown.comparators == (ENGLAND,)


def test_an_area_that_is_none_is_refused_with_the_nearest(given):
    report, measures, held, judged = given

    for wrong in ("E10000017", ["E10000017"]):
        with pytest.raises(UnknownNameError, match="no area 'E10000017'; did you mean"):
            kcc.assess(held, measures, areas=wrong)
        with pytest.raises(UnknownNameError, match="no area 'E10000017'; did you mean"):
            kcc.section(report, measures, held, judged, comparators=wrong)
    with pytest.raises(KccError, match=r"area: \['E10000016'\] is no code; write one as text"):
        kcc.section(report, measures, held, judged, area=[KENT])


def test_every_missing_column_of_observations_is_named_at_once(given):
    report, measures, held, judged = given
    part = held.drop(columns=["value", "time"])
    words = "observations lack 2 columns value, time; there stood measure, .*load_observations"

    for verb in (kcc.assess, kcc.assess_by_every_method):
        with pytest.raises(KccError, match=words):
            verb(part, measures, edition=report)
    for verb in (kcc.section, kcc.gather):
        with pytest.raises(KccError, match=words):
            verb(report, measures, part, judged)
    with pytest.raises(KccError, match="lack the column value;"):
        kcc.assess(held.drop(columns="value"), measures)


def test_judgements_in_the_place_of_observations_are_refused(given):
    report, measures, held, judged = given

    with pytest.raises(KccError, match=r"observations lack .*period, value, .*load_observations"):
        kcc.assess(judged, measures)
    with pytest.raises(KccError, match=r"observations lack .*load_observations"):
        kcc.section(report, measures, judged, held)
    with pytest.raises(KccError, match=r"judgements lack .*horizon, .*kcc.assess"):
        kcc.section(report, measures, held, held)
    with pytest.raises(KccError, match=r"judgements lack .*horizon, .*kcc.assess"):
        kcc.roll_up(held, measures)


def test_what_is_no_table_catalogue_or_edition_is_refused_with_what_to_give(given):
    _, measures, held, _ = given

    with pytest.raises(KccError, match=r"observations: a Catalogue is no table; load them"):
        kcc.assess(measures, held)
    with pytest.raises(KccError, match=r"measures: a DataFrame is no catalogue; .*load_measures"):
        kcc.assess(held, held)
    with pytest.raises(KccError, match=r"is no edition; open it: kcc.edition\('annual-2019'\)"):
        kcc.assess(held, measures, edition="annual-2019")


def test_each_kind_of_edition_is_shown_by_its_own_verb(given):
    report, measures, held, judged = given

    with pytest.raises(KccError, match="annual-2019 is no quarterly edition; show it with a sec"):
        kcc.quarter(report, measures, held, judged)
    with pytest.raises(KccError, match="qpr-2024-25-q3 is no annual edition; show it with a quar"):
        kcc.section(kcc.edition("qpr-2024-25-q3"), measures, held, judged)


def test_a_kpi_is_still_explained_by_another_method():
    told = kcc.explain("cs-advisor-satisfaction", edition="qpr-2024-25-q3", method="xmr")

    assert "Judged by xmr" in told


def test_a_load_that_fails_says_nothing_of_writing():
    with pytest.raises(DataError) as failed:
        kcc.load_observations("nofile.csv")

    assert str(failed.value).startswith("1 fault found\n  ")
    assert "nofile.csv: cannot be opened" in str(failed.value)
    assert "written" not in str(failed.value)


ESSEX = "E10000012"


@pytest.fixture(scope="module")
def essex(given):
    """The 2019 edition as an analyst shows it for another council."""
    report, measures, observations, _ = given
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
    assert report.measure_notes
    assert not essex.edition.measure_notes
    assert not essex.narrated
    told = [t for m in essex.elsewhere for e in essex.elsewhere[m] for t in e.told]
    assert not any(t.published for t in told)


def test_of_several_areas_only_the_council_s_own_has_its_words():
    report = kcc.edition("annual-2019")
    found = kcc.assess(
        kcc.load_observations(), kcc.load_measures(), areas=[report.area, ESSEX], edition=report
    )

    assert found[found["published_label"].ne("")]["area"].unique().tolist() == [report.area]


def test_a_quarter_is_shown_of_no_other_area():
    report, measures, observations = (
        kcc.edition("qpr-2024-25-q3"), kcc.load_measures(), kcc.load_observations()
    )  # fmt: skip
    judgements = kcc.assess(observations, measures, areas=[ESSEX], edition=report)

    with pytest.raises(KccError, match=r"is of Kent alone: .* leave the area out"):
        kcc.quarter(report, measures, observations, judgements, area=ESSEX)

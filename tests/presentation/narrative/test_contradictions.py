"""The council's own contradictions, paraphrased as claims: each is caught, its mended form is not.

The ids are those of the list of inconsistencies in the council's documents; the figures are
those that the documents print (`data/raw/document_figures.csv`).
"""

import pytest

from kcc_lib.errors import NarrativeError
from kcc_lib.presentation.narrative.binding import bind

IFA = 'figure("indigenous-children-ifa", "June 2017")'
COMPLAINTS = 'figure("complaints-12m-total", "12 mths to Jun 17")'
STABILITY = 'figure("placement-stability-2-years", "June 2017")'
GAP = 'share(figure("gif-funding-gap"), figure("gif-investment-needed"))'
S106 = ("adult-social-care", "community-learning", "libraries", "primary-education",
        "secondary-education", "youth-and-community")  # fmt: skip


def lgf(year):
    return [
        f'figure("lgf-{state}-start-{year}", "Quarter 1 2017/18 (projects starting {year[:4]}/{year[5:]})")'
        for state in ("complete", "green", "amber", "red")
        if (state, year) != ("complete", "2016-17")
    ]


CORPUS = [
    # A: inside one document
    ("A01 direction", f'claim("decreased by 4, from 153 in March 2017 to 157 in June 2017", {IFA})',
     f'claim("increased by 4, from 153 in March 2017 to 157 in June 2017", {IFA})'),
    ("A01 swapped", f'claim("decreased by 4, from 157 to 153", {IFA})',
     f'claim("up by 4", {IFA})'),
    ("A02 order of years",
     f'claim("a 12% increase for the year to June 2016 on the year to June 2017", {COMPLAINTS})',
     f'claim("a 12% increase for the year to June 2017 on the year to June 2016", {COMPLAINTS})'),
    ("A03 sum", f'claim("14 projects in total", {", ".join(lgf("2015-16"))})',
     f'claim("13 projects in total", {", ".join(lgf("2015-16"))})'),
    ("A03 sum of 2017", f'claim("5 projects in total", {", ".join(lgf("2017-18"))})',
     f'claim("7 projects in total", {", ".join(lgf("2017-18"))})'),
    ("A04 stale figure", 'claim("£142 million", figure("lgf-lgf-funds-total"))',
     'claim("£123.4 million", figure("lgf-lgf-funds-total"))'),
    ("A07 count", 'claim("3 of the 7", tally(2, 7))', 'claim("2 of the 7", tally(2, 7))'),
    ("A08 count", 'claim("ten organisations", figure("arts-council-organisations"))',
     'claim("eleven organisations", figure("arts-council-organisations"))'),
    ("A11 size", 'claim("a 16% rise", figure("send-statutory-assessments", "2016").since("2014"))',
     'claim("a 14% rise", figure("send-statutory-assessments", "2016").since("2014"))'),
    ("A11 period",
     'claim("a 14% rise since 2015", figure("send-statutory-assessments", "2016"))',
     'claim("a 14% rise since 2014", figure("send-statutory-assessments", "2016"))'),
    ("A14 which figure", 'claim("3.2%", figure("neet-three-month-average", "January 2017"))',
     'claim("2.8%", figure("neet-three-month-average", "January 2017"))'),
    ("A15 share", 'claim("90.2%", share(counted(501), counted(547)))',
     'claim("91.6%", share(counted(501), counted(547)))'),
    ("A16 points", f'claim("2% below target", {STABILITY}, counted(70, "%"))',
     f'claim("2 percentage points below target", {STABILITY}, counted(70, "%"))'),
    ("A17 sum", 'claim("£115.4 million in total", '
     'figure("cumulative-savings", "since 2011-12 to 2016-17 (implied)"))',
     'claim("£515 million in total", '
     'figure("cumulative-savings", "since 2011-12 to 2016-17 (implied)"))'),
    ("A19 share", f'claim("a third", {GAP})', f'claim("under a third", {GAP})'),
    ("A19 share again", f'claim("about a third", {GAP})', f'claim("30%", {GAP})'),
    ("A20 figure",
     'claim("rose from 57.7% to 62.2%", figure("gcse-5-good-including-em", "2017"))',
     'claim("rose from 60.8% to 62.2%", figure("gcse-5-good-including-em", "2017"))'),
    ("A21 overall word", 'claim("continues to improve", word("Mixed"))',
     'claim("continues to improve", word("Improving"))'),
    ("A21 majority", 'claim("a majority", tally(9, 20))', 'claim("a majority", tally(13, 20))'),
    ("A31 direction", 'claim("fell", measure("1.11"))', 'claim("rose", measure("1.11").since("2013 to 2015"))'),
    # B: between documents
    ("B02 sum", 'claim("£588 million", figure("cumulative-savings", "eight years since 2010"))',
     'claim("£559 million", figure("cumulative-savings", "eight years since 2010"))'),
    ("B05 count", 'claim("63,000 streetlights", figure("led-streetlights-converted", '
     '"at report (October 2017)", source="annual-report-2017"))',
     'claim("over 63,000 streetlights", figure("led-streetlights-converted", '
     '"at report (October 2017)", source="annual-report-2017"))'),
    ("B18 share", 'claim("the top third", figure("childrens-services-top-share", source="news-2017"))',
     'claim("the top 30%", figure("childrens-services-top-share", source="news-2017"))'),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right"), [c[1:] for c in CORPUS], ids=[c[0] for c in CORPUS])
def test_a_contradiction_of_the_documents_is_caught_and_its_mended_form_is_not(facts, wrong, right):
    with pytest.raises(NarrativeError) as refused:
        bind("It was {{ " + wrong + " }}.", facts, file="corpus.md")
    assert [f.line for f in refused.value.faults] == [1]

    assert bind("It was {{ " + right + " }}.", facts, file="corpus.md").startswith("It was ")

"""The council's own contradictions, paraphrased as claims: each is caught, its mended form is not.

The ids are those of the list of inconsistencies in the council's documents; the figures are
those that the documents print (`data/raw/document_figures.csv`). Those that no claim about
direction, order of years, sums, shares or counts can hold are named in `LEFT_OUT`, with why.
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
        f'figure("lgf-{state}-start-{year}", '
        f'"Quarter 1 2017/18 (projects starting {year[:4]}/{year[5:]})")'
        for state in ("complete", "green", "amber", "red")
        if (state, year) != ("complete", "2016-17")
    ]


def secured(quarter):
    """What developers were asked to pay in one quarter, by service."""
    return ", ".join(f'figure("s106-secured-{service}", "{quarter}")' for service in S106)


CALLS = ("adult-social-care", "highways", "specialist-childrens-services",
         "schools-and-early-years", "libraries-and-archives", "blue-badges", "registrations",
         "transport-services", "adult-education", "main-enquiry-line", "speed-awareness",
         "waste-and-recycling", "other-services", "ksas")  # fmt: skip
QUARTER_CALLS = ", ".join(f'figure("contact-quarter-{s}", "Jan- Mar (quarter)")' for s in CALLS)
FAULTS = 'figure("digital-online-report-a-highways-fault", "{}")'
FLATS = ('figure("extra-care-flats", "before this year"), '
         'figure("extra-care-flats", "this year (report October 2017)")')  # fmt: skip
SAVED = ('figure("cumulative-savings", "since 2011-12 to 2016-17 (implied)"), '
         'figure("annual-savings", "2017/18")')  # fmt: skip
MILES = ('figure("prow-miles", source="annual-report-2017"), '
         'figure("prow-miles", source="annual-report-2019")')  # fmt: skip
SPRING, WINTER = FAULTS.format("Online Apr 17 - Jun 17"), FAULTS.format("Online Jan 17 - Mar 17")
LIGHTS = 'figure("led-streetlights-converted", "end of June (2017)")'
ADOPTION = ('figure("adoption-days-in-care-to-family", '
            '"12 months to March 2017 (implied)"), '
            'figure("adoption-days-in-care-to-family", '
            '"adopted in the last 12 months")')  # fmt: skip

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
    ("A05 sum", f'claim("£15,001,000 in total", {secured("Jul to Sep 2016")})',
     f'claim("£15,002,000 in total", {secured("Jul to Sep 2016")})'),
    ("A05 sum of spring", f'claim("£58,899,000 in total", {secured("Jan to Mar 2017")})',
     f'claim("£58,901,000 in total", {secured("Jan to Mar 2017")})'),
    ("A06 sum", f'claim("159,000 in total", {QUARTER_CALLS})',
     f'claim("158,000 in total", {QUARTER_CALLS})'),
    ("A07 count", 'claim("3 of the 7", tally(2, 7))', 'claim("2 of the 7", tally(2, 7))'),
    ("A08 count", 'claim("ten organisations", figure("arts-council-organisations"))',
     'claim("eleven organisations", figure("arts-council-organisations"))'),
    ("A10 count", 'claim("both KPIs", tally(1, 2))', 'claim("one of the two KPIs", tally(1, 2))'),
    ("A11 size", 'claim("a 16% rise", figure("send-statutory-assessments", "2016").since("2014"))',
     'claim("a 14% rise", figure("send-statutory-assessments", "2016").since("2014"))'),
    ("A11 period",
     'claim("a 14% rise since 2015", figure("send-statutory-assessments", "2016"))',
     'claim("a 14% rise since 2014", figure("send-statutory-assessments", "2016"))'),
    ("A12 direction", 'claim("year on year improvement", word("Maintaining"))',
     'claim("unchanged", word("Maintaining"))'),
    ("A13 period", f'claim("36% so far this financial year", {SPRING})',
     f'claim("36% in the quarter to June 2017", {SPRING})'),
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
    ("A31 direction", 'claim("fell", measure("1.11"))',
     'claim("rose", measure("1.11").since("2013 to 2015"))'),
    ("A31 since", 'claim("fell since 2013 to 2015", measure("1.11"))',
     'claim("rose since 2013 to 2015", measure("1.11"))'),
    ("A32 overall word", 'claim("improving", measure("3.71").judged())',
     'claim("maintaining", measure("3.71").judged())'),
    # B: between documents
    ("B01 figure", 'claim("£90 million", figure("annual-savings", "2013/14"))',
     'claim("£100 million", figure("annual-savings", "2013/14"))'),
    ("B02 sum", 'claim("£588 million", figure("cumulative-savings", "eight years since 2010"))',
     'claim("£559 million", figure("cumulative-savings", "eight years since 2010"))'),
    ("B02 parts", f'claim("£559 million in total", {SAVED})',
     f'claim("£588 million in total", {SAVED})'),
    ("B03 count", f'claim("rose from 587 to 898", {FLATS})',
     f'claim("rose from 649 to 900", {FLATS})'),
    ("B04 figure", 'claim("£52.3 million", figure("additional-government-funding"))',
     'claim("£51 million", figure("additional-government-funding"))'),
    ("B05 count", 'claim("63,000 streetlights", figure("led-streetlights-converted", '
     '"at report (October 2017)", source="annual-report-2017"))',
     'claim("over 63,000 streetlights", figure("led-streetlights-converted", '
     '"at report (October 2017)", source="annual-report-2017"))'),
    ("B05 stale", f'claim("nearly 63,000", {LIGHTS})', f'claim("over 68,000", {LIGHTS})'),
    ("B06 figure", 'claim("£3 million", figure("pothole-blitz-spend", "2017/18"))',
     'claim("£2.4 million", figure("pothole-blitz-spend", "2017/18"))'),
    ("B07 count", 'claim("over 13,000 people", figure("release-the-pressure-visitors", '
     '"the year (not stated)"))',
     'claim("6,468 people", figure("release-the-pressure-visitors", "the year (not stated)"))'),
    ("B10 share", f'claim("over 75%", {WINTER})',
     f'claim("43%", {WINTER})'),
    ("B11 figure", 'claim("4,381 miles", figure("prow-miles", source="annual-report-2019"))',
     'claim("4,286 miles", figure("prow-miles", source="annual-report-2019"))'),
    ("B11 direction", f'claim("rose from 4,381 to 4,286 miles", {MILES})',
     f'claim("fell from 4,381 to 4,286 miles", {MILES})'),
    ("B12 figure", 'claim("£56.3 million", figure("rgf-investment", "as of March 2019"))',
     'claim("over £55 million", figure("rgf-investment", "as of March 2019"))'),
    ("B13 direction", 'claim("rising", word("Maintaining"))',
     'claim("unchanged", word("Maintaining"))'),
    ("B14 which figure", 'claim("81%", figure("enablement-no-further-support"))',
     'claim("62%", figure("enablement-no-further-support"))'),
    ("B15 share", 'claim("99%", figure("waste-diverted-share", "2016/17 (implied)"))',
     'claim("98%", figure("waste-diverted-share", "2016/17 (implied)"))'),
    ("B18 share", 'claim("the top third", figure("childrens-services-top-share", '
     'source="news-2017"))',
     'claim("the top 30%", figure("childrens-services-top-share", source="news-2017"))'),
    ("B19 share", 'claim("91%", share(counted(501), counted(547)))',
     'claim("92%", share(counted(501), counted(547)))'),
    ("B22 count", 'claim("5,408 people", figure("direct-payment-adults-and-children"))',
     'claim("4,068 people", figure("direct-payment-adults-and-children"))'),
    ("B25 direction", f'claim("fell from 353 to 354 days", {ADOPTION})',
     f'claim("rose by 1 day, from 353 to 354 days", {ADOPTION})'),
]  # fmt: skip
#: Inconsistencies that no test of a claim can catch, and why.
LEFT_OUT = {
    "a name, title or spelling": "A22 A23 A24 A27 A28 A34 A37 A38 A39 A42 B16 B17 B21 B24",
    "what a figure counts is a noun, and nouns are not tested": "A25 A33 A41 A43 B08",
    "a rule of method or the comparability of series": "A26 A29 A30 A35 A36 A40 B20",
    "a date of a plan, which is no figure": "A09 B09 B23",
    "a yearly amount times years, which nothing multiplies": "A18",
}


@pytest.mark.parametrize(("wrong", "right"), [c[1:] for c in CORPUS], ids=[c[0] for c in CORPUS])
def test_a_contradiction_of_the_documents_is_caught_and_its_mended_form_is_not(facts, wrong, right):
    with pytest.raises(NarrativeError) as refused:
        bind("It was {{ " + wrong + " }}.", facts, file="corpus.md")
    assert [f.line for f in refused.value.faults] == [1]

    assert bind("It was {{ " + right + " }}.", facts, file="corpus.md").startswith("It was ")


def test_every_inconsistency_of_the_documents_is_in_the_corpus_or_left_out_with_a_reason():
    caught = {name.split()[0] for name, _, _ in CORPUS}
    left_out = {name for names in LEFT_OUT.values() for name in names.split()}
    known = {f"A{n:02d}" for n in range(1, 44)} | {f"B{n:02d}" for n in range(1, 26)}

    assert caught | left_out == known
    assert caught.isdisjoint(left_out)

"""The claim checker, claim by claim: what is true passes, what is false or untested is refused."""

from dataclasses import replace
from datetime import date

import pytest

from kcc_lib.presentation.narrative.claims import claim, faults_of
from kcc_lib.presentation.narrative.counted import Rank, Word
from kcc_lib.presentation.narrative.points import Point
from kcc_lib.presentation.narrative.quoted import BindingError, Quoted, Tally


def year(first, value, unit="%", step=0.1, text=""):
    """One financial year's value."""
    label, ends = f"{first}-{(first + 1) % 100:02d}", date(first + 1, 3, 31)
    shown = text or (f"£{value:,}" if unit == "£" else f"{value}{unit if unit == '%' else ''}")
    return Point(value, unit, shown, label, ends, "", step)


def one(value, unit="", *, name="one", qualifier="", step=None, text="", target=None, sign=0):
    """A single figure of no named period."""
    step = step or (1.0 if float(value).is_integer() else 0.1)
    shown = text or f"{qualifier} {value:,}{unit if unit == '%' else ''}".strip()
    point = Point(value, unit, shown, "", None, qualifier, step)
    return Quoted(name, (point,), target=target, sign=sign)


def series(*values, first=2014, unit="%", step=0.1, **more):
    points = tuple(year(first + at, v, unit, step) for at, v in enumerate(values))
    return Quoted(more.pop("name", "series"), points, **more)


ENGLAND = (70.0, 71.0, 72.0, 80.0, 82.1)
COVER = series(70.0, 72.5, 75.1, 79.6, 84.6, sign=1, area="Kent", target=80.0, name="cover",
               beside={"England": series(*ENGLAND).points})  # fmt: skip
COVER_ENGLAND = series(*ENGLAND, sign=1, area="England", name="cover")
DEATHS = series(640, 610, 603, 580, 554, unit="", step=1.0, sign=-1, area="Kent", name="deaths",
                beside={"England": series(600, 600, 600, 590, 560, unit="", step=1.0).points},
                )  # fmt: skip
PLAIN = series(153, 157, first=2016, unit="", step=1.0, name="placements")
LEVEL = series(45.0, 45.0, first=2016, sign=1)
DOUBLED = series(30, 61, first=2016, unit="", step=1.0)
HALVED = series(60, 29, first=2016, unit="", step=1.0)
TREBLED = series(20, 60, first=2016, unit="", step=1.0)
GAP = series(26.0, 24.0, first=2016, unit="points", sign=-1, name="gap")
BROKEN = series(70.0, 72.5, 75.1, 79.6, 84.6, sign=1, breaks=(date(2016, 6, 30),), name="broken")
JUDGED = series(79.6, 84.6, first=2017, sign=1, words={"1-year": "Maintaining"})
BETTER_YET = series(79.6, 84.6, first=2017, sign=1, words={"1-year": "Improving"})
ROLLING = Quoted("calls", (
    Point(3101, "", "3,101", "12 months to Jun 2016", date(2016, 6, 30)),
    Point(3487, "", "3,487", "12 months to Jun 2017", date(2017, 6, 30)),
))  # fmt: skip
MONTHS = Quoted("placements", (
    Point(153, "", "153", "Mar 2017", date(2017, 3, 31)),
    Point(157, "", "157", "Jun 2017", date(2017, 6, 30)),
))  # fmt: skip
MONEY = one(39.5e6, "£", text="£39.5 million", step=1e5)
BILLIONS = one(2.01e9, "£", text="£2.01 billion", step=1e7)
SMALL_MONEY = one(650e3, "£", text="£650,000", step=1e3)
DAYS = Quoted("adoption", (
    Point(499, "", "499 days", "2016", date(2016, 12, 31)),
    Point(353, "", "353 days", "2017", date(2017, 12, 31)),
), sign=-1)  # fmt: skip
KENT_ONLY = Quoted("kent", (year(2018, 87.1),), area="Kent", sign=1)
ENGLAND_ONLY = Quoted("england", (year(2018, 82.1),), area="England", sign=1)
ENGLAND_BEFORE = Quoted("england", (year(2017, 80.0),), area="England", sign=1)
RATE = series(41.0, 39.2, unit="", sign=-1, base=10_000)
AHEAD = series(75.0, 76.0, first=2017, area="Kent", sign=1, beside={
    "England": series(72.0, 73.0, first=2017).points,
    "South East": series(70.0, 70.0, first=2017).points,
    "West": series(80.0, 80.0, first=2017).points,
})  # fmt: skip
ON_TARGET = series(580, 554, first=2017, unit="", step=1.0, sign=-1, target=560.0)
THRICE = series(50, 60, first=2017, unit="", step=1.0,
                beside={"England": series(20, 20, first=2017, unit="", step=1.0).points},
                )  # fmt: skip
COUNTED = series(60, 50, first=2017, unit="", step=1.0)
ROUNDED = one(33_000, name="visits", qualifier="over")
QUARTER = Quoted("online", (Point(36, "%", "36%", "2017-18 Q1", date(2017, 6, 30)),))
CHANGE = one(-12.0, "change", text="12%")
RISE_OF = one(12.0, "change", text="12%")
GAPPED = Quoted("gapped", (year(2014, 1.0), year(2016, 2.0), year(2018, 3.0)))


def same_year(value):
    return Quoted(f"figure {value}", (year(2018, value),))


A, B, C = one(12, name="a"), one(30, name="b"), one(8, name="c")
UP, DOWN = series(1.0, 2.0, 3.0, name="up", sign=1), series(3.0, 2.0, 1.0, name="down", sign=1)
RISING = series(4.0, 5.0, 7.0, name="rising", sign=1)

#: rule: (evidence, what holds of it, what is refused), claims with bars between them
TABLE = {
    "direction": [
        ([COVER],
         "rose | increased | up | grew | is higher | a rise",
         "fell | stayed the same | unchanged | down | decreased | a decline | is lower"),
        ([DEATHS],
         "fell | fewer | dropped | a reduction",
         "rose | more | stable"),
        ([LEVEL],
         "stayed the same | unchanged | remained at 45% | stayed at 45.0% | no change",
         "rose | fell | remained at 46% | improved | worsened"),
    ],
    "better and worse by polarity": [
        ([COVER],
         "improved | better | an improvement",
         "worsened | worse | deteriorated"),
        ([DEATHS],
         "improved | better than in 2017/18",
         "worsened | worse than in 2017/18"),
        ([PLAIN],
         "rose",
         "improved | worse"),
        ([JUDGED],
         "rose | better",
         "improved | an improvement | worse"),
        ([BETTER_YET],
         "improved",
         "deteriorated"),
    ],
    "amounts": [
        ([COVER],
         "rose by 5 percentage points | up 5.0 points | a rise of 5 percentage points | 5 "
         "percentage points higher",
         "rose by 5% | rose by 4 percentage points | up 5% | 5% higher | rose by 5 | rose by "
         "6.3%"),
        ([PLAIN],
         "rose by 4 | up 4 | an increase of four | 4 more | rose 2.6% | rose by 4 (2.6%) | a "
         "3% increase | 4 higher",
         "rose by 5 | up 3 | fell by 4 | rose by 4 (3.6%) | a 4% increase | 4 fewer | rose by "
         "4 percentage points | rose by £4"),
        ([DAYS],
         "fell by 146 days | 146 days fewer | fell to 353 days",
         "fell by 146 weeks | fell by 147 days | fell to 353 miles"),
        ([HALVED],
         "fell by over half | fell by more than half | fell by about half",
         "fell by a third | fell by two thirds | fell by nearly half"),
    ],
    "from and to": [
        ([MONTHS],
         "increased by 4, from 153 in March 2017 to 157 in June 2017 | rose to 157 from 153 | "
         "rose from 153 to 157 | rose to 157 (June 2017) | 157, up from 153 | rose between "
         "March 2017 and June 2017 | rose to 157 in June 2017, from 153 in March 2017 | from "
         "153 to 157",
         "decreased by 4, from 153 in March 2017 to 157 in June 2017 | rose from 157 to 153 | "
         "fell from 157 to 153 | rose to 153 from 157 | from 157 to 153 | 153, up from 157 | "
         "rose from 153 in June 2017 to 157 in March 2017 | rose from 153 to 158 | rose from "
         "152 to 157 | rose between June 2017 and March 2017 | rose to 153"),
        ([COVER],
         "rose from 79.6 to 84.6% | rose from 79.6% to 84.6% | rose from 75.1% in 2016/17 to "
         "84.6% in 2018/19 | rose from 80% to 85%",
         "rose from £79.6 to £84.6 | rose from 75.1% to 84.6% | rose from 79.6 to 84.6"),
        ([one(61, "%", name="x"), one(36, "%", name="x")],
         "fell from 61% to 36%",
         "rose from 61% to 36% | fell from 36% to 61% | rose from 36% to 61%"),
    ],
    "periods": [
        ([COVER],
         "rose in 2018/19 | rose since 2017/18 | 84.6% in 2018/19 | in 2018/19, 84.6% | 79.6% "
         "in 2017/18 | is higher than in 2016/17 | up on 2017/18 | rose from 2014/15 to "
         "2018/19 | rose on the year before | rose from 70% in 2014/15 | up compared with "
         "2015/16",
         "rose in 2017/18 | fell since 2014/15 | 84.6% in 2017/18 | 79.6% in 2018/19 | in "
         "2017/18, 84.6% | is lower than in 2016/17 | down on 2017/18 | rose from 2018/19 to "
         "2014/15 | rose since 2012/13 | rose since 2018/19 | rose in 2018 | 84.6% since "
         "2014/15 | rose last year | rose on the quarter before | up compared with 2011/12"),
        ([ROLLING],
         "a 12% increase for the year to June 2017 on the year to June 2016 | up on the year "
         "to June 2016 | 3,487 in the 12 months to June 2017",
         "a 12% increase for the year to June 2016 on the year to June 2017 | up on the year "
         "to June 2015 | 3,101 in the year to June 2017 | 3,487 in June 2017"),
        ([COVER.since("2014-15")],
         "rose over four years | rose in four years | up over the last 4 years | higher than "
         "four years earlier",
         "rose over five years | fell on the year before | rose over the decade | up over the "
         "last 5 years | rose over 5 years"),
        ([MONTHS],
         "rose over three months | rose to 157 at 30 June 2017",
         "rose to 157 at 15 June 2017 | rose over six months"),
    ],
    "the value of an earlier year": [
        ([replace(COVER, at=3)], "79.6% | rose over three years | rose in 2017/18 | rose",
         "84.6% | rose over the last three years | rose in 2018/19 | the highest"),
        ([COVER], "rose to 75.1% in 2016/17 | rose by 2.6 percentage points to 75.1% in 2016/17",
         "rose by 5 percentage points to 75.1% in 2016/17 | rose to 84.6% in 2016/17 | "
         "fell to 75.1% in 2016/17 | rose in nearly four years | rose to 70% in 2014/15"),
    ],
    "sums": [
        ([A, B, C],
         "50 in total | a total of 50 | together 50 | 50 projects altogether | fifty in all",
         "49 in total | a total of 51 | together 42 | 50"),
        ([A],
         "12 in total",
         "50 in total"),
        ([A, A],
         "",
         "24 in total"),
        ([A, one(5, "%")],
         "",
         "17 in total"),
        ([one(5000000.0, "£", text="£5 million"), MONEY],
         "£44.5 million in total",
         "£44.4 million in total | 44.5 million in total | £44.5 billion in total"),
    ],
    "shares and fractions": [
        ([one(29.8, "%")],
         "30% | 29.8% | nearly 30% | three in ten | under a third",
         "a third | about a third | one in three | more than 30% | 3 in 5 | 30 | £30"),
        ([one(33.2, "%")],
         "a third | one in three | 33%",
         "half | a quarter | two thirds"),
        ([one(50.4, "%")],
         "half | just over half | one in two | a majority | more than half",
         "nearly half | a minority | two thirds | over 51%"),
        ([one(75.0, "%")],
         "three quarters | three-quarters | most | three out of four",
         "two thirds | three fifths | a quarter | a minority | four out of five"),
        ([one(20.0, "%")],
         "a fifth | one in five | 1 in 5 | one in every five | a minority",
         "a tenth | one in four | 1 in 6 | most | a majority"),
        ([one(66.4, "%")],
         "two thirds | two-thirds",
         "a third | three quarters"),
        ([one(501), one(547)],
         "501 of 547 | 501 out of the 547",
         "501 of 546 | 500 of 547 | 547 of 501 | 501"),
        ([A],
         "",
         "a majority | half | most"),
    ],
    "multiples": [
        ([DOUBLED],
         "doubled | more than doubled | twice as many as in 2016/17 | twice the number in "
         "2016/17",
         "trebled | halved | nearly doubled | three times as many as in 2016/17"),
        ([HALVED],
         "halved | more than halved | half as many as in 2016/17",
         "doubled | nearly halved | halved to 30"),
        ([TREBLED],
         "trebled | tripled | three times as many as in 2016/17 | 3 times as many",
         "doubled | four times as many | trebled from 21 | three times more"),
        ([COVER],
         "",
         "doubled | twice as high as in 2014/15"),
    ],
    "extremes": [
        ([COVER],
         "the highest | the highest since 2014/15 | highest on record | the best | a record "
         "high | the highest in four years | rose to its highest level",
         "the lowest | the lowest since 2014/15 | the worst | a record low | the highest since "
         "2012/13 | the highest in ten years | the joint highest"),
        ([DEATHS],
         "the lowest | the best since 2015/16 | the fewest | the fewest on record",
         "the highest | the worst since 2015/16 | the most on record"),
        ([series(5.0, 9.0, 7.0, 8.0)],
         "the highest since 2015/16",
         "the highest | the highest since 2014/15 | the highest on record"),
        ([series(8.0, 7.0, 8.0)],
         "the joint highest | the highest since 2014/15",
         "the highest"),
        ([PLAIN],
         "the highest",
         "the best"),
        ([series(5.0, 4.0, first=2017), series(9.0, 3.0, first=2017)],
         "",
         "the highest since 2017/18 | highest on record"),
        ([B, A, C],
         "the highest of the three | the largest",
         "the lowest of the three | the highest of the four | the smallest"),
        ([BROKEN],
         "the highest since 2016/17",
         "the highest | the highest since 2014/15"),
    ],
    "runs": [
        ([COVER], "rose steadily since 2014/15 | rose steadily over four years | rose again",
         "fell steadily since 2014/15 | rose steadily since 2012/13 | in each year"),
        ([series(5.0, 9.0, 7.0, 10.0)], "rose since 2014/15",
         "rose steadily since 2014/15 | rose again | continued to rise"),
        ([GAPPED], "rose since 2014/15", "rose every year | rose for the second year in a row | "
         "rose every year since 2014/15"),
        ([replace(COVER, at=3)], "the highest since 2014/15", "the lowest since 2014/15"),
        ([A, one(30, "%")], "", "the lowest of the two | the smallest"),
        ([DOUBLED], "", "half as many as in 2016/17 | rose every year"),
        ([COVER],
         "rose every year since 2014/15 | rose every year | continues to rise | rose for the "
         "third year in a row | rose for three consecutive years | rose for four years running "
         "| year on year improvement | rose again | rose in each of the last four years | has "
         "risen each year since 2015/16 | rising year on year",
         "fell every year since 2014/15 | rose every year since 2012/13 | rose for the fifth "
         "year in a row | rose for five consecutive years | continues to fall | rose every "
         "quarter | rose for three consecutive quarters"),
        ([series(5.0, 9.0, 7.0, 8.0, sign=1)],
         "rose",
         "rose every year | rose again | continues to rise | rose for the second year in a row "
         "| year on year improvement | rose every year since 2015/16"),
        ([PLAIN],
         "rose",
         "rose every year | continues to rise"),
        ([BROKEN],
         "rose since 2016/17 | rose every year since 2016/17",
         "rose since 2014/15 | rose every year since 2014/15 | rose for the fourth year in a "
         "row"),
    ],
    "against England and targets": [
        ([COVER],
         "above England | above the national average | higher than England | better than "
         "England | ahead of the national average | not below England | 2.5 percentage points "
         "above the national average | above the England average of 82.1% | higher than "
         "England's 82.1% | 84.6%, compared with 82.1% in England | 84.6%, against 82.1% "
         "nationally | rose above the national average | above the 82.1% for England | above "
         "target | exceeded its target | met its target | 4.6 percentage points above target | "
         "above the target of 80% | rose and is above England | rose in Kent | Kent's 84.6% is "
         "above England's 82.1% | 84.6% against a target of 80% | rose from 70% to 84.6% since "
         "2014/15 | rose from 70% to 84.6% over four years | rose from 70% in 2014/15 to 84.6% "
         "in 2018/19, above the national average of 82.1% | was 79.6% in 2017/18 and 84.6% in "
         "2018/19 | more than eight out of ten",
         "below England | below the national average | lower than England | worse than England "
         "| behind England | in line with England | not above England | 2.5% above the "
         "national average | 2.4 percentage points above the national average | above the "
         "England average of 82.2% | 84.6%, compared with 82% in Wales | 84.6%, compared with "
         "81.1% in England | remains above England | fell below the national average | below "
         "target | missed its target | above the target of 81% | 4 percentage points below "
         "target | rose more than England | rose faster than England | twice the national "
         "average | fell and is above England | 84.6% against a target of 81% | rose in Kent "
         "and Medway | Kent's 82.1% is above England's 84.6% | rose in England | rose from 70% "
         "to 84.6% over three years | rose from 72.5% to 84.6% since 2014/15 | rose from 70% "
         "in 2014/15 to 84.6% since 2015/16 | above England and the target | rose from 70% in "
         "2014/15 to 84.6% in 2018/19, above the national average of 80% | above the national "
         "average every year | more than nine out of ten | on course for target | rose by 5 "
         "percentage points every year | 84.6% or more | rose 4x | closer to England | 84.6% "
         "nationally | between 80% and 90% | 84.6%–90% | higher in 2017/18 than in 2018/19 | "
         "could not be lower | went up to 79.6%"),
        ([DEATHS],
         "below England | better than England | lower than the national figure",
         "above England | worse than England | better than target"),
        ([COVER, COVER_ENGLAND],
         "above the national average | higher than England | rose | both rose",
         "below the national average | both fell | fell | rose from 82.1% to 84.6% | 2 "
         "percentage points higher"),
        ([COVER, COVER.since("2014-15")],
         "",
         "above the national average"),
        ([one(68, "%", name="stability"), one(70, "%", name="its target")],
         "2 percentage points below target | below the 70% target",
         "2% below target | above target | 2 percentage points above target | on target"),
        ([one(70, "%", target=70.0, sign=1)],
         "on target | met the target | not above target",
         "above target | missed the target | below target"),
        ([one(60, name="x"), one(30, name="England")],
         "",
         "twice the national average"),
        ([PLAIN],
         "",
         "above England | above target | on target"),
    ],
    "what was and what is": [
        ([AHEAD], "remains above the national average | remained above England | "
         "still above England | "
         "rose and is still above England",
         "rose above the national average | remains below England | still below England | "
         "no longer above England"),
        ([COVER], "rose above England | rose above the national average",
         "still above England | remained above England | fell below England"),
        ([AHEAD], "above the South East | below the West | higher than the South East's 70%",
         "below the South East | above the West | above the North | higher than the West's 70%"),
        ([ON_TARGET], "met its target | below target | 6 below target | on target",
         "missed its target | above target | 6 above target | 7 below target"),
        ([THRICE], "three times the national average | more than twice England's 20",
         "twice the national average | four times England | three times England's 30 | doubled"),
        ([COVER], "", "84.6%, compared with England | not 2.5 percentage points above England | "
         "not 2.5 percentage points below England"),
        ([COVER, replace(COUNTED, area="England")], "", "above the national average"),
    ],
    "rounded figures": [
        ([ROUNDED, one(40_000, name="visits")],
         "rose from over 33,000 to 40,000 | rose by about 7,000 from over 33,000 to 40,000",
         "rose from 33,000 to 40,000 | rose by 7,000 from over 33,000 to 40,000 | "
         "rose by about 9,000 from over 33,000 to 40,000"),
        ([A, one(30, name="b", qualifier="over")], "over 42 in total", "42 in total"),
        ([CHANGE], "fell by 12% | a 12% fall | down 12% | 12%",
         "rose by 12% | fell by 13% | fell by 12 | halved | a 12% rise | fell by £12"),
        ([RISE_OF], "rose by 12% | up 12%", "fell by 12% | rose by 11%"),
    ],
    "what else a series or a pair can say": [
        ([series(9.0, 5.0, 7.0, 8.0)], "continues to rise | rose again", "rose every year"),
        ([A], "", "the highest | a record high | the lowest since 2014/15"),
        ([one(547), one(501)], "", "547 of 501 | 501 of 547"),
        ([QUARTER], "36% in the quarter to June 2017 | 36% in Q1 2017/18",
         "36% in the quarter to March 2017 | 36% in Q2 2017/18 | 36% in the year to June 2017"),
    ],
    "several values": [
        ([A, one(5, "%", name="b")], "", "fell from 12 to 5% | fell from 12 to 5"),
        ([same_year(87.1), same_year(82.1)], "higher than the 82.1%",
         "rose from 82.1% to 87.1% | fell from 87.1% to 82.1% | fell | lower than the 82.1%"),
        ([KENT_ONLY, ENGLAND_BEFORE], "", "higher than the 80% | above England | rose"),
        ([KENT_ONLY, ENGLAND_ONLY],
         "higher than the 82.1% | above England | 5 percentage points higher",
         "rose | fell | improved | lower than the 82.1% | rose by 5 percentage points"),
        ([A], "12", "rose | fell | doubled | unchanged | rose by 4 | on the year before"),
        ([COVER], "higher in 2016/17 than in 2014/15 | rose since 2014/15 in 2016/17",
         "lower in 2016/17 than in 2014/15 | higher in 2014/15 than in 2016/17 | "
         "rose from 70% since 2015/16 | rose from 72.5% in 2014/15 since 2015/16"),
        ([RATE], "39.2 per 10,000 | fell to 39.2 per 10,000",
         "39.2 per 1,000 | fell to 39.2 per 100,000"),
        ([COVER], "", "84.6 per 10,000"),
        ([UP, RISING],
         "both rose | both improved",
         "both fell | all three rose | each fell"),
        ([UP, DOWN],
         "",
         "both rose | both fell | rose | fell"),
        ([UP, RISING, COVER],
         "all three rose | all rose",
         "all fell | both rose | all four rose"),
        ([A, B],
         "12 and 30",
         "30 and 12 | 12 | 30 | 12 and 31 | 12, 30 and 8"),
        ([A, one(9, name="z")],
         "",
         "rose | fell by 3"),
        ([COVER, DEATHS],
         "",
         "rose from 84.6% to 554"),
    ],
    "counts": [
        ([Tally(13, 20, "outcome", ("Improving",))],
         "13 of 20 | 13 of the 20 | 13 out of the 20 | a majority | most | 65% | more than "
         "half | thirteen of the 20 | a majority of the 20 improved | 13 improved | 13 of 20 "
         "improving | nearly two thirds | 13 outcomes",
         "12 of 20 | 13 of 19 | 20 of 13 | a minority | all | none | 66% | half | all 20 | a "
         "majority of the 19 | 13 worsened | 13 not improving | 13 of 20 fell | just 13 of 20 "
         "| most of the 13 | 13 mixed | the vast majority | 13 of 20, up from 9 | 13 of 20 in "
         "2017 | not all | almost all | more than 13 | 13 of 20 soared"),
        ([Tally(9, 20, "outcome")],
         "9 of 20 | a minority | under half | only 9 of 20",
         "a majority | 9 improved | most | half | 9 of 20 are red"),
        ([Tally(20, 20, "outcome")],
         "all 20 | all | every",
         "most of the 19 | none | all 19"),
        ([Tally(0, 20, "outcome")],
         "none | no outcomes | none of the 20",
         "some | all | 1 of 20"),
        ([Tally(2, 2, "KPI")],
         "both",
         "neither | none"),
        ([Tally(2, 3, "KPI")],
         "",
         "both"),
        ([Tally(0, 0, "KPI")],
         "",
         "all | none | a majority"),
        ([Tally(10, 20, "KPI")],
         "half | half of the 20",
         "a majority | a minority | more than half"),
        ([["roads", "schools", "care"]],
         "three priorities | these three priorities",
         "four priorities | two priorities | both priorities | three of the five"),
        ([["roads", "Roads", "care"]],
         "",
         "three priorities"),
    ],
    "ranks": [
        ([one(30, "%", name="figure top-share")], "in the top 30%", "in the top 20% | bottom 30%"),
        ([one(30, "%", name="figure stopped")], "30%", "in the top 30%"),
        ([Rank(3, 11, 0, 1)],
         "3rd of 11 | third of 11 | third of the 11 | third highest | third best | top third | "
         "top 30% | top half | in the top three | 3rd | ranked third of 11 among its "
         "neighbours",
         "2nd of 11 | 3rd of 12 | second highest | third lowest | top quarter | top 20% | "
         "bottom half | best of 11 | highest | joint third | in the top two | the worst | not "
         "3rd | third from bottom | above average | 3rd of 11 in England"),
        ([Rank(3, 11, 1, 1)],
         "joint 3rd of 11 | joint third",
         "3rd of 11 | third highest"),
        ([Rank(11, 11, 0, 1)],
         "the lowest of 11 | the worst of 11 | bottom third",
         "the highest of 11 | top half | second lowest"),
        ([Rank(2, 11, 0, -1)],
         "second lowest | second best",
         "second highest"),
        ([Rank(11, 11, 0, 0)], "the lowest", "the worst"),
        ([Rank(2, 11, 0, 0)],
         "second highest",
         "second best | second lowest"),
    ],
    "qualifiers": [
        ([one(3810)],
         "nearly 4,000 | almost 4,000 | under 4,000 | over 3,500 | more than 3,800 | at least "
         "3,810 | about 3,800 | around 4,000 | just over 3,800 | 3,810 | no more than 3,810 | "
         "fewer than 4,000",
         "over 4,000 | nearly 3,800 | nearly 5,000 | more than 3,810 | at least 3,811 | under "
         "3,810 | just over 3,500 | about 4,500 | exactly 3,811 | 3,800 | well over 3,000 | "
         "just under 4,500"),
        ([one(63000, qualifier="over")],
         "over 63,000 | more than 63,000 | over 60,000",
         "63,000 | nearly 63,000 | over 64,000 | under 63,000"),
        ([one(0.5, "%", qualifier="less than")],
         "less than 0.5% | under 0.5% | under 1%",
         "0.5% | over 0.5% | less than 0.4%"),
    ],
    "money": [
        ([MONEY],
         "£39.5 million | £39.5m | £39,500,000 | nearly £40 million",
         "£39.5 billion | 39.5 million | £39.4 million | £39.5 | over £40 million | £40.5m"),
        ([BILLIONS],
         "£2.01 billion | £2.01bn | £2,010 million | £2 billion | over £2 billion",
         "£2.02 billion | £2.01 million | under £2 billion"),
        ([SMALL_MONEY],
         "£650,000 | £650k | £0.65 million",
         "£651,000 | 650,000 | £65,000"),
        ([one(1600000000.0, "£", text="£1.6 billion", step=100000000.0)],
         "£1.6 billion",
         "£2 billion"),
    ],
    "number words": [
        ([one(11)],
         "eleven organisations | 11",
         "ten organisations | twelve"),
        ([one(23)],
         "twenty-three | twenty three",
         "twenty | thirty-two | twenty-four"),
        ([one(12)],
         "a dozen | twelve",
         "two dozen | a hundred"),
        ([one(100)],
         "a hundred | one hundred",
         "a thousand | two hundred | a hundred and one"),
        ([one(24)],
         "two dozen",
         "a dozen"),
        ([one(104)],
         "a hundred and four",
         "a hundred"),
        ([one(1000)],
         "a thousand",
         "a million | a hundred"),
    ],
    "published words": [
        ([Word("Mixed")],
         "mixed",
         "improving | continues to improve | worse | steady"),
        ([Word("Improving")],
         "improving | continues to improve",
         "mixed | not improving | worsening"),
        ([Word("Not Improving")],
         "not improving | did not improve",
         "improving | mixed"),
        ([Word("Maintaining")],
         "unchanged | stable",
         "improving | not improving | rose by 5"),
    ],
    "gaps": [
        ([GAP],
         "narrowed | narrowed by 2 percentage points | narrowed from 26 to 24 percentage "
         "points | improved",
         "widened | narrowed by 2% | narrowed by 3 percentage points | worsened"),
        ([COVER],
         "",
         "narrowed | widened"),
    ],
    "denial": [
        ([COVER], "is not worse | did not worsen since 2014/15",
         "did not fall by 5 percentage points | is not better | did not fall to 84.6%"),
        ([COVER],
         "did not fall | has not fallen | did not worsen",
         "did not rise | has not risen | did not improve | didn't rise | did not fall by 5 | "
         "never rose | no longer rising | failed to rise | not rising | rose without falling | "
         "hardly rose"),
        ([LEVEL],
         "did not rise | did not change | has not changed",
         "did not stay the same"),
        ([PLAIN],
         "",
         "did not change | not 157 | no 157"),
    ],
    "two clauses": [
        ([COVER],
         "rose to 84.6% and improved",
         "rose to 84.6% but then fell to 79.6% | rose to 84.6% but fell | rose and fell | rose "
         "to 84.6% and 85.6% | up 5 percentage points in Kent and down 2 in England | rose, "
         "then fell | rose from 79.6% to 84.6% to 90% | rose by 5 percentage points and by 6 "
         "percentage points | rose in 2018/19 and in 2017/18 | rose in Medway | rose in "
         "England | rose in every county | rose for all | rose to 84.6%, the lowest"),
    ],
    "words that nothing tests": [
        ([COVER],
         "",
         "soared | rose and soared | plunged | plummeted | outpaced England | slipped | edged "
         "up | recovered | rose sharply | rose slightly | rose significantly | rose "
         "dramatically | rocketed to 84.6% | 84.6%, peaking | rebounded to 84.6% | crept up | "
         "shot up | surged to 84.6% | a strong 84.6% | an impressive 84.6% | 84.6% again | "
         "still 84.6% | 84.6% for the first time | could rise | will rise | is expected to "
         "rise | is rising faster | rose as planned | rose to target | 84.6% this year | 84.6% "
         "this quarter | rose because of us | rose thanks to the council | accelerated | rose "
         "steeply | has 84.6%, among the largest in England | 84.6% ↑ | rose by leaps | "
         "overtook England | bounced back | rose most | the services | 84.6% in June | 84.6% "
         "per year | 84.6% of 120 | 84.6% over target by 4%"),
    ],
}  # fmt: skip

CASES = [
    pytest.param(words, evidence, right, id=f"{rule}: {words}{'' if right else ' (refused)'}")
    for rule, rows in TABLE.items()
    for evidence, true, false in rows
    for right, said in ((True, true), (False, false))
    for words in said.split(" | ")
    if said
]


@pytest.mark.parametrize(("words", "evidence", "right"), CASES)
def test_a_claim_passes_only_where_all_of_it_is_true_and_tested(words, evidence, right):
    if right:
        assert faults_of(words, *evidence) == []
        assert claim(words, *evidence) == words
    else:
        with pytest.raises(BindingError):
            claim(words, *evidence)


def test_the_table_is_as_long_as_an_unbelieving_editor_wants_it():
    assert len(CASES) > 700


@pytest.mark.parametrize(
    ("words", "evidence"),
    [("", [COVER]), ("rose", []), ("rose", ["rose"]), ("5", [5]),
     ("13 of 20", [Tally(13, 20, "x"), COVER])],
    ids=["no words", "no evidence", "typed words", "a typed number", "evidence of two kinds"],
)  # fmt: skip
def test_a_claim_needs_words_and_evidence_of_one_kind(words, evidence):
    with pytest.raises(BindingError):
        claim(words, *evidence)


@pytest.mark.parametrize(
    ("words", "evidence", "told"),
    [
        ("fell", [PLAIN], "says 'fell', but the figures rise: 153 to 157"),
        ("rose by 5", [PLAIN], "says 5, but 153 and 157 differ by 4"),
        ("2% below target", [one(68, "%"), one(70, "%")],
         "says 2%, but 70% and 68% differ by 2 percentage points: write percentage points"),
        ("improved", [JUDGED],
         "says 'improved', but the published 1-year judgement is Maintaining"),
        ("above England by far", [DEATHS], "says 'above', but 554 is below 560"),
        ("14 in total", [A], "says 14 in all, but 12 is 12"),
        ("rose since 2014/15", [BROKEN], "broken has a hard break between 2014/15 and 2018/19"),
        ("soared to 84.6%", [COVER], "nothing here tests 'soared': "
         "leave it out of the claim, or say it in plainer words"),
        ("a majority", [Tally(9, 20, "x")], "says 'a majority', but it is 9 of 20"),
        ("second", [Rank(3, 11)], "says 'place 2', but it is 3rd of 11"),
        ("ten organisations", [one(11)], "says ten, but the data have 11"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_line_with_the_words_and_the_figures_as_printed(words, evidence, told):
    assert faults_of(words, *evidence) == [told]


def test_a_shipped_measure_knows_its_rank_and_its_claims_are_tested(facts):
    ranked = facts.ranks[facts.ranks["position"].notna()]["measure"]
    for code in ranked:
        rank = facts.measure(code).rank
        joint = "joint " if rank.tied else ""

        assert faults_of(f"{joint}{rank}", rank) == []
        assert faults_of(f"{joint}{replace(rank, position=rank.position + 1)}", rank)
    assert len(ranked) > 0

    with pytest.raises(BindingError):
        _ = facts.measure("3.71").rank

"""How fresh figures are, and which quarter is complete: from the data, for a day that is given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kcc_lib as kcc
from kcc_lib.errors import IncompleteError, KccError, UnknownNameError
from kcc_lib.measures import Measure
from kcc_lib.periods import following, parse_period
from kcc_lib.quarterly import Cover
from kcc_lib.records.arrivals import Arrival
from kcc_lib.records.completeness import latest_edition, missing_figures, named_edition
from kcc_lib.records.freshness import freshness_ledger
from kcc_lib.records.holdings import HeldRow, Holdings, quarter_of
from kcc_lib.records.opening import open_holdings
from kcc_lib.vocabulary import Frequency, Freshness, Kind, PeriodType

KENT = "E10000016"
CODES = ("a", "b", "c")
FIRST = parse_period("2020-21 Q1", PeriodType.FINANCIAL_QUARTER)
QPR, OLD = "qpr-2024-25-q3", "qpr-2017-18-q1"
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def quarter(n):
    return following(FIRST, 3 * n)


def kpi(code, **told):
    return Measure(
        code, short_title=code.upper(), kind=Kind.KPI, period_type=PeriodType.FINANCIAL_QUARTER,
        frequency=Frequency.QUARTERLY, directorate="Roads", source_body="KCC", **told,
    )  # fmt: skip


@pytest.fixture(scope="session")
def report():
    """A quarterly edition to make others of."""
    return kcc.edition(QPR)


def edition_of(report, n, codes=CODES, met=None):
    label = quarter(n).label
    told = replace(report.quarterly, quarter=label, cover=Cover(meeting=met))
    return replace(report, name=f"qpr {label}", measures=tuple(codes), quarterly=told)


def book(report, editions, held, *, met=60, arrivals=()):
    """Editions of the quarters named, and rows of the quarters held by each KPI.

    Each edition meets `met` days after its quarter; none does where that is None.
    """
    made = [
        edition_of(report, n, met=None if met is None else quarter(n).end + timedelta(days=met))
        for n in sorted(editions)
    ]
    rows = {
        (code, KENT): [HeldRow(quarter(n)) for n in sorted(quarters)]
        for code, quarters in held.items()
    }
    found = {a.measure: a for a in arrivals}
    return Holdings({c: kpi(c) for c in CODES}, rows, made, found)


quarters = st.sets(st.integers(0, 23), max_size=8)
#: Every KPI holds what the editions need, one lacks some of it, or each holds what it will.
holders = quarters.flatmap(
    lambda editions: st.tuples(
        st.just(editions),
        st.one_of(
            st.just(dict.fromkeys(CODES, editions | {n - 1 for n in editions})),
            quarters.map(lambda gone: {**dict.fromkeys(CODES, editions), "a": editions - gone}),
            st.fixed_dictionaries(dict.fromkeys(CODES, quarters)),
        ),
    )
)
books = st.tuples(
    holders, st.one_of(st.none(), st.integers(0, 200)), st.sets(st.sampled_from(CODES))
)


def made(report, told):
    (editions, held), met, late = told
    return book(report, editions, held, met=met, arrivals=[Arrival(c, 1) for c in late])


def chosen(holdings, day):
    try:
        return quarter_of(latest_edition(holdings, day))
    except KccError:
        return None


@settings(deadline=None)
@given(books, days)
def test_no_figure_is_late_before_the_day_it_is_expected(report, told, day):
    for row in freshness_ledger(made(report, told), [KENT], day):
        if row.state is Freshness.LATE:
            assert day > row.expected > row.last_end
            assert row.days_late == (day - row.expected).days
        else:
            assert row.days_late is None


@settings(deadline=None)
@given(books, days)
def test_a_figure_is_current_until_the_next_period_has_ended_and_not_after(report, told, day):
    for row in freshness_ledger(made(report, told), [KENT], day):
        assert (row.state is Freshness.CURRENT) == (row.next_end is not None and row.next_end > day)


@settings(deadline=None)
@given(books, days)
def test_the_latest_quarter_has_ended_and_holds_all_that_it_needs(report, told, day):
    holdings = made(report, told)
    found = chosen(holdings, day)

    if found is not None:
        assert found.end <= day
        assert not missing_figures(holdings, latest_edition(holdings, day), day)


@settings(deadline=None)
@given(books, days, days)
def test_a_later_day_never_chooses_an_earlier_quarter(report, told, one, other):
    holdings = made(report, told)
    first, second = (chosen(holdings, day) for day in sorted([one, other]))

    assert first is None or second is None or first.end <= second.end


@settings(deadline=None)
@given(books, days)
def test_nothing_that_ends_after_the_day_counts_as_held(report, told, day):
    for row in freshness_ledger(made(report, told), [KENT], day):
        assert row.last_end is None or row.last_end <= day


@pytest.mark.parametrize(("after", "state"), [
    (-1, Freshness.CURRENT), (0, Freshness.DUE), (60, Freshness.DUE), (61, Freshness.LATE),
])  # fmt: skip
def test_a_figure_is_due_when_its_period_has_ended_and_late_after_the_day_it_has_always_come_by(
    report, after, state
):
    holdings = book(report, [0], {"a": {0}})
    row = freshness_ledger(holdings, [KENT], quarter(1).end + timedelta(days=after), ["a"])[0]

    assert (row.state, row.lag_days) == (state, 60 if after >= -31 else None)
    assert row.expected == quarter(1).end + timedelta(days=60)


def test_where_nothing_tells_how_long_a_figure_takes_it_is_not_known_whether_it_is_late(report):
    row = freshness_ledger(book(report, [0], {"a": {0}}, met=None), [KENT], quarter(9).end)[0]

    assert (row.state, row.expected, row.lag_days) == (Freshness.NOT_KNOWN, None, None)


def test_a_meeting_that_is_to_come_tells_nothing_yet(report):
    row = freshness_ledger(book(report, [0], {"a": {0}}), [KENT], quarter(0).end)[0]

    assert row.lag_days is None


def test_a_day_of_publication_tells_more_than_a_meeting_and_the_longest_counts(report):
    holdings = book(report, [1], {})
    published = [
        HeldRow(quarter(n), published=quarter(n).end + timedelta(days=took))
        for n, took in ((0, 30), (1, 20))
    ]
    told = replace(holdings, rows={("a", KENT): published})

    lag = told.lag("a", KENT, quarter(5).end)

    assert lag.days == 30
    assert lag.seen == f"{quarter(0).label} was published"


def test_a_row_published_after_the_day_is_not_held_yet(report):
    row = HeldRow(quarter(0), published=quarter(0).end + timedelta(days=40))
    holdings = replace(book(report, [0], {}), rows={("a", KENT): [row]})

    assert not holdings.by("a", KENT, quarter(0).end + timedelta(days=39))
    assert holdings.by("a", KENT, quarter(0).end + timedelta(days=40))


def test_a_series_that_has_ended_is_never_late(report):
    gone = Arrival("a", ended=quarter(0).end, basis="the provider changed")
    row = freshness_ledger(book(report, [0], {"a": {0}}, arrivals=[gone]), [KENT], date(2026, 1, 1))

    assert (row[0].state, row[0].basis) == (Freshness.ENDED, "the provider changed")


def test_a_kpi_that_the_newest_edition_no_longer_lists_has_ended(report):
    early, late = edition_of(report, 0), edition_of(report, 8, codes=["b"])
    holdings = replace(book(report, [], {"a": {0}, "b": {8}}), quarterly=[early, late])

    assert freshness_ledger(holdings, [KENT], quarter(7).end)[0].state is not Freshness.ENDED
    assert freshness_ledger(holdings, [KENT], quarter(8).end)[0].state is Freshness.ENDED


@pytest.mark.parametrize(("frequency", "kind", "last", "after"), [
    (Frequency.YEARLY, PeriodType.ACADEMIC_YEAR, "2018-19", "2019-20"),
    (Frequency.TWO_YEARLY, PeriodType.FINANCIAL_YEAR, "2018-19", "2020-21"),
    (Frequency.YEARLY, PeriodType.SNAPSHOT, "Jun 2019", "Jun 2020"),
    (Frequency.YEARLY, PeriodType.POOLED_YEARS, "2016 to 2018", "2017 to 2019"),
    (Frequency.MONTHLY, PeriodType.ROLLING_YEAR, "12 months to Dec 2019", "12 months to Jan 2020"),
])  # fmt: skip
def test_the_next_period_follows_from_the_frequency(frequency, kind, last, after):
    measure = Measure("m", period_type=kind, frequency=frequency)
    held = Holdings({"m": measure}, {("m", KENT): [HeldRow(parse_period(last, kind))]})

    assert freshness_ledger(held, [KENT], date(2026, 1, 1))[0].next_period == after


def test_a_yearly_kpi_is_complete_with_its_last_year_that_ended_by_the_quarter(report):
    yearly = replace(kpi("a"), period_type=PeriodType.FINANCIAL_YEAR, frequency=Frequency.YEARLY)
    row = HeldRow(parse_period("2019-20", PeriodType.FINANCIAL_YEAR))
    holdings = replace(
        book(report, [], {}), measures={"a": yearly}, rows={("a", KENT): [row]},
        quarterly=[edition_of(report, 2, codes=["a"])],
    )  # fmt: skip
    later = replace(holdings, quarterly=[edition_of(report, 3, codes=["a"])])

    assert not missing_figures(holdings, holdings.quarterly[0], None)
    assert [m.wanted for m in missing_figures(later, later.quarterly[0], None)] == ["2020-21"]


@given(st.sets(st.sampled_from(CODES), min_size=1))
def test_a_refusal_names_every_kpi_that_is_missing_at_once(report, gone):
    held = {c: {0} if c in gone else {0, 1} for c in CODES}
    day = quarter(1).end + timedelta(days=70)

    with pytest.raises(IncompleteError) as refused:
        latest_edition(book(report, [0, 1], held), day)

    assert {m.measure for m in refused.value.missing} == gone
    told = str(refused.value)
    assert all(f"{c} ({c.upper()}): last held {quarter(0).label}" in told for c in gone)
    assert told.count("10 days late; from Roads, KCC") == len(gone)


def test_the_edition_before_is_never_taken_for_the_latest(report):
    holdings = book(report, [0, 1], {c: {0} for c in CODES})

    assert chosen(holdings, quarter(1).end - timedelta(days=1)) == quarter(0)
    assert chosen(holdings, quarter(1).end) is None


def test_an_edition_is_no_longer_the_latest_once_the_next_quarters_figures_are_late(report):
    holdings = book(report, [0], {c: {0} for c in CODES})
    expected = quarter(1).end + timedelta(days=60)

    assert chosen(holdings, expected) == quarter(0)
    with pytest.raises(IncompleteError) as refused:
        latest_edition(holdings, expected + timedelta(days=1))
    assert {m.measure for m in refused.value.missing} == set(CODES)
    assert {m.days_late for m in refused.value.missing} == {1}


def test_a_blank_row_with_its_flag_is_an_answer(report):
    row = HeldRow(quarter(0), flags="x", blank=True)
    holdings = replace(book(report, [0], {}), rows={(c, KENT): [row] for c in CODES})

    assert chosen(holdings, quarter(0).end) == quarter(0)


def test_two_editions_of_one_quarter_are_not_chosen_between(report):
    twice = [edition_of(report, 0), replace(edition_of(report, 0), name="other")]
    holdings = replace(book(report, [0], {c: {0} for c in CODES}), quarterly=twice)

    with pytest.raises(KccError, match="same quarter"):
        latest_edition(holdings, date(2026, 1, 1))
    with pytest.raises(KccError, match="same quarter"):
        named_edition(holdings, "2020-21 Q1")


@pytest.mark.parametrize("name", ["2020-21-q1", "2020-21 Q1", "Q1 2020/21", "2020-21-Q1"])
def test_a_quarter_is_named_as_editions_and_publishers_do(report, name):
    assert quarter_of(named_edition(book(report, [0], {c: {0} for c in CODES}), name)) == FIRST


def test_a_quarter_that_is_none_or_not_held_or_not_over_is_refused(report):
    holdings = book(report, [0], {c: {0} for c in CODES})

    with pytest.raises(KccError, match="is no quarter"):
        named_edition(holdings, "last")
    with pytest.raises(UnknownNameError):
        named_edition(holdings, "2020-21-q2")
    with pytest.raises(KccError, match="has not ended"):
        named_edition(holdings, "2020-21-q1", FIRST.end - timedelta(days=1))


@pytest.fixture(scope="session")
def shipped():
    """What the workbook holds as shipped."""
    return open_holdings()[0]


def test_the_shipped_quarters_are_complete_and_chosen_until_the_next_is_late(shipped):
    assert latest_edition(shipped, date(2025, 3, 4)).name == QPR
    assert latest_edition(shipped, date(2025, 6, 2)).name == QPR
    assert latest_edition(shipped, date(2017, 12, 26)).name == OLD
    assert named_edition(shipped, "2017-18-q1").name == OLD


def test_kpis_that_come_later_are_allowed_for_by_data_and_never_by_silence(shipped):
    late = {c for c, a in shipped.arrivals.items() if a.quarters_late}
    silent = replace(shipped, arrivals={})

    with pytest.raises(IncompleteError) as refused:
        latest_edition(silent, date(2025, 3, 4))

    assert len(late) == 5
    assert {m.measure for m in refused.value.missing} == late

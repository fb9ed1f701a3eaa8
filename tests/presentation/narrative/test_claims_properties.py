"""What holds of every claim: direction, polarity, order, numbers and added clauses."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kcc_lib.presentation.narrative.claims import faults_of
from kcc_lib.presentation.narrative.points import Point
from kcc_lib.presentation.narrative.quoted import Quoted

QUICK = settings(deadline=None, max_examples=50)
UNITS = st.sampled_from(["%", "", "£"])
PLACES = st.sampled_from([0, 1])
RAW = st.floats(min_value=1, max_value=99_000, allow_nan=False)


def printed(value, unit, places):
    """A value as its page prints it."""
    number = f"{value:,.{places}f}"
    return {"%": f"{number}%", "£": f"£{number}"}.get(unit, number)


def point(year, value, unit, places):
    label = f"{year}-{(year + 1) % 100:02d}"
    return Point(value, unit, printed(value, unit, places), label, date(year + 1, 3, 31), "",
                 10.0**-places)  # fmt: skip


@st.composite
def pairs(draw):
    """Two values of a series in different years, as they are and as they are printed."""
    unit, places = draw(UNITS), draw(PLACES)
    first, second = sorted(draw(st.sets(st.integers(2005, 2030), min_size=2, max_size=2)))
    a, b = draw(RAW), draw(RAW | st.just(0.0))
    b = b or a + draw(st.sampled_from([-0.02, 0.0, 0.02]))
    points = (point(first, a, unit, places), point(second, b, unit, places))
    sign = draw(st.sampled_from([1, -1]))
    return Quoted("made", points, sign=sign)


def holds(words, *evidence):
    return faults_of(words, *evidence) == []


def shown(quoted):
    """The two values as a reader sees them."""
    return [float(p.text.strip("£%").replace(",", "")) for p in quoted.points]


@given(pairs())
@QUICK
def test_rose_and_fell_hold_as_a_reader_of_the_printed_values_sees_it(made):
    a, b = shown(made)

    assert holds("rose", made) == (b > a)
    assert holds("fell", made) == (b < a)
    assert holds("stayed the same", made) == (a == b)
    assert holds("did not rise", made) == (b <= a)


@given(pairs())
@QUICK
def test_mirrored_polarity_swaps_better_and_worse(made):
    mirrored = replace(made, sign=-made.sign)

    assert holds("improved", made) == holds("worsened", mirrored)
    assert holds("worsened", made) == holds("improved", mirrored)
    assert not (holds("improved", made) and holds("improved", mirrored))


@given(pairs())
@QUICK
def test_swapping_the_evidence_turns_the_direction_round(made):
    a, b = (Quoted("made", (replace(p, period="", ends=None),)) for p in made.points)

    assert holds("rose", a, b) == holds("fell", b, a)


@given(pairs())
@QUICK
def test_two_values_given_against_time_never_say_that_something_moved(made):
    a, b = (Quoted("made", (p,)) for p in made.points)

    assert not holds("rose", b, a)
    assert not holds("fell", b, a)


@given(pairs())
@QUICK
def test_from_and_to_hold_one_way_round_only(made):
    first, last = made.points
    a, b = shown(made)
    word = "rose" if b > a else "fell"
    assume(a != b)

    assert holds(f"{word} from {first.text} to {last.text}", made)
    assert not holds(f"{word} from {last.text} to {first.text}", made)
    assert not holds(f"rose from {last.text} to {first.text}", made)
    assert holds(f"{word} to {last.text} from {first.text}", made)
    assert not holds(f"{word} to {first.text} from {last.text}", made)


@given(pairs())
@QUICK
def test_periods_hold_one_way_round_only(made):
    first, last = made.points
    a, b = shown(made)
    assume(a != b)
    word = "rose" if b > a else "fell"
    right = f"{word} from {first.text} in {first.when} to {last.text} in {last.when}"
    wrong = f"{word} from {first.text} in {last.when} to {last.text} in {first.when}"

    assert holds(right, made)
    assert not holds(wrong, made)
    assert not holds(f"{word} since {last.when}", made)
    assert not holds(f"{last.text} in {first.when}", made)


@given(pairs(), st.integers(1, 40), st.sampled_from([1, -1]))
@QUICK
def test_a_number_one_printed_step_out_is_refused(made, steps, side):
    last = made.points[-1]
    step = last.step
    wrong = printed(shown(made)[1] + side * steps * step, last.unit, 0 if step == 1 else 1)
    assume("-" not in wrong)

    assert holds(last.text, made)
    assert not holds(wrong, made)
    assert not holds(f"came to {wrong}", made)


@given(pairs(), st.integers(1, 9))
@QUICK
def test_an_amount_one_step_out_is_refused(made, steps):
    a, b = shown(made)
    assume(a != b)
    unit, step = made.end.unit, made.end.step
    places = 0 if step == 1 else 1

    def amount(size):
        return (
            f"{size:,.{places}f} percentage points" if unit == "%" else printed(size, unit, places)
        )

    word = "rose" if b > a else "fell"
    true = abs(made.points[1].value - made.points[0].value)

    assert holds(f"{word} by {amount(round(true, places))}", made)
    assert not holds(f"{word} by {amount(round(true, places) + steps * step)}", made)
    other = "fell" if b > a else "rose"
    assert not holds(f"{other} by {amount(round(true, places))}", made)


FALSE = (
    "and fell", "but then fell", "in 2031/32", "and rose by 3,000,000", "and soared", "not",
    "in England", "and doubled", "the lowest", "every year", "by 100,001", "from 100,001",
    "above target", "again", "and 100,001", "of 100,001", "sharply", "since 1999",
)  # fmt: skip


@given(st.sampled_from(FALSE), st.booleans())
@example("and fell", False)
@QUICK
def test_a_false_clause_added_to_a_true_claim_is_refused(clause, before):
    made = Quoted("made", (point(2016, 100.0, "", 1), point(2017, 130.0, "", 1)), sign=1)
    true = "rose from 100 in 2016/17 to 130 in 2017/18"

    assert holds(true, made)
    assert not holds(f"{clause} {true}" if before else f"{true} {clause}", made)


@pytest.mark.parametrize("clause", FALSE)
def test_each_false_clause_is_refused_after_a_plain_figure_too(clause):
    made = Quoted("made", (point(2016, 100.0, "", 1), point(2017, 130.0, "", 1)), sign=1)

    assert not holds(f"130 {clause}", made)

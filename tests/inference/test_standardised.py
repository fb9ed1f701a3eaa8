"""Directly standardised rates."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.inference import byars, directly_standardised_rate

CASES = Path(__file__).parent / "cases"
POINTS = pd.read_csv(CASES / "standardised_points.csv")
EXPECTED = pd.read_csv(CASES / "standardised_expected.csv")

FIELDS = ["rate", "low", "high", "events"]

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
bands = st.lists(
    st.tuples(st.integers(0, 90), st.integers(100, 9000), st.integers(1, 9)),
    min_size=1,
    max_size=8,
).map(lambda rows: np.array(rows, dtype=float).T)


def assert_same(one, other, **tolerance):
    for name in FIELDS:
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), err_msg=name, **tolerance
        )


# Published values


@pytest.mark.parametrize(
    "row",
    EXPECTED.to_dict("records"),
    ids=lambda row: f"{row['case']}-{row['multiplier']}-{row['confidence']}",
)
def test_published_standardised_rates_are_reproduced(row):
    points = POINTS[POINTS["case"] == row["case"]]

    found = directly_standardised_rate(
        points["count"],
        points["population"],
        points["weight"],
        row["multiplier"],
        confidence=row["confidence"],
    )

    assert (found.rate, found.low, found.high) == pytest.approx(
        (row["rate"], row["low"], row["high"]), rel=row["rel_tolerance"], nan_ok=True
    )
    assert found.events == row["events"]


def test_a_missing_count_is_not_none():
    found = directly_standardised_rate([20, np.nan, 5], [100, 100, 100], [1, 1, 1])

    assert np.isnan(found.rate)
    assert found.events == 25


# Worked by hand


def test_bands_of_one_rate_give_that_rate_and_byars_limits():
    found = directly_standardised_rate([20, 40], [1000, 2000], [10, 20], 1000)

    peer = byars(60, 3000, 1000)
    assert (found.rate, found.low, found.high) == pytest.approx((20, peer.low, peer.high))


def test_a_rate_is_what_the_standard_population_would_have():
    found = directly_standardised_rate([10, 90], [100, 1000], [3, 1], 100)

    assert found.rate == pytest.approx((3 * 10 + 1 * 9) / 4)


# Properties


@repeatable
@given(rows=bands, scale=st.floats(0.01, 100))
def test_the_scale_of_the_standard_population_does_not_matter(rows, scale):
    counts, people, weights = rows

    scaled = directly_standardised_rate(counts, people, weights * scale)

    assert_same(scaled, directly_standardised_rate(counts, people, weights), rtol=1e-9)


@repeatable
@given(rows=bands, data=st.data())
def test_the_order_of_the_bands_does_not_matter(rows, data):
    order = data.draw(st.permutations(range(rows.shape[1])))

    shuffled = directly_standardised_rate(*rows[:, order])

    assert_same(shuffled, directly_standardised_rate(*rows), rtol=1e-9)


@repeatable
@given(rows=bands)
def test_a_band_that_the_standard_population_lacks_adds_only_its_events(rows):
    counts, people, weights = rows

    longer = directly_standardised_rate(
        np.append(counts, 0), np.append(people, 50), np.append(weights, 0)
    )

    assert_same(longer, directly_standardised_rate(*rows), rtol=1e-9)


@repeatable
@given(rows=bands)
def test_the_interval_holds_the_rate_and_widens_with_confidence(rows):
    narrow, wide = (directly_standardised_rate(*rows, confidence=c) for c in (0.95, 0.998))

    if narrow.events >= 10:
        assert wide.low <= narrow.low < narrow.rate < narrow.high < wide.high
    else:
        assert np.isnan([narrow.rate, narrow.low, narrow.high]).all()


@repeatable
@given(rows=bands)
def test_a_batch_of_one_equals_one_area(rows):
    counts, people, weights = rows

    batch = directly_standardised_rate(counts[np.newaxis], people[np.newaxis], weights)

    one = directly_standardised_rate(counts, people, weights)
    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


# Edge cases


@pytest.mark.parametrize(("events", "withheld"), [(9, True), (10, False)])
def test_below_ten_events_the_rate_is_withheld_and_the_events_are_told(events, withheld):
    found = directly_standardised_rate([events, 0], [500, 500], [1, 1])

    assert np.isnan([found.rate, found.low, found.high]).all() == withheld
    assert found.events == events


@pytest.mark.parametrize(
    ("count", "people", "weight"),
    [
        pytest.param(np.nan, 100, 1, id="count missing"),
        pytest.param(5, np.nan, 1, id="people missing"),
        pytest.param(5, 100, np.nan, id="weight missing"),
        pytest.param(5, 0, 1, id="of nobody"),
        pytest.param(-1, 100, 1, id="less than none"),
        pytest.param(5, 100, -1, id="negative weight"),
        pytest.param(5, np.inf, 1, id="of infinitely many"),
    ],
)
def test_one_impossible_or_missing_band_withholds_the_rate(count, people, weight):
    found = directly_standardised_rate(
        [[20, count], [20, 5]], [[100, people], [100, 100]], [[3, weight], [3, 1]]
    )

    numbers = np.array([found.rate, found.low, found.high])
    assert np.isnan(numbers[:, 0]).all()
    assert np.isfinite(numbers[:, 1]).all()


def test_a_standard_population_of_nobody_gives_no_rate():
    assert np.isnan(directly_standardised_rate([20, 20], [100, 100], [0, 0]).rate)


@pytest.mark.parametrize(
    "counts", [pytest.param(20, id="one number"), pytest.param([], id="no bands")]
)
def test_what_has_no_age_bands_is_refused(counts):
    with pytest.raises(ValueError, match="age bands"):
        directly_standardised_rate(counts, counts, counts)


@pytest.mark.parametrize("confidence", [0, 1, 95], ids=str)
def test_a_confidence_that_is_not_a_share_is_refused(confidence):
    with pytest.raises(ValueError, match=r"write 0\.95 for 95%"):
        directly_standardised_rate([20], [100], [1], confidence=confidence)


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 1, -1, 30, 1 / most, -1 / most, most, -most, np.inf]
    counts, people, weights = np.random.default_rng(6).choice(odd, size=(3, 5000, 3))

    assert directly_standardised_rate(counts, people, weights).rate.shape == (5000,)

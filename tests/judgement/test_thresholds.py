"""An activity against its expected range: no polarity and no colour."""

import numpy as np
import pytest

from kcc_lib.judgement.thresholds import expect


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9.99, "below expected range"),
        (10, "as expected"),
        (20, "as expected"),
        (20.01, "above expected range"),
        (np.nan, ""),
    ],
)
def test_at_a_threshold_is_as_expected_and_beyond_it_is_not(value, words):
    assert expect(value, lower=10, upper=20) == words


def test_a_range_may_have_one_side_only():
    found = expect([5, 25], lower=[np.nan, 10], upper=[20, np.nan])

    assert list(found) == ["as expected", "as expected"]


def test_without_thresholds_nothing_is_expected():
    assert expect(5, lower=np.nan, upper=np.nan) == ""


def test_thresholds_that_cross_are_refused():
    with pytest.raises(ValueError, match="swap"):
        expect(5, lower=20, upper=10)

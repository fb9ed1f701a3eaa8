"""RAG ratings against target and floor standard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcc_lib.judgement.rag import rate


@pytest.mark.parametrize(
    ("value", "sign", "rag"),
    [
        (90, 1, "Green"), (91, 1, "Green"), (89.999, 1, "Amber"), (80, 1, "Amber"),
        (79.999, 1, "Red"),
    ],
    ids=["at target", "beyond", "just short", "at floor", "below floor"],
)  # fmt: skip
def test_at_target_is_green_at_floor_is_amber_and_beyond_is_red(value, sign, rag):
    assert rate(value, target=90, floor=80, sign=sign) == rag


@pytest.mark.parametrize(
    ("value", "rag"), [(10, "Green"), (9, "Green"), (10.01, "Amber"), (15, "Amber"), (15.01, "Red")]
)
def test_lower_is_better_mirrors_the_rule(value, rag):
    assert rate(value, target=10, floor=15, sign=-1) == rag


@pytest.mark.parametrize(
    "given_", [{"value": np.nan}, {"target": np.nan}, {"sign": 0}, {"sign": np.nan}]
)
def test_what_cannot_be_rated_is_n_a_and_never_red(given_):
    told = {"value": 50.0, "target": 90.0, "floor": 80.0, "sign": 1.0} | given_

    assert rate(told.pop("value"), **told) == "N/A"


def test_a_floor_that_asks_more_than_its_target_is_refused():
    with pytest.raises(ValueError, match="floor asks for more than its target"):
        rate(50, target=80, floor=90, sign=1)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_negating_every_number_and_the_polarity_leaves_a_rating_alone(value, target, gap):
    high = rate(value, target=target, floor=target - gap, sign=1)

    low = rate(-value, target=-target, floor=-(target - gap), sign=-1)

    assert high == low

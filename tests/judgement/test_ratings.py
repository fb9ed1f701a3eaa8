"""RAG ratings as judgements carry them: unrounded, and said where print would differ."""

import pandas as pd
import pytest

from kcc_lib.judgement.assess import assess
from kcc_lib.vocabulary import Kind, Polarity

from .builders import measure, series


def rated(value, *, target, floor, polarity=Polarity.HIGHER, **told):
    targets = pd.DataFrame([{"measure": "m", "target": target, "floor": floor}])
    record = measure(polarity=polarity, **told)
    return assess(series([value]), {"m": record}, targets=targets).iloc[0]


@pytest.mark.parametrize(
    ("value", "polarity", "rag"),
    [
        (85.0, Polarity.HIGHER, "Green"),
        (84.99, Polarity.HIGHER, "Amber"),
        (75.0, Polarity.HIGHER, "Amber"),
        (74.99, Polarity.HIGHER, "Red"),
        (85.0, Polarity.NONE, "N/A"),
    ],
)
def test_at_its_target_is_green_and_at_its_floor_amber(value, polarity, rag):
    assert rated(value, target=85, floor=75, polarity=polarity)["rag"] == rag


def test_where_lower_is_better_target_and_floor_are_mirrored():
    colours = [rated(v, target=15, floor=20, polarity=Polarity.LOWER)["rag"] for v in (15, 20, 21)]

    assert colours == ["Green", "Amber", "Red"]


def test_a_value_that_print_would_round_to_its_target_is_rated_unrounded_and_said():
    row = rated(84.96, target=85, floor=75, decimals=1)

    assert row["rag"] == "Amber"
    assert "rounding_changes_rating" in row["reasons"].split()


def test_a_value_whose_rounding_changes_no_colour_says_nothing():
    row = rated(84.94, target=85, floor=75, decimals=1)

    assert "rounding_changes_rating" not in row["reasons"].split()


def test_short_of_a_target_without_a_floor_is_not_rated_but_said():
    row = rated(80, target=85, floor=float("nan"))

    assert row["rag"] == "N/A"
    assert "below_target" in row["reasons"].split()


def test_beyond_a_target_without_a_floor_is_green():
    assert rated(90, target=85, floor=float("nan"))["rag"] == "Green"


def test_an_activity_is_never_rated_nor_said_to_be_short():
    row = rated(80, target=85, floor=75, kind=Kind.ACTIVITY)

    assert row["rag"] == "N/A"
    assert "below_target" not in row["reasons"].split()

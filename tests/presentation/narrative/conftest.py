"""What the tests of narrative quote: the 2019 edition, and figures made for one sentence."""

import pytest

from kcc_lib.presentation.narrative.counted import Tally, Word
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.narrative.points import Point
from kcc_lib.presentation.narrative.quoted import Quoted


class Made(Facts):
    """The edition's facts, and counts and words typed by a test."""

    def bindings(self):
        return {
            **Facts.bindings(self),
            "counted": lambda n, unit="": Quoted("count", (Point(n, unit, f"{n}{unit}"),)),
            "tally": lambda n, of: Tally(n, of, "KPI"),
            "word": Word,
        }


@pytest.fixture(scope="session")
def facts(section):
    """Everything that the 2019 edition may quote."""
    told = section.facts()
    return Made(
        told.catalogue, told.area, told.points, told.published, told.figures, ranks=told.ranks
    )

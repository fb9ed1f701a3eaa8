"""What an analyst has at hand: an edition, the catalogue, the observations and judgements."""

import pytest

import kcc_lib as kcc


@pytest.fixture(scope="session")
def given():
    """The 2019 edition, the catalogue, the observations and their judgements."""
    report, measures, held = (
        kcc.edition("annual-2019"),
        kcc.load_measures(),
        kcc.load_observations(),
    )
    return report, measures, held, kcc.assess(held, measures, edition=report)

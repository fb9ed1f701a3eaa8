"""The page of a strategic outcome as the annual report tells it: results first, then the year."""

from kcc_lib.presentation.blocks import Blocks
from kcc_lib.presentation.key_results import key_results
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import story


def outcome_story(section: Section, outcome: str) -> Blocks:
    """Title, key results, then priorities, activity, challenges and further reading.

    Raises
    ------
    UnknownNameError
        If there is no such strategic outcome.
    """
    title = section.title_of(outcome)
    return title + key_results(section, f"Outcome {outcome}") + story(section, f"outcome_{outcome}")

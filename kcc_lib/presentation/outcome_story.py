"""The page of a strategic outcome as the annual report tells it: results first, then the year."""

from kcc_lib.presentation.addresses import measures_page
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.direction_of_travel import STAR, outcome_table
from kcc_lib.presentation.key_results import key_results, parts_with_results
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import story


def outcome_story(section: Section, outcome: str) -> Blocks:
    """Title, key results, the outcome's words, then priorities, activity and challenges.

    Raises
    ------
    UnknownNameError
        If there is no such strategic outcome.
    """
    title = section.title_of(outcome)
    told = key_results(section, f"Outcome {outcome}")
    return title + told + _words(section, outcome) + story(section, f"outcome_{outcome}")


def chapter(section: Section, name: str) -> Blocks:
    """A narrative as a page of its own; key results under its title come first on it."""
    told = story(section, name)
    titles = [str(b["text"]) for b in told.blocks if b["kind"] == "heading" and b["level"] == 1]
    if not titles or titles[0] not in parts_with_results(section):
        return told
    inner = [n for n, b in enumerate(told.blocks) if b["kind"] == "heading" and b["level"] > 1]
    at = inner[0] if inner else len(told.blocks)
    results = key_results(section, titles[0]).blocks
    return Blocks((*told.blocks[:at], *results, *told.blocks[at:]))


def _words(section: Section, outcome: str) -> Blocks:
    """The word of each supporting outcome, and the way to its measures."""
    under = section.catalogue.strategic_outcomes[outcome]
    words = section.outcome_words()
    codes = {s.supporting_outcome for s in section.catalogue.supporting_outcomes.values()
             if s.outcome == outcome}  # fmt: skip
    parts: list[Block] = [
        {"kind": "heading", "level": 2, "text": "Direction of travel", "id": "direction"},
        outcome_table(section, under, words),
    ]
    if any(w.starred for w in words if w.outcome in codes):
        parts.append({"kind": "notes", "items": [STAR]})
    if page := measures_page(section.edition, outcome):
        text = f"The measures under these outcomes have [a page of their own]({page})."
        parts.append({"kind": "prose", "markdown": text})
    return blocks(parts)

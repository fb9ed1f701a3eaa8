"""What the council promised: its strategic outcomes, each with its supporting outcomes."""

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import story


def our_outcomes(section: Section) -> Blocks:
    """What people wrote of the outcomes, then the outcomes themselves from the catalogue."""
    parts: list[Block] = []
    for outcome in section.catalogue.strategic_outcomes.values():
        title = f"Outcome {outcome.outcome}: {outcome.title}"
        under = [
            f"- **{s.supporting_outcome}** {s.title}"
            for s in section.catalogue.supporting_outcomes.values()
            if s.outcome == outcome.outcome
        ]
        parts += [
            {"kind": "heading", "level": 3, "text": title, "id": f"our-outcome-{outcome.outcome}"},
            {"kind": "prose", "markdown": "\n".join(under)},
        ]
    return story(section, "our_outcomes") + blocks(parts)

"""What else an edition becomes: news summary and committee report, from one source.

Each is its own narrative over the same figures, words and key results as the report. None
holds a figure of its own, so none can say another thing than the report.
"""

from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.key_results import bullets
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import story


def foreword(section: Section) -> Blocks:
    """The foreword, if one has been written; else a line that says there is none.

    It is a person's own statement and signed with the name, so nothing here makes one up.
    Where the edition has a committee report, that line leads to what the Leader said there.
    """
    head: Block = {"kind": "heading", "level": 2, "text": "Foreword", "id": "foreword"}
    if not section.written.has("foreword"):
        said = "A foreword is its author's own, signed; none has been written for these pages."
        if made := made_by(section.edition, "committee_report.ipynb"):
            said += f" The [{made.title.lower()}]({made.name}.html) tells what the Leader said."
        return blocks(head, {"kind": "prose", "markdown": said})
    return blocks(head, {"kind": "prose", "markdown": section.prose("foreword")})


def news(section: Section) -> Blocks:
    """The news summary: headline, story, and the key results by outcome."""
    parts: list[Block] = [
        {"kind": "heading", "level": 2, "text": "Key results", "id": "key-results"}
    ]
    for outcome in section.catalogue.strategic_outcomes.values():
        title = f"Outcome {outcome.outcome}: {outcome.title}"
        parts += [
            {"kind": "heading", "level": 3, "text": title, "id": f"outcome-{outcome.outcome}"},
            {"kind": "prose", "markdown": bullets(section, f"Outcome {outcome.outcome}")},
        ]
    return story(section, "news") + blocks(parts)


def committee_report(section: Section) -> Blocks:
    """The Leader's report to the council: an agenda item, and minutes in numbered paragraphs."""
    told = [p.strip() for p in section.prose("committee_report").split("\n\n") if p.strip()]
    head: Block = {"kind": "heading", "level": 1, "text": "Report by Leader of the Council (Oral)",
                   "id": "top", "kicker": "Agenda item"}  # fmt: skip
    return blocks(
        head,
        {"kind": "heading", "level": 2, "text": "Minutes", "id": "minutes"},
        {"kind": "paragraphs", "id": "minutes-told",
         "items": [{"number": f"({n})", "text": " ".join(text.split())}
                   for n, text in enumerate(told, start=1)]},
    )  # fmt: skip

"""The head of a covering report and the contact at its end, from what is held of them."""

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.words import NOT_HELD
from kcc_lib.quarterly import Cover

#: Whom a quarterly report is for where its edition does not say.
CABINET = "Cabinet"


def particulars(quarter: Quarter, recommendation: str) -> Block:
    """From, to, decision number, subject, classification, summary and recommendation.

    A reader looks for a decision number and a classification, so it is said where they are
    not held; of the others a row that is not held is left out.
    """
    cover, edition = quarter.quarterly.cover, quarter.edition
    council, period = (
        f"{quarter.area_name} County Council",
        format_period(quarter.quarterly.quarter),
    )
    told: list[Block] = []
    if cover.senders:
        told.append({"name": "From", "text": list(cover.senders)})
    if cover.to or cover.meeting:
        told.append(_addressee(cover))
    summary = f"This report tells how {council} performed against its targets in {period}."
    told += [
        {"name": "Decision number", "text": cover.decision_number or NOT_HELD},
        {"name": "Subject", "text": f"{edition.title}, {edition.subtitle}"},
        {"name": "Classification", "text": cover.classification or NOT_HELD},
        {"name": "Summary", "text": summary},
        {"name": "Recommendation", "text": recommendation},
    ]
    return {"kind": "particulars", "items": told}


def _addressee(cover: Cover) -> Block:
    """The body with the day on which it meets; the day alone where the body is not held."""
    when = f"{cover.meeting.day} {cover.meeting:%B %Y}" if cover.meeting else ""
    name = "To" if cover.to else "Meeting"
    return {"name": name, "text": ", ".join(t for t in (cover.to, when) if t)}


def contact(cover: Cover, *, number: int) -> list[Block]:
    """Who made the report, with links to write and to call; nothing where none is held."""
    told: list[Block] = []
    if cover.produced_by:
        told.append({"name": "Produced by", "text": cover.produced_by})
    if cover.email:
        told.append({"name": "E-mail", "text": cover.email, "href": f"mailto:{cover.email}"})
    if cover.phone:
        digits = "".join(c for c in cover.phone if c.isdigit() or c == "+")
        told.append({"name": "Phone", "text": cover.phone, "href": f"tel:{digits}"})
    if not told:
        return []
    head: Block = {"kind": "heading", "level": 2, "text": "Contact", "id": "contact",
                   "kicker": str(number)}  # fmt: skip
    return [head, {"kind": "particulars", "items": told}]

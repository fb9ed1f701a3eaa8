"""The page of corrections: what was put right in an edition, and how to say what is wrong."""

from kcc_lib.presentation.about.contacts import day_words, particulars, tell_us
from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.records.corrections import Correction, History
from kcc_lib.records.editions import Edition

#: The notebooks that list where the council's printed report does not agree with itself or ours.
_AUDITS = ("audit.ipynb", "outcomes_audit.ipynb", "reconciliation.ipynb")


def corrections(edition: Edition, history: History) -> Blocks:
    """What was put right since the edition was signed off, or that nothing was.

    Parameters
    ----------
    history
        Of the edition, as `kcc.corrections` reads it.
    """
    title = next(r.title for r in edition.sections if r.notebook == "corrections.ipynb")
    head: Block = {"kind": "heading", "level": 1, "text": title, "id": "top",
                   "kicker": edition.subtitle}  # fmt: skip
    return blocks(
        head,
        {"kind": "heading", "level": 2, "text": "What was put right", "id": "corrections"},
        {"kind": "prose", "markdown": _standing(history)},
        _listed(history.corrections),
        _how_to_tell(edition),
        _what_happens(),
        _in_print(edition),
    )


def _standing(history: History) -> str:
    """Whether anything was put right, and since when it would be told here."""
    if history.signed is None and not history.corrections:
        return (
            "This edition is a draft: it has not been signed off. What is wrong in a draft is put "
            "right without being listed. From the day it is signed off, every correction is "
            "listed here."
        )
    if history.signed is None:
        return "This edition was signed off, corrected as listed here, and is now a draft again."
    signed = day_words(history.signed)
    if history.corrections:
        return f"The edition as it stands now was signed off on {signed}."
    return f"No correction has been made since this edition was signed off on {signed}."


def _listed(made: tuple[Correction, ...]) -> list[Block]:
    """Every correction, the latest first: when and where, what it was and is, why and by whom."""
    latest = sorted(made, key=lambda c: c.on, reverse=True)
    rows = [[day_words(c.on), c.what, c.was, c.now, c.why, c.by, c.source] for c in latest]
    names = ("Day", "Where", "Was", "Is now", "Why", "By", "Source")
    if not rows:
        return []
    return [{
        "kind": "table", "id": "corrected", "caption": "Corrections, the latest first",
        "columns": [{"name": n} for n in names], "rows": rows,
    }]  # fmt: skip


def _how_to_tell(edition: Edition) -> list[Block]:
    said = "Say on which page it is, what stands there and what you think is right; a source "
    said += "helps."
    contact = edition.council.figures or edition.council.formats
    return [
        {"kind": "heading", "level": 2, "text": "How to report an error", "id": "report"},
        {"kind": "prose", "markdown": said},
        *([tell_us(), particulars(contact)] if contact else []),
    ]


def _what_happens() -> list[Block]:
    steps = [
        "The figure or sentence is compared with its source, which stands beside every figure.",
        "If it is wrong it is put right in the data or the text, and the report is made again from "
        "them: every page, chart, table and download that shows it changes together.",
        "The correction is listed here with what it was, what it is now, why, who made it and the "
        "source. It cannot be left out: a signed report is refused if it says anything that was "
        "neither signed nor listed.",
        "The report is signed again, and every page says that it was corrected, and when.",
    ]
    return [
        {"kind": "heading", "level": 2, "text": "What happens then", "id": "then"},
        {"kind": "prose", "markdown": "\n".join(f"{n}. {s}" for n, s in enumerate(steps, 1))},
    ]


def _in_print(edition: Edition) -> list[Block]:
    """Where the printed report disagrees, with itself or with ours: told, and not corrected."""
    found = next((made for name in _AUDITS if (made := made_by(edition, name))), None)
    if found is None:
        return []
    said = (
        "Where the council's own printed report contradicts itself, or differs from what is worked "
        f"out here, nothing is quietly mended. [{found.title}]({found.name}.html) lists it."
    )
    return [
        {
            "kind": "heading",
            "level": 2,
            "text": "Where the printed report disagrees",
            "id": "print",
        },
        {"kind": "prose", "markdown": said},
    ]

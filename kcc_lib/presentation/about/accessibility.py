"""The accessibility statement, in the order of the government's model statement."""

from kcc_lib.errors import KccError
from kcc_lib.presentation.about.contacts import day_words, particulars, tell_us
from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.records.editions import Edition
from kcc_lib.records.statement import FILE, NOT_YET, Said, Statement

_LAW = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)
_ADVICE = "https://www.equalityadvisoryservice.com/"


def accessibility(edition: Edition) -> Blocks:
    """How far the pages can be used by everyone, what nobody has checked, and whom to tell.

    Raises
    ------
    KccError
        If nothing is held of how the pages were checked.
    """
    told = edition.statement
    if told is None:
        raise KccError(f"nothing is held of how pages were checked; add data/raw/{FILE}")
    title = next(r.title for r in edition.sections if r.notebook == "accessibility.ipynb")
    scope = f"This statement is about these pages of “{edition.title}, {edition.subtitle}”, and "
    scope += "about no other page of the council's website."
    open_still = (
        "The council has still to confirm parts of this statement, which are named at its end. "
    )
    open_still += "It claims no more than what was checked."
    return blocks(
        {"kind": "heading", "level": 1, "text": title, "id": "top", "kicker": edition.subtitle},
        {"kind": "prose", "markdown": f"{scope} {_wish()}"},
        [{"kind": "notice", "text": open_still}] if told.confirm else [],
        _part("Compliance status", "status", _status(told)),
        _part("Content that is not accessible", "limits", _limits(told)),
        _part("How these pages were checked", "checked", _checked(told)),
        _feedback(edition),
        _part("Enforcement procedure", "enforcement", _enforcement()),
        _part("Preparation of this statement", "preparation", _prepared(told)),
    )  # fmt: skip


def _part(title: str, name: str, markdown: str) -> list[Block]:
    return [
        {"kind": "heading", "level": 2, "text": title, "id": name},
        {"kind": "prose", "markdown": markdown},
    ]


def _bullets(said: tuple[Said, ...]) -> str:
    return "\n".join(f"- {one.says}{f' {one.instead}' if one.instead else ''}" for one in said)


def _wish() -> str:
    return (
        "As many people as possible should be able to use them: with a keyboard alone, enlarged, "
        "in colours of their own, on paper, on a telephone, without scripts, or read aloud."
    )


def _status(told: Statement) -> str:
    """The status in the model's words, and what it rests on in ours."""
    said = f"These pages are **{told.status}** with the {told.standard}"
    if told.audited == NOT_YET:
        return (
            f"{said}, because of what is listed below. They have not been audited. The checks "
            "below are made by a program, which finds some faults and cannot find others, so that "
            "passing them is no proof that the pages comply."
        )
    return f"{said}. They were audited: {told.audited}."


def _limits(told: Statement) -> str:
    return (
        f"{_bullets(told.limits)}\n\n"
        "This is what is known. An audit may find more. Nothing is left as it is for being a "
        "disproportionate burden. Pages and documents of others, to which these lead, are not "
        "covered."
    )


def _checked(told: Statement) -> str:
    return (
        "By the tests of the workbook that makes these pages:\n\n"
        f"{_bullets(told.checked)}\n\n"
        f"What has **not** been checked:\n\n{_bullets(told.not_checked)}"
    )


def _feedback(edition: Edition) -> list[Block]:
    """Whom to tell of a barrier, and how to have the content otherwise."""
    said = "If you cannot use something here, say on which page it is and what you use to read it."
    if made := made_by(edition, "formats.ipynb"):
        said += f" [{made.title}]({made.name}.html) says how to have a page in another form."
    contact = edition.council.formats or edition.council.figures
    return [
        *_part("Feedback and contact", "feedback", said),
        *([tell_us(), particulars(contact)] if contact else []),
    ]


def _enforcement() -> str:
    return (
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the "
        f"{_LAW}. If you are not content with the answer to a complaint, turn to the "
        f"[Equality Advisory and Support Service (EASS)]({_ADVICE})."
    )


def _prepared(told: Statement) -> str:
    still = f" What the council has still to confirm:\n\n{_bullets(told.confirm)}"
    still = still if told.confirm else ""
    return (
        f"This statement was prepared on {day_words(told.prepared)}, by the council's workbook, "
        f"from the record of its own checks.{still}"
    )

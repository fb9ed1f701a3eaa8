"""The page of other formats and contacts, and the links to write and to call."""

from datetime import date
from urllib.parse import quote

from kcc_lib.errors import KccError
from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.records.council import FILE, Contact
from kcc_lib.records.editions import Edition

#: Pages that may be what a reader needs, by their notebook, with what each offers.
_HERE = {
    "easy_read.ipynb": "the report in plain words and large print",
    "downloads.ipynb": "every figure, for a spreadsheet or a program",
    "news.ipynb": "the main points on one page",
}


def formats(edition: Edition) -> Blocks:
    """How to have the report in another format, whom to ask, and what is here already.

    Raises
    ------
    KccError
        If no contact for other formats is held.
    """
    held = edition.council.formats
    if held is None:
        raise KccError(f"no contact for other formats is held; add data/raw/{FILE}")
    title = next(r.title for r in edition.sections if r.notebook == "formats.ipynb")
    head: Block = {"kind": "heading", "level": 1, "text": title, "id": "top",
                   "kicker": edition.subtitle}  # fmt: skip
    asked = "This report can be asked for in any other format, such as large print, or in "
    asked += "another language. Say which report and which page you need, and how you need it."
    return blocks(
        head,
        {"kind": "heading", "level": 2, "text": "Ask for another format or language",
         "id": "formats"},
        {"kind": "prose", "markdown": asked},
        particulars(held),
        {"kind": "notice", "text": printed_when(held)},
        _questions(edition.council.figures),
        _already_here(edition),
        _elsewhere(edition),
    )  # fmt: skip


def particulars(contact: Contact) -> Block:
    """A contact as a list of links to write and to call."""
    told: list[Block] = [{"name": "Ask", "text": contact.name}] if contact.name else []
    told.append({"name": "E-mail", "text": contact.email, "href": f"mailto:{contact.email}"})
    for name, number in (("Phone", contact.phone), ("Text relay", contact.text_relay)):
        if number:
            told.append({"name": name, "text": number, "href": dial(number)})
    if contact.hours:
        told.append({"name": "Hours", "text": contact.hours})
    if contact.post:
        told.append({"name": "By post", "text": ", ".join(contact.post)})
    return {"kind": "particulars", "items": told}


def dial(number: str) -> str:
    """The address that calls a telephone number."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def write_about(address: str, edition: Edition, page: str, title: str) -> str:
    """The address that starts an e-mail whose subject names the edition and the page.

    So a reader's remark says what it is about, and nobody needs to be followed for that.
    """
    subject = f"{edition.title}, {edition.subtitle}: {title} ({edition.name}, {page}.html)"
    return f"mailto:{address}?subject={quote(subject)}"


def printed_when(contact: Contact) -> str:
    """Which document the details are from and of what day, because details go out of date."""
    said = f"The council printed these details in “{contact.document.title}”, on "
    said += f"{day_words(contact.printed)}. "
    return f"{said}{contact.note}".strip()


def day_words(day: date) -> str:
    """A day as pages print it: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"


def tell_us(after: str = ".") -> Block:
    """Where to start an e-mail from; of the screen alone, since no printed page has the link."""
    said = "**Tell us about this page**, at the foot of each page, starts an e-mail that names "
    return {"kind": "prose", "markdown": f"{said}the page{after}", "style": "on-screen"}


def _questions(figures: Contact | None) -> list[Block]:
    """Whom to ask about the figures; nothing where no contact is held."""
    if figures is None:
        return []
    said = "Write or call if a figure looks wrong, if a page cannot be used, or if something is "
    said += "not clear."
    sent = " and the report. Nothing else is sent, and nobody counts or follows who reads."
    return [
        {"kind": "heading", "level": 2, "text": "Ask about the figures, or say what is wrong",
         "id": "questions"},
        {"kind": "prose", "markdown": said},
        tell_us(sent),
        particulars(figures),
        {"kind": "notice", "text": printed_when(figures)},
    ]  # fmt: skip


def _already_here(edition: Edition) -> list[Block]:
    """What the pages can do already, with a link to each other product that the edition has."""
    told = [
        "Pages can be enlarged to 400% without scrolling sideways, and printed; they need no "
        "scripts and no connection.",
        "Every chart has its figures beside it as a table, and a sentence that says what it shows.",
    ]
    for notebook, offers in _HERE.items():
        if made := made_by(edition, notebook):
            told.append(f"[{made.title}]({made.name}.html): {offers}.")
    return [
        {"kind": "heading", "level": 2, "text": "What is here already", "id": "here"},
        {"kind": "prose", "markdown": "\n".join(f"- {said}" for said in told)},
    ]


def _elsewhere(edition: Edition) -> list[Block]:
    """Pages of the council's own site, by the addresses that its documents print."""
    if not edition.council.addresses:
        return []
    listed = [{"name": a.title, "text": a.url.removeprefix("https://"), "href": a.url}
              for a in edition.council.addresses]  # fmt: skip
    return [
        {"kind": "heading", "level": 2, "text": "On the council's website", "id": "website"},
        {"kind": "particulars", "items": listed},
    ]

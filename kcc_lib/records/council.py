"""How to reach the council: `data/raw/council.toml`, each contact with the document it is from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.cover import EMAIL, PHONE
from kcc_lib.records.documents import Document, read_documents
from kcc_lib.records.toml_file import (
    check_keys,
    read_day,
    read_text,
    read_texts,
    read_toml,
    tables_of,
)

FILE = "council.toml"
FORMATS, FIGURES, ADDRESSES = "formats", "figures", "addresses"
_TEXTS = ("email", "source", "name", "phone", "text_relay", "hours", "note")
CONTACT_KEYS = (*_TEXTS, "post", "printed")
_NEEDED = ("email", "source", "printed")
ADDRESS_KEYS = ("title", "url")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to or call, and the document that prints it; blank where it prints none.

    `printed` is the day on which the document went out: details go out of date.
    """

    email: str
    document: Document
    printed: date
    name: str = ""
    phone: str = ""
    text_relay: str = ""
    hours: str = ""
    note: str = ""
    post: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the council's own site."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Council:
    """How to reach the council.

    Parameters
    ----------
    formats
        For this report in another format or language; None where none is held.
    figures
        For questions about the figures, and for errors; None where none is held.
    addresses
        Pages of its site that its documents name.
    """

    formats: Contact | None = None
    figures: Contact | None = None
    addresses: tuple[Address, ...] = ()


def read_council(raw: Path, *, shown: str) -> tuple[Council, list[Fault]]:
    """Read the file as far as it can be, with every fault; no contacts where it is absent."""
    path, file = raw / FILE, f"{shown}/{FILE}"
    if not path.exists():
        return Council(), []
    told, faults = read_toml(path, file)
    if faults:
        return Council(), faults
    documents, faults = read_documents(raw, shown=shown, needed=bool(told))
    faults += check_keys(file, "", told, (FORMATS, FIGURES), (ADDRESSES,))
    contacts = {}
    for which in (FORMATS, FIGURES):
        contacts[which], more = _read_contact(file, which, told.get(which, {}), documents)
        faults += more
    addresses, more = _read_addresses(file, told)
    return Council(contacts[FORMATS], contacts[FIGURES], addresses), faults + more


def _read_contact(
    file: str, which: str, told: Any, documents: Mapping[str, Document]
) -> tuple[Contact | None, list[Fault]]:
    """One contact; an address and a number can be used as such, and the document exists."""
    if not isinstance(told, dict):
        remedy = f"write its keys under [{which}]"
        return None, [Fault(file, 0, which, str(told)[:60], "is not a table", remedy)]
    faults = check_keys(file, which, told, _NEEDED, CONTACT_KEYS) if told else []
    texts = {}
    for key in _TEXTS:
        texts[key], more = read_text(file, which, told, key)
        faults += more
    post, more = read_texts(file, which, told, "post")
    printed, others = read_day(file, which, told, "printed")
    faults += more + others
    for key, form, words in (
        ("email", EMAIL, "e-mail address"),
        ("phone", PHONE, "telephone number"),
        ("text_relay", PHONE, "telephone number"),
    ):
        if texts[key] and not form.fullmatch(texts[key]):
            problem, remedy = f"is no {words}", "write it as the document prints it"
            faults.append(Fault(file, 0, f"{which}.{key}", texts[key], problem, remedy))
    source = texts.pop("source")
    if source and source not in documents:
        remedy = nearest(source, list(documents), shown=20)
        problem = "is no document of documents.csv"
        faults.append(Fault(file, 0, f"{which}.source", source, problem, remedy))
    if faults or printed is None:
        return None, faults
    return Contact(document=documents[source], printed=printed, post=post, **texts), []


def _read_addresses(file: str, told: Mapping[str, Any]) -> tuple[tuple[Address, ...], list[Fault]]:
    tables, faults = tables_of(file, told, ADDRESSES)
    found = []
    for number, table in enumerate(tables, start=1):
        where = f"{ADDRESSES} {number}"
        faults += check_keys(file, where, table, ADDRESS_KEYS)
        title, more = read_text(file, where, table, "title")
        url, others = read_text(file, where, table, "url")
        faults += [*more, *others]
        if url and (not url.startswith("https://") or " " in url):
            problem, remedy = "is no address of a page", "write it whole, from https://"
            faults.append(Fault(file, 0, f"{where}.url", url, problem, remedy))
        found.append(Address(title, url))
    return tuple(found), faults

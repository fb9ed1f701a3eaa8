"""What the accessibility statement rests on: `data/raw/accessibility.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.toml_file import check_keys, read_day, read_text, read_toml, tables_of

FILE = "accessibility.toml"
#: What the law's model statement lets a body say of its pages.
STATUSES = ("fully compliant", "partially compliant", "not compliant")
NOT_YET = "not yet"
_TEXTS = ("standard", "status", "audited")
#: The lists of the file, each with the keys of its tables: needed, then those that may be left out.
LISTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "checked": (("says", "test"), ()),
    "not_checked": (("says",), ()),
    "limits": (("says", "instead"), ()),
    "confirm": (("says",), ()),
}
KEYS = ("prepared", *_TEXTS, *LISTS)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a list, with the `test` that bears it out or what there is `instead`."""

    says: str
    test: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """How far pages have been checked for accessibility, and what is known to be missing.

    Parameters
    ----------
    prepared
        The day on which the statement was written; the clock is never asked.
    standard, status
        What the pages are held to, and how far they are said to meet it.
    audited
        Who audited them and when; "not yet" where nobody has.
    checked, not_checked
        What the workbook's own tests check, and what nobody has.
    limits
        What some readers cannot use, with what there is instead.
    confirm
        What only the council can confirm.
    """

    prepared: date
    standard: str
    status: str
    audited: str
    checked: tuple[Said, ...] = ()
    not_checked: tuple[Said, ...] = ()
    limits: tuple[Said, ...] = ()
    confirm: tuple[Said, ...] = ()


def read_statement(raw: Path, *, shown: str) -> tuple[Statement | None, list[Fault]]:
    """Read the file as far as it can be, with every fault; none where it is absent."""
    path, file = raw / FILE, f"{shown}/{FILE}"
    if not path.exists():
        return None, []
    told, faults = read_toml(path, file)
    if faults:
        return None, faults
    faults = check_keys(file, "", told, KEYS)
    prepared, more = read_day(file, "", told, "prepared")
    faults += more
    texts = {}
    for key in _TEXTS:
        texts[key], more = read_text(file, "", told, key)
        faults += more
    lists = {}
    for key in LISTS:
        lists[key], more = _read_list(file, told, key)
        faults += more
    faults += _check_status(file, texts)
    if faults or prepared is None:
        return None, faults
    standard, status, audited = (texts[key] for key in _TEXTS)
    return Statement(prepared, standard, status, audited, *(lists[key] for key in LISTS)), []


def _read_list(
    file: str, told: Mapping[str, Any], key: str
) -> tuple[tuple[Said, ...], list[Fault]]:
    tables, faults = tables_of(file, told, key)
    needed, spare = LISTS[key]
    found = []
    for number, table in enumerate(tables, start=1):
        where = f"{key} {number}"
        faults += check_keys(file, where, table, needed, spare)
        texts = {}
        for name in (*needed, *spare):
            texts[name], more = read_text(file, where, table, name)
            faults += more
        found.append(Said(**texts))
    return tuple(found), faults


def _check_status(file: str, texts: Mapping[str, str]) -> list[Fault]:
    """A status of the model's; and nothing is called fully compliant that nobody audited."""
    status = texts["status"]
    if status and status not in STATUSES:
        remedy = nearest(status, STATUSES)
        return [Fault(file, 0, "status", status, "is no status of the model statement", remedy)]
    if status == STATUSES[0] and texts["audited"] == NOT_YET:
        problem = "is claimed of pages that nobody has audited"
        return [Fault(file, 0, "status", status, problem, "name the audit, or claim less")]
    return []

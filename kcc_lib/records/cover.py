"""The `[cover]` table of a quarterly edition: who reports to whom, and how to reach them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.quarterly import Cover

#: Keys of text, and all keys; an e-mail address and a telephone number become links.
_TEXTS = ("to", "decision_number", "classification", "produced_by", "email", "phone")
KEYS = ("from", "meeting", *_TEXTS)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
PHONE = re.compile(r"\+?[\d ()-]*\d[\d ()-]*")


def read_cover(file: str, told: Mapping[str, Any]) -> tuple[Cover, list[Fault]]:
    """Read the table; every key may be left out.

    Parameters
    ----------
    file
        The edition's file, as messages print it.
    told
        The table as the file has it.

    Returns
    -------
    (cover, faults)
        What is known of the covering report; to be used only where there is no fault.
    """
    faults = [
        Fault(file, 0, f"cover.{key}", "", "is not a key of the cover",
              nearest(key, KEYS, shown=len(KEYS)))
        for key in told
        if key not in KEYS
    ]  # fmt: skip
    senders, more = _read_senders(file, told)
    faults += more
    meeting, more = _read_meeting(file, told)
    faults += more
    texts = {}
    for key in _TEXTS:
        texts[key], more = _read_text(file, key, told.get(key))
        faults += more
    return Cover(senders=senders, meeting=meeting, **texts), faults


def _read_senders(file: str, told: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Fault]]:
    """The persons the report is from, each with a role after the first comma."""
    given = told.get("from")
    if given is None:
        return (), []
    remedy = 'write a list of "name, role", or remove the key'
    if not isinstance(given, list) or not given:
        return (), [_fault(file, "from", given, "is not a list of persons", remedy)]
    faults = []
    for one in given:
        name, _, role = one.partition(",") if isinstance(one, str) else ("", "", "")
        if not name.strip() or not role.strip():
            faults.append(_fault(file, "from", one, 'is not a "name, role"', remedy))
    return tuple(str(one).strip() for one in given), faults


def _read_meeting(file: str, told: Mapping[str, Any]) -> tuple[date | None, list[Fault]]:
    given = told.get("meeting")
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given, []
    remedy = "write the day of the meeting, such as 2025-03-04, without quotes"
    return None, [_fault(file, "meeting", given, "is not a date", remedy)]


def _read_text(file: str, key: str, given: Any) -> tuple[str, list[Fault]]:
    """One key of text; an e-mail address and a telephone number can be used as such."""
    if given is None:
        return "", []
    if not isinstance(given, str):
        return "", [_fault(file, key, given, "is not text", "write it in quotes")]
    text = given.strip()
    if not text:
        return "", [_fault(file, key, "", "is blank", "fill it in, or remove the key")]
    if key == "email" and not EMAIL.fullmatch(text):
        remedy = "write one address with one @ and no space"
        return "", [_fault(file, key, given, "is no e-mail address", remedy)]
    if key == "phone" and not PHONE.fullmatch(text):
        return "", [_fault(file, key, given, "is no telephone number", "write digits and spaces")]
    return text, []


def _fault(file: str, key: str, given: object, problem: str, remedy: str) -> Fault:
    return Fault(file, 0, f"cover.{key}", str(given)[:60], problem, remedy)

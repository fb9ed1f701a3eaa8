"""Reading a small TOML file of facts: known keys, text that is filled in, lists of text."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kcc_lib.errors import Fault, nearest

Table = Mapping[str, Any]


def read_toml(path: Path, file: str) -> tuple[dict[str, Any], list[Fault]]:
    """A whole file; nothing and a fault where it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig")), []  # an editor may mark it as UTF-8
    except OSError as error:
        problem, remedy = f"cannot be opened ({error.strerror})", "restore it, or remove it"
        return {}, [Fault(file, 0, "", "", problem, remedy)]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Fault(file, 0, "", "", f"cannot be read ({error})", "mend the TOML")]


def check_keys(
    file: str, where: str, told: Table, needed: Iterable[str], spare: Iterable[str] = ()
) -> list[Fault]:
    """Keys that a table must not have, and those that it lacks.

    Parameters
    ----------
    where
        The table as messages name it; "" for the file's own keys.
    """
    needed = tuple(needed)
    known = tuple(dict.fromkeys((*needed, *spare)))
    faults = [
        Fault(file, 0, named(where, key), "", "is not a key here",
              nearest(key, known, shown=len(known)))
        for key in told
        if key not in known
    ]  # fmt: skip
    return faults + [
        Fault(file, 0, named(where, key), "", "is missing", "add it")
        for key in needed
        if key not in told
    ]


def read_text(file: str, where: str, told: Table, key: str) -> tuple[str, list[Fault]]:
    """One key of text; blank where the key is not there, a fault where it is no filled text."""
    given = told.get(key, "")
    if key in told and (not isinstance(given, str) or not given.strip()):
        problem, remedy = "is not text", "write it in quotes, or remove the key"
        return "", [Fault(file, 0, named(where, key), str(given)[:60], problem, remedy)]
    return " ".join(given.split()), []


def read_texts(file: str, where: str, told: Table, key: str) -> tuple[tuple[str, ...], list[Fault]]:
    """One key that is a list of filled text; empty where the key is not there."""
    given = told.get(key, [])
    good = isinstance(given, list) and all(isinstance(g, str) and g.strip() for g in given)
    if key in told and (not good or not given):
        problem, remedy = "is not a list of text", 'write ["one", "another"]'
        return (), [Fault(file, 0, named(where, key), str(given)[:60], problem, remedy)]
    return tuple(" ".join(g.split()) for g in given), []


def read_day(file: str, where: str, told: Table, key: str) -> tuple[date | None, list[Fault]]:
    """One key that is a day; None where the key is not there, a fault where it is no day."""
    given = told.get(key)
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given, []
    remedy = "write the day such as 2026-03-31, without quotes"
    return None, [Fault(file, 0, named(where, key), str(given)[:60], "is not a date", remedy)]


def tables_of(file: str, told: Table, key: str) -> tuple[list[Table], list[Fault]]:
    """The tables under `[[key]]`, in order; none where there are none."""
    given = told.get(key, [])
    if not isinstance(given, list) or not all(isinstance(g, dict) for g in given):
        problem, remedy = "is not a list of tables", f"write each under [[{key}]]"
        return [], [Fault(file, 0, key, str(given)[:60], problem, remedy)]
    return given, []


def named(where: str, key: str) -> str:
    """A key as messages name it, with the table it is in."""
    return f"{where}.{key}" if where else key

"""Easy words: what Easy Read says for measures, outcomes and directorates, and for hard words."""

from collections.abc import Collection, Mapping
from pathlib import Path

from kcc_lib.easy_words import EasyKind, EasyWord, EasyWords, Picture
from kcc_lib.errors import Fault, nearest
from kcc_lib.readability import hard_parts
from kcc_lib.records.cells import read_words, require_filled
from kcc_lib.records.lines import Contract, Lines, open_file, read_lines

EASY_WORDS = Contract("easy words", ("what", "name", "easy", "of", "picture"))
FILE = "easy_words.csv"
#: The ways to reach the council that Easy Read tells of.
CONTACTS = ("email", "phone")
#: What has a picture of its own.
_PICTURED = {EasyKind.MEASURE, EasyKind.OUTCOME, EasyKind.DIRECTORATE, EasyKind.CONTACT}


def read_easy_words(
    raw: Path, shown: str, measures: Collection[str], outcomes: Collection[str]
) -> tuple[EasyWords, list[Fault]]:
    """Read the easy words as far as they can be, with every fault; none where no file is.

    Parameters
    ----------
    shown
        The file as messages print it.
    measures, outcomes
        The codes that the catalogue has, of both kinds of outcome.
    """
    if not (raw / FILE).exists():
        return EasyWords(), []
    lines, faults = open_file(raw, FILE, EASY_WORDS, shown)
    if lines is None:
        return EasyWords(), faults
    faults += require_filled(lines, ("what", "name", "easy"))
    kinds, more = read_words(lines, "what", EasyKind, what="thing that easy words stand for")
    faults += more
    pictures, more = read_words(lines, "picture", Picture)
    faults += more
    known = {
        EasyKind.MEASURE: measures, EasyKind.OUTCOME: outcomes,
        EasyKind.DIRECTORATE: _directorates(raw), EasyKind.CONTACT: CONTACTS,
    }  # fmt: skip
    words: dict[tuple[EasyKind, str], EasyWord] = {}
    for row, kind in enumerate(kinds):
        name = lines.text("name")[row]
        if kind is None or not name:
            continue
        faults += _name_faults(lines, row, kind, known)
        if (kind, name) in words:
            problem = f"is already on line {words[kind, name].line}"
            faults.append(lines.fault(row, "name", problem, "keep one of the two"))
        elif kind in _PICTURED and not lines.text("picture")[row]:
            faults.append(lines.fault(row, "picture", "is blank", "name a picture"))
        words.setdefault((kind, name), EasyWord(
            kind, name, lines.text("easy")[row], lines.text("of")[row], pictures[row],
            shown, int(lines.line[row]),
        ))  # fmt: skip
    found = EasyWords(words)
    return found, faults + _hard_faults(lines, found)


def _name_faults(
    lines: Lines, row: int, kind: EasyKind, known: Mapping[EasyKind, Collection[str]]
) -> list[Fault]:
    """A name is one that the other files have; a hard word is any."""
    names = list(known.get(kind, ()))
    name = lines.text("name")[row]
    if not names or name in names:
        return []
    problem = f"is no {kind} that is known"
    return [lines.fault(row, "name", problem, nearest(name, names, shown=12))]


def _hard_faults(lines: Lines, words: EasyWords) -> list[Fault]:
    """Easy words that are not easy to read."""
    faults = []
    for column in ("easy", "of"):
        for row, text in enumerate(lines.text(column)):
            own = lines.text("name")[row] if lines.text("what")[row] == EasyKind.WORD else ""
            bare = words.explained(text).replace(own, "it") if own else words.explained(text)
            faults += [
                lines.fault(row, column, f"({h.found}) {h.problem}", h.remedy)
                for h in hard_parts(text, bare)
            ]
    return faults


def _directorates(raw: Path) -> list[str]:
    """The directorates of every edition; what is wrong with their file is told elsewhere."""
    lines = read_lines(raw / "directorates.csv", "")[0]
    return list(dict.fromkeys(lines.text("directorate"))) if lines else []

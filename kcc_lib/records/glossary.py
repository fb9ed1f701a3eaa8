"""The public glossary: terms that readers meet, in plain words, each linked where it is first used.

`docs/glossary.md` is the developers' own: what each word of the code means.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.errors import Fault, nearest
from kcc_lib.records.cells import require_filled, split_parts
from kcc_lib.records.edition_file import KINDS
from kcc_lib.records.folders import listed
from kcc_lib.records.lines import Contract, Lines, open_file
from kcc_lib.records.toml_file import read_toml

FILE = "glossary.csv"
GLOSSARY = Contract("glossary", ("term", "spellings", "meaning", "see", "kind", "method"))
#: What a spelling is made of: a page's text is searched for it as it stands.
_SPELLING = re.compile(r"[A-Za-z0-9%][A-Za-z0-9%= -]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary.

    Parameters
    ----------
    term, meaning
        The word, and what it means to a reader.
    spellings
        What is linked to it on other pages; nothing where empty. One that begins with a
        small letter also stands for the same at the start of a sentence.
    see
        Other entries that help.
    """

    term: str
    meaning: str
    spellings: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the entry on the glossary's page."""
        return "g-" + "-".join(re.findall(r"[a-z0-9]+", self.term.lower()))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file: a term and the editions it concerns, all where blank."""

    term: Term
    kind: str
    methods: tuple[str, ...]
    row: int

    def concerns(self, kind: str, method: str) -> bool:
        """Whether the pages of such an edition can meet the term."""
        return self.kind in {"", kind} and (not self.methods or method in self.methods)


def read_glossary(
    raw: Path, *, kind: str, method: str, shown: str
) -> tuple[tuple[Term, ...], list[Fault]]:
    """The terms of one edition in the order of the alphabet, and every fault of the file.

    Parameters
    ----------
    kind, method
        The edition's: only terms that its pages can meet are given.
    """
    if not (raw / FILE).exists():
        return (), []
    lines, faults = open_file(raw, FILE, GLOSSARY, f"{shown}/{FILE}")
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("term", "meaning"))
    entries = _entries(lines)
    ways, whole = _ways(raw)
    faults += _check_names(lines, entries, [m for _, m in ways] if whole else None)
    faults += _check_spellings(lines, entries)
    for way in sorted(ways):
        faults += _check_one_edition(lines, [e for e in entries if e.concerns(*way)])
    found = {e.term.term: e.term for e in entries if e.concerns(kind, method)}
    terms = sorted(found.values(), key=lambda t: (t.term.lower(), t.term))
    return tuple(terms), list(dict.fromkeys(faults))


def _entries(lines: Lines) -> list[Entry]:
    columns = [lines.text(c) for c in GLOSSARY.required]
    return [
        Entry(
            Term(term, meaning, tuple(split_parts(spellings)), tuple(split_parts(see))),
            kind, tuple(methods.split()), row,
        )
        for row, (term, spellings, meaning, see, kind, methods)
        in enumerate(zip(*columns, strict=True))
    ]  # fmt: skip


def _ways(raw: Path) -> tuple[set[tuple[str, str]], bool]:
    """Kind and method of every edition, and whether each one's file could be read.

    What is wrong with a file is told elsewhere.
    """
    found, whole = set(), True
    for path in listed(raw / "editions", "*.toml"):
        told, unread = read_toml(path, path.name)
        if unread:
            whole = False
            continue
        found.add((str(told.get("kind", "")), str(told.get("method", ""))))
    return found, whole


def _check_names(
    lines: Lines, entries: Sequence[Entry], methods: Sequence[str] | None
) -> list[Fault]:
    """Kinds, methods (where all are known) and the entries that an entry leads to exist."""
    faults = []
    known = list(dict.fromkeys(e.term.term for e in entries))
    for entry in entries:
        if entry.kind and entry.kind not in KINDS:
            remedy = f"{nearest(entry.kind, KINDS)}; blank is both"
            faults.append(lines.fault(entry.row, "kind", "is no kind of edition", remedy))
        for method in entry.methods:
            if methods is not None and method not in methods:
                problem = f"names a method of no edition ({method})"
                remedy = nearest(method, sorted(methods))
                faults.append(lines.fault(entry.row, "method", problem, remedy))
        for other in entry.term.see:
            if other not in known or other == entry.term.term:
                problem = f"leads to no other term ({other})"
                faults.append(lines.fault(entry.row, "see", problem, nearest(other, known)))
    return faults


def _check_spellings(lines: Lines, entries: Sequence[Entry]) -> list[Fault]:
    """Spellings are words as a page prints them."""
    problem, remedy = "is no word to look for", "write letters, digits, spaces, hyphens, % and ="
    return [
        lines.fault(e.row, "spellings", f"{problem} ({s})", remedy)
        for e in entries
        for s in e.term.spellings
        if not _SPELLING.fullmatch(s)
    ]


def _check_one_edition(lines: Lines, entries: Iterable[Entry]) -> list[Fault]:
    """Within one edition each term, its address and each of its spellings stands once."""
    faults: list[Fault] = []
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        keys = [("term", entry.term.anchor)]
        keys += [("spellings", s.lower()) for s in entry.term.spellings]
        for column, key in keys:
            if (column, key) in first:
                line = lines.line[first[column, key].row]
                problem = f"is already on line {line} for the same editions"
                faults.append(lines.fault(entry.row, column, problem, "keep one of the two"))
            first.setdefault((column, key), entry)
    return faults

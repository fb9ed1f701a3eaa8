"""A finished build read back from its folder: what it says, and what it was made of.

Only text is read, by the standard library: two builds that are alike are found to be so at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault
from kcc_lib.publish.difference.reading import AGAIN, Reader
from kcc_lib.publish.up_to_date import hash_of
from kcc_lib.records.edition_file import KINDS, QUARTERLY
from kcc_lib.vocabulary import SignOff

#: What a build must tell of itself, by file.
_RECORD = ("edition", "as_of", "state", "method", "preset", "sections", "environment", "inputs")
_CONTENTS = ("edition", "kind", "title", "subtitle", "as_of", "state", "pages", "measures")
_ENTRY = ("measure", "id", "kind", "title", "short_title", "group", "address", "judgements",
          "value")  # fmt: skip
#: The tables of a build with columns that each must have; two of them not every edition has.
_TABLES = {
    "judgements": ("measure", "area", "horizon", "label", "published_label"),
    "observations": ("measure", "area", "period", "value"),
    "targets": ("measure",),
    "outcomes": ("outcome", "horizon"),
}
_NEEDED = {"judgements", "observations"}
#: The column in which a quarterly edition's own word stands, by the heading of the word.
_QUARTERLY = {"RAG status": "rag", "Direction": "direction"}
#: What the catalogue says of a measure, as the file of the measure repeats it.
PARTICULARS = ("title", "statistic", "unit", "polarity", "decimals", "period_type", "notes")
OUTCOME = "supporting outcome"
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged: a measure, KPI or activity indicator, or a supporting outcome.

    `kind` is the word for it, `address` that of its block within the edition ("" where no page
    has one) and `particulars` what the catalogue says of it. `area` is told where more than
    one area may be judged, and `area_name` only where more than one is.
    """

    code: str
    kind: str
    title: str
    group: str
    address: str
    value: str
    particulars: Mapping[str, Any]
    area: str = ""
    area_name: str = ""

    @property
    def name(self) -> str:
        """As readers know it: print numbers measures and outcomes, and no KPI."""
        if self.kind == OUTCOME:
            said = f"Supporting outcome {self.code}"
        else:
            said = f"{self.code} {self.title}".strip() if self.kind == "measure" else self.title
        return f"{said}, {self.area_name}" if self.area_name else said


@dataclass(frozen=True, slots=True)
class Word:
    """A judgement: the word that stands, ours and the published one, and our evidence."""

    heading: str
    standing: str
    ours: str
    published: str
    evidence: Cells


@dataclass(frozen=True, slots=True)
class Build:
    """A build of an edition.

    Parameters
    ----------
    record, contents
        Its `run.json` and `data/contents.json`.
    subjects
        By code, in the edition's order.
    words
        By code, and horizon or heading.
    figures
        Every figure shown, by measure, area and period.
    targets
        What is asked of KPIs, by measure and column.
    areas
        Names of areas, as far as a file tells them.
    titles
        Those of its pages, by file.
    files
        The hash of every file but `run.json`.
    """

    folder: Path
    record: Mapping[str, Any]
    contents: Mapping[str, Any]
    subjects: Mapping[str, Subject]
    words: Mapping[tuple[str, str], Word]
    figures: Mapping[tuple[str, str, str], Cells]
    targets: Mapping[tuple[str, str], str]
    areas: Mapping[str, str]
    titles: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def pages(self) -> Mapping[str, str]:
        """The titles of its pages, by file, in the order of the menu."""
        return {page: title for page, title in self.titles.items() if page in self.files}


def read_build(folder: Path) -> Build:
    """A build from its folder.

    Raises
    ------
    DataError
        With everything that keeps the folder from being a build of an edition.
    """
    if not folder.is_dir():
        raise DataError([Fault(str(folder), 0, "", "", "is no folder", AGAIN)])
    reader = Reader(folder)
    record = reader.told("run.json", _RECORD)
    contents = reader.told("data/contents.json", _CONTENTS)
    if not reader.faults and record["edition"] != contents["edition"]:
        problem = f"tells of {contents['edition']}, and run.json of {record['edition']}"
        reader.fault("data/contents.json", problem, "build the edition again")
    tables = {name: reader.rows(f"data/{name}.csv", columns, needed=name in _NEEDED)
              for name, columns in _TABLES.items()}  # fmt: skip
    reader.numbers("data/observations.csv", "value", tables["observations"])
    entries = list(reader.entries("data/contents.json", contents.get("measures", []), _ENTRY))
    own = {e["measure"]: _own_file(reader, str(e["id"])) for e in entries}
    if reader.faults:
        raise DataError(reader.faults)
    try:
        return _build(folder, record, contents, tables, own)
    except (KeyError, TypeError, AttributeError, ValueError):
        reader.fault("data/contents.json", "and run.json are not of this program's making")
        raise DataError(reader.faults) from None


def _build(
    folder: Path, record: Mapping[str, Any], contents: Mapping[str, Any],
    tables: Mapping[str, Sequence[Cells]], own: Mapping[str, Mapping[str, Any]],
) -> Build:  # fmt: skip
    entries, quarterly = contents["measures"], contents["kind"] == QUARTERLY
    SignOff(record["state"]), date.fromisoformat(contents["as_of"]), KINDS.index(contents["kind"])
    subjects = {e["measure"]: _subject(e, own[e["measure"]]) for e in entries}
    words = dict(_words(entries, tables["judgements"], quarterly=quarterly))
    headings = {horizon: word.heading for (_, horizon), word in words.items()}
    asked = {(r["measure"], c): v for r in tables["targets"] for c, v in r.items()}
    return Build(
        folder, record, contents, subjects | _outcomes(entries, tables["outcomes"]),
        words | _outcome_words(tables["outcomes"], headings),
        figures={(r["measure"], r["area"], r["period"]): r for r in tables["observations"]},
        targets={key: value for key, value in asked.items() if key[1] != "measure"},
        areas={f["area"]: f["area_name"] for told in own.values() for f in told.get("figures", ())},
        titles={p["page"]: p["title"] for p in contents["pages"]}, files=_files(folder),
    )  # fmt: skip


def check_comparable(old: Build, new: Build) -> None:
    """Refuse two builds of different kinds.

    Raises
    ------
    DataError
        Saying which kind each is of.
    """
    kinds = [str(b.contents["kind"]) for b in (old, new)]
    if kinds[0] != kinds[1]:
        problem = f"is {kinds[1]}, and {old.folder} is {kinds[0]}"
        remedy = "compare builds of one edition, or of two editions of the same kind"
        raise DataError([Fault(str(new.folder), 0, "", "", problem, remedy)])


def _own_file(reader: Reader, identifier: str) -> Mapping[str, Any]:
    """The file that says everything of one measure; editions built long ago have none."""
    return reader.told(f"data/measures/{identifier[2:]}.json", (), needed=False)


def _subject(entry: Mapping[str, Any], own: Mapping[str, Any]) -> Subject:
    return Subject(
        code=entry["measure"], kind=entry["kind"], title=entry["short_title"],
        group=entry["group"], address=entry["address"], value=entry["value"],
        particulars={"title": entry["title"]} | {k: own[k] for k in PARTICULARS if k in own},
    )  # fmt: skip


def _words(
    entries: Sequence[Mapping[str, Any]], judged: Sequence[Cells], *, quarterly: bool
) -> Iterator[tuple[tuple[str, str], Word]]:
    """Every word that stands, with ours; those of a measure are in the order of its rows."""
    rows: dict[str, list[Cells]] = {}
    for judgement in judged:
        rows.setdefault(judgement["measure"], []).append(judgement)
    for entry in entries:
        code, found = entry["measure"], rows.get(entry["measure"], [])
        for n, told in enumerate(entry["judgements"]):
            row: Cells = (found[:1] if quarterly else found[n : n + 1] or [{}])[0] if found else {}
            heading, standing = str(told["heading"]), str(told["word"])
            key = heading.lower().replace(" ", "-") if quarterly else row.get("horizon", heading)
            ours = row.get(_QUARTERLY.get(heading, "") if quarterly else "label", "")
            published = row.get("published_label", "")
            yield (code, key), Word(heading, standing, ours, published, row)


def _outcomes(entries: Sequence[Mapping[str, Any]], rows: Sequence[Cells]) -> dict[str, Subject]:
    """The supporting outcomes of an edition that gives them words; they are named as its groups."""
    titles = dict(str(e["group"]).split(" ", maxsplit=1) for e in entries if " " in e["group"])
    codes = dict.fromkeys(r["outcome"] for r in rows)
    return {c: Subject(c, OUTCOME, titles.get(c, ""), c, "", "", {}) for c in codes}


def _outcome_words(
    rows: Sequence[Cells], headings: Mapping[str, str]
) -> dict[tuple[str, str], Word]:
    found = {}
    for row in rows:
        ours, published = row.get("label", ""), row.get("published_label", "")
        heading = headings.get(row["horizon"], row["horizon"])
        found[row["outcome"], row["horizon"]] = Word(
            heading, published or ours, ours, published, row
        )
    return found


def _files(folder: Path) -> dict[str, str]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "run.json")
    return {p.relative_to(folder).as_posix(): hash_of(p) for p in paths}

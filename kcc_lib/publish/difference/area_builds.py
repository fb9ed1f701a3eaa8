"""A finished build of an edition by area, read back: the judgements and figures of every area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kcc_lib.errors import DataError, Fault
from kcc_lib.presentation.addresses import slug
from kcc_lib.publish.difference.builds import PARTICULARS, Cells, Subject
from kcc_lib.publish.difference.judgement_files import JudgementFile, read_judgements
from kcc_lib.publish.difference.reading import Reader

_RECORD = ("edition", "as_of", "state", "method", "preset", "sections", "environment", "inputs",
           "outputs")  # fmt: skip
_OBSERVED = ("measure", "area", "period", "value")


@dataclass(frozen=True, slots=True)
class AreaBuild:
    """A build of an edition by area.

    Parameters
    ----------
    record
        Its `run.json`.
    edition
        What files of measures say of it: title, subtitle, the day it is of.
    subjects
        Measures by code, as they are named in any area.
    areas
        Names of areas and of those beside them, by code.
    judged
        The judgements of all areas.
    figures
        Every figure shown, by measure, area and period.
    """

    folder: Path
    record: Mapping[str, Any]
    edition: Mapping[str, Any]
    subjects: Mapping[str, Subject]
    areas: Mapping[str, str]
    judged: JudgementFile
    figures: Mapping[tuple[str, str, str], Cells]

    @property
    def files(self) -> Mapping[str, str]:
        """The hash of every file but `run.json`, by name."""
        told: Mapping[str, str] = self.record["outputs"]
        return told

    @property
    def reached(self) -> tuple[str, ...]:
        """The areas that have pages of their own."""
        return tuple(dict.fromkeys(row["area"] for row in self.judged.rows.values()))

    @property
    def pages(self) -> tuple[str, ...]:
        """Its pages, the first page first."""
        found = [name for name in self.files if name.endswith(".html")]
        return tuple(sorted(found, key=lambda name: ("/" in name, name)))


def read_area_build(folder: Path) -> AreaBuild:
    """A build by area from its folder.

    Raises
    ------
    DataError
        With everything that keeps the folder from being one.
    """
    reader = Reader(folder)
    record = reader.told("run.json", _RECORD)
    rows = reader.rows("data/observations.csv", _OBSERVED)
    reader.numbers("data/observations.csv", "value", rows)
    faults: list[Fault] = list(reader.faults)
    try:
        judged = read_judgements(folder / "data" / "judgements.csv")
    except DataError as error:
        raise DataError([*faults, *error.faults]) from None
    codes = dict.fromkeys(row["measure"] for row in judged.rows.values())
    own = [_any_file(reader, code) for code in codes]
    names = _names(reader, list(dict.fromkeys(row["area"] for row in judged.rows.values())))
    if reader.faults:
        raise DataError(reader.faults)
    subjects = {code: _subject(code, told) for code, told in zip(codes, own, strict=True)}
    edition: Mapping[str, Any] = next(
        (told["edition"] for told in own if isinstance(told.get("edition"), dict)), {}
    )
    figures = {(r["measure"], r["area"], r["period"]): r for r in rows}
    return AreaBuild(folder, record, edition, subjects, names,
                     _named(judged, subjects, names), figures)  # fmt: skip


def _any_file(reader: Reader, code: str) -> Mapping[str, Any]:
    """What the file of a measure says, in the first area that has one; nothing where none has."""
    found = sorted(reader.folder.glob(f"*/data/measures/{slug(code)}.json"))
    return _told(reader, found[0]) if found else {}


def _told(reader: Reader, path: Path) -> Mapping[str, Any]:
    return reader.told(path.relative_to(reader.folder).as_posix(), (), needed=False)


def _names(reader: Reader, areas: Sequence[str]) -> dict[str, str]:
    """The names of areas and of those beside them, as files of measures tell; else the code."""
    found = dict.fromkeys(areas, "")
    for area in areas:
        for path in sorted((reader.folder / area / "data" / "measures").glob("*.json")):
            if found[area]:
                break
            figures = _told(reader, path).get("figures", ())
            found |= {f["area"]: str(f["area_name"]) for f in figures}
    return {area: name or area for area, name in found.items()}


def _subject(code: str, told: Mapping[str, Any]) -> Subject:
    title = str(told.get("short_title") or told.get("title") or "")
    known = {key: told[key] for key in PARTICULARS if key in told}
    return Subject(code, "measure", title, "", "", "", known)


def _named(
    judged: JudgementFile, subjects: Mapping[str, Subject], areas: Mapping[str, str]
) -> JudgementFile:
    """The judgements, with the titles of measures and the names of areas beside them."""
    rows = {
        key: {**row, "title": subjects[row["measure"]].title, "area_name": areas[row["area"]]}
        for key, row in judged.rows.items()
    }
    return replace(judged, rows=rows, columns=(*judged.columns, "title", "area_name"))

"""Why something differs between two builds, as far as what they rest on and hold can tell."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from kcc_lib.publish.difference.builds import Build


class Why(StrEnum):
    """A reason for a difference, in words that can be listed.

    The method and new periods have the words of the page that compares two editions
    (`presentation/word_changes.py`).
    """

    PERIODS = "new periods"
    REVISION = "revised figures"
    WITHDRAWN = "withdrawn figures"
    BEHIND = "other figures behind it"
    REMARKS = "flags, sources or notes of figures"
    WINDOW = "other periods compared"
    METHOD = "the method"
    TARGET = "the target"
    PUBLISHED = "the published judgement"
    CATALOGUE = "the catalogue"
    MEASURES = "measures added or removed"
    NARRATIVE = "the narrative"
    CORRECTION = "a correction"
    SIGN_OFF = "the sign-off"
    EDITION = "the edition's file"
    DATA = "other data"
    NOTEBOOK = "the notebook"
    CODE = "the code"
    ENVIRONMENT = "the environment"
    UNKNOWN = "not known"


Key = TypeVar("Key", str, tuple[str, str], tuple[str, str, str])
_NARRATIVE = "data/raw/narrative/"
#: What an input can change, by how its name begins; the first that fits.
_INPUTS = (
    ("kcc_lib/", Why.CODE),
    ("notebooks/", Why.NOTEBOOK),
    ("uv.lock", Why.ENVIRONMENT),
    (_NARRATIVE, Why.NARRATIVE),
    ("data/raw/sign_off", Why.SIGN_OFF),
    ("data/raw/corrections.csv", Why.CORRECTION),
    ("data/raw/editions/", Why.EDITION),
    ("data/raw/", Why.DATA),
)
#: What a part of an edition can change, by the file that tells it; see `publish/content.py`.
_PARTS = {
    "measures.csv": Why.CATALOGUE,
    "supporting_outcomes.csv": Why.CATALOGUE,
    "strategic_outcomes.csv": Why.CATALOGUE,
    "areas.csv": Why.CATALOGUE,
    "windows.csv": Why.WINDOW,
    "published_judgements.csv": Why.PUBLISHED,
    "edition_kpis.csv": Why.PUBLISHED,
    "corrections.csv": Why.CORRECTION,
}
#: Parts that are worked out from others: they follow a cause and are none.
_WORKED_OUT = {"judgements.csv", "observations.csv", "comparisons.csv", "ranks.csv",
               "outlook.csv", "reconciliation.csv", "outcomes.csv", "targets.csv"}  # fmt: skip


def differing(then: Mapping[Key, Any], now: Mapping[Key, Any]) -> list[Key]:
    """The keys under which two mappings differ, in order."""
    keys: set[Key] = set(then) | set(now)
    return sorted([key for key in keys if then.get(key) != now.get(key)])


class Recorded(Protocol):
    """Whatever was built, by its `run.json`."""

    @property
    def record(self) -> Mapping[str, Any]:
        """What it was made of."""


def inputs_differing(old: Recorded, new: Recorded) -> dict[Why, list[str]]:
    """The inputs that differ, by what they can change; the environment is told by its tools.

    Of narrative and editions' files only their own concern two builds.
    """
    found: dict[Why, list[str]] = {}
    names = [b.record["edition"] for b in (old, new)]
    for name in differing(old.record["inputs"], new.record["inputs"]):
        why = next((w for begins, w in _INPUTS if name.startswith(begins)), Why.DATA)
        owned = why is Why.EDITION or (why is Why.NARRATIVE and "/" in name[len(_NARRATIVE) :])
        if not owned or any(f"/{n}{end}" in name for n in names for end in ("/", ".toml")):
            found.setdefault(why, []).append(name)
    if told := tools_differing(old, new):
        found.setdefault(Why.ENVIRONMENT, []).extend(told)
    return found


def tools_differing(old: Recorded, new: Recorded) -> list[str]:
    """The tools of another version, such as `numpy 2.4.5 → 2.4.6`."""
    then, now = (
        {"Python": b.record["environment"].get("python", ""),
         **b.record["environment"].get("packages", {})}
        for b in (old, new)
    )  # fmt: skip
    told = [
        f"{name} {then.get(name) or 'none'} → {now.get(name) or 'none'}"
        for name in differing(then, now)
    ]
    installed = {b.record["environment"].get("installed") for b in (old, new)} - {None}
    return [*told, "packages installed"] if len(installed) > 1 else told


def settings_differing(old: Recorded, new: Recorded) -> list[str]:
    """How the way of judging differs: method, preset, and what a notebook of both was told.

    Notebooks of two editions are not the same, whatever they are called.
    """
    then, now = ({key: b.record[key] for key in ("method", "preset")} for b in (old, new))
    before = {s["section"]: s.get("parameters", {}) for s in old.record["sections"]}
    one = old.record["edition"] == new.record["edition"]
    for section in new.record["sections"] if one else ():
        given = before.get(section["section"], section.get("parameters", {}))
        for key in differing(given, section.get("parameters", {})):
            if key not in {"edition", "method", "preset"}:
                then[key], now[key] = given.get(key), section["parameters"].get(key)
    return [f"{key}: {_said(then[key])} → {_said(now[key])}" for key in differing(then, now)]


def _said(setting: object) -> str:
    return " ".join(map(str, setting)) if isinstance(setting, list) else str(setting or "none")


def parts_differing(old: Build, new: Build) -> dict[str, set[Why]]:
    """What differs of each measure or other record that the edition quotes, by its key.

    A build made before its parts were kept tells nothing.
    """
    then, now = (b.record.get("parts", {}) for b in (old, new))
    found: dict[str, set[Why]] = {}
    if not then or not now:
        return found
    for name in differing(then, now):
        file, _, key = name.partition(": ")
        if file in _WORKED_OUT or "/" in file:
            continue
        found.setdefault(key, set()).add(_PARTS.get(file, Why.DATA))
    return found


def narrative_differing(inputs: Mapping[Why, Iterable[str]]) -> set[str]:
    """The stems of the edition's narrative files that differ: supporting outcomes, KPIs, pages."""
    return {name.rpartition("/")[2].removesuffix(".md") for name in inputs.get(Why.NARRATIVE, ())}


def ordered(found: Iterable[Why]) -> tuple[Why, ...]:
    """Causes once each, in the order in which they are told."""
    held = set(found)
    return tuple(why for why in Why if why in held)

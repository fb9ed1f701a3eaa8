"""What a word or a sentence can rest on, and which of it differs between two builds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kcc_lib.publish.difference.builds import Build
from kcc_lib.publish.difference.causes import Why, narrative_differing, ordered, parts_differing
from kcc_lib.publish.difference.figures import EntryChange, FigureChange
from kcc_lib.publish.difference.spoken import Asked, Part

#: What the page of corrections tells beside figures.
_SIGNED = {Why.CORRECTION, Why.SIGN_OFF}
Near = dict[str, set[Why]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may have turned a judgement.

    Parameters
    ----------
    by_measure
        What differs of each measure.
    anywhere
        What differs for all.
    otherwise
        What is named where neither says anything.
    """

    by_measure: Mapping[str, Iterable[Why]]
    anywhere: tuple[Why, ...]
    otherwise: tuple[Why, ...]


def near(
    old: Build, new: Build, figures: Sequence[FigureChange], entries: Sequence[EntryChange], *,
    judged: bool,
) -> Near:  # fmt: skip
    """What differs of each measure.

    Parameters
    ----------
    judged
        Whether only what can turn a judgement counts: no figure of an area beside which the
        judged one stands, and no remark.
    """
    areas = {word.evidence.get("area") for b in (old, new) for word in b.words.values()}
    found: Near = {}
    for change in figures:
        if not judged or (change.area in areas and change.why is not Why.REMARKS):
            found.setdefault(change.subject.code, set()).add(change.why)
    for entry in entries:
        found.setdefault(entry.subject.code, set()).add(entry.why)
    for key, why in parts_differing(old, new).items():
        if key in new.subjects:
            found.setdefault(key, set()).update(why - {Why.DATA} if judged else why)
    return {code: why for code, why in found.items() if why}


def under(build: Build, outcome: str) -> list[str]:
    """The measures under a supporting outcome."""
    return [c for c, s in build.subjects.items() if s.group.startswith(f"{outcome} ")]


def asked(build: Build, found: Near, whole: set[Why], inputs: Mapping[Why, Sequence[str]]) -> Asked:
    """Why a sentence differs: by what differs nearest to where it stands.

    Parameters
    ----------
    found
        What differs of each measure.
    whole
        What differs for all of them.
    inputs
        Named where nothing else differs.
    """
    codes = {s.address.rpartition("#")[2]: c for c, s in build.subjects.items() if s.address}
    stems = narrative_differing(inputs)
    everything = whole.union(*found.values())
    beside = {why for why in inputs if why is not Why.NARRATIVE}
    others = _pages_of_other_notebooks(build, inputs)

    def why(page: str, place: str, part: Part) -> tuple[Why, ...]:
        code = codes.get(place, place.removeprefix("so-").replace("-", "."))
        if signed := _SIGNED & inputs.keys() if "corrections" in {page, place, page[:-5]} else ():
            return ordered(signed)
        held = {w for c in (code, *under(build, code)) for w in found.get(c, ())}
        own = code in build.subjects or place.startswith("so-")
        told = part is Part.PROSE and (code in stems if own else bool(stems - _owned(build)))
        near_by = held or (
            set() if own and told else everything or beside - others.get(page, set())
        )
        return ordered(near_by | ({Why.NARRATIVE} if told else set())) or (Why.UNKNOWN,)

    return why


def _pages_of_other_notebooks(
    build: Build, inputs: Mapping[Why, Sequence[str]]
) -> dict[str, set[Why]]:
    """Pages whose notebook is known and the same: it is no reason of theirs."""
    changed = {name.rpartition("/")[2] for name in inputs.get(Why.NOTEBOOK, ())}
    made = {s.get("page"): s.get("notebook") for s in build.record["sections"]}
    return {
        str(page): {Why.NOTEBOOK}
        for page, notebook in made.items()
        if notebook not in changed and notebook
    }


def _owned(build: Build) -> set[str]:
    """The stems of narrative that belongs to one measure or supporting outcome."""
    groups = {s.group.split(" ", maxsplit=1)[0] for s in build.subjects.values()}
    return {*build.subjects, *groups}

"""Two builds of an edition by area compared: the judgements and figures of every area."""

from dataclasses import dataclass
from pathlib import Path

from kcc_lib.publish.difference.area_builds import AreaBuild, read_area_build
from kcc_lib.publish.difference.builds import Word
from kcc_lib.publish.difference.causes import (
    Why,
    differing,
    inputs_differing,
    ordered,
    settings_differing,
)
from kcc_lib.publish.difference.compare_files import FileDifference, compare_read
from kcc_lib.publish.difference.figures import FigureChange, figure_changes
from kcc_lib.publish.difference.file_causes import why_words
from kcc_lib.publish.difference.reading import read_two
from kcc_lib.publish.difference.verdicts import Reasons

#: Reasons of files that do not hold the figures; these builds do.
_GUESSED = {Why.BEHIND, Why.UNKNOWN}
_MADE = (Why.EDITION, Why.DATA, Why.CODE, Why.ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class AreaDifference:
    """What differs between two builds by area.

    Parameters
    ----------
    judged
        What of the judgements does, and which figures.
    settings, inputs
        How the way of judging differs, and what the builds rest on.
    files
        Every file that differs, is new or is gone.
    """

    old: AreaBuild
    new: AreaBuild
    judged: FileDifference
    settings: tuple[str, ...]
    inputs: dict[Why, list[str]]
    files: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does, what the builds were made of included."""
        return bool(self.files or self.inputs or self.settings)

    @property
    def for_readers(self) -> bool:
        """Whether a reader of pages or data would meet anything else."""
        return any("notebooks/" not in name for name in self.files)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that differ, are new or are gone."""
        return tuple(name for name in self.files if name.endswith(".html"))

    @property
    def why(self) -> tuple[Why, ...]:
        """Every reason that could be named, in the order in which they are told."""
        found = set(self.judged.why) | ({Why.METHOD} if self.settings else set())
        made = (Why.NOTEBOOK, Why.CODE, Why.ENVIRONMENT)
        return ordered(found | {why for why in made if why in self.inputs})


def compare_areas(old: Path, new: Path) -> AreaDifference:
    """Compare the builds by area in two folders.

    Raises
    ------
    DataError
        With everything that keeps either from being one.
    """
    return compare_area_builds(*read_two(read_area_build, old, new))


def compare_area_builds(old: AreaBuild, new: AreaBuild) -> AreaDifference:
    """Compare two builds by area that were read."""
    settings, inputs = tuple(settings_differing(old, new)), inputs_differing(old, new)
    figures = tuple(figure_changes(old, new))
    otherwise = tuple(why for why in _MADE if why in inputs)
    why = _reasons(old, figures, (Why.METHOD,) if settings else (), otherwise)
    judged = compare_read(old.judged, new.judged, why, figures)
    files = tuple(differing(old.files, new.files))
    return AreaDifference(old, new, judged, settings, inputs, files)


def _reasons(
    build: AreaBuild, figures: tuple[FigureChange, ...], anywhere: tuple[Why, ...],
    otherwise: tuple[Why, ...],
) -> Reasons:  # fmt: skip
    """Why a judgement of an area differs: its own figures, its row, what the builds rest on."""
    own: dict[str, set[Why]] = {}
    for change in figures:
        if change.why is not Why.REMARKS:
            own.setdefault(f"{change.subject.code}\n{change.area}", set()).add(change.why)
    told = why_words(build.judged.form)

    def why(key: tuple[str, str], then: Word, now: Word) -> tuple[Why, ...]:
        row = set(told(key, then, now)) - _GUESSED
        held = own.get(key[0], set())
        if Why.PERIODS in held:
            row.discard(Why.WINDOW)
        return ordered(row | held | set(anywhere)) or otherwise or (Why.UNKNOWN,)

    return why

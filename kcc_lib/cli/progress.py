"""How far a run is: what its events add up to, and how long the rest may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kcc_lib.publish.events import (
    EditionStarted,
    EditionUnchanged,
    Event,
    PageFailed,
    RunStarted,
    SectionEnded,
    SectionReached,
    SectionsStarted,
    SectionStarted,
)

#: Seconds that each section took when it was last built, by edition.
Times = Mapping[str, Mapping[str, float]]


def last_times(record: Mapping[str, Any], only: Sequence[str]) -> dict[str, float]:
    """What the sections took by the last build's `run.json`; none where it does not say.

    Parameters
    ----------
    only
        The sections wanted, where not all are.
    """
    try:
        took = {str(s["section"]): float(s["seconds"]) for s in record.get("sections", [])}
    except (KeyError, TypeError, ValueError):
        return {}  # an estimate is not worth a run
    return {name: seconds for name, seconds in took.items() if not only or name in only}


@dataclass(slots=True)
class Running:
    """A section that is being built: since when, and where it is."""

    since: float
    where: str = ""


@dataclass(slots=True)
class Progress:
    """How far a run is; it changes with every event, so it is no frozen record.

    Parameters
    ----------
    started
        When the run began, by the clock that the events are counted by.
    last
        What the sections took last time.
    """

    started: float
    last: Times
    editions: tuple[str, ...] = ()
    edition: str = ""
    begun: int = 0
    total: int = 0
    at_once: int = 1
    done: int = 0
    failed: int = 0
    running: dict[str, Running] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def hear(self, happened: Event | str, now: float) -> None:
        """Take in what happened."""
        match happened:
            case RunStarted(editions=names):
                self.editions = names
            case EditionStarted(edition=name):
                self.edition, self.begun = name, self.begun + 1
                self.total = self.done = self.failed = 0
            case EditionUnchanged():
                self.total = 0
            case SectionsStarted(sections=names, at_once=at_once):
                self.total, self.at_once, self.waiting = len(names), at_once, list(names)
            case SectionStarted(section=name):
                self.waiting = [w for w in self.waiting if w != name]
                self.running[name] = Running(now)
            case SectionReached(section=name, where=where) if name in self.running:
                self.running[name].where = where
            case SectionEnded(section=name, failure=failure, done=done):
                self.running.pop(name, None)
                self.done, self.failed = done, self.failed + bool(failure)
            case PageFailed():
                self.failed += 1

    def left(self, now: float) -> tuple[float, int] | None:
        """How long the rest may take as the last build went, and how many sections it leaves out.

        None where none of those still to be built was built before.
        """
        known = self.last.get(self.edition, {})
        wanted = [(known.get(n), now - r.since) for n, r in self.running.items()]
        wanted += [(known.get(n), 0.0) for n in self.waiting]
        at_hand = self.begun if self.total else max(self.begun - 1, 0)
        for edition in self.editions[at_hand:]:
            wanted += [(took, 0.0) for took in self.last.get(edition, {}).values()] or [(None, 0.0)]
        told = [max(took - gone, 0.0) for took, gone in wanted if took is not None]
        if not told:
            return None
        return max(*told, sum(told) / self.at_once), len(wanted) - len(told)

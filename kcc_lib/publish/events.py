"""What happens in a run, one record for each thing: the seam between building and telling.

The builder says what happened; whoever listens decides what becomes of it: lines on a
terminal, a board, the run log, a notice. Nothing here is heavy: a run with nothing to do has
events too.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `line` is what a plain terminal says of it, "" for nothing."""

    @property
    def line(self) -> str:
        """What a plain terminal says of it."""
        return ""


#: Takes what happens: an event, or a remark in words.
Tell = Callable[[Event | str], None]


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """A run was asked for, of these editions in this order."""

    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionStarted(Event):
    """An edition is looked at: it may prove to be up to date."""

    edition: str
    title: str
    subtitle: str

    @property
    def line(self) -> str:
        """Which edition."""
        return f"{self.edition}: {self.title}, {self.subtitle}"


@dataclass(frozen=True, slots=True)
class EditionUnchanged(Event):
    """Nothing has changed since the last build, which stands."""

    edition: str
    line: str


@dataclass(frozen=True, slots=True)
class SectionsStarted(Event):
    """The sections of an edition that will be built, and how many at a time."""

    sections: tuple[str, ...]
    at_once: int
    standing: int = 0

    @property
    def line(self) -> str:
        """How many, and how many need not be."""
        total = len(self.sections)
        what = f"building {total} section{'' if total == 1 else 's'}, {self.at_once} at a time"
        if not self.standing:
            return what
        return f"{what}; {self.standing} rest{'s' if self.standing == 1 else ''} on what they did"


@dataclass(frozen=True, slots=True)
class SectionStarted(Event):
    """A section's notebook begins to run."""

    section: str


@dataclass(frozen=True, slots=True)
class SectionReached(Event):
    """A section's notebook has come so far, in words: `cell 4`."""

    section: str
    where: str


@dataclass(frozen=True, slots=True)
class SectionEnded(Event):
    """A section was built, kept as it was, or failed in one line of what went wrong."""

    section: str
    failure: str
    seconds: float
    done: int
    total: int
    kept: bool = False

    @property
    def line(self) -> str:
        """How far the edition is, and how this section fared."""
        state = "kept, it shows the same" if self.kept else "built"
        state = f"FAILED  {self.failure}" if self.failure else state
        return f"[{self.done}/{self.total}] {self.section:<12} {self.seconds:5.1f} s  {state}"


@dataclass(frozen=True, slots=True)
class PageFailed(Event):
    """A page that was built does not hold beside the others: a link that leads nowhere."""

    page: str
    failure: str

    @property
    def line(self) -> str:
        """The page's faults."""
        return f"FAILED  {self.failure}"


#: How many pages a line names; of areas there may be hundreds.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class PagesOlder(Event):
    """An edition was built in part, and its other pages are of earlier data, notebooks or code."""

    edition: str
    pages: tuple[str, ...]

    @property
    def line(self) -> str:
        """Which pages, and what makes them agree again."""
        more = len(self.pages) - _NAMED
        named = ", ".join(self.pages[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        return (
            f"{self.edition}: other pages were built from earlier data, notebooks or code and may "
            f"not agree with these: {named}; a run without --only or --area builds them all"
        )


@dataclass(frozen=True, slots=True)
class EditionSwapped(Event):
    """A finished build took the last one's place."""

    edition: str


@dataclass(frozen=True, slots=True)
class EditionFailed(Event):
    """A build in which something failed was kept beside the last one, which stands."""

    edition: str
    failed: tuple[str, ...]
    kept_in: str

    @property
    def line(self) -> str:
        """What failed, and where it can be looked at."""
        failed = ", ".join(self.failed)
        return (
            f"{self.edition}: failed: {failed}; no page was replaced\n"
            f"what was built is in {self.kept_in}"
        )


@dataclass(frozen=True, slots=True)
class Beat(Event):
    """About a second went by in which nothing else happened."""


@dataclass(frozen=True, slots=True)
class RunEnded(Event):
    """The run is over, with this exit code; why, where it was refused or stopped, and in words."""

    code: int
    why: str = ""
    said: str = ""


def line_of(happened: Event | str) -> str:
    """What a plain terminal says of it; "" for nothing."""
    return happened if isinstance(happened, str) else happened.line


def nobody(_: Event | str) -> None:
    """Listens to nothing."""

"""An edition's narrative: the files that people wrote, each filled in from its facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kcc_lib.errors import Fault, KccError, NarrativeError
from kcc_lib.presentation.narrative.binding import fill
from kcc_lib.presentation.narrative.draft import Draft
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.records.folders import listed


@dataclass(frozen=True, slots=True)
class Written:
    """The narrative of one edition.

    Parameters
    ----------
    folder
        Where its Markdown lies; None where the edition was opened without.
    edition
        Its name, for messages.
    facts
        What it may quote.
    """

    folder: Path | None
    edition: str
    facts: Facts = field(repr=False)
    _drafts: dict[tuple[str, str], Draft] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What has been written, in order of name."""
        return tuple(p.stem for p in listed(self.folder, "*.md")) if self.folder else ()

    def shown(self, name: str) -> str:
        """A narrative's file as messages name it."""
        return f"data/raw/narrative/{self.edition}/{name}.md"

    def has(self, name: str) -> bool:
        """Whether a narrative of that name has been written."""
        return self.folder is not None and (self.folder / f"{name}.md").is_file()

    def prose(self, name: str) -> str:
        """One narrative with its figures filled in.

        Raises
        ------
        KccError
            If the edition has no such narrative.
        NarrativeError
            With everything unbound, unresolved or untrue in it.
        """
        draft = self._draft(name)
        if draft.faults:
            raise NarrativeError(draft.faults)
        return draft.text

    def faults(self, needed: Iterable[str] = ()) -> list[Fault]:
        """Everything wrong in any of it, and those that are needed and missing."""
        problem, remedy = "is missing", "write the narrative of this supporting outcome"
        found = [
            Fault(self.shown(name), 0, "", "", problem, remedy)
            for name in needed
            if not self.has(name)
        ]
        for name in self.names:
            found += self._draft(name).faults
        return found

    def _draft(self, name: str) -> Draft:
        """One narrative filled in; once for each text, since its facts do not change."""
        text = self._read(name)
        if (name, text) not in self._drafts:
            self._drafts[name, text] = fill(text, self.facts, file=self.shown(name))
        return self._drafts[name, text]

    def _read(self, name: str) -> str:
        if self.folder is None:
            raise KccError(
                "this section has no narrative: it was opened without its folder, or for another "
                "area than the edition's, of which nothing was written"
            )
        if not self.has(name):
            raise KccError(f"no narrative {name}: {self.edition} needs a file {name}.md")
        return (self.folder / f"{name}.md").read_text("utf-8")

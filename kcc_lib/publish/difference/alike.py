"""What is told in the same words of two builds and of two files of judgements."""

from collections.abc import Sequence
from typing import Protocol

from kcc_lib.publish.difference.builds import Subject
from kcc_lib.publish.difference.figures import EntryChange, FigureChange
from kcc_lib.publish.difference.verdicts import Count, Judged, WordDiffers


class Told(Protocol):
    """What is told alike of two builds and of two files of judgements."""

    @property
    def new(self) -> Judged:
        """The later of the two."""

    @property
    def added(self) -> Sequence[Subject]:
        """What only the new one judges."""

    @property
    def removed(self) -> Sequence[Subject]:
        """What only the old one judged."""

    @property
    def words(self) -> Sequence[WordDiffers]:
        """Judgements that read otherwise."""

    @property
    def evidence(self) -> Sequence[Subject]:
        """Those of which some word rests on other numbers, and reads the same."""

    @property
    def counts(self) -> Sequence[Count]:
        """How often each word is given."""

    @property
    def figures(self) -> Sequence[FigureChange]:
        """Figures that differ."""

    @property
    def targets(self) -> Sequence[EntryChange]:
        """Targets that differ."""

    @property
    def entries(self) -> Sequence[EntryChange]:
        """What the catalogue says otherwise."""

"""A word worked out here beside the printed one: which of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class BesidePrint:
    """What was worked out over one horizon beside what was published.

    The published word of an edition stands; ours stands where none was published.

    Parameters
    ----------
    heading
        The horizon as the edition calls it.
    row
        Its row of a frame with the columns `label` (ours) and `published_label`.
    """

    heading: str
    row: Mapping[str, Any]

    @property
    def ours(self) -> str:
        """The word worked out here."""
        return str(self.row["label"])

    @property
    def published(self) -> str:
        """The word the council printed, or ""."""
        return str(self.row["published_label"])

    @property
    def label(self) -> str:
        """The word that stands."""
        return self.published or self.ours

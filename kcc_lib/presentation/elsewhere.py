"""What other annual editions say of a measure: both years' judgements on each measure's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kcc_lib.measures import Catalogue
from kcc_lib.records.editions import Edition

#: An edition and its own judgements, by its own method and windows.
Other = tuple[Edition, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Told:
    """The judgement that stands in another edition over one of its horizons."""

    heading: str
    label: str
    published: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What one other edition says of a measure."""

    edition: str
    title: str
    told: tuple[Told, ...]

    @property
    def basis(self) -> str:
        """Whose judgements these are."""
        return "as published" if any(t.published for t in self.told) else "worked out here"


def tell_elsewhere(
    others: Sequence[Other], catalogue: Catalogue, area: str
) -> Mapping[str, tuple[Elsewhere, ...]]:
    """What the other editions say of each measure, in the order given.

    It rests on data alone: whether the other edition has been built makes no difference.
    """
    found: dict[str, tuple[Elsewhere, ...]] = {}
    for edition, judgements in others:
        rows = judgements[judgements["area"] == area]
        for measure, group in rows.groupby("measure", sort=False):
            code = str(measure)
            if code in catalogue.measures:
                one = Elsewhere(edition.name, edition.subtitle, _told(edition, group))
                found[code] = (*found.get(code, ()), one)
    return found


def _told(edition: Edition, rows: pd.DataFrame) -> tuple[Told, ...]:
    """The published word where there is one, else ours: what stands there."""
    columns = (rows[c] for c in ("horizon", "label", "published_label"))
    return tuple(
        Told(edition.horizons.get(horizon, horizon), published or ours, bool(published))
        for horizon, ours, published in zip(*columns, strict=True)
    )

"""What stands beside an area's figures: England and the like, and its statistical neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from kcc_lib.judgement.comparison import compare
from kcc_lib.judgement.ranking import rank
from kcc_lib.measures import Catalogue, Neighbours
from kcc_lib.presentation.by_measure import Row, rows_by_measure
from kcc_lib.records.editions import Edition
from kcc_lib.vocabulary import Flag


@dataclass(frozen=True, slots=True)
class Beside:
    """The comparisons of one measure.

    Parameters
    ----------
    wholes, neighbours
        Rows of `compare` that share a period, each with the other area's `name`; the
        first against areas such as England, the second against statistical neighbours.
    standing
        The row of `rank`, with `held_names`; empty where there is no place.
    names, listed
        The neighbours of the list, nearest first, and the month of it.
    list_is_later, revised
        Whether the list is later than the edition, and whether a neighbour's figure in the
        period of the place was revised since.
    """

    wholes: tuple[Row, ...] = ()
    neighbours: tuple[Row, ...] = ()
    standing: Row = field(default_factory=dict)
    names: tuple[str, ...] = ()
    listed: str = ""
    list_is_later: bool = False
    revised: bool = False

    @property
    def ranked(self) -> bool:
        """Whether the area has a place among its neighbours."""
        return bool(self.standing)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Every measure of an edition compared and ranked, at once."""

    catalogue: Catalogue
    area: str
    comparators: tuple[str, ...]
    listed: Neighbours | None
    list_is_later: bool
    comparisons: pd.DataFrame
    ranks: pd.DataFrame
    revised: frozenset[tuple[str, str]]
    _compared: Mapping[str, list[Row]] = field(init=False, repr=False, compare=False)
    _ranked: Mapping[str, list[Row]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sharing = self.comparisons[self.comparisons["period"] != ""]
        object.__setattr__(self, "_compared", rows_by_measure(sharing))
        object.__setattr__(self, "_ranked", rows_by_measure(self.ranks))

    def of(self, measure: str) -> Beside:
        """What stands beside one measure's figures."""
        wanted = self.catalogue.measures[measure].comparators
        wholes = [c for c in self.comparators if c in wanted]
        neighbours = self.listed.areas if self.listed else ()
        standing = self._ranked.get(measure, [])
        place = dict(standing[0]) if standing and standing[0]["period"] else {}
        if place:
            place["held_names"] = self._names(str(place["held_by"]).split())
        return Beside(
            wholes=self._rows(measure, wholes),
            neighbours=self._rows(measure, neighbours),
            standing=place,
            names=self._names(neighbours),
            listed=self.listed.as_of.label if self.listed else "",
            list_is_later=self.list_is_later,
            revised=(measure, place.get("period", "")) in self.revised,
        )

    def _rows(self, measure: str, others: Sequence[str]) -> tuple[Row, ...]:
        """Comparisons that share a period, in the order asked for."""
        by_other = {str(row["other"]): row for row in self._compared.get(measure, ())}
        return tuple(
            {**by_other[code], "name": self.catalogue.areas.get(code, code)}
            for code in others
            if code in by_other
        )

    def _names(self, codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.catalogue.areas.get(code, code) for code in codes)


def look_around(
    observations: pd.DataFrame,
    catalogue: Catalogue,
    edition: Edition,
    *,
    area: str,
    comparators: Sequence[str],
) -> Surroundings:
    """Compare and rank every measure of an edition, inside its windows and never outside them."""
    listed = catalogue.neighbours_of(area, edition.neighbours) if edition.neighbours else None
    neighbours = listed.areas if listed else ()
    wholes = tuple(c for c in comparators if c != area)
    marked = observations["flags"].str.split().map(lambda flags: Flag.REVISED in flags)
    revised = observations[marked & observations["area"].isin(neighbours)]
    return Surroundings(
        catalogue, area, wholes, listed, bool(listed and listed.as_of.end > edition.as_of),
        compare(
            observations, catalogue.measures, area=area, others=[*wholes, *neighbours],
            windows=edition.windows,
        ),
        rank(observations, catalogue.measures, area=area, among=neighbours,
             windows=edition.windows),
        frozenset(zip(revised["measure"], revised["period"], strict=True)),
    )  # fmt: skip

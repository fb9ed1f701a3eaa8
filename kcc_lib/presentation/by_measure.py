"""Frames parted once by measure, so that each measure's page does not search them again."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from kcc_lib.presentation.views import MeasureView

Row = dict[str, Any]


class ByMeasure:
    """What a section holds of each measure, and the views made of it so far.

    The frames are parted when the first measure is asked for. A copy has the frames and parts
    them anew: a hundred small frames cost more to copy than to make.

    Parameters
    ----------
    observations
        Everything held, shown or not.
    shown
        The points that may be shown.
    judgements
        One row for each measure, area and horizon.
    area
        Whose judgements and figures they are.
    areas
        Whose points are asked for.
    """

    def __init__(
        self, observations: pd.DataFrame, shown: pd.DataFrame, judgements: pd.DataFrame,
        area: str, areas: Sequence[str],
    ) -> None:  # fmt: skip
        self._frames = observations, shown, judgements
        self._area, self._areas = area, areas
        self._points: Mapping[tuple[str, str], pd.DataFrame] | None = None
        self._judged: Mapping[str, list[Row]] = {}
        self._anywhere: frozenset[str] = frozenset()
        self._views: dict[str, MeasureView] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return ByMeasure, (*self._frames, self._area, self._areas)

    def points(self, measure: str, area: str) -> pd.DataFrame:
        """The points of a measure in an area, in the order of the frame; it may be empty."""
        return self._parted().get((measure, area), self._frames[1][:0])

    def judged(self, measure: str) -> list[Row]:
        """The judgements of a measure, as plain rows."""
        self._parted()
        return self._judged.get(measure, [])

    def is_held(self, measure: str) -> bool:
        """Whether any figure of a measure is held, though none may be shown."""
        self._parted()
        return measure in self._anywhere

    def view(self, measure: str, make: Callable[[str], "MeasureView"]) -> "MeasureView":
        """The view of a measure; made when it is first asked for."""
        if measure not in self._views:
            self._views[measure] = make(measure)
        return self._views[measure]

    def _parted(self) -> Mapping[tuple[str, str], pd.DataFrame]:
        if self._points is None:
            observations, shown, judgements = self._frames
            wanted = shown[shown["area"].isin(self._areas)]
            self._points = _frames_by(wanted, ["measure", "area"])
            self._judged = rows_by_measure(judgements[judgements["area"] == self._area])
            here = observations[observations["area"] == self._area]
            self._anywhere = frozenset(here.loc[here["value"].notna(), "measure"])
        return self._points


def rows_by_measure(frame: pd.DataFrame) -> Mapping[str, list[Row]]:
    """The rows of each measure as plain rows, in the order of the frame."""
    found: dict[str, list[Row]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(str(row["measure"]), []).append({str(k): v for k, v in row.items()})
    return found


def some_rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[Row]:
    """The rows of a small frame as plain rows of some of its columns; those it has."""
    held = [c for c in columns if c in frame]
    # pandas takes longer over a row of its own than over a column of a few values
    return [
        dict(zip(held, row, strict=True))
        for row in zip(*(frame[c].tolist() for c in held), strict=True)
    ]


def _frames_by(frame: pd.DataFrame, columns: list[str]) -> Mapping[tuple[str, str], pd.DataFrame]:
    return {
        (str(measure), str(area)): rows
        for (measure, area), rows in frame.groupby(columns, sort=False)
    }

"""Values that are suppressed: narrative that would quote one is refused, never filled in."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kcc_lib.presentation.formats import in_period, is_suppressed
from kcc_lib.presentation.narrative.points import BindingError, Point


@dataclass(frozen=True, slots=True)
class Hidden:
    """The periods of a series whose value is suppressed, with the end of each."""

    periods: tuple[tuple[str, date | None], ...] = ()

    def refuse(self, name: str, period: str) -> None:
        """Refuse a value of a period that is suppressed."""
        for hidden, _ in self.periods:
            if period and hidden == period:
                raise BindingError(f"{name} is suppressed {in_period(period)}")

    def refuse_latest(self, name: str, points: tuple[Point, ...]) -> None:
        """Refuse the latest value where a later one is suppressed, or all are."""
        last = points[-1].ends if points else None
        for hidden, ends in self.periods:
            if last is None or (ends and ends > last):
                raise BindingError(f"{name} is suppressed {in_period(hidden)}; name another period")

    def refuse_between(self, name: str, first: Point, last: Point) -> None:
        """Refuse two values as neighbours, or as a run, where one between is suppressed."""
        for hidden, ends in self.periods:
            if first.ends and last.ends and ends and first.ends < ends < last.ends:
                raise BindingError(f"{name} is suppressed {in_period(hidden)}, which lies between")


def hidden_in(points: pd.DataFrame) -> dict[tuple[str, str], Hidden]:
    """The periods whose value is suppressed, in order of time, by measure and area."""
    found: dict[tuple[str, str], Hidden] = {}
    if not len(points):
        return found
    rows = points[points["value"].isna()].sort_values("period_end", kind="stable")
    for row in rows.to_dict("records"):
        if is_suppressed(row["value"], row["flags"]):
            key = (str(row["measure"]), str(row["area"]))
            before = found.get(key, Hidden()).periods
            found[key] = Hidden((*before, (str(row["period"]), row["period_end"].date())))
    return found

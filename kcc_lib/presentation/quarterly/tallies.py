"""Counts of a quarterly report: made once, and told everywhere from the same record."""

from collections.abc import Sequence
from dataclasses import dataclass

from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.quarterly import PrintedCounts
from kcc_lib.vocabulary import Direction, Rag

RATINGS = (Rag.GREEN, Rag.AMBER, Rag.RED, Rag.NOT_RATED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many KPIs of a directorate have each rating and each direction.

    `ratings` follows RATINGS; `directions` the method's words (better, neither, worse) and
    then N/A. `name` is "" for the row of totals.
    """

    name: str
    kpis: int
    ratings: tuple[int, int, int, int]
    directions: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows of directorates and their total; `printed` where print gives the counts."""

    words: tuple[Direction, ...]
    rows: tuple[Tally, ...]
    total: Tally
    printed: bool = False

    def row(self, name: str) -> Tally:
        """One directorate's row."""
        return next(t for t in self.rows if t.name == name)


def counted(quarter: Quarter) -> Matrix:
    """The matrix counted from the KPIs as this report shows them."""
    words = (*quarter.words, Direction.NOT_GIVEN)
    rows = tuple(_count(d.name, quarter.kpis(d.name)) for d in quarter.quarterly.directorates)
    return Matrix(words, rows, _count("", quarter.kpis()))


def standing(quarter: Quarter) -> Matrix:
    """The matrix that stands: as printed where print gives one in these words, else counted."""
    ours = counted(quarter)
    printed = {p.directorate: p for p in quarter.quarterly.printed_counts}
    known = {str(w) for w in (*RATINGS, *ours.words)}
    rows = [t for t in ours.rows if t.name in printed]
    strange = {word for p in printed.values() for word in p.counts} - known
    if not printed or strange or len(rows) != len(ours.rows):
        return ours
    found = tuple(_printed(printed[t.name], t, ours.words) for t in ours.rows)
    whole = printed.get("")
    total = _printed(whole, ours.total, ours.words) if whole else _add(found)
    return Matrix(ours.words, found, total, printed=True)


def _count(name: str, views: Sequence[KpiView]) -> Tally:
    ratings = [v.rag for v in views]
    directions = [v.direction for v in views]
    words = (*views[0].words, Direction.NOT_GIVEN) if views else ()
    green, amber, red, rest = (ratings.count(r) for r in RATINGS)
    better, neither, worse, none = (directions.count(w) for w in words) if views else (0, 0, 0, 0)
    return Tally(name, len(views), (green, amber, red, rest), (better, neither, worse, none))


def _printed(row: PrintedCounts, ours: Tally, words: Sequence[Direction]) -> Tally:
    """A printed row; KPIs that it counts under no word are N/A."""
    green, amber, red = (row.counts.get(str(r), 0) for r in RATINGS[:3])
    better, neither, worse = (row.counts.get(str(w), 0) for w in words[:3])
    rated, moved = green + amber + red, better + neither + worse
    kpis = max(ours.kpis, rated, moved)
    return Tally(
        row.directorate, kpis, (green, amber, red, kpis - rated),
        (better, neither, worse, kpis - moved),
    )  # fmt: skip


def _add(rows: Sequence[Tally]) -> Tally:
    def total(parts: Sequence[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
        one, two, three, four = (sum(column) for column in zip(*parts, strict=True))
        return one, two, three, four

    return Tally(
        "", sum(t.kpis for t in rows), total([t.ratings for t in rows]),
        total([t.directions for t in rows]),
    )  # fmt: skip

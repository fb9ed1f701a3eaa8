"""What changed since last quarter: ratings and directions of two quarters, worked out alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.comparisons import listing
from kcc_lib.presentation.formats import count_words, format_period
from kcc_lib.presentation.quarterly.chart import anchor
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.words import aim_words, full_value, latest_words
from kcc_lib.vocabulary import Direction, Rag

_RANK = {Rag.RED: -1, Rag.AMBER: 0, Rag.GREEN: 1}


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One KPI in this quarter and in the one before, both worked out from the figures held."""

    then: KpiView
    now: KpiView

    @property
    def newer(self) -> bool:
        """Whether a later figure is held now than a quarter ago."""
        before, after = self.then.latest, self.now.latest
        return after is not None and (before is None or after["time"] > before["time"])

    @property
    def rated(self) -> bool:
        """Whether both quarters have a rating, of figures of their own."""
        return self.newer and Rag.NOT_RATED not in {self.then.our_rag, self.now.our_rag}

    @property
    def moved(self) -> int:
        """+1, 0 or -1: a better, the same or a worse rating; 0 where one is missing."""
        if not self.rated:
            return 0
        gained = _RANK[self.now.our_rag] - _RANK[self.then.our_rag]
        return (gained > 0) - (gained < 0)

    @property
    def directed(self) -> bool:
        """Whether both quarters have a direction, of figures of their own."""
        words = {self.then.our_direction, self.now.our_direction}
        return self.newer and Direction.NOT_GIVEN not in words

    @property
    def turned(self) -> bool:
        """Whether the direction is another one now."""
        return self.directed and self.then.our_direction != self.now.our_direction


def quarter_changes(quarter: Quarter, before: Quarter) -> Blocks:
    """The page of a quarterly edition beside the quarter before.

    Parameters
    ----------
    before
        The same KPIs judged by the same functions up to the quarter before.
    """
    earlier = {v.measure.measure: v for v in before.kpis()}
    pairs = [
        KpiChange(earlier[v.measure.measure], v)
        for v in quarter.kpis()
        if v.measure.measure in earlier
    ]
    head: Block = {"kind": "heading", "level": 1, "text": "What changed since last quarter",
                   "id": "top", "kicker": quarter.edition.subtitle}  # fmt: skip
    return blocks(
        head,
        {"kind": "prose", "markdown": _opening(quarter, before)},
        {"kind": "heading", "level": 2, "text": "RAG status", "id": "ratings"},
        {"kind": "notes", "items": _ratings_told(pairs)},
        _ratings_table(quarter, before, [p for p in pairs if p.moved]),
        {"kind": "heading", "level": 2, "text": "Direction of travel", "id": "directions"},
        {"kind": "notes", "items": _directions_told(pairs)},
        _directions_table(quarter, before, [p for p in pairs if p.turned]),
    )


def _opening(quarter: Quarter, before: Quarter) -> str:
    now, then = (format_period(q.period.label) for q in (quarter, before))
    year = format_period(before.financial_year.label)
    aims = (
        f"Both quarters are rated against the targets of {year}."
        if before.financial_year == quarter.financial_year
        else f"{then} lies in {year}, whose targets this report does not hold, so it is not rated."
    )
    return (
        f"Each KPI in {now} beside {then}, both worked out here in the same way from the figures "
        f"held now. What the report of {then} printed is not held, and some of its figures may "
        f"have been revised since. {aims}"
    )


def _ratings_told(pairs: Sequence[KpiChange]) -> list[str]:
    """Counts that add up to all the KPIs, then those of each directorate that moved."""
    rated = [p for p in pairs if p.rated]
    late = sum(not p.newer for p in pairs)
    up, down = (sum(p.moved == way for p in rated) for way in (1, -1))
    other = len(pairs) - len(rated) - late
    said = [
        f"{len(rated)} of the {count_words(len(pairs), 'KPI')} can be rated in both quarters: "
        f"{up} moved to a better rating, {down} to a worse one, {len(rated) - up - down} kept "
        "the same."
    ]
    if late:
        said.append(f"{late} {'has' if late == 1 else 'have'} no newer figure than a quarter ago.")
    if other:
        said.append(f"{other} cannot be rated in one quarter or in both.")
    return said + [
        f"{name}: {_moves([p for p in rated if p.now.listed.directorate == name])}."
        for name in _directorates(p for p in rated if p.moved)
    ]


def _moves(pairs: Sequence[KpiChange]) -> str:
    """How many moved from which rating to which."""
    found: dict[tuple[str, str], int] = {}
    for p in pairs:
        if p.moved:
            key = (str(p.then.our_rag), str(p.now.our_rag))
            found[key] = found.get(key, 0) + 1
    return listing([f"{n} from {a} to {b}" for (a, b), n in found.items()])


def _directorates(pairs: Iterable[KpiChange]) -> list[str]:
    return list(dict.fromkeys(p.now.listed.directorate for p in pairs))


def _directions_told(pairs: Sequence[KpiChange]) -> list[str]:
    known = [p for p in pairs if p.directed]
    turned = sum(p.turned for p in known)
    told = (
        f"{len(known)} of the {count_words(len(pairs), 'KPI')} have a direction in both quarters: "
        f"{turned} {'has' if turned == 1 else 'have'} another one now, {len(known) - turned} the "
        "same."
    )
    shorter = (
        "By regression a direction of a quarter ago may rest on fewer figures, and then a change "
        "must be larger to count."
    )
    return [told, shorter] if any(Direction.IMPROVING in p.now.words for p in known) else [told]


def _ratings_table(quarter: Quarter, before: Quarter, moved: Sequence[KpiChange]) -> list[Block]:
    if not moved:
        return []
    rows: list[object] = []
    for name in _directorates(moved):
        rows.append({"group": name})
        rows += [
            [
                _named(quarter, p),
                {"label": str(p.then.our_rag), "note": _value(p.then)},
                {"label": str(p.now.our_rag), "note": _value(p.now)},
                aim_words(p.now.measure, p.now.aims.target),
                aim_words(p.now.measure, p.now.aims.floor),
            ]
            for p in moved
            if p.now.listed.directorate == name
        ]
    columns = [
        *_columns(quarter, before),
        {"name": "Target", "number": True},
        {"name": "Floor", "number": True},
    ]
    return [
        _table("rating-changes", "KPIs whose rating is another than a quarter ago", columns, rows)
    ]


def _directions_table(
    quarter: Quarter, before: Quarter, turned: Sequence[KpiChange]
) -> list[Block]:
    if not turned:
        return []
    rows: list[object] = []
    for name in _directorates(turned):
        rows.append({"group": name})
        rows += [
            [
                _named(quarter, p),
                {"label": str(p.then.our_direction), "note": ""},
                {"label": str(p.now.our_direction), "note": ""},
            ]
            for p in turned
            if p.now.listed.directorate == name
        ]
    caption = "KPIs whose direction is another than a quarter ago"
    return [_table("direction-changes", caption, _columns(quarter, before), rows)]


def _table(
    identifier: str, caption: str, columns: list[dict[str, object]], rows: list[object]
) -> Block:
    return {
        "kind": "table", "id": identifier, "caption": caption, "columns": columns, "rows": rows,
        "compact": True,
    }  # fmt: skip


def _columns(quarter: Quarter, before: Quarter) -> list[dict[str, object]]:
    then, now = (format_period(q.period.label) for q in (before, quarter))
    return [{"name": "Indicator"}, {"name": then}, {"name": now}]


def _named(quarter: Quarter, pair: KpiChange) -> str | Block:
    page = quarter.page_of(pair.now.listed.directorate)
    title = pair.now.measure.title
    return {"text": title, "href": f"{page}#{anchor(pair.now)}"} if page else title


def _value(view: KpiView) -> str:
    """The figure that was rated, with its period."""
    if view.latest is None:
        return latest_words(view)
    value = full_value(view.measure, view.value)
    return f"{value}, {format_period(str(view.latest['period']))}"

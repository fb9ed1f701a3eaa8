"""The shelf: the reports that stand in one folder, and every measure of them from A to Z."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.entries import Entry, folded
from kcc_lib.presentation.finding import letters, named
from kcc_lib.presentation.formats import count_words

#: The page of all measures: `measures.html#m-1-11` is an address that outlives every edition.
MEASURES_PAGE = "measures.html"
_KINDS = {"annual": "Annual reports", "quarterly": "Quarterly reports"}
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelved:
    """One edition that is built: its folder as it stands in an address, and its contents file.

    `files` are what can be taken away: (words, address inside the folder) each.
    """

    folder: str
    told: Told
    files: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The report as readers tell it from others: quarterly ones share one subtitle's form."""
        annual = self.told["kind"] == "annual"
        subtitle = str(self.told["subtitle"])
        return subtitle if annual else f"{self.told['title']}, {subtitle}"

    @property
    def place(self) -> tuple[int, str]:
        """Newest first, then by name."""
        return -date.fromisoformat(self.told["as_of"]).toordinal(), self.folder

    def address(self, inside: str) -> str:
        """An address in its folder, from the shelf."""
        return f"{self.folder}/{inside}"


def reports_page(shelved: Sequence[Shelved]) -> Blocks:
    """The first page of the shelf: the reports of each kind, newest first."""
    count = count_words(len(shelved), "report")
    way: Block = {"href": MEASURES_PAGE, "title": "All measures and KPIs",
                  "said": "From A to Z, with what each report here says of them."}  # fmt: skip
    parts: list[Block] = [
        {"kind": "heading", "level": 1, "text": "Outcome and performance reports", "id": "top"},
        {"kind": "prose", "markdown": f"{count} on outcomes for Kent's residents and on the "
         "council's performance."},
        {"kind": "ways", "title": "Ways in", "links": [way]},
    ]  # fmt: skip
    for kind, title in _KINDS.items():
        cards = [_card(s) for s in sorted(shelved, key=lambda s: s.place) if s.told["kind"] == kind]
        if cards:
            parts.append({"kind": "heading", "level": 2, "text": title, "id": kind})
            parts += cards
    return blocks(parts)


def _card(one: Shelved) -> Block:
    told = one.told
    pages = [{"href": one.address(p["page"]), "text": p["title"]} for p in told["pages"]]
    draft = "" if told["state"] == "signed" else "Draft. "
    return {
        "kind": "report",
        "id": f"r-{told['edition']}",
        "href": pages[0]["href"] if pages else "",
        "title": one.name,
        "name": "" if one.name.startswith(told["title"]) else f"{told['title']}.",
        "covers": told["covers"],
        "state": f"{draft}{told['sign_off']}",
        "pages": pages,
        "files": [{"text": words, "href": one.address(at)} for words, at in one.files],
    }


def measures_page(shelved: Sequence[Shelved]) -> Blocks:
    """Every measure and KPI of these reports, each at an address that outlives them.

    One that no report here has, but that one is related to, is named too: links lead to it.
    """
    found: dict[str, Entry] = {}
    reports: dict[str, list[Block]] = {}
    related: dict[str, dict[str, Block]] = {}
    for one in sorted(shelved, key=lambda s: s.place):
        for row in one.told["measures"]:
            found.setdefault(row["id"], _entry(row))
            reports.setdefault(row["id"], []).append(_report(one, row))
            for other in row["related"]:
                related.setdefault(row["id"], {}).setdefault(other["id"], _related(other))
    for one in shelved:
        for other in (o for row in one.told["measures"] for o in row["related"]):
            found.setdefault(other["id"], _entry(other))
    order = list(found.values())
    shown = {
        e.code: _line(e, reports.get(i, []), list(related.get(i, {}).values()))
        for i, e in found.items()
    }
    kinds = list(dict.fromkeys(_kind(e) for e in order))
    lead = (
        f"{count_words(len(reports), 'indicator')} of the {count_words(len(shelved), 'report')} "
        f"here{_related_only(len(order) - len(reports))}, from A to Z by short name. The address "
        "of each, behind its link, stays the same from one report to the next."
    )
    return blocks(
        {"kind": "heading", "level": 1, "text": "All measures and KPIs", "id": "top"},
        {"kind": "prose", "markdown": lead},
        {"kind": "az", "id": "all", "label": "Search measures and KPIs", "noun": "indicators",
         "choices": [{"name": "Kind", "any": "All", "options": kinds}],
         "letters": letters(order, shown)},
    )  # fmt: skip


def _related_only(count: int) -> str:
    """How many are named only because a report's own are related to them."""
    return f", and {count} in no report here that these are related to" if count else ""


def _entry(row: Told) -> Entry:
    """What the lists need of a measure: its names."""
    return Entry(
        row["measure"], row["id"], "", row["kind"], row["title"], row["short_title"],
        row.get("group", ""), "", (), "", "", row.get("source", ""),
    )  # fmt: skip


def _kind(entry: Entry) -> str:
    return {"measure": "Annual measure", "KPI": "Quarterly KPI"}.get(entry.kind, "Activity")


def _line(entry: Entry, reports: list[Block], related: list[Block]) -> Block:
    kind = _kind(entry)
    return {
        "id": entry.identifier,
        "name": entry.identifier,
        "code": entry.shown_code,
        "text": entry.short_title,
        "href": "",
        "to": f"#{entry.identifier}",
        "title": entry.title if folded(entry.title) != folded(entry.short_title) else "",
        "group": f"{kind}: {entry.group}" if entry.group else f"{kind}, in no report here",
        "find": entry.find,
        "labels": [kind],
        "reports": reports,
        "related": related,
    }


def _report(one: Shelved, row: Told) -> Block:
    """What one report says of a measure, linked to its block there."""
    return {
        "text": one.name,
        "href": one.address(row["address"]) if row["address"] else "",
        "note": "" if one.told["state"] == "signed" else "draft",
        "statuses": [{"heading": j["heading"], "label": j["word"]} for j in row["judgements"]],
        "value": row["value"],
        "period": row["period"],
    }


def _related(other: Told) -> Block:
    heading = "measure" if other["kind"] == "measure" else "quarterly KPI"
    return {
        "heading": f"Related {heading}",
        "href": f"#{other['id']}",
        "text": named(_entry(other)),
        "relation": other["relation"],
        "why": other["why"],
    }

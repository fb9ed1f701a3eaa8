"""Find a measure: all of an edition from A to Z, with the words that lead to each."""

import re
from collections.abc import Iterable, Sequence

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.entries import Entry, entries, folded
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section

#: Words of short titles that lead nowhere by themselves.
_IDLE = (
    "a above achieved achieving after age aged ages all an and are as at back better by do first "
    "for from full good held high home home's in is it kpi last less made make more new number of "
    "often older on one or other over own per qualified rated rate received seen settled set "
    "setting standard that the their three through time times to two under use using who whose "
    "with within"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def find_a_measure(report: Report) -> Blocks:
    """The page: what is here, the search, and every measure or KPI from A to Z."""
    found = entries(report)
    noun = nouns(found)
    title = f"Find a {'measure' if isinstance(report, Section) else 'KPI'}"
    head: Block = {"kind": "heading", "level": 1, "text": title, "id": "top",
                   "kicker": report.edition.subtitle}  # fmt: skip
    shown = {e.code: _line(e) for e in found}
    lead = (
        f"All {count_words(len(found), *noun)} of this report, from A to Z by short name. "
        "Each leads to its judgement, its chart and its figures."
    )
    listed: Block = {
        "kind": "az",
        "id": "all",
        "label": f"Search {noun[1]}",
        "noun": noun[1],
        "choices": _choices(report, found),
        "letters": letters(found, shown),
    }
    return blocks(head, {"kind": "prose", "markdown": lead}, listed)


def nouns(found: Iterable[Entry]) -> tuple[str, str]:
    """What the entries are called, one and several."""
    kinds = {e.kind for e in found}
    if kinds == {"measure"}:
        return "measure", "measures"
    return ("KPI", "KPIs") if kinds == {"KPI"} else ("indicator", "indicators")


def letters(found: Sequence[Entry], shown: dict[str, Block]) -> list[Block]:
    """The entries under their first letters, each with the words that lead to others.

    Parameters
    ----------
    shown
        The line of each entry, by code; a word leads to its `to`, else to its `href`.
    """
    words = _leading_words(found)
    initials = sorted({_initial(e.short_title) for e in found} | {_initial(w) for w in words})
    made = []
    for letter in initials:
        own = [e for e in found if _initial(e.short_title) == letter]
        also = sorted((w for w in words if _initial(w) == letter), key=folded)
        made.append({
            "letter": letter,
            "id": f"letter-{letter.lower() if letter.isalpha() else 'other'}",
            "entries": [shown[e.code] for e in sorted(own, key=_order)],
            "also": [{"word": w, "links": [_link(e, shown) for e in words[w]]} for w in also],
        })  # fmt: skip
    return made


def _leading_words(found: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The telling words of short titles that no other order would find: not their first ones."""
    spelt: dict[str, str] = {}
    leads: dict[str, list[Entry]] = {}
    idle = frozenset(_IDLE.split())
    for entry in sorted(found, key=_order):
        for word in _WORD.findall(entry.short_title)[1:]:
            key = folded(word)
            if key in idle or len(key) < 2:
                continue
            named = spelt.setdefault(key, word[:1].upper() + word[1:])
            if entry not in leads.setdefault(named, []):
                leads[named].append(entry)
    return leads


def _order(entry: Entry) -> tuple[str, str]:
    return folded(entry.short_title), entry.code


def _initial(text: str) -> str:
    first = folded(text)[:1].upper()
    return first if first.isalpha() else "0–9"


def _link(entry: Entry, shown: dict[str, Block]) -> Block:
    line = shown[entry.code]
    return {"href": line.get("to", line["href"]), "text": named(entry)}


def named(entry: Entry) -> str:
    """The short title, with the code where readers know it."""
    return f"{entry.shown_code} {entry.short_title}".strip()


def _line(entry: Entry) -> Block:
    """One entry as a list shows it."""
    return {
        "name": entry.code,
        "code": entry.shown_code,
        "text": entry.short_title,
        "href": entry.href,
        "title": entry.title if folded(entry.title) != folded(entry.short_title) else "",
        "group": entry.group,
        "find": entry.find,
        "labels": [*(s.label for s in entry.statuses), entry.over],
        "reports": [told(entry)],
    }


def told(entry: Entry) -> Block:
    """What stands of an entry in its edition: judgements, the latest figure and its period."""
    return {
        "statuses": [{"heading": s.heading, "label": s.label} for s in entry.statuses],
        "value": entry.value,
        "period": entry.period,
    }


def _choices(report: Report, found: Sequence[Entry]) -> list[Block]:
    """What can be chosen beside words: a judgement under each heading, and the part of the report.

    Activity indicators have a heading of their own, which is no choice of the KPIs'.
    """
    first = [e for e in found if e.kind == found[0].kind]
    headings = [s.heading for s in first[0].statuses] if first else []
    made = [
        {"name": heading, "any": "Any", "options": _met(e.statuses[at].label for e in first)}
        for at, heading in enumerate(headings)
    ]
    part = "Outcome" if isinstance(report, Section) else "Directorate"
    return [*made, {"name": part, "any": "All", "options": _met(e.over for e in found)}]


def _met(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))

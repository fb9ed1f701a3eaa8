"""Whether a finished page holds what it promised, measure by measure and word for word."""

from collections.abc import Iterator

from kcc_lib.publish.page_reading import Element, elements, first, said, words
from kcc_lib.publish.promises import MeasurePromise, PagePromise, PassagePromise, TablePromise


def promise_faults(page: Element, promise: PagePromise) -> Iterator[str]:
    """What a page promised and does not hold, a line for each; it names the measure.

    Parameters
    ----------
    page
        The rendered page, read again.
    promise
        What must stand on it.
    """
    if promise.title not in words(first(page, "title")):
        yield f"its title does not say {promise.title!r}"
    by_id = {e.get("id"): e for e in elements(page) if e.get("id")}
    for measure in promise.measures:
        block = by_id.get(measure.anchor)
        if block is None or block.tag != "article":
            yield f"{measure.name}: it is not on the page (#{measure.anchor})"
        else:
            yield from (f"{measure.name}: {fault}" for fault in _measure(block, measure))
    yield from _unpromised(page, promise)
    for table in promise.tables:
        found = by_id.get(table.anchor)
        if found is None or found.tag != "table":
            yield f"table #{table.anchor}: it is not on the page"
        else:
            yield from (f"table #{table.anchor}: {fault}" for fault in _table(found, table))
    yield from (f"#{e} is not on the page" for e in promise.entries if e not in by_id)
    leads = {str(a.get("href")) for a in elements(page, "a")}
    yield from (f"no link leads to {link}" for link in promise.links if link not in leads)
    main = first(page, "main")
    told = said(main)
    yield from (fault for p in promise.passages for fault in _passage(told, p))


def _unpromised(page: Element, promise: PagePromise) -> Iterator[str]:
    known = {m.anchor for m in promise.measures}
    for block in elements(page, "article"):
        if known and block.get("id") not in known and _is_measure(block):
            yield f"{block.get('id')}: the measure stands there, but is none of this page's"


def _is_measure(block: Element) -> bool:
    return "measure" in str(block.get("class")).split()


def _measure(block: Element, promise: MeasurePromise) -> Iterator[str]:
    yield from _words(block, promise)
    figure = first(block, "figure")
    drawn = [] if figure is None else list(elements(figure, "svg"))
    shapes = {c for svg in drawn for c in str(svg.get("class")).split()}
    if promise.drawn:
        for shape in ("chart-wide", "chart-narrow"):
            if shape not in shapes:
                yield f"it has figures, but no chart ({shape})"
    elif drawn:
        yield "it has a chart, but no figures are held"
    if not words(first(block, "figcaption", "p")):
        yield "it has no caption"
    table = first(block, "table")
    if not promise.periods:
        if table is not None:
            yield "it has a table, but no figures are held"
        return
    if table is None:
        yield "it has no table of its figures"
        return
    held = [_row(r)[0] for r in _body(table)]
    for period in promise.periods:
        if period not in held:
            yield f"its table has no row for {period}"
    yield from (
        f"its table has a row for {p}, which is not held" for p in held if p not in promise.periods
    )


def _words(block: Element, promise: MeasurePromise) -> Iterator[str]:
    """The judgements as the block prints them, each under its heading."""
    verdicts = next((e for e in elements(block, "dl") if "verdicts" in str(e.get("class"))), None)
    found = {}
    for pair in elements(verdicts, "div") if verdicts is not None else ():
        found[words(first(pair, "dt"))] = _mark(first(pair, "dd"))
    for heading, word in promise.words:
        if heading not in found:
            yield f"its judgement is missing: {heading} {word!r}"
        elif found[heading] != word:
            yield f"its judgement, {heading}, says {found[heading]!r}, not {word!r}"


def _mark(cell: Element | None) -> str:
    """The word of a mark, without its star; of any other cell its words."""
    if cell is None:
        return ""
    for mark in elements(cell, "span"):
        if "judgement" in str(mark.get("class")).split():
            word = first(mark, "span")
            return str(word.text or "").strip().rstrip("*") if word is not None else ""
    return said(cell)


def _body(table: Element) -> list[Element]:
    return [r for part in elements(table, "tbody") for r in elements(part, "tr")]


def _row(row: Element) -> list[str]:
    return [_mark(cell) for cell in elements(row, "th", "td")]


def _table(table: Element, promise: TablePromise) -> Iterator[str]:
    found: dict[str, list[list[str]]] = {}
    rows = [_row(r) for r in _body(table) if "group" not in str(r.get("class")).split()]
    for row in rows:
        found.setdefault(row[0] if row else "", []).append(row)
    if len(rows) < promise.least:
        yield f"it has {len(rows)} rows of {promise.least}"
    for wanted in promise.rows:
        held = found.get(wanted[0])
        if held is None:
            yield f"it has no row {wanted[0]!r}"
        elif all(tuple(row[: len(wanted)]) != wanted for row in held):
            shown = " | ".join(held[0][1 : len(wanted)])
            yield f"the row {wanted[0]!r} says {shown!r}, not {' | '.join(wanted[1:])!r}"


def _passage(told: str, promise: PassagePromise) -> Iterator[str]:
    for paragraph in promise.paragraphs:
        if paragraph not in told:
            start = paragraph if len(paragraph) <= 60 else f"{paragraph[:60]}…"
            yield f"narrative {promise.name}: it does not say {start!r}"

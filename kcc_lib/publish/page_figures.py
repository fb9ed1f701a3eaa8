"""Pictures and tables: each picture named and beside its figures, each table told and headed."""

from collections.abc import Iterator

from kcc_lib.publish.page_reading import Element, described, elements, first, named, place, words

_SCOPES = {"row", "col", "rowgroup", "colgroup"}


def figure_faults(page: Element) -> Iterator[str]:
    """What is wrong with the pictures and tables of a page, a line for each."""
    yield from _pictures(page)
    yield from _charts(page)
    for table in elements(page, "table"):
        yield from (f"table {place(table)}: {fault}" for fault in _table(table))


def _pictures(page: Element) -> Iterator[str]:
    for picture in elements(page, "img"):
        decoration = picture.get("aria-hidden") == "true" or picture.get("role") == "presentation"
        if picture.get("alt") is None or not (picture.get("alt", "").strip() or decoration):
            yield f"the picture {described(picture)} has no alternative text"
    for drawn in _outer(page):
        charted = "chart" in str(drawn.get("class")).split()
        around = [drawn, *drawn.iterancestors()]
        if any(e.get("role") == "img" for e in around):
            # Firefox would have a screen reader read every number of an axis
            if drawn.get("role") != "img" and drawn.get("aria-hidden") != "true":
                yield f"{described(drawn)} is read number by number beside its picture's name"
            continue
        if charted or all(e.get("aria-hidden") != "true" for e in around):
            yield f"{described(drawn)} is neither in a named picture nor decoration"
    for picture in _pictured(page):
        for part, text in _told(page, picture).items():
            if not text:
                yield f"the picture {described(picture)} at {place(picture)} has no {part}"


def _pictured(page: Element) -> Iterator[Element]:
    """What is one picture to a screen reader, however it is drawn."""
    return (e for e in elements(page) if e.get("role") == "img")


def _told(page: Element, picture: Element) -> dict[str, str]:
    """A picture's name and description."""
    names = str(picture.get("aria-describedby") or "").split()
    told = " ".join(words(named(page, name)) for name in names)
    return {"name": str(picture.get("aria-label") or "").strip(), "description": told.strip()}


def _outer(page: Element) -> Iterator[Element]:
    """Every drawn picture; those inside another are part of it."""
    return (s for s in elements(page, "svg") if not any(True for _ in s.iterancestors("svg")))


def _charts(page: Element) -> Iterator[str]:
    """Each chart says something of its own, and its figures stand beside it in a table."""
    seen: dict[tuple[str, str], str] = {}
    for figure in elements(page, "figure"):
        charts = list(_pictured(figure))
        if not charts:
            continue
        around = next(figure.iterancestors("article"), figure)
        if first(around, "table") is None:
            yield f"the chart at {place(figure)} has no table of its figures"
        if not words(first(figure, "figcaption")):
            yield f"the chart at {place(figure)} has no caption"
        told = {pair for chart in charts for pair in _told(page, chart).items()}
        for part, text in sorted(told):
            if text and (other := seen.get((part, text))):
                yield f"the charts at {other} and {place(figure)} have the same {part}"
            seen[part, text] = place(figure)


def _table(table: Element) -> Iterator[str]:
    if not words(first(table, "caption")):
        yield "it has no caption"
    head = first(table, "thead")
    if head is None or first(head, "th") is None:
        yield "it has no header row"
    for cell in elements(table, "th"):
        if not words(cell):
            yield "a header cell is empty"
        if cell.get("scope") not in _SCOPES:
            yield f"the header cell {words(cell)!r} has no scope"
    rows = [(row, _width(row)) for row in elements(table, "tr")]
    widths = {width for _, width in rows}
    if len(widths) > 1 and first(table, "colgroup") is None:
        usual = rows[0][1]
        row, width = next((r, w) for r, w in rows if w != usual)
        yield f"the row {words(row)[:40]!r} has {width} cells, not {usual}"
    body = [r for part in elements(table, "tbody") for r in elements(part, "tr")]
    if not body:
        yield "it has no rows"
    for row in body:
        if first(row, "th") is None:
            yield f"the row {words(row)[:40]!r} has no head"


def _width(row: Element) -> int:
    """How many columns a row fills."""
    return sum(int(cell.get("colspan") or 1) for cell in elements(row, "th", "td"))

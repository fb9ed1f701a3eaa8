"""What a page must hold: plain records that travel with its job to another process.

They are worked out from the loaded edition, never from the blocks that a notebook shows, so
a notebook that silently shows less cannot also promise less.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasurePromise:
    """What must stand of one measure.

    Parameters
    ----------
    anchor
        The id of its block.
    name
        What messages call it.
    words
        (heading, word) of each judgement that stands, as the page prints them.
    periods
        The periods of its data table as printed, in order; none where no figure is held.
    drawn
        Whether any figure is held, so that there is a chart.
    """

    anchor: str
    name: str
    words: tuple[tuple[str, str], ...] = ()
    periods: tuple[str, ...] = ()
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class TablePromise:
    """What must stand in one table.

    Parameters
    ----------
    anchor
        Its id.
    rows
        The head of a row and then its cells as printed; a mark counts by its word, and cells
        after the last one named may say anything.
    least
        How many rows it has at least.
    """

    anchor: str
    rows: tuple[tuple[str, ...], ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class PassagePromise:
    """What people wrote: each paragraph of it as plain text, found on the page word for word."""

    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePromise:
    """What must stand on one page.

    Parameters
    ----------
    title
        Part of the page's title; "" where nothing is known of the page.
    measures
        Every measure that has a block on it; where there are any, no other may have one.
    tables, passages
        Those that must be there; a page may hold more.
    entries, links
        Ids that stand on the page, and addresses that it leads to; a page may have more.
    """

    title: str = ""
    measures: tuple[MeasurePromise, ...] = ()
    tables: tuple[TablePromise, ...] = ()
    passages: tuple[PassagePromise, ...] = ()
    entries: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

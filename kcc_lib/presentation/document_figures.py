"""Figures as the council's documents print them, side by side, with what does not agree."""

from collections.abc import Sequence

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.narrative.points import printed
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import anchor
from kcc_lib.records.figures import Figure, known_by


def figures_by_document(section: Section, title: str, *names: str) -> Blocks:
    """A table of some figures in order of time, each with the document that prints it.

    Where two documents give one figure differently for one period, a note says so: neither
    is put right here.

    Parameters
    ----------
    title
        The table's caption.
    names
        Names of figures in `document_figures.csv`; each stands for those that go on from it
        too ("annual-savings" for "annual-savings-range-low").

    Raises
    ------
    UnknownNameError
        If no document known to the edition prints a figure of that name.
    """
    known = known_by(section.figures, section.edition.as_of)
    for name in names:
        if not any(_goes_on(f.figure, name) for f in known):
            raise UnknownNameError("figure", name, sorted({f.figure for f in known}))
    chosen = sorted((f for f in known if any(_goes_on(f.figure, n) for n in names)), key=_order)
    table: Block = {
        "kind": "table", "id": anchor(title), "caption": title,
        "columns": [{"name": n} for n in ("What is counted", "Period", "Figure", "Document")],
        "rows": [[f.title, _period(f), printed(f).text, f.document] for f in chosen],
    }  # fmt: skip
    differing = list(_differing(chosen))
    if not differing:
        return blocks(table)
    heading = "The documents differ here"
    return blocks(table, {"kind": "warning", "title": heading, "items": differing})


def _goes_on(figure: str, name: str) -> bool:
    """Whether a figure is the one named, or one whose name goes on from it."""
    return figure == name or figure.startswith(f"{name}-")


def _period(figure: Figure) -> str:
    """The period in a reader's words: as every page prints it, or as the document does."""
    return printed(figure).when or figure.period_label.replace(" (implied)", "")


def _order(figure: Figure) -> tuple[str, str, str]:
    return (str(figure.ends or "9999"), str(figure.starts or ""), figure.title)


def _differing(figures: Sequence[Figure]) -> list[str]:
    """What two documents print differently for one figure, area and period."""
    held: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.starts and figure.ends and not figure.suppressed:
            key = (figure.figure, figure.area, figure.starts, figure.ends)
            held.setdefault(key, []).append(figure)
    told = []
    for same in held.values():
        if len({f.value for f in same}) > 1:
            each = "; ".join(f"{printed(f).text} in {f.document}" for f in same)
            told.append(f"{same[0].title}, {same[0].period_label}: {each}.")
    return told

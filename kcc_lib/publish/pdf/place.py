"""The PDF among what a build makes: where it lies, when it can be made, and making it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kcc_lib.errors import KccError

if TYPE_CHECKING:
    from kcc_lib.presentation.report import Report
    from kcc_lib.publish.frozen import Standing
    from kcc_lib.publish.pdf.browser import Printer
    from kcc_lib.records.editions import Edition, PageRecipe


def pdf_name(edition: str) -> str:
    """The file of an edition's PDF, beside its pages."""
    return f"{edition}.pdf"


def refuse_unless_whole(edition: "Edition", chosen: "Sequence[PageRecipe]", target: Path) -> None:
    """Refuse a PDF where some page is neither built now nor there from before.

    Raises
    ------
    KccError
        With the names of those pages.
    """
    names = [r.name for r in edition.sections if r not in chosen]
    missing = [name for name in names if not (target / f"{name}.html").is_file()]
    if missing:
        raise KccError(
            f"the PDF is of the whole report, and {', '.join(missing)} of {edition.name} "
            "are not built; leave out --only"
        )


def print_report(
    report: "Report",
    folder: Path,
    standing: "Standing",
    printer: "Printer",
    tell: Callable[[str], None],
) -> None:
    """Make the PDF of the pages in a folder, telling so.

    Raises
    ------
    PublishError
        If it cannot be made.
    """
    from kcc_lib.publish.pdf.make import add_pdf

    name = pdf_name(report.edition.name)
    tell(f"printing {name}")
    started = time.perf_counter()
    pages = add_pdf(folder / name, report, standing, printer)
    tell(f"{name}: {pages} pages  {time.perf_counter() - started:5.1f} s")

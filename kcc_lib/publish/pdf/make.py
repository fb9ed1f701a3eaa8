"""Making the PDF: printed, its page numbers read and filled in, and printed again."""

import json
from pathlib import Path

from kcc_lib.errors import PublishError
from kcc_lib.presentation.report import Report
from kcc_lib.publish.frozen import Standing, day_words
from kcc_lib.publish.pdf.browser import Printer
from kcc_lib.publish.pdf.finish import count_pages, finish, pages_of
from kcc_lib.publish.pdf.links import links_of
from kcc_lib.publish.pdf.whole import Cover, Whole, gather
from kcc_lib.publish.up_to_date import hash_of, last_record
from kcc_lib.records.processed import write_whole
from kcc_lib.records.rules import has_flag
from kcc_lib.vocabulary import Flag, SignOff

#: Prints before page numbers that never settle are given up.
_PRINTS = 3


def cover_of(report: Report, standing: Standing) -> Cover:
    """What the cover says of an edition and its sign-off."""
    edition = report.edition
    synthetic = has_flag(report.shown["flags"], Flag.SYNTHETIC).any()
    return Cover(
        title=edition.title,
        subtitle=edition.subtitle,
        council=f"{report.area_name} County Council",
        as_of=day_words(edition.as_of),
        covers=report.covers,
        state=standing.words,
        draft=standing.state is not SignOff.SIGNED,
        notice="These pages are drawn from synthetic data." if synthetic else "",
    )


def add_pdf(pdf: Path, report: Report, standing: Standing, printer: Printer) -> int:
    """Make the PDF of the pages in its folder, add it to their `run.json`; its number of pages.

    Raises
    ------
    PublishError
        If a page cannot be printed whole, a link leads nowhere or page numbers do not settle.
    """
    cover = cover_of(report, standing)
    whole = gather(pdf.parent, report.edition.sections, cover)
    page, printed = _settled(whole, printer)
    mark = "Draft: " if cover.draft else ""
    pdf.write_bytes(
        finish(
            printed, title=f"{mark}{cover.name}", author=cover.council,
            as_of=report.edition.as_of, headings=whole.headings, links=links_of(page),
            identity=whole.html({}),
        )
    )  # fmt: skip
    _record(pdf, printer)
    return count_pages(printed)


def _settled(whole: Whole, printer: Printer) -> tuple[str, bytes]:
    """The report with the page numbers that it has when they are printed in it, and printed."""
    numbers: dict[str, int] = {}
    for _ in range(_PRINTS):
        page = whole.html(numbers)
        printed = printer.print(page)
        found = pages_of(printed, whole.targets)
        if found == numbers:
            return page, printed
        numbers = found
    raise PublishError(f"the page numbers still changed after {_PRINTS} prints")


def _record(pdf: Path, printer: Printer) -> None:
    """The PDF is an output like any other; which browser printed it is part of how."""
    record = last_record(pdf.parent)
    record["outputs"] = dict(sorted({**record["outputs"], pdf.name: hash_of(pdf)}.items()))
    record["environment"]["chromium"] = printer.version
    write_whole(pdf.with_name("run.json"), json.dumps(record, indent=1, ensure_ascii=False) + "\n")

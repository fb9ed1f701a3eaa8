"""Making the PDF: printed, its page numbers read and filled in, and printed again."""

import hashlib
import json
from pathlib import Path

from kcc_lib.errors import PublishError
from kcc_lib.presentation.report import Report
from kcc_lib.publish.frozen import Standing, day_words
from kcc_lib.publish.pdf.browser import Printer
from kcc_lib.publish.pdf.finish import finish, pages_of
from kcc_lib.publish.pdf.whole import Cover, gather
from kcc_lib.publish.record import last_record
from kcc_lib.records.processed import write_whole
from kcc_lib.records.rules import has_flag
from kcc_lib.vocabulary import Flag, SignOff

#: Prints before page numbers that never settle are given up.
_PRINTS = 3


def pdf_name(report: Report) -> str:
    """The file of an edition's PDF, beside its pages."""
    return f"{report.edition.name}.pdf"


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


def add_pdf(folder: Path, report: Report, standing: Standing, printer: Printer) -> Path:
    """Make the PDF of the pages in a folder, beside them, and add it to their `run.json`.

    Raises
    ------
    PublishError
        If a page cannot be printed whole, a link leads nowhere or page numbers do not settle.
    """
    cover = cover_of(report, standing)
    whole = gather(folder, report.edition.sections, cover)
    numbers: dict[str, int] = {}
    for _ in range(_PRINTS):
        printed = printer.print(whole.html(numbers))
        found = pages_of(printed, whole.targets)
        if found == numbers:
            break
        numbers = found
    else:
        raise PublishError(f"the page numbers of the contents changed with each of {_PRINTS} prints")
    mark = "Draft: " if cover.draft else ""
    pdf = folder / pdf_name(report)
    pdf.write_bytes(
        finish(
            printed, title=f"{mark}{cover.name}", author=cover.council,
            as_of=report.edition.as_of, headings=whole.headings,
        )
    )  # fmt: skip
    _record(folder, pdf, printer)
    return pdf


def _record(folder: Path, pdf: Path, printer: Printer) -> None:
    """The PDF is an output like any other; which browser printed it is part of how."""
    record = last_record(folder)
    digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
    record["outputs"] = dict(sorted({**record["outputs"], pdf.name: digest}.items()))
    record["environment"]["chromium"] = printer.version
    write_whole(folder / "run.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")

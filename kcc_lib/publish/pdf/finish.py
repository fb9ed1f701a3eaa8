"""What a printed document still lacks: its file information, bookmarks and better tags."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from pypdf.xmp import XmpInformation

from kcc_lib.errors import PublishError
from kcc_lib.publish.pdf.links import Link
from kcc_lib.publish.pdf.tags import mend_tags

LANGUAGE = "en-GB"
PROGRAM = "Kent outcomes workbook"


def count_pages(printed: bytes) -> int:
    """How many pages a document has."""
    return len(PdfReader(BytesIO(printed)).pages)


def pages_of(printed: bytes, targets: Iterable[str]) -> dict[str, int]:
    """The page on which each target of a link stands, counted from 1.

    Raises
    ------
    PublishError
        If the document has no such target.
    """
    reader = PdfReader(BytesIO(printed))
    wanted, places = set(targets), reader.named_destinations
    found = {
        name.removeprefix("/"): (reader.get_destination_page_number(place) or 0) + 1
        for name, place in places.items()
        if name.removeprefix("/") in wanted
    }
    if lost := sorted(wanted - set(found)):
        raise PublishError(f"the printed report has no place named {', '.join(lost)}")
    return found


def finish(
    printed: bytes,
    *,
    title: str,
    author: str,
    as_of: date,
    headings: Iterable[str],
    links: Iterable[Link],
    identity: str,
) -> bytes:
    """The document as it is published: the same bytes for the same report, whenever printed.

    Parameters
    ----------
    printed
        What the browser made.
    title, author, as_of
        For the file's information; its dates are those of the edition, not of the clock.
    headings
        The words of every heading in order, for the bookmarks.
    links
        Every link in order, for what each is called.
    identity
        What the document was printed from.

    Raises
    ------
    PublishError
        If the bookmarks are not those of the headings, or the links others.
    """
    writer = PdfWriter(clone_from=BytesIO(printed))
    producer = (writer.metadata.producer if writer.metadata else "") or ""
    _name_bookmarks(writer, list(headings))
    mend_tags(writer, list(links))
    _inform(writer, title, author, producer, as_of)
    writer.pdf_header = "%PDF-1.7"
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    return _written(writer, f"{identity}{producer}")


def _inform(writer: PdfWriter, title: str, author: str, producer: str, as_of: date) -> None:
    """The same information twice: for older readers and as XMP."""
    day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    stamp = f"D:{as_of:%Y%m%d}000000Z"
    writer.metadata = None
    writer.add_metadata({
        "/Title": title, "/Author": author, "/Creator": PROGRAM, "/Producer": producer,
        "/CreationDate": stamp, "/ModDate": stamp,
    })  # fmt: skip
    told = XmpInformation.create()
    told.dc_title = {"x-default": title}
    told.dc_creator = [author]
    told.dc_language = [LANGUAGE]
    told.xmp_creator_tool = PROGRAM
    told.pdf_producer = producer
    told.xmp_create_date = told.xmp_modify_date = told.xmp_metadata_date = day
    writer.xmp_metadata = told
    stream: Any = writer.root_object["/Metadata"].get_object()
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")


def _name_bookmarks(writer: PdfWriter, headings: list[str]) -> None:
    """Give bookmarks the words of the headings: Chromium runs those of two lines together.

    Only the pages of the report show at first; what is under them opens.
    """
    found = list(_bookmarks(writer.root_object["/Outlines"]))
    if ["".join(b["/Title"].split()) for b in found] != ["".join(h.split()) for h in headings]:
        raise PublishError("the bookmarks of the printed report are not its headings")
    for bookmark, words in zip(found, headings, strict=True):
        bookmark[NameObject("/Title")] = TextStringObject(words)
        if "/Count" in bookmark:
            bookmark[NameObject("/Count")] = NumberObject(-abs(bookmark["/Count"]))
    outline: Any = writer.root_object["/Outlines"].get_object()
    outline[NameObject("/Count")] = NumberObject(sum(1 for _ in _siblings(outline)))


def _siblings(parent: Any) -> Iterator[Any]:
    one = parent.get_object().get("/First")
    while one is not None:
        bookmark = one.get_object()
        yield bookmark
        one = bookmark.get("/Next")


def _bookmarks(parent: Any) -> Iterator[Any]:
    for one in _siblings(parent):
        yield one
        yield from _bookmarks(one)


def _written(writer: PdfWriter, identity: str) -> bytes:
    """The file, with an identifier of its own that the next print of it has too."""
    mark = ByteStringObject(hashlib.sha256(identity.encode()).digest()[:16])
    writer._ID = ArrayObject((mark, mark))  # pypdf's own would be drawn by chance
    written = BytesIO()
    writer.write(written)
    return written.getvalue()

"""Writing an edition's downloads: whole files, each measure's, spreadsheets and schemas."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from kcc_lib.presentation.downloads.bundle import (
    DataFile,
    Particulars,
    data_files,
    groups_of,
)
from kcc_lib.presentation.downloads.links import CHARTS
from kcc_lib.presentation.downloads.page import WHOLE_FILES
from kcc_lib.presentation.downloads.sheets import book_of
from kcc_lib.presentation.downloads.tables import DataTable, table_of_frame
from kcc_lib.presentation.downloads.text import csv_of, json_of
from kcc_lib.presentation.report import Report
from kcc_lib.publish.downloads.charts import write_bytes
from kcc_lib.publish.downloads.schema_files import PACKAGE, package_text, schema_texts
from kcc_lib.records.processed import write_whole


def write_downloads(
    report: Report,
    particulars: Particulars,
    folder: Path,
    more: Sequence[DataFile] = (),
) -> None:
    """Write what is not there yet: all but the whole files, the charts and the spreadsheets.

    What an earlier build left there is removed first, so that nothing of it stays.

    Parameters
    ----------
    folder
        The edition's `data`.
    more
        What is known only once the pages are built.

    Raises
    ------
    PublishError
        If two measures would have one address.
    """
    groups = groups_of(report)
    files = [*data_files(report, particulars, groups), *more]
    _clear(folder, files, particulars.name)
    for file in files:
        _write(folder / file.address, _text(file))
    whole = {name: table_of_frame(name, frame).columns for name, frame in report.files.items()}
    for address, text in schema_texts(whole, files).items():
        _write(folder / address, text)
    titles = {n: WHOLE_FILES[n] for n in report.files}
    write_whole(folder / PACKAGE, package_text(folder, titles, files, particulars))


def write_books(report: Report, particulars: Particulars, folder: Path) -> None:
    """Write the spreadsheets of an edition into its `data`; they take longer than all the rest."""
    # heavy libraries, wanted only here
    from kcc_lib.publish.downloads.ods import ods_of
    from kcc_lib.publish.downloads.xlsx import xlsx_of

    folder.mkdir(parents=True, exist_ok=True)
    book, name = book_of(report, particulars, groups_of(report)), particulars.name
    write_bytes(folder / f"{name}.ods", ods_of(book))
    write_bytes(folder / f"{name}.xlsx", xlsx_of(book))


def _clear(folder: Path, files: Iterable[DataFile], name: str) -> None:
    """Remove what an earlier build wrote here, and charts of measures that have none now."""
    books = {f"{name}.ods", f"{name}.xlsx"}
    objects = (f.content for f in files if not isinstance(f.content, DataTable))
    drawn = {PurePosixPath(o["chart"]["svg"]).stem for o in objects if o.get("chart")}
    for path in folder.iterdir():
        if path.name == CHARTS:
            stale = [p for p in path.iterdir() if p.stem not in drawn]
            for picture in stale:
                picture.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        elif path.name == PACKAGE or (path.suffix in {".ods", ".xlsx"} and path.name not in books):
            path.unlink()


def _text(file: DataFile) -> str:
    return csv_of(file.content) if isinstance(file.content, DataTable) else json_of(file.content)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)

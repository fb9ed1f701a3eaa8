"""`kcc diff`: two builds or two files of judgements compared, told as asked."""

import sys
from pathlib import Path

import click

from kcc_lib.cli.refusals import refusing
from kcc_lib.cli.summarising import ADDRESS, checked_address
from kcc_lib.errors import DataError, Fault


@click.command(
    short_help="Say what differs between two builds or two files of judgements, and why.",
    epilog="Example: kcc diff before/annual-2019 outputs/annual-2019",
)
@click.argument("old")
@click.argument("new")
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text",
              show_default=True,
              help="All of it as text or JSON; Markdown is the short summary.")  # fmt: skip
@click.option("--address", default="", metavar="URL", help=ADDRESS)
@refusing
def diff(old: str, new: str, style: str, address: str) -> None:
    """Compare two built editions: verdicts, values and sentences, each with its reason.

    OLD and NEW are folders as `kcc report` makes them, of one edition or of two of one kind; or
    two files of judgements, CSV or JSON, as a build or `kcc assess` writes them.
    Exit code 0: the same, 1: something differs, 2: refused.
    """
    address = checked_address(address)
    if faults := [_stored(named) for named in (old, new) if "://" in named]:
        raise DataError(faults)
    if tell_difference(Path(old), Path(new), style=style, address=address):
        sys.exit(1)


def tell_difference(old: Path, new: Path, *, style: str, address: str = "") -> bool:
    """Print what differs between two builds or two files; whether anything does.

    Raises
    ------
    DataError
        With every fault of either that keeps them from being compared.
    click.UsageError
        If an address is given of files, which have no page.
    """
    files = [_is_file(path) for path in (old, new)]
    if all(files) and address:
        raise click.UsageError("--address is for builds; a file of judgements has no page")
    if files[0] != files[1]:
        what = ("a file", "a folder") if files[1] else ("a folder", "a file")
        problem, remedy = f"is {what[0]}, and {old} {what[1]}", "compare two builds, or two files"
        raise DataError([Fault(str(new), 0, "", "", problem, remedy)])
    told, differs = (
        _of_files(old, new, style) if all(files) else _of_builds(old, new, style, address)
    )
    click.echo(told, nl=False)
    return differs


def _stored(address: str) -> Fault:
    remedy = "copy the build into a folder and name that"
    return Fault(address, 0, "", "", "is an address in a store, which diff does not read", remedy)


def _is_file(path: Path) -> bool:
    """Whether a file is meant; one that is not there is known by its name."""
    return path.is_file() or (not path.is_dir() and path.suffix.lower() in {".csv", ".json"})


def _of_builds(old: Path, new: Path, style: str, address: str) -> tuple[str, bool]:
    from kcc_lib.publish.difference.compare import compare
    from kcc_lib.publish.difference.listing import as_json
    from kcc_lib.publish.difference.reading import is_by_area
    from kcc_lib.publish.difference.summary import as_markdown
    from kcc_lib.publish.difference.telling import as_text

    by_area = [is_by_area(folder) for folder in (old, new)]
    if all(by_area):
        return _of_areas(old, new, style, address)
    if any(by_area) and old.is_dir() and new.is_dir():
        what = ("by area", "of one area") if by_area[1] else ("of one area", "by area")
        problem, remedy = f"is {what[0]}, and {old} {what[1]}", "compare two builds of one kind"
        raise DataError([Fault(str(new), 0, "", "", problem, remedy)])
    found = compare(old, new)
    if style == "markdown":
        return as_markdown(found, address=address), found.differs
    return as_json(found) if style == "json" else as_text(found), found.differs


def _of_areas(old: Path, new: Path, style: str, address: str) -> tuple[str, bool]:
    from kcc_lib.publish.difference.compare_areas import compare_areas
    from kcc_lib.publish.difference.telling_areas import (
        areas_as_json,
        areas_as_markdown,
        areas_as_text,
    )

    found = compare_areas(old, new)
    if style == "markdown":
        return areas_as_markdown(found, address=address), found.differs
    return areas_as_json(found) if style == "json" else areas_as_text(found), found.differs


def _of_files(old: Path, new: Path, style: str) -> tuple[str, bool]:
    from kcc_lib.publish.difference.compare_files import compare_files
    from kcc_lib.publish.difference.telling_files import (
        files_as_json,
        files_as_markdown,
        files_as_text,
    )

    found = compare_files(old, new)
    told = {"text": files_as_text, "markdown": files_as_markdown, "json": files_as_json}
    return told[style](found), found.differs

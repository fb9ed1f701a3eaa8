"""`kcc diff`: two builds compared, told as asked."""

import sys
from pathlib import Path

import click

from kcc_lib.cli.refusals import refusing
from kcc_lib.cli.summarising import ADDRESS, checked_address


@click.command(
    short_help="Say what differs between two builds, and why.",
    epilog="Example: kcc diff before/annual-2019 outputs/annual-2019",
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text",
              show_default=True,
              help="All of it as text or JSON; Markdown is the short summary.")  # fmt: skip
@click.option("--address", default="", metavar="URL", help=ADDRESS)
@refusing
def diff(old: Path, new: Path, style: str, address: str) -> None:
    """Compare two built editions: verdicts, values and sentences, each with its reason.

    OLD and NEW are folders as `kcc report` makes them, of one edition or of two of one kind.
    Exit code 0: the same, 1: something differs, 2: refused.
    """
    if tell_difference(old, new, style=style, address=checked_address(address)):
        sys.exit(1)


def tell_difference(old: Path, new: Path, *, style: str, address: str = "") -> bool:
    """Print what differs between two builds; whether anything does.

    Raises
    ------
    DataError
        With every fault of either folder that keeps it from being compared.
    """
    from kcc_lib.publish.difference.compare import compare
    from kcc_lib.publish.difference.listing import as_json
    from kcc_lib.publish.difference.summary import as_markdown
    from kcc_lib.publish.difference.telling import as_text

    found = compare(old, new)
    if style == "markdown":
        told = as_markdown(found, address=address)
    else:
        told = as_json(found) if style == "json" else as_text(found)
    click.echo(told, nl=False)
    return found.differs

"""`kcc diff`: two builds compared, told as asked."""

from pathlib import Path

import click

from kcc_lib.publish.difference.compare import compare
from kcc_lib.publish.difference.listing import as_json
from kcc_lib.publish.difference.summary import as_markdown
from kcc_lib.publish.difference.telling import as_text


def tell_difference(old: Path, new: Path, *, style: str, address: str) -> bool:
    """Print what differs between two builds; whether anything does.

    Raises
    ------
    DataError
        With everything that keeps either folder from being a build, or both from being compared.
    """
    found = compare(old, new)
    if style == "markdown":
        told = as_markdown(found, address=address)
    else:
        told = as_json(found) if style == "json" else as_text(found)
    click.echo(told, nl=False)
    return found.differs

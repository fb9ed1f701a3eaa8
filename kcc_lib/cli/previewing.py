"""`kcc preview`: narrative filled in on stdout, what is wrong with it on stderr."""

import click

from kcc_lib import workbench


def print_preview(name: str, edition: str) -> bool:
    """Print narrative filled in, and its faults; whether there are none."""
    draft = workbench.preview(name, edition=edition)
    click.echo(draft.text)
    for fault in draft.faults:
        click.echo(str(fault), err=True)
    click.echo(draft.verdict, err=True)
    return not draft.faults

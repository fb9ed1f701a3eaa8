"""How every command ends when something is refused or stopped."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kcc_lib.errors import KccError, PublishError


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Print an error of ours as a message and exit 2 (1 for a failed publication)."""

    @wraps(command)
    def run(*args: Any, **kw: Any) -> Any:
        try:
            return command(*args, **kw)
        except KeyboardInterrupt:
            click.echo("kcc: stopped; nothing was changed", err=True)
            sys.exit(130)
        except KccError as error:
            click.echo(f"kcc: {error}", err=True)
            sys.exit(1 if isinstance(error, PublishError) else 2)

    return run

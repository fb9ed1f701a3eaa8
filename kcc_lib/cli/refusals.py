"""What a command does with an error of ours or of the disk: a message, and the exit code."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kcc_lib.cli.stops import heed_stops
from kcc_lib.errors import KccError, exit_code, refusal_words, storage_words


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Print an error of ours, or of the disk, as a message; exit 2 (1 if a build was under way)."""

    @wraps(command)
    def run(*args: Any, **kw: Any) -> Any:
        try:
            heed_stops()
            return command(*args, **kw)
        except KeyboardInterrupt as stop:
            click.echo(f"kcc: stopped; {str(stop) or 'nothing was changed'}", err=True)
            sys.exit(exit_code(stop))
        except KccError as error:
            click.echo(f"kcc: {refusal_words(error)}", err=True)
            sys.exit(exit_code(error))
        except OSError as error:
            click.echo(f"kcc: {storage_words(error)}; nothing was replaced", err=True)
            sys.exit(exit_code(error))

    return run

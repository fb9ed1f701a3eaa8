"""What was being shown when something went wrong: a note on the error that names it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Shown = TypeVar("Shown")
#: How such a note begins; `publish/failures.py` finds it in a traceback.
NOTE = "while showing "


def naming(kind: str) -> Callable[[Callable[..., Shown]], Callable[..., Shown]]:
    """Name what a function shows on whatever it raises.

    Parameters
    ----------
    kind
        What it is called ("measure", "KPI"). Which one is the function's last positional
        argument: its code, or a view with a `measure`.
    """

    def decorate(show: Callable[..., Shown]) -> Callable[..., Shown]:
        @wraps(show)
        def named(*given: Any, **options: Any) -> Shown:
            try:
                return show(*given, **options)
            except Exception as error:
                if not any(n.startswith(NOTE) for n in getattr(error, "__notes__", ())):
                    error.add_note(f"{NOTE}{kind} {_code(given[-1])}")
                raise

        return named

    return decorate


def _code(shown: Any) -> str:
    """The code of a measure, of its record, or of a view of it."""
    while not isinstance(shown, str):
        shown = shown.measure
    return shown

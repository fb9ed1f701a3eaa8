"""How a record shows itself in a notebook or a console: one line, whatever it holds."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

_LONGEST = 80


def in_short(named: str | None = None, *told: str, **counted: str) -> Callable[[Any], str]:
    """Make a `__repr__` such as `<Section annual-2019: Kent, 74 measures>`.

    Parameters
    ----------
    named
        The attribute that stands before the colon, if the record has a name.
    told
        The attributes that are said.
    counted
        The attributes that are counted, by the noun that is said of one of them.
    """

    def shown(record: Any) -> str:
        head = type(record).__name__
        if named:
            head += f" {_clipped(attrgetter(named)(record))}"
        said = [text for at in told if (text := _clipped(attrgetter(at)(record)))]
        said += [_number(len(attrgetter(at)(record)), noun) for noun, at in counted.items()]
        return f"<{head}: {', '.join(said)}>"

    return shown


def _clipped(value: object) -> str:
    """A text on one line, cut where it is long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} …"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun.replace('_', ' ')}{'' if count == 1 else 's'}"

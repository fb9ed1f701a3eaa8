"""Pages of a build made in part that were built from other inputs than its new ones."""

from collections.abc import Mapping, Sequence
from typing import Any

#: Where `run.json` keeps their names.
OLDER = "older"


def older_pages(
    told: Mapping[str, Any], carried: Sequence[str], rests_on: Mapping[str, str]
) -> tuple[str, ...]:
    """Of the pages carried over, those that were built from other inputs than those of now.

    Parameters
    ----------
    told
        The `run.json` of the build that they come from.
    carried
        Their names.
    rests_on
        The hash of every input as it is now, by its name.
    """
    if told.get("inputs") != rests_on:
        return tuple(carried)
    before = told.get(OLDER, [])  # the last build was one in part too
    return tuple(name for name in carried if name in before)

"""What stands in prose without data behind it: figures, periods, directions, comparisons."""

import re
from collections.abc import Iterable

from kcc_lib.errors import Fault
from kcc_lib.presentation.narrative.words import IDIOMS, LOADED

BINDING = re.compile(r"\{\{.*?\}\}", re.S)
_PROBLEMS = {
    "figure": ("is a figure that is not bound to data",
               'quote it with measure("…") or figure("…"), or fixed("…", "reason") for a name or date'),
    "period": ("is a period that is not bound to data",
               'quote a period, as measure("…").period, or write fixed("…", "reason")'),
    "direction": ("says which way something went, with no data behind it",
                  'quote measure("…").change, or write claim("…", measure("…")), which is tested; '
                  'fixed("…", "reason") where it claims nothing'),
    "comparison": ("compares, with no data behind it",
                   'write claim("…", measure("…")), which is tested, or fixed("…", "reason")'),
}  # fmt: skip


def unbound(text: str, file: str) -> Iterable[Fault]:
    """Every figure, period, direction and comparison in prose outside a binding.

    Idioms ("to improve", "higher education") claim nothing and pass. Link addresses are
    not prose.
    """
    prose = _blank(BINDING, text)
    prose = re.sub(r"(?<=\])\([^)\s]*\)", lambda m: " " * len(m[0]), prose)
    for idiom in IDIOMS:
        prose = _blank(idiom, prose)
    for kind, pattern in LOADED:
        problem, remedy = _PROBLEMS[kind]
        for match in pattern.finditer(prose):
            line = prose.count("\n", 0, match.start()) + 1
            column = match.start() - prose.rfind("\n", 0, match.start())
            yield Fault(file, line, f"column {column}", match[0], problem, remedy)
        prose = _blank(pattern, prose)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Each match as spaces, so that lines and columns stay where they were."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)

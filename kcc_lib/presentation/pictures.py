"""A panel as two pictures, wide and narrow, with the name and description both bear."""

import json
from functools import lru_cache

from kcc_lib.presentation.compiled_charts import draw, trend_vega
from kcc_lib.presentation.drawing import Panel
from kcc_lib.presentation.drawings_kept import drawn_once
from kcc_lib.presentation.svg import tidy
from kcc_lib.presentation.theme import NARROW, WIDE, Size


def picture_of(panel: Panel, *, identifier: str, title: str, description: str) -> dict[str, str]:
    """Draw a panel for a page.

    Parameters
    ----------
    identifier
        Unique in the page.
    title, description
        What a screen reader says of the picture.

    Returns
    -------
    dict
        `id`, `title`, `description`, a `note` on the scale, and the SVG `wide` and `narrow`.
    """
    pictures = {size.name: tidy(_drawn(panel, size), size) for size in (WIDE, NARROW)}
    note = "" if panel.domain[0] == 0 else "The vertical axis does not start at zero."
    named = {"id": identifier, "title": title, "description": description}
    return {**named, "note": note, **pictures}


@lru_cache(maxsize=256)
def _drawn(panel: Panel, size: Size) -> str:
    vega = trend_vega(panel, size)
    return drawn_once(__file__, json.dumps(vega), lambda: draw(vega).encode()).decode()

"""The trend chart without Altair: its template validated and compiled once, filled for each panel.

`templates/trend-wide.vg.json` and its narrow sister are what Vega-Lite makes of Altair's
templates (`charts.py`). A build fills in rows and scales and draws; tests prove the filled
chart to be what Altair and Vega-Lite would have made. After a change to `charts.py` or
`theme.py` write them again: `python -m kcc_lib.presentation.compiled_charts`.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

from kcc_lib.presentation.chart_rows import Rows, chart_rows
from kcc_lib.presentation.drawing import Panel
from kcc_lib.presentation.theme import NARROW, WIDE, Size

Vega = dict[str, Any]
_TEMPLATES = Path(__file__).parent / "templates"
#: A text without words, as the library writes one with a description.
_DESCRIBED = re.compile(
    r'<text aria-label="(?P<says>[^"]*)" role="graphics-symbol" aria-roledescription="text mark"'
    r"(?P<rest>[^>]*)/>"
)


def compiled_file(size: Size) -> Path:
    """Where the compiled template of a size lies."""
    return _TEMPLATES / f"trend-{size.name}.vg.json"


def compiled_text(size: Size) -> str:
    """Altair's template of a size as Vega-Lite compiles it: what its file should hold."""
    from kcc_lib.presentation.charts import empty_spec

    return json.dumps(vl_convert.vegalite_to_vega(empty_spec(size)), indent=1) + "\n"


def trend_vega(panel: Panel, size: Size) -> Vega:
    """Fill the compiled template with one measure's panel."""
    template = _template(size)
    rows: dict[str, Rows] = chart_rows(panel, size)
    domains = {"x": list(panel.reach), "y": list(panel.domain)}
    return {
        **template,
        "data": [d | {"values": rows[d["name"]]} if "values" in d else d for d in template["data"]],
        "scales": [
            s | {"domain": domains[s["name"]]} if s["name"] in domains else s
            for s in template["scales"]
        ],
    }


def draw(vega: Vega) -> str:
    """Draw a chart as SVG, without browser, network or system fonts.

    Raises
    ------
    ValueError
        If a text would be lost.

    Notes
    -----
    The library measures each text that it sets, which takes longer than all else, and to no
    end: nothing in a chart stands where a text ends. So it is given none. What a text says goes
    through it as the text's description, and is set here.
    """
    bare = _of_some_rows(vega)
    drawn = vl_convert.vega_to_svg(json.dumps({**bare, "marks": [*map(_described, bare["marks"])]}))
    worded, count = _DESCRIBED.subn(r"<text\g<rest>>\g<says></text>", str(drawn))
    if count != worded.count("<text"):
        raise ValueError("the drawing library writes texts in another way; see _DESCRIBED")
    return worded


def _described(mark: Mapping[str, Any]) -> Mapping[str, Any]:
    """A mark of texts with what they say as their description, and no text."""
    if mark["type"] != "text":
        return mark
    update = mark["encode"]["update"]
    told = {**update, "description": update["text"], "text": {"value": ""}}
    return {**mark, "aria": True, "encode": {**mark["encode"], "update": told}}


def _of_some_rows(vega: Vega) -> Vega:
    """The chart without marks of no rows: they draw nothing, and cost as much as others."""
    bare = {d["name"] for d in vega["data"] if not d.get("values", True)}
    bare |= {d["name"] for d in vega["data"] if d.get("source") in bare}
    return {
        **vega,
        "data": [d for d in vega["data"] if d["name"] not in bare],
        "marks": [m for m in vega["marks"] if _rows_of(m) not in bare],
    }


def _rows_of(mark: Mapping[str, Any]) -> str:
    """The name of the data a mark is drawn from, of a group those that it is divided by."""
    given = mark["from"]
    return str(given["data"] if "data" in given else given["facet"]["data"])


@lru_cache(maxsize=4)
def _template(size: Size) -> Vega:
    template: Vega = json.loads(compiled_file(size).read_text("utf-8"))
    return template


if __name__ == "__main__":
    for each in (WIDE, NARROW):
        compiled_file(each).write_text(compiled_text(each), encoding="utf-8")

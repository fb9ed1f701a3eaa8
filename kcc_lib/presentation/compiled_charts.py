"""The trend chart without Altair: its template validated and compiled once, filled for each panel.

`templates/trend-wide.vg.json` and its narrow sister are what Vega-Lite makes of Altair's
templates (`charts.py`). A build fills in rows and scales and draws; tests prove the filled
chart to be what Altair and Vega-Lite would have made. After a change to `charts.py` or
`theme.py` write them again: `python -m kcc_lib.presentation.compiled_charts`.
"""

import json
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
    """Draw a chart as SVG, without browser, network or system fonts."""
    return str(vl_convert.vega_to_svg(json.dumps(_of_some_rows(vega))))


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

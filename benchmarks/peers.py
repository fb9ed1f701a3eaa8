"""The same section the usual way: an analyst's notebook, and the page nbconvert makes of it.

For each measure it has the title, what our page says under the chart, the chart and the figures
as a table. The chart is the very one of our page, which Altair made too, or, to be kinder than
fair, a plain line. `jupyter nbconvert --to html` makes the page, with Altair's default renderer,
whose scripts come from a CDN, or with its `svg` renderer, which needs none.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.presentation.charts import trend_spec
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.sentences import caption
from kcc_lib.presentation.theme import WIDE
from kcc_lib.presentation.views import panel_of
from kcc_lib.workbench import open_section

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure: what it is called, how its charts are told, and its file."""

    name: str
    kind: str
    path: Path


@dataclass(frozen=True, slots=True)
class _Way:
    name: str
    renderer: str
    plain: bool = False


_WAYS = (
    _Way("Altair default, our charts", "default"),
    _Way("Altair default, plain lines", "default", plain=True),
    _Way("Altair svg, our charts", "svg"),
)


def peers(folder: Path, edition: str, outcome: str) -> list[Page]:
    """Make the section's page in each of the usual ways."""
    section = open_section(edition)
    measures = [_files(folder, section, m) for m in section.catalogue.under(outcome)]
    made = []
    for number, way in enumerate(_WAYS):
        path = folder / f"peer-{number}.ipynb"
        cells = [
            nbformat.v4.new_code_cell(_head(way)),
            *(c for m in measures for c in m[way.plain]),
        ]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        run_command("-m", "jupyter", "nbconvert", "--to", "html", "--execute", path)
        made.append(Page(way.name, way.renderer, path.with_suffix(".html")))
    return made


def run_command(*words: str | Path) -> None:
    """Run a Python module as its own process, in the workbook."""
    command = [sys.executable, *(str(w) for w in words)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)  # noqa: S603


def _head(way: _Way) -> str:
    return f"import altair as alt\nimport pandas as pd\nalt.renderers.enable('{way.renderer}');"


def _files(folder: Path, section: Section, measure: Measure) -> dict[bool, list[dict[str, object]]]:
    """The files of one measure and its cells, with our chart and with a plain line."""
    path = folder / measure.measure
    view = section.view(measure.measure)
    words = f"### {measure.measure} {measure.title}\n\n{caption(view)}"
    head = nbformat.v4.new_markdown_cell(words)
    panel = panel_of(view)
    if not panel:
        return {plain: [head] for plain in (False, True)}
    shown: pd.DataFrame = section.shown[section.shown["measure"] == measure.measure]
    shown[["area", "period", "value"]].to_csv(f"{path}.csv", index=False)
    Path(f"{path}.json").write_text(json.dumps(trend_spec(panel, WIDE)), encoding="utf-8")
    table = nbformat.v4.new_code_cell(f"pd.read_csv('{path}.csv')")
    line = (
        f"alt.Chart(pd.read_csv('{path}.csv')).mark_line(point=True).encode("
        "x='period:O', y='value:Q', color='area:N').properties(width=500, height=210)"
    )
    charts = {False: f"alt.Chart.from_json(open('{path}.json').read())", True: line}
    return {plain: [head, nbformat.v4.new_code_cell(draw), table] for plain, draw in charts.items()}

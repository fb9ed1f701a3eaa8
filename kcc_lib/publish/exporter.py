"""The nbconvert exporter: one executed notebook to one self-contained, accessible page."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import default

from kcc_lib.errors import PublishError
from kcc_lib.presentation.blocks import MIME, TEMPLATES, block_faults, render_blocks, render_prose
from kcc_lib.presentation.narrative.unbound import unbound
from kcc_lib.publish.terms import link_terms

HERE = Path(__file__).parent / "templates"
#: A markdown cell with this tag is for analysts and is left out of the page.
WORKBOOK_ONLY = "workbook"
#: The class of a page that is set otherwise than the rest, by the kind of block that it shows.
_KINDS = {"easy": "easy-reading", "glossary": "terms"}


class CheckPublishable(Preprocessor):
    """Refuse a notebook whose outputs are not ours, whole and free of errors."""

    enabled = True

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Check every cell and drop its source; raise with everything that is wrong."""
        faults: list[str] = []
        seen: set[str] = set()
        for number, cell in enumerate(nb.cells, start=1):
            if cell.cell_type == "code":
                faults += [f"cell {number}: {f}" for f in _output_faults(cell.outputs, seen)]
                cell.source = ""
            elif cell.cell_type == "markdown" and not for_analysts(cell):
                found = unbound(cell.source, f"cell {number}")
                faults += [f"{fault}" for fault in found]
        if not seen and not faults:
            faults.append("the notebook shows nothing to publish; run it first")
        if faults:
            raise PublishError("\n".join(faults))
        return nb, resources


def _output_faults(outputs: list[NotebookNode], seen: set[str]) -> list[str]:
    faults = []
    for output in outputs:
        if output.output_type == "error":
            faults.append(f"{output.ename}: {output.evalue}")
        elif output.output_type == "stream":
            faults.append(f"prints to {output.name}: {str(output.text).strip()[:80]!r}")
        elif MIME not in output.get("data", {}):
            kinds = ", ".join(sorted(output.get("data", {})))
            faults.append(f"shows {kinds}, which is not published; end the line with a semicolon")
        else:
            for block in output.data[MIME]["blocks"]:
                faults += block_faults(block)
                identifier = block.get("id", "")
                if identifier and identifier in seen:
                    faults.append(f"the id {identifier} stands twice")
                seen.add(identifier)
    return faults


def for_analysts(cell: NotebookNode) -> bool:
    """Whether a markdown cell is for analysts only."""
    return WORKBOOK_ONLY in cell.metadata.get("tags", [])


def publish_cell(cell: NotebookNode) -> Markup:
    """What a page shows of one cell."""
    if cell.cell_type == "code":
        return Markup("").join(
            render_blocks(output.data[MIME]["blocks"]) for output in cell.outputs
        )
    if cell.cell_type == "markdown" and not for_analysts(cell):
        return Markup('<div class="prose">{}</div>').format(render_prose(cell.source))
    return Markup("")


class ReportHTMLExporter(HTMLExporter):
    """`jupyter nbconvert --to report_html` of an executed notebook.

    The page needs nothing from anywhere else: style and script are inline and hashed in
    its Content-Security-Policy, charts are pictures in the page. Title, navigation and
    dates come in `resources["report"]`; without them the page stands alone.
    """

    export_from_notebook = "Report page"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "report_html"

    @default("preprocessors")
    def _preprocessors_default(self) -> list[type[Preprocessor]]:
        return [CheckPublishable]

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        # ours alone: nbconvert would also look in the working folder
        return [str(HERE / "report_html")]

    def _create_environment(self) -> jinja2.Environment:
        return _environment()

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Make the page. HTMLExporter's own step re-parses it and is left out on purpose."""
        resources = dict(resources or {})
        resources["report"] = page_resources(nb, resources.get("report", {}))
        self._nb_metadata: dict[str, Any] = {}
        page, out = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return page, out


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(HERE / "report_html")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["publish"] = publish_cell
    environment.filters["link_terms"] = link_terms
    return environment


def rehearse() -> None:
    """Make a page of one heading: what every page needs is compiled before processes part."""
    title = {"kind": "heading", "level": 1, "text": "Title", "id": "top"}
    shown = nbformat.v4.new_output("display_data", data={MIME: {"blocks": [title]}})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[shown])])
    ReportHTMLExporter().from_notebook_node(notebook)


def page_resources(nb: NotebookNode, given: dict[str, Any]) -> dict[str, Any]:
    """What the template needs, completed for a notebook converted on its own."""
    style = (TEMPLATES / "blocks.css").read_text("utf-8")
    style += (HERE / "report_html" / "page.css").read_text("utf-8")
    script = (HERE / "report_html" / "filter.js").read_text("utf-8") if _filters(nb) else ""
    heading = _first_heading(nb)
    plain: dict[str, Any] = {
        "title": heading, "description": heading, "edition": "Outcomes report", "as_of": "",
        "banner": "", "pages": [], "previous": None, "next": None, "signed": "",
        "part": [], "part_title": "", "shelf": False,
        "draft": "Made outside a build, not signed off.", "corrected": "", "corrections": [],
        "corrections_at": "", "about": [], "contact": None, "tell_us": "", "terms": {},
    }  # fmt: skip
    # style and script are our own files, hashed into the policy
    own = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    page = {**plain, **given, **own, "policy": policy(style, script), "kind": _kind(nb)}
    around = (link["title"] for key in ("pages", "part", "about") for link in page[key])
    return page | {"around": list(around)}


def policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows this style and this script and nothing else."""
    allowed = f"'{_hash(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def _all_blocks(nb: NotebookNode) -> list[dict[str, Any]]:
    return [
        block
        for cell in nb.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for block in output.get("data", {}).get(MIME, {}).get("blocks", [])
    ]


def _filters(nb: NotebookNode) -> bool:
    return any(b.get("filter") or b["kind"] == "az" for b in _all_blocks(nb))


def _kind(nb: NotebookNode) -> str:
    shown = {b["kind"] for b in _all_blocks(nb)}
    return next((name for kind, name in _KINDS.items() if kind in shown), "")


def _first_heading(nb: NotebookNode) -> str:
    return next((b["text"] for b in _all_blocks(nb) if b.get("kind") == "heading"), "Report")

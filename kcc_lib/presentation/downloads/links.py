"""The line of a measure's or a KPI's block that leads to its downloads."""

from kcc_lib.presentation.addresses import data_address
from kcc_lib.presentation.blocks import Block

MEASURES, OUTCOMES, DIRECTORATES, CHARTS = "measures", "outcomes", "directorates", "charts"
FIGURES, JUDGEMENTS, WHOLE = ".csv", "-judgements.csv", ".json"
PICTURES = (".svg", ".png")


def download_links(code: str, name: str, *, figures: bool, chart: bool) -> Block:
    """The links of one measure, in groups of what they hold.

    Parameters
    ----------
    code
        Of the measure; its addresses are made from it.
    name
        What its links call it.
    figures, chart
        Whether any figure is held, and whether one is drawn.

    Returns
    -------
    dict
        `code`, `name`, and `parts`, each with a `name` and `links` of a `text` and an `href`.
    """
    parts = [_part("figures", MEASURES, code, FIGURES)] if figures else []
    parts += [
        _part("judgements", MEASURES, code, JUDGEMENTS),
        _part("everything", MEASURES, code, WHOLE),
    ]
    parts += [_part("chart", CHARTS, code, *PICTURES)] if chart else []
    return {"code": code, "name": name, "parts": parts}


def _part(name: str, folder: str, code: str, *endings: str) -> Block:
    links = [
        {"text": e.rpartition(".")[2].upper(), "href": data_address(folder, code, e)}
        for e in endings
    ]
    return {"name": name, "links": links}

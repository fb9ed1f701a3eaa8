"""Open all that tells when figures come: series, editions and what is known of arrivals."""

from kcc_lib.records import processed
from kcc_lib.records.arrivals import read_arrivals
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.editions import Edition, read_edition
from kcc_lib.records.folders import edition_names
from kcc_lib.records.holdings import Holdings, gather_holdings
from kcc_lib.records.places import find_workbook


def open_holdings() -> tuple[Holdings, dict[str, Edition]]:
    """Open what the workbook holds of the areas that its editions report.

    Returns
    -------
    (holdings, editions)
        What is held, and every edition by name.

    Raises
    ------
    DataError
        If a file has a fault; all of it are named.
    """
    workbook = find_workbook()
    raw = workbook.raw
    catalogue = read_catalogue(raw)
    editions = {name: read_edition(raw, name, catalogue) for name in edition_names(raw)}
    areas = {e.area for e in editions.values()}
    arrivals = read_arrivals(raw, catalogue.measures, shown=workbook.shown(raw))
    frame = processed.load(workbook)
    every = tuple(editions.values())
    return gather_holdings(frame, catalogue.measures, areas, every, arrivals), editions

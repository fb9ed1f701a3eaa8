"""The Easy Read page of an edition of either kind, and the gate it must pass."""

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.addresses import easy_read_recipe
from kcc_lib.presentation.blocks import Blocks
from kcc_lib.presentation.easy.annual import annual_easy_read
from kcc_lib.presentation.easy.quarterly import quarterly_easy_read
from kcc_lib.presentation.easy.written import NAME, written_easy_read
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report


def easy_read(report: Report) -> Blocks:
    """Easy Read: as people wrote it where they did, else made from the judgements.

    Raises
    ------
    NarrativeError
        With everything on the page that is not easy to read.
    """
    if isinstance(report, Quarter):
        return quarterly_easy_read(report)
    if report.written.has(NAME):
        return written_easy_read(report)
    return annual_easy_read(report)


def prose_faults(report: Report) -> list[Fault]:
    """Everything wrong in the words of an edition, found before a page is made.

    Its narrative first; where that is sound, whatever on its Easy Read page is not easy.
    """
    if faults := report.narrative_faults():
        return faults
    if easy_read_recipe(report.edition) is None:
        return []
    try:
        easy_read(report)
    except NarrativeError as error:
        return list(error.faults)
    return []

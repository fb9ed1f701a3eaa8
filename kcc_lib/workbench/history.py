"""What became of an edition after it was signed off."""

from kcc_lib.records.corrections import History, read_history
from kcc_lib.records.editions import Edition
from kcc_lib.records.places import find_workbook


def corrections(edition: Edition) -> History:
    """Whether an edition is signed off, and what was put right in it since.

    Raises
    ------
    DataError
        With every fault in the tables of sign-off and corrections.
    """
    workbook = find_workbook()
    return read_history(workbook.raw, edition.name, shown=workbook.shown(workbook.raw))

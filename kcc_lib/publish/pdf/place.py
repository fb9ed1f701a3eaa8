"""Where an edition's PDF lies."""

from kcc_lib.records.editions import Edition


def pdf_name(edition: Edition) -> str:
    """The file of an edition's PDF, beside its pages."""
    return f"{edition.name}.pdf"

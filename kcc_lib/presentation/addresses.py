"""Where an edition shows what: the addresses that its pages, and other editions', link to."""

import re
from collections.abc import Mapping

from kcc_lib.measures import Catalogue, Measure
from kcc_lib.records.editions import Edition, PageRecipe


def measures_page(edition: Edition, outcome: str) -> str:
    """The page with the measures of a strategic outcome: its notebook's; "" where none is."""
    found = measures_recipe(edition, outcome)
    return f"{found.name}.html" if found else ""


def measures_recipe(edition: Edition, outcome: str) -> PageRecipe | None:
    """What makes that page; None where the edition has none."""
    return made_by(edition, f"outcome_{outcome}.ipynb")


def made_by(edition: Edition, notebook: str) -> PageRecipe | None:
    """The first page of an edition that a notebook makes."""
    return next((r for r in edition.sections if r.notebook == notebook), None)


def measures_pages(edition: Edition, catalogue: Catalogue) -> Mapping[str, str]:
    """The same for every supporting outcome of the catalogue, by its code."""
    return {
        code: measures_page(edition, s.outcome) for code, s in catalogue.supporting_outcomes.items()
    }


def anchor(measure: str) -> str:
    """The id of a measure on its page, stable across editions."""
    return f"m-{measure.replace('.', '-')}"


def page_of(measure: Measure, catalogue: Catalogue, edition: Edition) -> str:
    """The address of a measure's block from another page of the edition."""
    outcome = catalogue.supporting_outcomes[measure.supporting_outcome].outcome
    return f"{measures_page(edition, outcome)}#{anchor(measure.measure)}"


def slug(name: str) -> str:
    """A code or a name as it stands in the address of a download: 1-11, customer-services."""
    return re.sub(r"[^a-z0-9]+", "-", name.replace("'", "").lower()).strip("-")


def data_address(folder: str, name: str, ending: str) -> str:
    """The address of a download from a page of its edition: data/measures/1-11.csv."""
    return f"data/{folder}/{slug(name)}{ending}"

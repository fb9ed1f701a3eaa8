"""Where an edition shows what: the addresses that its pages, and other editions', link to."""

import re
from collections.abc import Mapping

from kcc_lib.measures import Catalogue, Measure
from kcc_lib.presentation.blocks import Block
from kcc_lib.records.editions import Edition, PageRecipe

#: The notebooks that make an Easy Read page, of a section and of a quarter.
EASY_READ = ("easy_read.ipynb", "quarterly_easy_read.ipynb")


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


def easy_read_recipe(edition: Edition) -> PageRecipe | None:
    """What makes the edition's Easy Read page; None where it has none."""
    return next(filter(None, (made_by(edition, n) for n in EASY_READ)), None)


def easy_read_link(edition: Edition) -> list[Block]:
    """A line that leads to the Easy Read page; nothing where the edition has none."""
    made = easy_read_recipe(edition)
    if made is None:
        return []
    said = f"**[{made.title} version]({made.name}.html)**: short sentences, large print, pictures."
    return [{"kind": "prose", "markdown": said}]

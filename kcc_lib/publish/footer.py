"""What stands at the foot of every page, in the same place: ways to help, and how to write."""

from collections.abc import Collection
from typing import Any

from kcc_lib.presentation.about.contacts import day_words, dial, write_about
from kcc_lib.records.editions import Edition, PageRecipe

#: Pages that every page leads to, by the notebook that makes them, in this order.
_LED_TO = (
    "formats.ipynb", "accessibility.ipynb", "corrections.ipynb", "glossary.ipynb", "downloads.ipynb"
)  # fmt: skip


def footer(edition: Edition, built: Collection[str], current: PageRecipe) -> dict[str, Any]:
    """What the template needs of the foot of one page.

    Parameters
    ----------
    built
        Names of the pages that are built: only they are linked, each by its own title.
    current
        The page on which it stands.

    Returns
    -------
    dict
        `about`: links to the pages that help; `contact`: how to ask for another format, and
        when its details were printed, or None; `tell_us`: the address that starts an e-mail
        about this page, "" where nobody is known to write to.
    """
    made = {r.notebook: r for r in reversed(edition.sections) if r.name in built}
    council = edition.council
    asked = council.figures or council.formats
    return {
        "about": [_link(made[n], current) for n in _LED_TO if n in made],
        "contact": _contact(edition),
        "tell_us": write_about(asked.email, edition, current.name, current.title) if asked else "",
    }


def _link(recipe: PageRecipe, current: PageRecipe) -> dict[str, str]:
    here = "page" if recipe.name == current.name else ""
    return {"href": f"{recipe.name}.html", "title": recipe.title, "current": here}


def _contact(edition: Edition) -> dict[str, str] | None:
    held = edition.council.formats
    if held is None:
        return None
    return {
        "email": held.email, "phone": held.phone, "dial": dial(held.phone),
        "relay": held.text_relay, "dial_relay": dial(held.text_relay), "hours": held.hours,
        "printed": day_words(held.printed),
    }  # fmt: skip

"""The menu around a page: parts, the pages of the part it is in, and the way on and back."""

import pytest

from kcc_lib.publish.menu import menu
from kcc_lib.records.editions import PageRecipe

PAGES = [
    PageRecipe("index", "a.ipynb", "Overview", group="Start"),
    PageRecipe("money", "b.ipynb", "Finance", group="Start"),
    PageRecipe("alone", "c.ipynb", "Alone"),
    PageRecipe("last", "d.ipynb", "Last", group="End"),
]


def links(found):
    return [(link["title"], link["href"], link["current"]) for link in found]


def test_each_part_is_linked_once_by_its_first_page_and_the_current_one_is_marked():
    assert links(menu(PAGES, "money")["pages"]) == [
        ("Start", "index.html", "true"), ("Alone", "alone.html", ""), ("End", "last.html", ""),
    ]  # fmt: skip
    assert links(menu(PAGES, "index")["pages"])[0] == ("Start", "index.html", "page")


def test_the_pages_of_the_current_part_stand_under_its_name():
    found = menu(PAGES, "money")

    assert found["part_title"] == "Start"
    assert links(found["part"]) == [
        ("Overview", "index.html", ""), ("Finance", "money.html", "page"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["alone", "last"])
def test_a_part_of_one_page_has_no_list_of_its_own(name):
    assert menu(PAGES, name)["part"] == []


def test_the_way_on_and_back_goes_through_every_page_by_its_own_title():
    assert [menu(PAGES, r.name)["next"] for r in PAGES[:2]] == [
        {"href": "money.html", "title": "Finance", "current": ""},
        {"href": "alone.html", "title": "Alone", "current": ""},
    ]
    assert menu(PAGES, "index")["previous"] is None
    assert menu(PAGES, "last")["next"] is None
    assert menu(PAGES, "alone")["previous"]["title"] == "Finance"


def test_an_edition_without_groups_has_a_flat_menu():
    flat = [PageRecipe(r.name, r.notebook, r.title) for r in PAGES]

    found = menu(flat, "money")

    assert [link["title"] for link in found["pages"]] == ["Overview", "Finance", "Alone", "Last"]
    assert found["part"] == []

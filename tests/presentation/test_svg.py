"""Tidying a drawn chart: what can be seen stays as it was, what cannot be seen goes."""

from xml.etree import ElementTree

import pytest

from kcc_lib.presentation.svg import tidy
from kcc_lib.presentation.theme import WIDE

SVG = "{http://www.w3.org/2000/svg}"


def tidied(inside):
    """The drawing's own elements, after tidying, as (tag, attributes) in order."""
    svg = tidy(f"<svg>{inside}</svg>", WIDE)
    root = ElementTree.fromstring(svg).find(f"{SVG}g")
    return [(e.tag.removeprefix(SVG), e.attrib) for e in root.iter() if e is not root]


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="none"><path d="M0,0h5v5Z"/></g>',
        '<path d="M0,0h5v5Z" fill="none" stroke="none"/>',
        '<g fill="none" stroke="red"><path d="" /></g>',
        "<g></g>",
    ],
)
def test_what_paints_nothing_goes(inside):
    assert [tag for tag, _ in tidied(inside) if tag != "g"] == []


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0,0h5v5Z"/>',
        '<g fill="none"><path d="M0,0h5v5Z" stroke="#12436D"/></g>',
        '<g fill="none"><g fill="#fff"><rect width="4" height="4"/></g></g>',
        '<g fill="none"><line x2="5" stroke="#000"/></g>',
    ],
)
def test_what_is_filled_or_drawn_stays(inside):
    assert [tag for tag, _ in tidied(inside) if tag != "g"] != []


def test_text_stays_though_it_takes_its_colour_from_elsewhere():
    assert [tag for tag, _ in tidied('<g fill="none"><text>3.0</text></g>')][-1] == "text"


def test_what_svg_means_anyway_is_left_unsaid():
    ((_, kept),) = tidied(
        '<path d="M0,0h5" stroke="#000" opacity="1" stroke-dasharray="1,0" '
        'transform="translate(0,0)"/>'
    )

    assert kept == {"d": "M0,0h5", "stroke": "#000"}


def test_a_dash_a_place_and_a_faint_shade_are_kept():
    given = {
        "d": "M0,0h5",
        "opacity": "0.7",
        "stroke-dasharray": "6,4",
        "transform": "translate(1,0)",
    }
    said = " ".join(f'{name}="{value}"' for name, value in given.items())

    assert tidied(f"<path {said}/>") == [("path", given)]


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ("144.0000", "144"),
        ("74.8571", "74.86"),
        ("-0.0010", "0"),
        ("-4.1845", "-4.18"),
        ("100", "100"),
    ],
)
def test_numbers_are_kept_to_a_hundredth_and_no_nought_is_written_for_nothing(drawn, kept):
    ((_, path),) = tidied(f'<path d="M{drawn},0h5"/>')

    assert path["d"] == f"M{kept},0h5"

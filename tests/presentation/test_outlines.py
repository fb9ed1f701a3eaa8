"""Letters as outlines: no font of the machine is asked for, and text stands where it stood."""

import re
from xml.etree import ElementTree

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from kcc_lib.presentation.downloads import outlines
from kcc_lib.presentation.downloads.outlines import outlined
from kcc_lib.presentation.downloads.wrapping import width_of

SVG = "{http://www.w3.org/2000/svg}"


def picture(inside):
    return f'<svg xmlns="http://www.w3.org/2000/svg" font-family="Arial">{inside}</svg>'


def path_of(text):
    """The one path that a text becomes."""
    (path,) = ElementTree.fromstring(outlined(picture(text))).iter(f"{SVG}path")
    return path


def contours(path):
    """The points that a path goes through, contour by contour, in the font's units."""
    found = []
    for move in re.findall(r"M([^M]*)", path.get("d")):
        x, y, rest = re.fullmatch(r"(\S+) ([^a-z]+)(.*)z", move, re.S).groups()
        at = (float(x), float(y))
        points = [at]
        for _, steps in re.findall(r"([lq])([^lqz]+)", rest):
            numbers = [float(n) for n in steps.split()]
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            at = (at[0] + pairs[-1][0], at[1] + pairs[-1][1])
            points.append(at)
        found.append(points)
    return found


def extent(path):
    points = [p for contour in contours(path) for p in contour]
    return min(x for x, _ in points), max(x for x, _ in points)


def test_no_text_is_left_so_no_font_is_looked_for():
    drawn = outlined(picture('<g><text x="1" y="2" font-size="13px">4.0</text></g><rect/>'))

    assert "<text" not in drawn
    assert drawn.count("<path") == 1
    assert "<rect" in drawn


@pytest.mark.parametrize(("weight", "file"), [("", "Regular"), (' font-weight="bold"', "Bold")])
@pytest.mark.parametrize("letter", list("Aag%£é–"))
def test_a_letter_is_the_fonts_own_outline(letter, weight, file):
    font = TTFont(outlines._FONTS / f"LiberationSans-{file}.ttf")
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord(letter)]
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)

    path = path_of(f'<text font-size="20"{weight}>{letter}</text>')

    assert extent(path) == pytest.approx((bounds.bounds[0], bounds.bounds[2]), abs=25)
    assert re.search(r"scale\((\S+),-\1\)$", path.get("transform"))


@pytest.mark.parametrize(("anchor", "share"), [("start", 0), ("middle", 0.5), ("end", 1)])
def test_a_text_stands_at_its_anchor(anchor, share):
    alone = extent(path_of('<text font-size="13">4.0 HH</text>'))
    width = sum(outlines._letter(letter, False).advance for letter in "4.0 HH")

    placed = extent(path_of(f'<text font-size="13px" text-anchor="{anchor}">4.0 HH</text>'))

    assert placed == pytest.approx([end - share * width for end in alone], rel=1e-3)


def test_colours_place_and_the_width_of_a_halo_stay_as_they_were():
    path = path_of(
        '<text fill="#fff" stroke="#000" stroke-width="4" font-size="20.48" '
        'transform="translate(3,4)" x="5" y="6">1</text>'
    )

    assert path.get("transform") == "translate(3,4) translate(5,6) scale(0.01,-0.01)"
    assert (path.get("fill"), path.get("stroke"), path.get("stroke-width")) == (
        "#fff", "#000", "400",
    )  # fmt: skip


def test_a_letter_that_the_font_has_not_is_a_box_and_no_letter_is_nothing():
    outer, inner = contours(path_of('<text font-size="13">\U0001f600</text>'))
    assert len(set(outer)) == len(set(inner)) == 4
    assert path_of('<text font-size="13"> </text>').get("d") == ""
    assert path_of('<text font-size="13"></text>').get("d") == ""


@pytest.mark.parametrize(
    "faulty",
    [
        '<text font-size="1em">x</text>', "<text>x</text>", '<text font-size="13" dy="4">x</text>',
        '<text font-size="13" text-anchor="left">x</text>',
        '<text font-size="13" font-weight="600">x</text>',
        '<text font-size="13">x<tspan>y</tspan></text>',
    ],
)  # fmt: skip
def test_a_text_that_would_not_stand_as_it_is_drawn_is_refused(faulty):
    with pytest.raises(ValueError, match="cannot be outlined"):
        outlined(picture(faulty))


def test_letters_are_as_wide_as_the_font_has_them():
    regular, bold = (width_of("Kent 4.0%", 10, bold=bold) for bold in (False, True))

    assert regular == pytest.approx(
        10 * (667 + 556 + 556 + 278 + 278 + 556 + 278 + 556 + 889) / 1000, abs=0.02
    )
    assert bold > regular
    assert width_of("\U0001f600", 10) == 10

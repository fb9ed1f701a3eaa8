"""Text as outlines of letters, so that a picture of points is the same on every machine.

The drawing library would take a font of this name from the machine, where one is installed, and
each version of the font draws other letters. The font lies beside this code: Liberation Sans 2.1.5
(`fonts/OFL.txt`). Letters are set one after the other at the font's own widths, without kerning.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

_FONTS = Path(__file__).parents[1] / "fonts"
_SVG = "http://www.w3.org/2000/svg"
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")
#: How far a text stands left of its place, in its own width.
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
#: What a text has that its outlines have too.
_KEPT = ("fill", "opacity", "stroke", "stroke-linejoin", "transform")
_READ = {*_KEPT, "x", "y", "font-size", "font-weight", "text-anchor", "stroke-width"}
_WEIGHTS = {"normal": False, "bold": True}


class _Letter(NamedTuple):
    """One letter in the font's units: how far the next stands, and its contours.

    A contour is the point it starts at and the rest of its path, told from point to point.
    """

    advance: float
    contours: tuple[tuple[float, float, str], ...]


def outlined(svg: str) -> str:
    """A picture in which each text is a path.

    Parameters
    ----------
    svg
        A picture whose texts lie on one line each, with their size in pixels.

    Raises
    ------
    ValueError
        If a text has anything else that sets its place, its letters or its looks.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for at, element in enumerate(list(parent)):
            if element.tag == f"{{{_SVG}}}text":
                parent[at] = _path_of(element)
    return ElementTree.tostring(root, encoding="unicode")


@lru_cache(maxsize=1024)
def advance(letter: str, *, bold: bool = False) -> float:
    """How far the next letter stands, in letter heights; one for what the font has not."""
    # kept: a page's posters ask for some hundred letters a hundred thousand times
    if ord(letter) not in _font("Bold" if bold else "Regular").getBestCmap():
        return 1.0
    return _letter(letter, bold).advance / _units()


def _path_of(text: ElementTree.Element) -> ElementTree.Element:
    """The outlines of a text, at its place and in its colours."""
    given = text.attrib
    size = _SIZE.fullmatch(given.get("font-size", ""))
    anchor, weight = given.get("text-anchor", "start"), given.get("font-weight", "normal")
    odd = len(text) or given.keys() - _READ or anchor not in _ANCHORS or weight not in _WEIGHTS
    if size is None or odd:
        raise ValueError(f"a text that cannot be outlined: {given}, {len(text)} parts")
    letters = [_letter(letter, _WEIGHTS[weight]) for letter in text.text or ""]
    pen = -_ANCHORS[anchor] * sum(letter.advance for letter in letters)
    parts: list[str] = []
    for letter in letters:
        parts += [f"M{pen + x:g} {y:g}{rest}" for x, y, rest in letter.contours]
        pen += letter.advance
    scale = float(size[1]) / _units()
    kept = {name: given[name] for name in _KEPT if name in given}
    if "stroke-width" in given:
        kept["stroke-width"] = f"{float(given['stroke-width']) / scale:g}"
    x, y = float(given.get("x", 0)), float(given.get("y", 0))
    place = f"translate({x:g},{y:g}) scale({scale:.6g},{-scale:.6g})"
    kept["transform"] = f"{given.get('transform', '')} {place}".strip()
    return ElementTree.Element(f"{{{_SVG}}}path", {"d": "".join(parts), **kept})


class _Contours(BasePen):  # type: ignore[misc]  # the library has no types
    """Collects the contours of a letter."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.found: list[tuple[float, float, str]] = []
        self._start = (0.0, 0.0)
        self._at = (0.0, 0.0)
        self._parts: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the library's names
        self._start = self._at = pt
        self._parts = []

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._on("l", pt)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:  # noqa: N802
        self._on("q", pt1, pt2)

    def _closePath(self) -> None:  # noqa: N802
        self.found.append((*self._start, "".join(self._parts) + "z"))

    def _on(self, how: str, *points: tuple[float, float]) -> None:
        steps = [f"{x - self._at[0]:g} {y - self._at[1]:g}" for x, y in points]
        self._parts.append(how + " ".join(steps))
        self._at = points[-1]


@lru_cache(maxsize=1024)
def _letter(letter: str, bold: bool) -> _Letter:
    """A letter of the font; of one that it has not, the box that stands for it."""
    font = _font("Bold" if bold else "Regular")
    glyphs: Any = font.getGlyphSet()
    glyph = glyphs[font.getBestCmap().get(ord(letter), ".notdef")]
    pen = _Contours(glyphs)
    glyph.draw(pen)
    return _Letter(glyph.width, tuple(pen.found))


@lru_cache(maxsize=2)
def _font(weight: str) -> TTFont:
    return TTFont(_FONTS / f"LiberationSans-{weight}.ttf", lazy=True)


def _units() -> float:
    """How many units of the font a letter's height is; the same in both weights."""
    return float(_font("Regular")["head"].unitsPerEm)

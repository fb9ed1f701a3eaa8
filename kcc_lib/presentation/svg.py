"""Cleaning a drawn chart: rebuilt from an allow-list.

What is not on the list does not get through: no links, styles, scripts, fonts or addresses.
"""

import re
from xml.etree import ElementTree

from kcc_lib.presentation.theme import Size

_SVG = "http://www.w3.org/2000/svg"
ALLOWED_TAGS = {"g", "path", "line", "rect", "text", "tspan"}
ALLOWED_ATTRIBUTES = {
    "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "fill", "fill-opacity",
    "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
    "text-anchor", "font-size", "font-weight", "opacity", "dx", "dy",
}  # fmt: skip
#: What an SVG means without them.
_DEFAULTS = {("opacity", "1"), ("stroke-dasharray", "1,0"), ("transform", "translate(0,0)")}
_SHAPES = {"path", "line", "rect"}
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def tidy(drawn: str, size: Size) -> str:
    """Rebuild an SVG for the page, where the element around it bears its name.

    Parameters
    ----------
    drawn
        SVG from `charts.draw`.
    size
        The rendering it was drawn at; sets the view box.
    """
    source = ElementTree.fromstring(drawn)
    out = ElementTree.Element(
        "svg",
        {
            "xmlns": _SVG,
            "class": f"chart chart-{size.name}",
            "viewBox": f"0 0 {size.full_width} {size.full_height}",
            "width": str(size.full_width),
            "height": str(size.full_height),
            "aria-hidden": "true",
        },
    )
    group = ElementTree.SubElement(out, "g")
    for child in source:
        _copy(child, group, filled=True)
    return ElementTree.tostring(out, encoding="unicode", short_empty_elements=True)


def _copy(element: ElementTree.Element, parent: ElementTree.Element, *, filled: bool) -> None:
    """Copy what is allowed and can be seen; `filled`, whether a shape is so unless it says."""
    tag = str(element.tag).rpartition("}")[2]
    if tag not in ALLOWED_TAGS:
        return
    kept = {
        name: short
        for name, value in sorted(element.attrib.items())
        if name in ALLOWED_ATTRIBUTES and "url(" not in value
        if (name, short := _NUMBER.sub(_to_hundredths, value)) not in _DEFAULTS
    }
    filled = kept["fill"] != "none" if "fill" in kept else filled
    if tag in _SHAPES and not filled and kept.get("stroke", "none") == "none":
        return
    if tag in {"g", "path"} and not len(element) and not kept.get("d"):
        return
    copied = ElementTree.SubElement(parent, tag, kept)
    copied.text = element.text if tag in {"text", "tspan"} else None
    for child in element:
        _copy(child, copied, filled=filled)
    if tag == "g" and not len(copied):
        parent.remove(copied)
    elif tag == "g" and not copied.attrib:
        # an unmarked group says nothing: lift its children
        at = list(parent).index(copied)
        parent.remove(copied)
        for offset, child in enumerate(list(copied)):
            parent.insert(at + offset, child)


def _to_hundredths(number: re.Match[str]) -> str:
    """A number of a drawing to a hundredth of a pixel, without noughts that say nothing."""
    short = f"{float(number.group()):.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short

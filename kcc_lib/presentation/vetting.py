"""Letting a chart into a page only if it is made of drawing and nothing else."""

from xml.etree import ElementTree

from markupsafe import Markup

from kcc_lib.errors import PublishError
from kcc_lib.presentation.svg import ALLOWED_ATTRIBUTES, ALLOWED_TAGS

#: What stands at the root of a drawing alone.
_ROOT = {"class", "viewBox", "aria-hidden"}


def vet_svg(text: str) -> Markup:
    """Pass a chart through unchanged, or refuse it.

    Raises
    ------
    PublishError
        If it is not well-formed or holds an element, attribute or address that drawing
        does not need: an executed notebook may have been edited by hand.
    """
    if "<!" in text or "<?" in text:
        raise PublishError("a chart holds a declaration, which drawing does not need")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise PublishError(f"a chart is not well-formed SVG ({error})") from None
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        tags, attributes = ALLOWED_TAGS, ALLOWED_ATTRIBUTES
        if element is root:
            tags, attributes = {"svg"}, ALLOWED_ATTRIBUTES | _ROOT
        if tag not in tags:
            raise PublishError(f"a chart holds <{tag}>, which drawing does not need")
        for name, value in element.attrib.items():
            if name not in attributes or "url(" in value:
                raise PublishError(
                    f"a chart holds {name}={value[:40]!r}, which drawing does not need"
                )
    return Markup(text)  # noqa: S704 - every element and attribute was checked above

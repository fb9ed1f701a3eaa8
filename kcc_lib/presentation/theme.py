"""Colours and sizes of the charts: the Government Analysis Function's palette, never colour alone.

Each colour keeps at least 3 to 1 against white; text colours at least 7 to 1 or, for the
comparator's label, 5.4 to 1.
"""

from dataclasses import dataclass

AREA = "#12436D"
COMPARATOR = "#F46A25"
COMPARATOR_TEXT = "#B8430B"
BAND = "#dce3ea"
BAND_EDGE = "#6f8aa5"
GRID = "#d5d8da"
AXIS = "#454e52"
LEVEL = "#3D3D3D"
#: Dashes of the lines across a chart, in pixels drawn and left out.
LEVEL_DASHES = {"target": [9, 4], "floor": [2, 3], "upper": [9, 3, 2, 3], "lower": [4, 3, 4, 7]}
TEXT = "#0b0c0c"
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Size:
    """One rendering of a chart, in pixels of its own coordinate system."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    font: int
    narrow: bool

    @property
    def full_width(self) -> int:
        """Plot and margins together."""
        return self.left + self.width + self.right

    @property
    def full_height(self) -> int:
        """Plot and margins together."""
        return self.top + self.height + self.bottom


#: Drawn at most at its own size, and never scaled below it: the page shows the narrow one.
WIDE = Size("wide", 500, 210, 56, 84, 40, 30, 13, narrow=False)
NARROW = Size("narrow", 172, 190, 48, 66, 40, 30, 12, narrow=True)

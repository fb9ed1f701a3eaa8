"""The drawings beside easy words: ours, plain shapes in one style, in the colour of the text."""

from functools import lru_cache

from markupsafe import Markup

from kcc_lib.easy_words import Picture
from kcc_lib.errors import PublishError
from kcc_lib.presentation.vetting import vet_svg


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"


def _box(x: float, y: float, wide: float, high: float) -> str:
    return f"M{x:g} {y:g}h{wide:g}v{high:g}h{-wide:g}z"


def _person(x: float, top: float, size: float) -> str:
    """A head and shoulders; `size` is how high they are."""
    r, w = size * 0.24, size * 0.4
    shoulder = top + size * 0.56
    return (
        f"{_disc(x, top + r, r)}M{x - w:g} {top + size:g}V{shoulder + w / 2:g}"
        f"a{w:g} {w * 0.75:g} 0 0 1 {2 * w:g} 0V{top + size:g}z"
    )


_ROOF = "M24 5L45 24H3z"
#: What each drawing is made of in a square of 48: solid shapes, then pale ones behind them.
_SHAPES: dict[Picture, tuple[str, str]] = {
    Picture.BABY: (
        "M5 22h38a19 16 0 0 1-38 0z" + _disc(14, 42, 4) + _disc(34, 42, 4),
        "M24 4a19 18 0 0 1 19 18H24z",
    ),
    Picture.CARE: (
        "M24 25C17 19 12 15 12 10a6 6 0 0 1 12-2a6 6 0 0 1 12 2c0 5-5 9-12 15z",
        "M4 32h10l8 4h10a3 3 0 0 1 0 5H20l-1-2M14 32l10-3 8 6 10-4a3 3 0 0 1 2 5l-14 9H14l-10-3z",
    ),
    Picture.CHILD: (_person(24, 12, 32), _disc(24, 24, 23)),
    Picture.CLOCK: ("M22 10h4v13l9 5-2 3.500-11-6z", _disc(24, 24, 22)),
    Picture.FAMILY: (_person(24, 20, 26), _person(12, 6, 38) + _person(36, 6, 38)),
    Picture.HEALTH: (_box(19, 9, 10, 30) + _box(9, 19, 30, 10), _disc(24, 24, 23)),
    Picture.HELP: (
        "M16 18a8 8 0 1 1 11 7.400V30h-5v-8c4 0 6-2 6-4a4 4 0 0 0-8 0z" + _disc(24.500, 36, 3),
        _disc(24, 24, 23),
    ),
    Picture.HOME: (_ROOF + _box(20, 30, 8, 14), _box(9, 24, 30, 20)),
    Picture.INTERNET: (
        "M6 8h36v26H6zM10 12v18h28V12z" + _box(18, 36, 12, 3) + _box(13, 39, 22, 4),
        _box(10, 12, 28, 18),
    ),
    Picture.LAW: (
        _box(22, 6, 4, 34) + _box(8, 10, 32, 3) + _box(13, 40, 22, 4),
        "M3 28l7-15 7 15a7 5 0 0 1-14 0zM31 28l7-15 7 15a7 5 0 0 1-14 0z",
    ),
    Picture.LETTER: ("M4 12l20 16 20-16v4L24 32 4 16z", _box(4, 10, 40, 28)),
    Picture.MONEY: ("", _disc(24, 24, 23)),
    Picture.OLDER: (
        _person(20, 6, 38),
        "M36 44V26a4 4 0 0 1 8 0v2h-3v-2a1 1 0 0 0-2 0v18z",
    ),
    Picture.PEOPLE: (_person(24, 6, 38), _person(10, 16, 28) + _person(38, 16, 28)),
    Picture.PHONE: (
        "M10 6h8l4 11-5 4a24 24 0 0 0 10 10l4-5 11 4v8a4 4 0 0 1-5 4"
        "A37 37 0 0 1 6 11a4 4 0 0 1 4-5z",
        "",
    ),
    Picture.REPORT: (
        _box(15, 16, 18, 3) + _box(15, 23, 18, 3) + _box(15, 30, 12, 3),
        "M9 4h22l8 8v32H9z",
    ),
    Picture.ROAD: (
        _box(22, 6, 4, 8) + _box(22, 19, 4, 9) + _box(22, 33, 4, 10),
        "M16 4h16l12 40H4z",
    ),
    Picture.SCHOOL: (
        "M24 4L44 14v4H4v-4zM22 26h4v18h-4z" + _box(9, 24, 6, 7) + _box(33, 24, 6, 7),
        _box(5, 18, 38, 26),
    ),
    Picture.SPORT: (
        "M24 15l8 6-3 9H19l-3-9zM23 3h2v12h-2zM3 22l1-2 12 1v2zM45 22l-1-2-12 1v2z"
        "M12 41l-2-2 8-9 2 1zM36 41l2-2-8-9-2 1z",
        _disc(24, 24, 22),
    ),
    Picture.TALK: (
        _disc(15, 19, 3) + _disc(24, 19, 3) + _disc(33, 19, 3),
        "M4 6h40v27H24L13 44V33H4z",
    ),
    Picture.TARGET: (
        "M24 10a14 14 0 1 0 0 28a14 14 0 1 0 0-28zM24 15a9 9 0 1 1 0 18a9 9 0 1 1 0-18z"
        + _disc(24, 24, 4),
        _disc(24, 24, 22),
    ),
    Picture.TREE: (_disc(24, 17, 13), _box(21, 30, 6, 15) + _box(12, 42, 24, 3)),
    Picture.WASTE: (
        _box(8, 9, 32, 5) + _box(19, 4, 10, 5) + _box(18, 19, 3, 21) + _box(27, 19, 3, 21),
        "M11 14h26l-3 30H14z",
    ),
    Picture.WORK: (
        _box(4, 24, 40, 4) + "M16 14V8h16v6h-4v-2h-8v2z" + _box(21, 22, 6, 9),
        _box(4, 14, 40, 28),
    ),
}
#: Drawn as thick lines.
_LINES = {Picture.MONEY: "M31 18a6.500 6.500 0 0 0-13 0c0 6 2 10-2 17h16M13 26h13"}


@lru_cache(maxsize=64)
def picture_svg(name: str) -> Markup:
    """A drawing as SVG for a page, which hides it from screen readers: the words say it.

    Raises
    ------
    PublishError
        If there is no such drawing.
    """
    if name not in set(Picture):
        raise PublishError(f"no picture {name!r}")
    solid, pale = _SHAPES[Picture(name)]
    drawn = f'<path d="{pale}" fill="currentColor" fill-opacity="0.22"/>' if pale else ""
    drawn += f'<path d="{solid}" fill="currentColor"/>' if solid else ""
    if lines := _LINES.get(Picture(name)):
        drawn += f'<path d="{lines}" fill="none" stroke="currentColor" stroke-width="4.5"/>'
    return vet_svg(f'<svg class="drawing" viewBox="0 0 48 48" width="48" height="48">{drawn}</svg>')

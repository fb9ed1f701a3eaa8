"""A chart as PNG: drawn with the library's own fonts, and packed small without loss."""

import struct
import zlib

import numpy as np
import vl_convert
from numpy.typing import NDArray

from kcc_lib.presentation.drawings_kept import drawn_once

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: How many points for each pixel of the picture: enough for a slide; SVG is there for print.
_SHARPNESS = 1.5
#: Eight bits each of red, green, blue and opacity; the "sub" filter; a palette of colours.
_RGBA, _SUB, _PALETTE = b"\x08\x06", 1, b"\x08\x03"
_RGB = b"\x08\x02"
_MOST_COLOURS = 256


def png_of(svg: str, *, fonts: str) -> bytes:
    """A picture as PNG, the same on every machine.

    Parameters
    ----------
    fonts
        The picture's list of fonts; the one that the drawing library brings takes its place.
    """
    # one font and no list: the library looks for each of a list anew for every word
    drawn = svg.replace(f'font-family="{fonts}"', 'font-family="Liberation Sans"', 1)
    return drawn_once(
        __file__, drawn, lambda: packed(bytes(vl_convert.svg_to_png(drawn, scale=_SHARPNESS)))
    )


def packed(png: bytes) -> bytes:
    """An opaque PNG without its opacity and, of few colours, with a palette: a tenth of the size.

    The points are the same. A PNG of another make is left as it was.
    """
    chunks = _chunks(png)
    header = chunks[b"IHDR"]
    width, height = struct.unpack(">II", header[:8])
    if header[8:10] != _RGBA or header[12:13] != b"\0":
        return png
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    if (rows[:, 0] != _SUB).any():
        return png
    points = np.cumsum(rows[:, 1:].reshape(height, width, 4), axis=1, dtype=np.uint8)
    if (points[:, :, 3] != _MOST_COLOURS - 1).any():
        return png
    return _with_palette(points[:, :, :3].astype(np.uint32), header[:8])


def _with_palette(points: NDArray[np.uint32], size: bytes) -> bytes:
    """The same points as places in a list of colours; as colours where there are too many."""
    colour = (points[:, :, 0] << 16 | points[:, :, 1] << 8 | points[:, :, 2]).ravel()
    # a picture is runs of one colour, so only where they start need be looked at
    starts = np.flatnonzero(np.diff(colour, prepend=colour[:1] + 1))
    colours, place = np.unique(colour[starts], return_inverse=True)
    height, width = points.shape[:2]
    if len(colours) > _MOST_COLOURS:
        return _png(size + _RGB, points.astype(np.uint8).reshape(height, -1))
    lengths = np.diff(starts, append=colour.size)
    places = np.repeat(place.astype(np.uint8), lengths).reshape(height, width)
    listed = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.uint8)
    return _png(size + _PALETTE, places, (b"PLTE", listed.tobytes()))


def _png(header: bytes, rows: NDArray[np.uint8], *parts: tuple[bytes, bytes]) -> bytes:
    """A PNG of rows of bytes, none of them filtered."""
    unfiltered = np.pad(rows, ((0, 0), (1, 0))).tobytes()
    every = ((b"IHDR", header + b"\0\0\0"), *parts, (b"IDAT", zlib.compress(unfiltered, 6)),
             (b"IEND", b""))  # fmt: skip
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in every)


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """The parts of a PNG by name; those of one name together."""
    found: dict[bytes, bytes] = {}
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        name = png[at + 4 : at + 8]
        found[name] = found.get(name, b"") + png[at + 8 : at + 8 + size]
        at += size + 12
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

"""A chart as PNG: drawn with letters of our own font, and packed small without loss."""

import struct
import zlib

import numpy as np
import vl_convert
from numpy.typing import NDArray

from kcc_lib.presentation.downloads.outlines import outlined
from kcc_lib.presentation.drawings_kept import drawn_once

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: How many points for each pixel of the picture: enough for a slide; SVG is there for print.
_SHARPNESS = 1.5
#: Eight bits each of red, green, blue and opacity; the "sub" filter; a palette of colours.
_RGBA, _SUB, _PALETTE = b"\x08\x06", 1, b"\x08\x03"
_RGB = b"\x08\x02"
_MOST_COLOURS = 256


def png_of(svg: str) -> bytes:
    """A picture as PNG, the same on every machine: its text is drawn as outlines."""
    drawn = outlined(svg)
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
    starts, colours = _runs(np.ascontiguousarray(rows[:, 1:]).reshape(height, width, 4))
    if (colours[:, 3] != _MOST_COLOURS - 1).any():
        return png
    lengths = np.diff(starts, append=width * height)
    return _with_palette(colours[:, :3], lengths, header[:8])


def _runs(steps: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Where the runs of one colour start, counted along all rows, and their colours.

    Each point is told as its step from the one to its left, byte by byte: a picture is mostly
    noughts, and only what is none need be summed.
    """
    height, width = steps.shape[:2]
    changed = steps.view("<u4").reshape(height, width) != 0
    changed[:, 0] = True  # a row starts anew
    starts = np.flatnonzero(changed)
    taken = steps.reshape(-1, 4)[starts]
    summed = np.cumsum(taken, axis=0, dtype=np.uint8)
    first = np.flatnonzero(starts % width == 0)
    before = (summed - taken)[first]
    return starts, summed - np.repeat(before, np.diff(first, append=len(starts)), axis=0)


def _with_palette(colours: NDArray[np.uint8], lengths: NDArray[np.int64], size: bytes) -> bytes:
    """Runs of colours as places in a list of them; as colours where there are too many."""
    height = struct.unpack(">II", size)[1]
    red, green, blue = colours.T.astype(np.uint32)
    listed, place = np.unique(red << 16 | green << 8 | blue, return_inverse=True)
    if len(listed) > _MOST_COLOURS:
        return _png(size + _RGB, np.repeat(colours, lengths, axis=0).reshape(height, -1))
    places = np.repeat(place.astype(np.uint8), lengths).reshape(height, -1)
    table = np.stack([listed >> 16, listed >> 8 & 255, listed & 255], axis=1).astype(np.uint8)
    return _png(size + _PALETTE, places, (b"PLTE", table.tobytes()))


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

"""A picture of points is packed without loss: the same points come out of it."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kcc_lib.presentation.downloads.points import packed


def chunk(name, content):
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def png(points, *, filtered=1):
    """Points as the drawing library writes them: eight bits of four colours, the sub filter."""
    height, width = points.shape[:2]
    steps = np.diff(points, axis=1, prepend=np.zeros((height, 1, 4), np.uint8))
    rows = np.concatenate(
        [np.full((height, 1), filtered, np.uint8), steps.reshape(height, -1)], axis=1
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(rows.tobytes())
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*one) for one in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def points_of(picture):
    """The red, green and blue of each point, from a picture with or without a palette."""
    at, parts = 8, {}
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        parts[picture[at + 4 : at + 8]] = picture[at + 8 : at + 8 + size]
        at += size + 12
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not rows[:, 0].any()
    if b"PLTE" in parts:
        return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[rows[:, 1:]]
    return rows[:, 1:].reshape(height, width, 3)


def opaque(colours):
    return np.concatenate([colours, np.full((*colours.shape[:2], 1), 255, np.uint8)], axis=2)


SHAPES = st.tuples(st.integers(1, 9), st.integers(1, 12), st.just(3))


@given(arrays(np.uint8, SHAPES, elements=st.sampled_from([0, 1, 128, 255])))
def test_few_colours_are_packed_with_a_palette_and_come_out_the_same(colours):
    small = packed(png(opaque(colours)))

    assert b"PLTE" in small
    assert np.array_equal(points_of(small), colours)


def test_more_colours_than_a_palette_holds_come_out_the_same():
    colours = np.random.default_rng(1).integers(0, 256, (20, 30, 3)).astype(np.uint8)

    small = packed(png(opaque(colours)))

    assert b"PLTE" not in small
    assert np.array_equal(points_of(small), colours)


@pytest.mark.parametrize("other", ["seen through", "starts with nothing", "another filter"])
def test_a_picture_of_another_make_is_left_as_it_is(other):
    colours = opaque(np.arange(18, dtype=np.uint8).reshape(2, 3, 3))
    if other == "seen through":
        colours[0, 0, 3] = 4
    if other == "starts with nothing":
        colours[0, 0] = 0
    given_png = png(colours, filtered=2 if other == "another filter" else 1)

    assert packed(given_png) == given_png

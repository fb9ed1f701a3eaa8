"""Where on its page each figure stands, read from the drawing."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_WHOLE: Matrix = (1, 0, 0, 1, 0, 0)


def boxes_of_figures(content: bytes) -> dict[int, Box]:
    """The left, bottom, right and top of each figure on a page, by the number of its tag.

    Chromium draws a picture within a window of its own size, which is set just before the tag
    starts. It writes one operator a line.
    """
    found: dict[int, Box] = {}
    matrix, window = _WHOLE, None
    held: list[tuple[Matrix, Box | None]] = []
    rectangle = (0.0, 0.0, 0.0, 0.0)
    for line in content.split(b"\n"):
        if line == b"q":
            held.append((matrix, window))
        elif line == b"Q":
            matrix, window = held.pop()
        elif line.endswith(b" cm"):
            matrix = _within(_numbers(line), matrix)
        elif line.endswith(b" re"):
            x, y, width, height = _numbers(line)
            rectangle = (x, y, x + width, y + height)
        elif line.startswith(b"W"):
            window = _placed(rectangle, matrix)
        elif line.startswith(b"/Figure <</MCID ") and window:
            found[int(line.split()[2].rstrip(b">BDC"))] = window
    return found


def _numbers(line: bytes) -> tuple[float, ...]:
    return tuple(float(word) for word in line.split()[:-1])


def _within(inner: tuple[float, ...], outer: Matrix) -> Matrix:
    """One matrix after another."""
    a, b, c, d, e, f = inner
    x, y = _point(e, f, outer)
    right, up = (outer[0], outer[1]), (outer[2], outer[3])
    return (
        a * right[0] + b * up[0], a * right[1] + b * up[1],
        c * right[0] + d * up[0], c * right[1] + d * up[1], x, y,
    )  # fmt: skip


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def _placed(box: Box, matrix: Matrix) -> Box:
    """A rectangle on the page, whose own measure goes upwards."""
    one, other = _point(box[0], box[1], matrix), _point(box[2], box[3], matrix)
    (left, right), (bottom, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return left, bottom, right, top

"""Lines of text in a picture, which has no way of its own to wrap them."""

from kcc_lib.presentation.downloads.outlines import advance


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in pixels, at a letter height in pixels, in Arial and its likes."""
    return sum(advance(letter, bold=bold) for letter in text) * size


def wrap(text: str, *, size: float, width: float, bold: bool = False) -> list[str]:
    """A text as lines that fit a width; a word that is longer than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while width_of(line, size, bold=bold) > width:
            fits = next(
                n for n in range(len(line) - 1, 0, -1)
                if n == 1 or width_of(line[:n], size, bold=bold) <= width
            )  # fmt: skip
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines

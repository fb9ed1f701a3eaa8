"""Lines of text in a picture, which has no way of its own to wrap them."""

#: Widths of letters in thousandths of the letter height, as Arial and its likes have them.
_WIDTHS = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r“”", 334: "{}", 355: '"',
    389: "*", 469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu–£", 584: "+<=>~−",
    611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W",
    1000: "—©", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
#: A letter of another alphabet, and how much wider bold letters are.
_OTHER, _BOLD = 1000, 1.08


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in pixels, at a letter height in pixels."""
    total = sum(_WIDTH_OF.get(letter, _OTHER) for letter in text) / 1000 * size
    return total * _BOLD if bold else total


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

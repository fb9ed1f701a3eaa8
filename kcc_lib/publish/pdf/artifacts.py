"""Running heads, rules and marks are no content: the tags of a PDF must say so of what is drawn."""

import re
from collections.abc import Collection, Iterator

_PATHS = (b" m", b" re")
_PAINTS = {b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"}
_BEGIN, _END = b"/Artifact BMC", b"EMC"
_TAGGED = re.compile(rb"/(\w+) <</MCID (\d+) ?>> ?BDC")
#: Tags of which a drawing without words is content: a chart, the mark of a list.
_PICTURES = {"Figure", "Lbl"}


def mark_artifacts(content: bytes, tagged: Collection[bytes] = ()) -> bytes:
    """A page's drawing with everything outside its tags marked as an artifact.

    Chromium tags what stands in the document, and leaves the edges of the page and drawings
    hidden from screen readers without a mark. It writes one operator a line.

    Parameters
    ----------
    content
        The drawing.
    tagged
        The names of the drawings that it calls and that have tags of their own.
    """
    out: list[bytes] = []
    held: list[bytes] = []
    depth, text = 0, False
    for line in content.split(b"\n"):
        if line.endswith((b"BDC", b"BMC")):
            depth += 1
        if line == _END:
            depth -= 1
        if depth or line == _END:
            out += [*held, line]
            held = []
            continue
        text = text or line == b"BT"
        if text or held or line.endswith(_PATHS):
            held.append(line)
        elif line.endswith((b" Do", b" sh")) and line.split()[0] not in tagged:
            out += [_BEGIN, line, _END]
        else:
            out.append(line)
        painted = line == b"ET" if text else line in _PAINTS
        if held and (painted or (line.endswith(b"n") and not text)):  # n: a path that only clips
            out += [_BEGIN, *held, _END] if painted else held
            held, text = [], False
    return b"\n".join([*out, *held])


def free_rules(content: bytes) -> tuple[bytes, dict[int, str]]:
    """A page's drawing with the rules and grounds of its blocks marked as artifacts.

    Chromium tags the edge of a table, a heading or an item as content of it.

    Returns
    -------
    tuple
        The drawing, and by its number each tag that holds no words: those of rules, which are
        no longer there, and those of pictures.
    """
    lines = content.split(b"\n")
    drawn: dict[int, str] = {}
    for start, end, tag, number in _sequences(lines):
        within = lines[start:end]
        if any(line == b"BT" or line.endswith((b" Do", b"BDC", b"BMC")) for line in within):
            continue
        drawn[number] = tag
        if tag not in _PICTURES:
            lines[start - 1] = _BEGIN
    return b"\n".join(lines), drawn


def _sequences(lines: list[bytes]) -> Iterator[tuple[int, int, str, int]]:
    """Where what is tagged starts and ends, its tag and its number."""
    depth, begun, found = 0, 0, None
    for place, line in enumerate(lines):
        if line.endswith((b"BDC", b"BMC")):
            if not depth:
                begun, found = place + 1, _TAGGED.fullmatch(line)
            depth += 1
        elif line == _END:
            depth -= 1
            if not depth and found:
                yield begun, place, found[1].decode(), int(found[2])

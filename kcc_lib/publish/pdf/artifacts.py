"""Running heads and marks are no content: the tags of a PDF must say so of everything drawn."""

_PATHS = (b" m", b" re")
_PAINTS = {b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"}
_BEGIN, _END = b"/Artifact BMC", b"EMC"


def mark_artifacts(content: bytes) -> bytes:
    """A page's drawing with everything outside its tags marked as an artifact.

    Chromium tags what stands in the document, and leaves the edges of the page and drawings
    hidden from screen readers without a mark. It writes one operator a line.
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
        elif line.endswith((b" Do", b" sh")):
            out += [_BEGIN, line, _END]
        else:
            out.append(line)
        painted = line == b"ET" if text else line in _PAINTS
        if held and (painted or (line.endswith(b"n") and not text)):  # n: a path that only clips
            out += [_BEGIN, *held, _END] if painted else held
            held, text = [], False
    return b"\n".join([*out, *held])

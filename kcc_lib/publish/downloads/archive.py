"""Zip archives that are the same bytes each time: parts in order, all of one fixed date."""

import io
import zipfile
from collections.abc import Callable, Mapping

#: The earliest date that a zip archive can hold.
_DATE = (1980, 1, 1, 0, 0, 0)
#: Stands first and uncompressed, so that a program knows the kind of document by it.
_KIND = "mimetype"


def steady(
    archive: bytes,
    *,
    edit: Mapping[str, Callable[[bytes], bytes]],
    leave_out: tuple[str, ...] = (),
) -> bytes:
    """Pack an archive again without what differs from run to run.

    Parameters
    ----------
    edit
        How to change a part, by its name.
    leave_out
        What the names of parts to leave out begin with.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w") as after:
        names = [n for n in before.namelist() if not n.startswith(leave_out or ("\0",))]
        for name in sorted(names, key=lambda n: (n != _KIND, n)):
            content = edit.get(name, bytes)(before.read(name))
            part = zipfile.ZipInfo(name, _DATE)
            part.compress_type = zipfile.ZIP_STORED if name == _KIND else zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            part.create_system = 3
            after.writestr(part, content)
    return out.getvalue()

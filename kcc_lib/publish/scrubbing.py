"""What a message says of the machine or of whoever uses it, taken out of it."""

import getpass
import platform
import re
from pathlib import Path

#: A failure longer than this says nothing more.
_LONGEST = 2000
_START = r"(?:/|~[\w.-]*/|[A-Za-z]:[\\/]|\\\\)"
_QUOTED = re.compile(rf"""(['"]){_START}[^'"\n]*\1""")
_BARE = re.compile(rf"""(?<![\w/<]){_START}[^\s'",;<>]+""")
_PATH = "(a path)"
#: Names that name nobody.
_NOBODY = {"root", "localhost"}


def scrubbed(text: str, root: Path) -> str:
    """A message without paths outside the workbook, and without the user's or machine's name.

    Parameters
    ----------
    root
        The workbook's folder: paths in it are told from there.
    """
    told = text.replace(f"{root}/", "").replace(f"{root}\\", "").replace(str(root), ".")
    told = _BARE.sub(_PATH, _QUOTED.sub(_PATH, told))
    for name in _names():
        told = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "(a name)", told)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]} …"


def _names() -> list[str]:
    """Those of the user and the machine, the longest first."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody, in a container
        user = ""
    host = platform.node()
    found = {user, Path.home().name, host, host.partition(".")[0]}
    return sorted((n for n in found - _NOBODY if len(n) > 2), key=len, reverse=True)

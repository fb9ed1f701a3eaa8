"""What a failure says without what is nobody's business: paths, names, the environment.

A failed build is kept, and people look at it and send it on. An error may quote the folder
it was in, who ran it, or a password from the environment.
"""

import getpass
import os
import platform
import re
import sys
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from kcc_lib.publish.environment_secrets import hide_values
from kcc_lib.publish.failures import plain

_PACKAGE = Path(__file__).parents[2]
_HIDDEN = "…"
_PATH = re.compile(r"""(?<![\w.:/\\])(?:~|[A-Za-z]:)?(?:[\\/]+[^\s\\/'"`:;,<>|()\[\]{}]+){2,}""")
#: The home of people, in whatever system: what follows may be a name with spaces.
_HOME = re.compile(r"""(?:[A-Za-z]:)?[\\/]+(?:home|Users)[\\/]+[^\\/'"`:;<>|\n]+(?=[\\/])""")


def without_private(text: str, *roots: Path) -> str:
    """A text without paths of this machine, its names and what its environment keeps to itself.

    Parameters
    ----------
    roots
        Folders of which a path keeps what lies below: the workbook, the build.
    """
    text = plain(text)
    for root in (*roots, _PACKAGE, Path(sys.prefix)):
        for told in {str(root), str(root.resolve())} - {"/"}:
            text = text.replace(f"{told}{os.sep}", "").replace(told, ".")
    text = hide_values(text, os.environ, roots, _HIDDEN)
    text = _PATH.sub(_file_name, _HOME.sub(_HIDDEN, text))
    for name in _names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _HIDDEN, text)
    return text


def _file_name(path: re.Match[str]) -> str:
    return f"{_HIDDEN}/" + re.split(r"[/\\]", path[0])[-1]


def _names() -> list[str]:
    """Who we are and where: names of the user and of the machine."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody of that number is known here
        user = ""
    return [name for name in (user, platform.node(), Path.home().name) if len(name) > 2]


def clean_errors(nb: NotebookNode, *roots: Path) -> None:
    """The same for the errors and for all that was printed in an executed notebook."""
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                output.evalue = without_private(output.evalue, *roots)
                output.traceback = [without_private(line, *roots) for line in output.traceback]
            elif output.output_type == "stream":
                output.text = without_private(output.text, *roots)
            elif "text/plain" in output.data:
                output.data = {k: _cleaned(v, *roots) for k, v in output.data.items()}


def _cleaned(shown: Any, *roots: Path) -> Any:
    return without_private(shown, *roots) if isinstance(shown, str) else shown

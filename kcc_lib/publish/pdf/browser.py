"""The browser that prints: found on this machine, tried out, and run without a network."""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kcc_lib.errors import KccError, PublishError
from kcc_lib.publish.descendants import end_with_parent

#: The first version that prints running heads (margin boxes of `@page`).
OLDEST = 131
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
#: Where Windows and macOS keep browsers that are on no PATH.
_PLACES = (
    ("ProgramFiles(x86)", "Microsoft/Edge/Application/msedge.exe"),
    ("ProgramFiles", "Microsoft/Edge/Application/msedge.exe"),
    ("ProgramFiles", "Google/Chrome/Application/chrome.exe"),
    ("", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
    "--disable-extensions", "--disable-sync", "--disable-background-networking",
    "--disable-component-update", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
)  # fmt: skip
_TRIAL = '<!DOCTYPE html><html lang="en-GB"><title>Trial</title><p>A page.</p></html>'
_INSTALL = (
    "the PDF is printed by Chromium {oldest} or newer. Debian, Ubuntu: apt install chromium; "
    "Windows: Edge, which is there, does; elsewhere install Chrome, or name a browser in "
    "KCC_CHROMIUM"
)


@dataclass(frozen=True, slots=True)
class Printer:
    """A browser that was tried out and can print.

    Parameters
    ----------
    path
        Its program.
    version
        Its major version, as the trial page names it.
    """

    path: str
    version: int

    def print(self, html: str) -> bytes:
        """One document as a tagged PDF.

        Raises
        ------
        PublishError
            If the browser failed.
        """
        printed, said = _print(self.path, html)
        if not printed:
            raise PublishError(f"the browser printed nothing: {said}")
        return printed


def find_printer() -> Printer:
    """The browser named by KCC_CHROMIUM, or the first that is installed, after a trial page.

    Raises
    ------
    KccError
        If there is none, it is too old or it cannot print here; with what to install.
    """
    advice = _INSTALL.format(oldest=OLDEST)
    path = _find()
    if not path:
        raise KccError(f"no browser to print with; {advice}")
    printed, said = _print(path, _TRIAL)
    if not printed:
        raise KccError(f"{Path(path).name} cannot print here ({said}); {advice}")
    version = _version(printed)
    if version < OLDEST:
        raise KccError(f"{Path(path).name} is version {version}; {advice}")
    return Printer(path, version)


def _find() -> str:
    named = os.environ.get("KCC_CHROMIUM")
    if named:
        return shutil.which(named) or ""
    on_path = (shutil.which(name) for name in _NAMES)
    elsewhere = (Path(os.environ.get(root, ""), path) if root else Path(path)
                 for root, path in _PLACES)  # fmt: skip
    installed = (str(p) for p in elsewhere if p.is_absolute() and p.is_file())
    return next((p for p in (*on_path, *installed) if p), "")


def _print(path: str, html: str) -> tuple[bytes, str]:
    """The PDF, or nothing and what the browser said."""
    with tempfile.TemporaryDirectory(prefix="kcc-", ignore_cleanup_errors=True) as folder:
        page, pdf = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, encoding="utf-8")
        command = [path, *_FLAGS, *_unboxed(), f"--user-data-dir={folder}/profile",
                   f"--print-to-pdf={pdf}", page.as_uri()]  # fmt: skip
        home = {"XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
        try:
            done = subprocess.run(  # noqa: S603 - a browser, given a file of our own
                command, capture_output=True, text=True, errors="replace", check=False,
                timeout=300, env={**os.environ, **home},
                preexec_fn=end_with_parent if os.name == "posix" else None,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return b"", type(error).__name__
        if pdf.is_file():
            return pdf.read_bytes(), ""
        return b"", (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1][:200]


def _unboxed() -> list[str]:
    """Chromium's sandbox refuses to start for the superuser, as in a container."""
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if superuser else []


def _version(printed: bytes) -> int:
    """The major version that the program names itself by in what it printed."""
    from io import BytesIO

    from pypdf import PdfReader

    told = PdfReader(BytesIO(printed)).metadata
    found = re.search(r"Skia/PDF m(\d+)", (told.producer or "") if told else "")
    return int(found[1]) if found else 0

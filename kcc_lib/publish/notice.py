"""The notice of a run, to a webhook or by mail: what was run and how it ended, never any data.

A notice that cannot be sent changes nothing of the run: it is told in a line. Settings of the
mail server come from the environment, so that no password stands on a command line.
"""

import json
import os
import smtplib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from ssl import create_default_context
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kcc_lib.errors import KccError
from kcc_lib.publish.events import (
    EditionFailed,
    EditionSwapped,
    EditionUnchanged,
    Event,
    PageFailed,
    RunEnded,
    RunStarted,
    SectionEnded,
)

VERSION = 1
#: Seconds after which a notice is given up.
LIMIT = 10.0
_HERE = {"localhost", "127.0.0.1", "::1"}
_NEEDED = ("KCC_SMTP_HOST", "KCC_SMTP_FROM")
_SECURITY = ("starttls", "tls", "none")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(slots=True)
class Summary:
    """What a notice may say of a run; it counts events, so it is no frozen record."""

    editions: tuple[str, ...] = ()
    swapped: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    built: int = 0
    sections: list[str] = field(default_factory=list)
    code: int = 0

    def __call__(self, happened: Event | str) -> None:
        """Count what happened."""
        match happened:
            case RunStarted(editions=names):
                self.editions = names
            case SectionEnded(failure=""):
                self.built += 1
            case SectionEnded(section=name) | PageFailed(page=name):
                self.sections.append(name)
            case EditionSwapped(edition=name):
                self.swapped.append(name)
            case EditionUnchanged(edition=name):
                self.unchanged.append(name)
            case EditionFailed(edition=name):
                self.failed.append(name)
            case RunEnded(code=code):
                self.code = code

    @property
    def told(self) -> dict[str, Any]:
        """The notice as an object; `text` is what Teams and others show of it."""
        return {
            "version": VERSION, "text": self.text, "exit_code": self.code,
            "editions": list(self.editions), "replaced": self.swapped,
            "unchanged": self.unchanged, "failed": self.failed, "sections_built": self.built,
            "sections_failed": len(self.sections), "failed_sections": self.sections,
        }  # fmt: skip

    @property
    def text(self) -> str:
        """The same in words."""
        ended = {0: "done", 1: "something failed", 2: "refused", 130: "stopped"}
        names = ", ".join(self.editions)
        said = [f"kcc report {names}: {ended.get(self.code, 'failed')} (exit code {self.code})."]
        said.append(f"{self.built} built, {len(self.sections)} failed.")
        if self.unchanged:
            said.append(f"Up to date: {', '.join(self.unchanged)}.")
        if self.sections:
            said.append(f"Failed: {', '.join(self.sections)}.")
        return " ".join(said)


#: Sends a notice; whatever goes wrong is an exception.
Send = Callable[[Summary], None]


def sender(where: str, environment: Mapping[str, str] = os.environ) -> Send:
    """A way to send a notice to an address.

    Parameters
    ----------
    where
        `https://…`, `http://localhost…` or `mailto:…`.

    Raises
    ------
    KccError
        If it is no such address, or the environment does not say how to send mail. The
        address is not quoted: that of a webhook is a secret.
    """
    parts = urlsplit(where)
    if parts.scheme == "mailto":
        return _mailer(unquote(parts.path), environment)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not safe or not parts.hostname:
        raise KccError(
            "--notify takes https://… or mailto:… (http:// only of this machine, for trying out)"
        )
    return lambda summary: _post(where, summary.told)


def send_notice(send: Send, summary: Summary, *, limit: float = LIMIT) -> str:
    """Send a notice, or say why it could not be sent.

    Parameters
    ----------
    limit
        Seconds after which it is given up, whatever the other end does.

    Returns
    -------
    str
        "" where it was sent; no address and no secret otherwise.
    """
    found: list[str] = []

    def work() -> None:
        try:
            send(summary)
        except Exception as error:  # whatever it is, the run is over and stands
            found.append(_why(error))
        else:
            found.append("")

    # a server that answers a byte at a time outlasts any timeout of a socket
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limit)
    return found[0] if found else f"there was no answer within {limit:g} seconds"


def _why(error: Exception) -> str:
    code = getattr(error, "code", None) or getattr(error, "smtp_code", None)
    if code:
        return f"the server answered {code}"
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or type(reason).__name__


def _post(url: str, told: dict[str, Any]) -> None:
    class Stay(HTTPRedirectHandler):
        """Follows nobody: a notice goes where it was sent."""

        def redirect_request(self, *_: Any) -> None:
            return None

    kind = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "kcc"}
    content = json.dumps(told, ensure_ascii=False).encode()
    request = Request(url, content, kind, method="POST")  # noqa: S310 - checked by `sender`
    # what is meant for this machine goes through no proxy
    direct = [ProxyHandler({})] if urlsplit(url).hostname in _HERE else []
    with build_opener(Stay, *direct).open(request, timeout=LIMIT):
        pass


def _mailer(recipient: str, environment: Mapping[str, str]) -> Send:
    missing = [name for name in _NEEDED if not environment.get(name)]
    if missing:
        raise KccError(f"--notify mailto: needs {' and '.join(missing)} in the environment")
    if not recipient or any(c in recipient for c in "\r\n"):
        raise KccError("--notify mailto: needs an address after the colon")
    security = environment.get("KCC_SMTP_SECURITY", "starttls")
    host, port = environment["KCC_SMTP_HOST"], environment.get("KCC_SMTP_PORT", "")
    if security not in _SECURITY or (security == "none" and host not in _HERE):
        raise KccError(
            "KCC_SMTP_SECURITY is starttls or tls (none only for a server on this machine)"
        )
    if port and not (port.isascii() and port.isdigit()):
        raise KccError("KCC_SMTP_PORT is not a number")
    user, password = environment.get("KCC_SMTP_USER", ""), environment.get("KCC_SMTP_PASSWORD", "")

    def send(summary: Summary) -> None:
        message = EmailMessage()
        message["From"], message["To"] = environment["KCC_SMTP_FROM"], recipient
        message["Subject"] = summary.text.partition(" (")[0]
        message.set_content(f"{summary.text}\n")
        at, checked = int(port or _PORTS[security]), create_default_context()
        with (
            smtplib.SMTP_SSL(host, at, timeout=LIMIT, context=checked)
            if security == "tls"
            else smtplib.SMTP(host, at, timeout=LIMIT)
        ) as server:
            if security == "starttls":
                server.starttls(context=checked)
            if user:
                server.login(user, password)
            server.send_message(message)

    return send

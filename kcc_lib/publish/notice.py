"""The notice of a run, to a webhook or by mail: what was run and how it ended, never any data.

A notice that cannot be sent changes nothing of the run: it is told in a line.
"""

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kcc_lib.errors import together
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
from kcc_lib.publish.mail import mailer, recipient_fault, recipients, settings_faults
from kcc_lib.publish.web_address import THIS_MACHINE, address_fault

VERSION = 1
#: Seconds after which a notice is given up.
LIMIT = 10.0
_TAKES = "--notify takes https://… or mailto:… (http:// only of this machine, for trying out)"


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
    if faults := notice_faults(where, environment):
        raise together(faults)
    if is_mail(where):
        send = mailer(recipients(where), environment, limit=LIMIT)
        return lambda summary: send(summary.text)
    return lambda summary: _post(where, summary.told)


def notice_faults(where: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """What keeps a notice from being sent to an address, by itself and from here."""
    faults = [fault] if (fault := where_fault(where)) else []
    return [*faults, *(settings_faults(environment) if is_mail(where) else [])]


def where_fault(where: str) -> str:
    """What is wrong with an address by itself, whatever the environment; "" where nothing is.

    The address of a webhook is not quoted: it is a secret.
    """
    if is_mail(where):
        return recipient_fault(where)
    scheme, between, _ = where.partition("://")
    if not between or scheme.lower() not in {"http", "https"}:
        return f"{_TAKES}; what stands there begins with none of these"
    if fault := address_fault(where):
        return f"{_TAKES}; what stands there begins with {scheme}:// and {fault}"
    here = urlsplit(where).hostname in THIS_MACHINE
    safe = here or scheme.lower() == "https"
    return "" if safe else f"{_TAKES}; http:// to elsewhere stood there"


def is_mail(where: str) -> bool:
    """Whether a notice goes there by mail."""
    return where.lower().startswith("mailto:")


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
    direct = [ProxyHandler({})] if urlsplit(url).hostname in THIS_MACHINE else []
    with build_opener(Stay, *direct).open(request, timeout=LIMIT):
        pass

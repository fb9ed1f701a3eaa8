"""The mail of a notice: whom it may go to, what the environment must say, and how it is sent.

Settings of the mail server come from the environment, so that no password stands on a command
line.
"""

import re
import smtplib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from ssl import create_default_context
from urllib.parse import unquote

from kcc_lib.publish.web_address import LAST_PORT, THIS_MACHINE, is_host, is_port

#: Without these no mail can be sent, and these are for servers that ask for them.
NEEDED = ("KCC_SMTP_HOST", "KCC_SMTP_FROM")
FURTHER = ("KCC_SMTP_PORT", "KCC_SMTP_SECURITY", "KCC_SMTP_USER", "KCC_SMTP_PASSWORD")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_PERSON = re.compile(r"[^\s@,;:<>()\[\]\"\\]+")


def recipients(where: str) -> str:
    """Whom a `mailto:` address names, as a mail has it."""
    return unquote(where.partition(":")[2])


def recipient_fault(where: str) -> str:
    """What is wrong with a `mailto:` address; "" where nothing is."""
    told = recipients(where)
    if not told or any(not c.isprintable() for c in told):
        return "--notify mailto: needs an address after the colon, as mailto:team@example.org"
    if any(c in where for c in "?#"):
        return "--notify mailto: takes an address alone; leave out what stands from ? or #"
    wrong = [one for one in told.split(",") if not _is_mailbox(one)]
    if wrong:
        return f"--notify mailto: {wrong[0]!r} is no address; write one such as team@example.org"
    return ""


def settings_faults(environment: Mapping[str, str]) -> list[str]:
    """All that the environment lacks or has wrong; a variable left blank is one not set."""
    missing = [name for name in NEEDED if not environment.get(name)]
    faults = []
    if missing:
        faults.append(f"--notify mailto: needs {' and '.join(missing)} in the environment")
    host, sender = (environment.get(name, "") for name in NEEDED)
    if host and not is_host(host):
        faults.append(f"KCC_SMTP_HOST {host!r} is no host; write one such as mail.example.org")
    at = re.sub(r"^[^<>]*<([^<>]*)>$", r"\1", sender)
    if sender and not (sender.isprintable() and _is_mailbox(at)):
        faults.append(f"KCC_SMTP_FROM {sender!r} is no address; write one as kcc@example.org")
    security, port = _security(environment), environment.get("KCC_SMTP_PORT", "")
    if security not in _PORTS or (security == "none" and host and host not in THIS_MACHINE):
        known = "starttls or tls (none only for a server on this machine)"
        faults.append(f"KCC_SMTP_SECURITY is {known}; {security!r} stood there")
    if port and not is_port(port):
        faults.append(f"KCC_SMTP_PORT {port!r} is no port; write a number from 1 to {LAST_PORT}")
    return faults


def mailer(
    recipient: str, environment: Mapping[str, str], *, limit: float
) -> Callable[[str], None]:
    """What sends a text by mail; recipient and environment were found without fault."""
    security, host = _security(environment), environment["KCC_SMTP_HOST"]
    at = int(environment.get("KCC_SMTP_PORT") or _PORTS[security])
    user, password = environment.get("KCC_SMTP_USER", ""), environment.get("KCC_SMTP_PASSWORD", "")

    def send(text: str) -> None:
        message, checked = EmailMessage(), create_default_context()
        message["From"], message["To"] = environment["KCC_SMTP_FROM"], recipient
        message["Subject"] = text.partition(" (")[0]
        message.set_content(f"{text}\n")
        with (
            smtplib.SMTP_SSL(host, at, timeout=limit, context=checked)
            if security == "tls"
            else smtplib.SMTP(host, at, timeout=limit)
        ) as server:
            if security == "starttls":
                server.starttls(context=checked)
            if user:
                server.login(user, password)
            server.send_message(message)

    return send


def _security(environment: Mapping[str, str]) -> str:
    return (environment.get("KCC_SMTP_SECURITY") or "starttls").lower()


def _is_mailbox(text: str) -> bool:
    person, at, host = text.strip(" ").rpartition("@")
    return bool(at) and person.isascii() and _PERSON.fullmatch(person) is not None and is_host(host)

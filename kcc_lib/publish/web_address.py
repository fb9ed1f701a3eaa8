"""Whether an address could be opened at all, before anything rests on it.

What the standard library reads as an address it may yet refuse to open, hours later; so what
it would refuse then is refused here. A fault is told without the address: that of a webhook
is a secret.
"""

import re
from urllib.parse import urlsplit

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?", re.ASCII)
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\xa0]")
_MARKS = re.compile(r'[<>"\\^`{|}]')
_SERVER = re.compile(r"(?:\[(?P<number>[^\]]*:[^\]]*)\]|(?P<name>[^:\[\]]*))(?::(?P<port>.*))?")
_BRACKETS = "a [ or ] that is not closed or holds no number of the internet; write one as [::1]"
#: Names of this machine, to which a word may go unencrypted.
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
#: The last port that there is.
LAST_PORT = 65535


def address_fault(address: str) -> str:
    """What keeps an address from being opened, in words that follow "it"; "" where nothing does.

    Parameters
    ----------
    address
        As it was given, `https://reports.example.org/` say; any scheme.
    """
    if _BLANK.search(address):
        return "holds a blank or a control character; write %20 where a space is meant"
    if not address.isascii():
        return "holds a letter beyond ASCII; write it with % and, in the host, as xn--"
    if found := _MARKS.search(address):
        return f"holds {found[0]!r}, which no address may; write it with %"
    try:
        server = urlsplit(address).netloc
    except ValueError:
        return f"has {_BRACKETS}"
    return _server_fault(server)


def _server_fault(server: str) -> str:
    if "@" in server:
        return "names a user; leave out what stands before the @"
    found = _SERVER.fullmatch(server)
    if found is None or (found["number"] and not is_host(found["number"])):
        return f"has {_BRACKETS}"
    if not found["number"] and not is_host(found["name"]):
        return "has no host that could exist; write one after ://"
    port = found["port"]
    if port is not None and not is_port(port):
        return f"has a port that is no number from 1 to {LAST_PORT}; write one, or leave it out"
    return ""


def unsigned(address: str) -> str:
    """An address as it may be quoted: without the user, and the password, that it may name."""
    head, at, rest = address.rpartition("@")
    scheme, between, _ = head.partition("://")
    return f"{scheme + between if between else ''}…@{rest}" if at else address


def is_host(name: str) -> bool:
    """Whether a name, or a number of the internet, could be that of a machine."""
    if ":" not in name:
        return _HOST.fullmatch(name) is not None
    from ipaddress import IPv6Address

    try:
        IPv6Address(name)
    except ValueError:
        return False
    return True


def is_port(text: str) -> bool:
    """Whether a text is the number of a port."""
    return re.fullmatch(r"[1-9][0-9]{0,4}", text) is not None and int(text) <= LAST_PORT

"""What a page may ask for and run: nothing from elsewhere, and no script but our own."""

import base64
import hashlib
import re
from collections.abc import Iterator

from kcc_lib.publish.page_reading import Element, described, elements

#: Where a page may lead: pages of the web, mail, telephone, and files beside it.
_SCHEMES = {"http", "https", "mailto", "tel"}
#: What a browser would fetch, or run, for these attributes.
_FETCHED = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping",
            "manifest", "srcdoc", "{http://www.w3.org/1999/xlink}href", "xlink:href")  # fmt: skip
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)
_REQUIRED = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}


def safety_faults(page: Element) -> Iterator[str]:
    """What a page would fetch or run that it must not, a line for each."""
    for element in elements(page):
        yield from _attributes(element)
        if element.tag == "a":
            yield from _link(element)
        elif element.get("href") is not None:
            yield f"{described(element)} fetches {element.get('href')!r}"
        if element.tag == "meta" and element.get("http-equiv") not in {
            None, "Content-Security-Policy",
        }:  # fmt: skip
            yield f"{described(element)} is not allowed: {element.get('http-equiv')!r}"
    for style in elements(page, "style"):
        text = style.text or ""
        if _ADDRESS.search(text) or "@import" in text.lower():
            yield "its style fetches something"
    yield from _policy(page)


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        attribute = str(name).lower()
        if attribute.startswith("on"):
            yield f"{described(element)} runs a script: {attribute}"
        elif attribute in _FETCHED and not (
            element.tag == "img" and str(value).startswith("data:image/")
        ):
            yield f"{described(element)} fetches {str(value)[:80]!r}"
        elif attribute == "style" or _ADDRESS.search(str(value)):
            yield f"{described(element)} has a style of its own, which its policy refuses"


def _link(element: Element) -> Iterator[str]:
    # a browser reads over what cannot be seen: java\nscript: is a script to it
    href = re.sub(r"[\x00-\x20\x7f]", "", str(element.get("href") or ""))
    scheme = _SCHEME.match(href)
    if not href:
        yield f"{described(element)} leads nowhere"
    elif (scheme and scheme[1].lower() not in _SCHEMES) or href.startswith(("//", "\\", "/")):
        yield f"{described(element)} leads to {href[:80]!r}, which a page may not"


def _policy(page: Element) -> Iterator[str]:
    """The Content-Security-Policy allows the page's own style and script, and nothing else."""
    metas = [
        m for m in elements(page, "meta") if m.get("http-equiv") == "Content-Security-Policy"
    ]  # fmt: skip
    if len(metas) != 1:
        yield f"it has {len(metas)} Content-Security-Policies; it needs exactly one"
        return
    told = [part.split() for part in str(metas[0].get("content")).split(";") if part.strip()]
    rules = {words[0]: words[1:] for words in told}
    for name, value in _REQUIRED.items():
        if rules.get(name) != [value]:
            yield f"its policy does not say {name} {value}"
    for tag in ("style", "script"):
        allowed = set(rules.get(f"{tag}-src", [])) - {"'none'"}
        held = {_hash(e.text or "") for e in elements(page, tag)}
        if held - allowed:
            yield f"its policy does not know a {tag} that it holds"
        if allowed - held:
            yield f"its policy allows a {tag} that it does not hold"
    others = set(rules) - {*_REQUIRED, "style-src", "script-src", "img-src"}
    if others or rules.get("img-src") not in (None, ["data:"], ["'none'"]):
        yield "its policy allows more than our own style, script and pictures"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

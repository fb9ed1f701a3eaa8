"""Pages held to what they must be, before they take the place of the last good ones.

`page_faults` reads one finished page again; `folder_faults` reads a folder of them, with the
links between them. Each fault is a line that says what is wrong and where.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kcc_lib.publish.page_figures import figure_faults
from kcc_lib.publish.page_promises import promise_faults
from kcc_lib.publish.page_reading import Element, elements, first, ids, read_page, words
from kcc_lib.publish.page_rules import document_faults
from kcc_lib.publish.page_safety import safety_faults
from kcc_lib.publish.promises import PagePromise


def page_faults(text: str, promise: PagePromise | None = None) -> list[str]:
    """Everything wrong with one page.

    Parameters
    ----------
    text
        The page as it would be written.
    promise
        What it must hold; None for a page of which nothing is known but that it is one.
    """
    page = read_page(text)
    return [*_rules(page), *(promise_faults(page, promise) if promise else ())]


def _rules(page: Element) -> Iterator[str]:
    yield from document_faults(page)
    yield from safety_faults(page)
    yield from figure_faults(page)


def folder_faults(
    folder: Path, *, unbuilt: Collection[str] = (), within: Path | None = None
) -> dict[str, list[str]]:
    """Everything wrong with the pages of a folder and with the links from them.

    Parameters
    ----------
    folder
        An edition as it would be published, with its data files; or any other folder of pages.
    unbuilt
        Files that this build leaves out or writes later, and folders ("data/charts/") that it
        fills in part; links to them are not followed.
    within
        The folder in which links are followed; `folder` itself where None. A link that
        leaves it (`../…`) is not: what stands there is known only when everything is
        published together, so that is when to name the folder of it all.

    Returns
    -------
    dict
        The faults of each page that has any, by its file name.
    """
    pages = {p.name: read_page(p.read_text("utf-8")) for p in sorted(folder.glob("*.html"))}
    titles = Counter(words(first(page, "title")) for page in pages.values())
    known = {(folder / name).resolve(): set(ids(page)) for name, page in pages.items()}
    inside = (within or folder).resolve()
    found: dict[str, list[str]] = {}
    for name, page in pages.items():
        faults = [*_rules(page), *_links(page, folder.resolve(), inside, known, unbuilt)]
        if titles[words(first(page, "title"))] > 1:
            faults.append(f"its title stands on another page: {words(first(page, 'title'))!r}")
        if faults:
            found[name] = faults
    return found


def _links(
    page: Element, folder: Path, inside: Path, known: dict[Path, set[str]], unbuilt: Collection[str]
) -> Iterator[str]:
    """Links of a page to others and to files, each followed; `known` fills with ids read."""
    parts = tuple(name for name in unbuilt if name.endswith("/"))
    for href in dict.fromkeys(str(a.get("href")) for a in elements(page, "a") if a.get("href")):
        told = urlsplit(href)
        file, anchor = unquote(told.path), unquote(told.fragment)
        left_out = file in unbuilt or file.startswith(parts)
        if told.scheme or told.netloc or not file or left_out:
            continue
        leads = (folder / file).resolve()
        if not leads.is_relative_to(inside):
            continue
        if not leads.is_file():
            yield f"the link to {href!r} leads nowhere: there is no {file}"
        elif anchor and leads.suffix == ".html":
            if leads not in known:
                known[leads] = set(ids(read_page(leads.read_text("utf-8"))))
            if anchor not in known[leads]:
                yield f"the link to {href!r} leads nowhere: {file} has no #{anchor}"

"""Whether everything that the pages offer for download is there: looked at before the swap."""

import re
from collections.abc import Collection
from pathlib import Path

from kcc_lib.errors import PublishError
from kcc_lib.presentation.downloads.links import CHARTS

_LINK = re.compile(r'href="(data/[^"#?]+)"')


def check_promised(built: Path, pages: Collection[str]) -> None:
    """Refuse a build whose pages lead to a download that is not there.

    Parameters
    ----------
    built
        The folder with the pages and the data.
    pages
        The names of all the edition's pages. A chart is drawn with the page that shows it, so
        where some of them are not built their charts may be missing.

    Raises
    ------
    PublishError
        Naming each missing file and the page that leads there.
    """
    whole = all((built / f"{name}.html").is_file() for name in pages)
    missing = [
        f"{page.name}: {address}"
        for page in sorted(built.glob("*.html"))
        for address in dict.fromkeys(_LINK.findall(page.read_text("utf-8")))
        if not (built / address).is_file() and (whole or not address.startswith(f"data/{CHARTS}/"))
    ]
    if missing:
        raise PublishError("pages offer downloads that were not made:\n" + "\n".join(missing))

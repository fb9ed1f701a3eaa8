"""The charts of a page as pictures, made of the very blocks that the page is made of."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from kcc_lib.presentation.addresses import slug
from kcc_lib.presentation.blocks import MIME, Block
from kcc_lib.presentation.downloads.links import CHARTS
from kcc_lib.presentation.downloads.points import png_of
from kcc_lib.presentation.downloads.poster import Credit, poster


def write_charts(executed: Path, credit: Mapping[str, str], data: Path) -> list[Path]:
    """Write every chart of an executed notebook as SVG and PNG, under `data/charts`; the files.

    Parameters
    ----------
    executed
        The notebook that the page was made of.
    credit
        The fields of a Credit.

    Raises
    ------
    PublishError
        If a chart holds anything that drawing does not need.
    """
    found = charted_blocks(executed)
    folder = data / CHARTS
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for block in found:
        picture = poster(block, Credit(**credit))
        name = slug(block["downloads"]["code"])
        for ending, content in (("svg", picture.encode()), ("png", png_of(picture))):
            written.append(folder / f"{name}.{ending}")
            write_bytes(written[-1], content)
    return written


def charted_blocks(executed: Path) -> list[Block]:
    """The blocks of an executed notebook that show a chart."""
    cells: list[Any] = nbformat.read(executed, as_version=4).cells
    return [
        block
        for cell in cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for block in output.get("data", {}).get(MIME, {}).get("blocks", [])
        if block.get("chart") and block.get("downloads")
    ]


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

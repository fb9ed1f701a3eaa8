"""A chart that stands alone: with its title, judgement, source, date and licence inside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import escape

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.downloads.bundle import LICENCE
from kcc_lib.presentation.downloads.wrapping import wrap
from kcc_lib.presentation.theme import AXIS, TEXT, WHITE, WIDE
from kcc_lib.presentation.vetting import vet_svg

_MARGIN = 32
_WIDTH = WIDE.full_width + 2 * _MARGIN
FONTS = "Arial, 'Liberation Sans', Helvetica, sans-serif"
#: What XML cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Credit:
    """What is said under every chart of an edition: where it is from, and how firm it is."""

    edition: str
    covers: str
    publisher: str
    draft: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """One sentence or two for each line."""
        firm = f"Draft. {self.draft} " if self.draft else ""
        return (
            f"{self.edition}. {firm}{self.covers}",
            f"© {self.publisher}. {LICENCE}.",
        )


@dataclass(frozen=True)
class _Run:
    """Lines of one size, with the room above them."""

    text: str
    size: int
    above: int = 0
    bold: bool = False
    colour: str = TEXT

    @cached_property
    def lines(self) -> list[str]:
        return wrap(self.text, size=self.size, width=WIDE.full_width, bold=self.bold)

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.size * 1.35


def poster(block: Block, credit: Credit) -> str:
    """The chart of a measure's or a KPI's block as a picture of its own.

    Parameters
    ----------
    block
        As the page shows it, with a chart.

    Raises
    ------
    PublishError
        If its chart holds anything that drawing does not need.
    """
    chart = block["chart"]
    drawn = str(vet_svg(chart["wide"])).partition(">")[2].removesuffix("</svg>")
    said = f"{block['caption']} {chart['note']}".strip()
    head = [_Run(named(block), 20, bold=True), _Run(_judged(block), 15, 6, bold=True)]
    head.append(_Run(said, 15, 4))
    foot = [_Run(block["source"], 12, 4, colour=AXIS)]
    foot += [_Run(line, 12, 4, colour=AXIS) for line in credit.lines]
    top = _MARGIN + sum(r.height for r in head) + 12
    below = top + WIDE.full_height + 8
    height = round(below + sum(r.height for r in foot) + _MARGIN - 8)
    parts = [
        f"<title>{_safe(named(block))}</title>",
        f"<desc>{_safe(_description(block))}</desc>",
        f'<rect width="{_WIDTH}" height="{height}" fill="{WHITE}"/>',
        *_written(head, _MARGIN),
        f'<g transform="translate({_MARGIN},{top:g})">{drawn}</g>',
        *_written(foot, below),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" xml:lang="en-GB" '
        f'font-family="{FONTS}">{"".join(parts)}</svg>\n'
    )


def named(block: Block) -> str:
    """The code, where pages show one, and the title."""
    return f"{block['code']} {block['title']}" if "code" in block else str(block["title"])


def _judged(block: Block) -> str:
    """Each judgement or status with its heading."""
    given: Sequence[Mapping[str, str]] = block.get("verdicts") or block["status"]
    return "; ".join(f"{one['heading']}: {one['label']}" for one in given)


def _description(block: Block) -> str:
    """What the picture shows, for those who cannot see it."""
    return f"{_judged(block)}. {block['caption']} {block['chart']['description']}"


def _written(runs: Sequence[_Run], top: float) -> list[str]:
    """Runs of lines, one under the other."""
    found, y = [], top
    for run in runs:
        y += run.above
        bold = ' font-weight="bold"' if run.bold else ""
        for line in run.lines:
            y += run.size * 1.35
            found.append(
                f'<text x="{_MARGIN}" y="{y - 0.35 * run.size:.1f}" font-size="{run.size}"{bold} '
                f'fill="{run.colour}">{_safe(line)}</text>'
            )
    return found


def _safe(text: str) -> str:
    return escape(_CONTROL.sub(" ", text))

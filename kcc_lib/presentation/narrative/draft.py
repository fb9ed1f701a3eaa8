"""A narrative as its writer sees it: filled in as far as it can be, and what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from kcc_lib.errors import Fault
from kcc_lib.in_short import in_short
from kcc_lib.presentation.blocks import Block, render_for_lab
from kcc_lib.presentation.formats import count_words


@dataclass(frozen=True, slots=True)
class Draft:
    """A narrative filled in as far as it can be, with everything that is wrong in it.

    `text` is Markdown; what is wrong stands in it between ⟦ and ⟧, as it was written. It is
    shown in JupyterLab and never published: a page is made from sound narrative only.
    """

    text: str
    faults: tuple[Fault, ...]

    __repr__ = in_short(None, "text", fault="faults")

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: "Draft") -> "Draft":
        return Draft(f"{self.text}\n\n{other.text}", self.faults + other.faults)

    @property
    def verdict(self) -> str:
        """Say "No faults", or "2 faults: each is marked ⟦so⟧ in the text"."""
        if not self.faults:
            return "No faults"
        marked = "it is marked" if len(self.faults) == 1 else "each is marked"
        return f"{count_words(len(self.faults), 'fault')}: {marked} ⟦so⟧ in the text"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        told = [str(fault) for fault in self.faults]
        below: Block = {"kind": "notice", "text": f"{self.verdict}."}
        if told:
            below = {"kind": "warning", "title": f"{self.verdict}.", "items": told}
        return {
            "text/html": render_for_lab([{"kind": "prose", "markdown": self.text}, below]),
            "text/plain": "\n".join([self.text, "", self.verdict, *told]),
        }

"""What a quarterly report holds beside its figures: KPIs as listed, who leads, printed tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kcc_lib.in_short import in_short
from kcc_lib.risks import MitigatingAction, RiskChange
from kcc_lib.vocabulary import Direction, Rag


@dataclass(frozen=True, slots=True)
class Cover:
    """Who sends the report to whom, and how to reach those who made it; blank where not held.

    `senders` are persons with their roles, `to` the body that meets on the day `meeting`.
    """

    senders: tuple[str, ...] = ()
    to: str = ""
    meeting: date | None = None
    decision_number: str = ""
    classification: str = ""
    produced_by: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Directorate:
    """A directorate of one edition and who answers for it."""

    name: str
    cabinet_members: tuple[str, ...] = ()
    lead_role: str = ""
    lead: str = ""
    note: str = ""

    @property
    def slug(self) -> str:
        """The name as it stands in addresses: lower case, words joined by hyphens."""
        kept = "".join(c if c.isalnum() else " " for c in self.name.lower().replace("'", ""))
        return "-".join(kept.split())


@dataclass(frozen=True, slots=True)
class ListedKpi:
    """A KPI as an edition lists it, with the status that the edition's own words state.

    `rag` and `direction` are None where the edition states none; their bases say whether
    it is `stated` outright or `implied` by other words and the directorate's counts.
    """

    measure: str
    directorate: str
    rag: Rag | None = None
    rag_basis: str = ""
    direction: Direction | None = None
    direction_basis: str = ""
    note: str = ""
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCounts:
    """One row of the printed matrix: how many KPIs of a directorate have each word.

    `directorate` is "" for the row of totals; a word that is blank in print is missing.
    """

    directorate: str
    counts: Mapping[str, int]
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One figure of a printed table; `value` is NaN where print has a dash or a blank.

    It is NaN too where the figure is `suppressed`: it counts few people, or would give such
    a number away.
    """

    row: str
    group: str
    column: str
    value: float
    unit: str = ""
    note: str = ""
    source: str = ""
    locator: str = ""
    suppressed: bool = False


class Axis(StrEnum):
    """Which way parts are added: down the rows, or across the columns."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Footing:
    """Which rows (or columns) of a table add up to which, as print has them.

    `within` names the columns (rows) in which that is so, all where empty; `rounded_to` is
    the step that each figure was rounded to before it was printed, 0 where it was not.
    """

    total: str
    parts: tuple[str, ...]
    axis: Axis = Axis.ROWS
    within: tuple[str, ...] = ()
    rounded_to: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as an edition prints it, in the order of print, with what should add up."""

    table: str
    title: str
    directorate: str
    row_heading: str
    cells: tuple[PrintedCell, ...]
    footings: tuple[Footing, ...] = ()
    notes: tuple[str, ...] = ()


class ClaimKind(StrEnum):
    """What a printed statement says of its figures, and how it is worked out again."""

    CHANGE = "change"
    PERCENT_CHANGE = "percent_change"
    SHARE = "share"
    TOTAL = "total"
    COUNT = "count"
    PERIOD = "period"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about a table or a count, put so that it can be worked out again.

    `says` is the claim in our own words; `stated` the number it states; `figures` those it
    must follow from, in order: earlier and later for a change, part and whole for a share,
    the parts for a total or a count, each rounded to the step `rounded_to` before it was
    printed (0 where it was not). `stated_period` and `held_period` are compared where the
    claim is of a period. `word` is the word of the printed matrix whose count for the
    directorate it speaks of. `counted` says that the program counted the figures from the
    rows held. `reference` is the id of a known contradiction, if it is one.
    """

    claim: str
    kind: ClaimKind
    says: str
    stated: float = float("nan")
    figures: tuple[float, ...] = ()
    rounded_to: float = 0.0
    stated_period: str = ""
    held_period: str = ""
    table: str = ""
    directorate: str = ""
    word: str = ""
    counted: bool = False
    reference: str = ""
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Quarterly:
    """All of a quarterly edition that is not a series."""

    quarter: str
    financial_year: str
    directorates: tuple[Directorate, ...] = ()
    kpis: tuple[ListedKpi, ...] = ()
    printed_counts: tuple[PrintedCounts, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    claims: tuple[Claim, ...] = field(default=())
    risks: tuple[RiskChange, ...] = ()
    actions: tuple[MitigatingAction, ...] = ()
    cover: Cover = field(default_factory=Cover)

    __repr__ = in_short("quarter", KPI="kpis", table="tables", claim="claims", risk="risks")

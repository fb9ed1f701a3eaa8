"""What a quarterly report tells of the council's corporate risks."""

from dataclasses import dataclass
from enum import StrEnum

#: Names that the tables of the risk register have among the printed ones, and rows of the first.
RISK_LEVELS, ACTIONS_DUE = "risk-register", "mitigating-actions"
CURRENT_LEVEL, TARGET_LEVEL = "Current risk level", "Target risk level"


class RiskLevel(StrEnum):
    """How grave a corporate risk is, by its score; from the least to the gravest."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"

    @property
    def rank(self) -> int:
        """0 for the least."""
        return list(RiskLevel).index(self)


def level_column(level: RiskLevel) -> str:
    """The column of the printed table of risk levels that counts the risks of a level."""
    return f"{level} Risk"


class RiskMovement(StrEnum):
    """What became of a corporate risk since the report before."""

    NEW = "new"
    RAISED = "raised"
    REDUCED = "reduced"
    REMOVED = "removed"

    @property
    def sign(self) -> int:
        """+1 where level and score can only rise, -1 where they can only fall, else 0."""
        return {RiskMovement.RAISED: 1, RiskMovement.REDUCED: -1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class RiskChange:
    """A corporate risk that is new, has another score, or has left the register.

    A level is None and a score NaN where it is not held, or where the risk was not on the
    register then.
    """

    risk: str
    movement: RiskMovement
    level_before: RiskLevel | None = None
    level_now: RiskLevel | None = None
    score_before: float = float("nan")
    score_now: float = float("nan")
    reason: str = ""
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class MitigatingAction:
    """What was done about a corporate risk, in our own words."""

    risk: str
    action: str
    source: str = ""
    locator: str = ""

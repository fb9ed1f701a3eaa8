"""A quarter: what a notebook holds while it shows one page of a quarterly report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from kcc_lib.errors import Fault, UnknownNameError
from kcc_lib.in_short import in_short
from kcc_lib.judgement.reconcile import Finding
from kcc_lib.measures import Catalogue
from kcc_lib.periods import Period, parse_period
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.narrative.written import Written
from kcc_lib.presentation.quarterly.downloads import figures_file, with_status
from kcc_lib.presentation.quarterly.findings import findings_frame
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, SHOWN, Aims, KpiView
from kcc_lib.quarterly import Directorate, ListedKpi, Quarterly
from kcc_lib.records.editions import Edition
from kcc_lib.records.figures import Figure, known_by
from kcc_lib.vocabulary import Direction, Kind, PeriodType

_BY_REGRESSION = (Direction.IMPROVING, Direction.STABLE, Direction.WORSENING)
_BY_LAST_QUARTER = (Direction.IMPROVED, Direction.SAME, Direction.WORSENED)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarterly edition loaded and judged, ready to be shown.

    Parameters
    ----------
    edition, quarterly, catalogue
        What is reported: the edition, what it holds beside its series, and the words.
    observations, judgements
        Tidy frames of `load_observations` and `assess`.
    targets
        Columns `measure, target, floor, lower_threshold, upper_threshold` of the
        edition's financial year.
    outlook
        Columns of `judgement.outlook`, one row a measure.
    findings
        What the reconciliation gate found.
    area
        Whose figures are shown.
    """

    edition: Edition
    quarterly: Quarterly
    catalogue: Catalogue
    observations: pd.DataFrame
    judgements: pd.DataFrame
    targets: pd.DataFrame
    outlook: pd.DataFrame
    findings: tuple[Finding, ...]
    area: str
    comparators: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    narrative: Path | None = None
    shown: pd.DataFrame = field(init=False)
    written: Written = field(init=False)

    __repr__ = in_short(
        "edition.name", "area_name", "quarterly.quarter",
        KPI="quarterly.kpis", judgement="judgements", observation="observations",
    )  # fmt: skip

    def __post_init__(self) -> None:
        codes = {k.measure for k in self.quarterly.kpis}
        codes |= {m.measure for m in self.catalogue.measures.values() if m.kind is Kind.ACTIVITY}
        o, end = self.observations, pd.Timestamp(self.period.end)
        known = o["measure"].isin(codes) & (o["area"] == self.area) & (o["period_end"] <= end)
        kept = o[known].sort_values(["measure", "time"], kind="stable")
        latest = kept.groupby("measure").cumcount(ascending=False) < SHOWN
        object.__setattr__(self, "shown", kept[latest].reset_index(drop=True))
        written = Written(self.narrative, self.edition.name, self.facts())
        object.__setattr__(self, "written", written)

    @property
    def area_name(self) -> str:
        """The area in words."""
        return self.catalogue.areas.get(self.area, self.area)

    @property
    def period(self) -> Period:
        """The quarter reported."""
        return parse_period(self.quarterly.quarter, PeriodType.FINANCIAL_QUARTER)

    @property
    def financial_year(self) -> Period:
        """The financial year whose targets hold and whose figures are provisional."""
        return parse_period(self.quarterly.financial_year, PeriodType.FINANCIAL_YEAR)

    @property
    def words(self) -> tuple[Direction, Direction, Direction]:
        """The directions that the method gives: better, neither, worse."""
        methods = set(self.judgements["method"])
        return _BY_LAST_QUARTER if "last-quarter-2017" in methods else _BY_REGRESSION

    @property
    def covers(self) -> str:
        """Which periods the pages cover, and how firm their figures are."""
        until, year = f"{self.period.end:%B %Y}", format_period(self.financial_year.label)
        return f"Covers periods up to {until}; figures of {year} are {PROVISIONAL}."

    @property
    def files(self) -> dict[str, pd.DataFrame]:
        """The frames of the edition's data files, by name."""
        ahead = self.outlook.assign(year_end=self.outlook["year_end"].astype(str))
        year = self.financial_year
        return {
            "judgements": with_status(self.judgements, self.shown, year),
            "observations": figures_file(self.shown, year), "targets": self.targets,
            "outlook": with_status(ahead, self.shown, year),
            "reconciliation": findings_frame(self.findings),
        }  # fmt: skip

    def directorate(self, name: str) -> Directorate:
        """A directorate of the edition by name.

        Raises
        ------
        UnknownNameError
            If the edition has none of that name.
        """
        known = {d.name: d for d in self.quarterly.directorates}
        if name not in known:
            raise UnknownNameError("directorate", name, list(known))
        return known[name]

    def page_of(self, directorate: str) -> str:
        """The address of a directorate's page; "" where the edition has none."""
        for recipe in self.edition.sections:
            if recipe.parameters.get("directorate") == directorate:
                return f"{recipe.name}.html"
        return ""

    def kpis(self, directorate: str = "") -> list[KpiView]:
        """The KPIs of a directorate (all where ""), in the order they are listed."""
        kept = [k for k in self.quarterly.kpis if directorate in {"", k.directorate}]
        return [self._view(k) for k in kept]

    def activities(self, directorate: str) -> list[KpiView]:
        """The activity indicators of a directorate that have figures or thresholds."""
        held = {*self.shown["measure"], *self.targets["measure"]}
        return [
            self._view(ListedKpi(m.measure, directorate))
            for m in self.catalogue.measures.values()
            if m.kind is Kind.ACTIVITY and m.directorate == directorate and m.measure in held
        ]

    def view(self, measure: str) -> KpiView:
        """One KPI or activity indicator as this report shows it.

        Raises
        ------
        UnknownNameError
            If the report shows no such measure.
        """
        shown = self.kpis()
        for directorate in self.quarterly.directorates:
            shown += self.activities(directorate.name)
        for view in shown:
            if view.measure.measure == measure:
                return view
        raise UnknownNameError("measure", measure, [v.measure.measure for v in shown])

    def _view(self, listed: ListedKpi) -> KpiView:
        code = listed.measure
        if code not in self.catalogue.measures:
            raise UnknownNameError("measure", code, list(self.catalogue.measures))
        aims = _first(self.targets, code)
        names = {"target": "target", "floor": "floor", "lower": "lower_threshold",
                 "upper": "upper_threshold"}  # fmt: skip
        ours = self.judgements[self.judgements["area"] == self.area]
        return KpiView(
            measure=self.catalogue.measures[code],
            area=self.area_name,
            points=self.shown[self.shown["measure"] == code],
            listed=listed,
            words=self.words,
            financial_year=self.financial_year,
            aims=Aims(**{k: float(aims[c]) for k, c in names.items() if c in aims}),
            row=_first(ours, code),
            ahead=_first(self.outlook, code),
        )

    def findings_on(self, *, table: str = "", directorate: str = "") -> list[Finding]:
        """The gate's findings on one table, or on a directorate beside its tables."""
        if table:
            return [f for f in self.findings if f.table == table]
        return [f for f in self.findings if f.directorate == directorate and not f.table]

    def facts(self) -> Facts:
        """What narrative may quote in this quarter."""
        aims = self.targets[["measure", "target"]].dropna()
        targets = {str(m): float(t) for m, t in zip(*aims.to_numpy().T, strict=True)}
        known = known_by(self.figures, self.edition.as_of)
        return Facts(
            self.catalogue, self.area, self.shown, self.edition.published, known, targets=targets
        )

    def prose(self, name: str) -> str:
        """A passage of the narrative with its figures filled in; "" if none is written."""
        return self.written.prose(name) if self.written.has(name) else ""

    def narrative_faults(self) -> list[Fault]:
        """Everything wrong in the edition's narrative, found before a page is made."""
        return self.written.faults()


def _first(frame: pd.DataFrame, measure: str) -> Mapping[str, Any]:
    """The first row of a measure as a mapping; empty where there is none."""
    rows = frame[frame["measure"] == measure]
    return {} if rows.empty else {str(k): v for k, v in rows.iloc[0].to_dict().items()}

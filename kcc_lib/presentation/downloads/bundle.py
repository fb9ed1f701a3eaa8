"""Every table and object of an edition that can be downloaded, each with its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kcc_lib.errors import PublishError
from kcc_lib.presentation.addresses import measures_page, slug
from kcc_lib.presentation.downloads import annual, quarterly
from kcc_lib.presentation.downloads.links import (
    CHARTS,
    DIRECTORATES,
    FIGURES,
    JUDGEMENTS,
    MEASURES,
    OUTCOMES,
    PICTURES,
    WHOLE,
)
from kcc_lib.presentation.downloads.tables import DataTable, table_of
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView

LICENCE = "Open Government Licence v3.0, except where a source states otherwise"
LICENCE_PATH = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
Told = dict[str, Any]
View = MeasureView | KpiView


@dataclass(frozen=True, slots=True)
class Particulars:
    """What every download says of the edition it is from; `state` is a word of SignOff."""

    name: str
    title: str
    subtitle: str
    as_of: date
    covers: str
    state: str
    sign_off: str
    publisher: str

    @property
    def attribution(self) -> str:
        """How to say where the data are from."""
        return (
            f"{self.publisher}, {self.title}: {self.subtitle}. Licensed under the Open Government "
            "Licence v3.0."
        )

    @property
    def told(self) -> Told:
        """The same as every object has it; who signed stands on pages and covers alone."""
        said = {f: getattr(self, f) for f in self.__slots__ if f != "sign_off"}
        said |= {"licence": LICENCE, "attribution": self.attribution}
        return dict(table_of("edition", [said]).records[0])


def particulars_of(report: Report, *, state: str, sign_off: str) -> Particulars:
    """The particulars of an edition that has come so far."""
    edition = report.edition
    return Particulars(
        edition.name, edition.title, edition.subtitle, edition.as_of, report.covers, state,
        sign_off, f"{report.area_name} County Council",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A strategic outcome or a directorate with its measures, and what it is called."""

    folder: str
    name: str
    title: str
    page: str
    views: tuple[View, ...]

    @property
    def heading(self) -> str:
        """What a page calls it."""
        return f"Outcome {self.name}: {self.title}" if self.folder == OUTCOMES else self.title


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file to be written under the edition's `data`: a table, or an object as JSON."""

    address: str
    kind: str
    title: str
    content: DataTable | Told


def groups_of(report: Report) -> list[Group]:
    """Strategic outcomes of an annual edition, directorates of a quarterly one, in order."""
    if isinstance(report, Quarter):
        return [
            Group(DIRECTORATES, d.name, d.name, report.page_of(d.name),
                  tuple(quarterly.every_view(report, d.name)))
            for d in report.quarterly.directorates
        ]  # fmt: skip
    return [
        Group(OUTCOMES, o.outcome, o.title, measures_page(report.edition, o.outcome),
              tuple(report.view(m.measure) for m in report.catalogue.under(o.outcome)))
        for o in report.catalogue.strategic_outcomes.values()
    ]  # fmt: skip


def tables_of(report: Report, views: Sequence[View]) -> tuple[DataTable, DataTable]:
    """The figures and the judgements of measures, or of KPIs."""
    if isinstance(report, Quarter):
        kpis = [v for v in views if isinstance(v, KpiView)]
        return quarterly.kpi_figures(report, kpis), quarterly.kpi_judgements(report, kpis)
    measures = [v for v in views if isinstance(v, MeasureView)]
    return annual.figures(report, measures), annual.judgements(report, measures)


def charted(view: View) -> bool:
    """Whether a chart of it is drawn."""
    return not view.held.empty


def data_files(report: Report, particulars: Particulars, groups: Sequence[Group]) -> list[DataFile]:
    """Every table and object of the measures and of their groups.

    Parameters
    ----------
    groups
        Those of the report, as `groups_of` gives them.

    Raises
    ------
    PublishError
        If two of them would have one address.
    """
    found: list[DataFile] = []
    counts = summary_of(report)
    for group in groups:
        both = tables_of(report, group.views)
        told = []
        for view in group.views:
            code = view.measure.measure
            tables = tuple(t.of(measure=code) for t in both)
            one = _object(report, view, tables)
            told.append(one)
            name = f"{code} {view.measure.title}"
            found += _files(
                MEASURES, code, name, tables, _headed(view_kind(view), particulars, one)
            )
        whole = _headed(group.folder[:-1], particulars, _of_group(report, group, counts, told))
        found += _files(group.folder, group.name, group.heading, both, whole)
    _refuse_twice([f.address for f in found])
    return found


def summary_of(report: Report) -> DataTable | None:
    """The words of outcomes where the edition printed any; counts by directorate."""
    if isinstance(report, Quarter):
        return quarterly.matrix_counts(report)
    return annual.outcome_words_table(report) if report.edition.published_outcomes else None


def view_kind(view: View) -> str:
    """The kind of object that tells of a view."""
    return "kpi" if isinstance(view, KpiView) else "measure"


def _object(report: Report, view: View, tables: Sequence[DataTable]) -> Told:
    """Everything of one measure, with the addresses of its pictures."""
    one: Told = {}
    if isinstance(report, Quarter) and isinstance(view, KpiView):
        one = quarterly.kpi_object(report, view, tables)
    elif isinstance(report, Section) and isinstance(view, MeasureView):
        one = annual.measure_object(report, view, tables)
    if one["chart"] is not None:
        name = slug(view.measure.measure)
        one["chart"] |= {e[1:]: f"../{CHARTS}/{name}{e}" for e in PICTURES}
    return one


def _of_group(
    report: Report, group: Group, summary: DataTable | None, told: Sequence[Told]
) -> Told:
    """A group's own words or counts, and the objects of all its measures."""
    rows = summary.records if summary else []
    record = {"page": f"../../{group.page}" if group.page else ""}
    if isinstance(report, Quarter):
        said = table_of("directorate", [record | {"directorate": group.name}]).records[0]
        counts = [r for r in rows if r["directorate"] == group.name]
        return {**said, "counts": counts, "measures": list(told)}
    said = table_of("outcome", [record | {"outcome": group.name, "title": group.title}]).records[0]
    under = {s.supporting_outcome for s in report.catalogue.supporting_outcomes.values()
             if s.outcome == group.name}  # fmt: skip
    return {**said, "words": [r for r in rows if r["outcome"] in under], "measures": list(told)}


def _headed(kind: str, particulars: Particulars, told: Told) -> Told:
    return {"$schema": f"../schema/{kind}.json", "edition": particulars.told, **told}


def _files(
    folder: str, code: str, title: str, tables: Sequence[DataTable], told: Told
) -> list[DataFile]:
    name = f"{folder}/{slug(code)}"
    kind = told["$schema"].rpartition("/")[2].removesuffix(".json")
    figures, judged = tables
    held = [DataFile(f"{name}{FIGURES}", figures.kind, f"Figures: {title}", figures)]
    return [
        *(held if figures.rows else []),
        DataFile(f"{name}{JUDGEMENTS}", judged.kind, f"Judgements: {title}", judged),
        DataFile(f"{name}{WHOLE}", kind, title, told),
    ]


def _refuse_twice(addresses: Sequence[str]) -> None:
    twice = sorted({a for a in addresses if addresses.count(a) > 1 or "/." in a})
    if twice:
        raise PublishError(f"two measures would share an address: {', '.join(twice)}")

"""Every measure or KPI of an edition in a line: what lists, search and the shelf are made of."""

import unicodedata
from dataclasses import dataclass

from kcc_lib.presentation.addresses import anchor, measures_page
from kcc_lib.presentation.formats import format_period, format_value
from kcc_lib.presentation.quarterly.chart import anchor as kpi_anchor
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.words import latest_words
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView

#: What stands where an edition shows no figure of a measure.
NO_FIGURE = "no figure held"


@dataclass(frozen=True, slots=True)
class Status:
    """One judgement that stands, under its heading."""

    heading: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure or KPI of an edition.

    `identifier` is the id of its block on `page` ("" where the edition shows none); `group` the
    supporting outcome or the directorate, `over` the strategic outcome or the directorate; `kind`
    is the word for it. `value` is the latest figure shown in words, `period` its period.
    """

    code: str
    identifier: str
    page: str
    kind: str
    title: str
    short_title: str
    group: str
    over: str
    statuses: tuple[Status, ...]
    value: str
    period: str
    source: str = ""

    @property
    def href(self) -> str:
        """The address of its block from another page of the edition; "" where it has none."""
        return f"{self.page}#{self.identifier}" if self.page else ""

    @property
    def shown_code(self) -> str:
        """The code, where readers know it: print numbers measures, and no KPI."""
        return self.code if self.kind == "measure" else ""

    @property
    def find(self) -> str:
        """All that a search looks in."""
        said = (self.code, self.title, self.short_title, self.group, self.over, self.source)
        return folded(" ".join(dict.fromkeys(said)))


def folded(text: str) -> str:
    """A text as search compares it: lower case, no accents, straight apostrophes."""
    apart = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def entries(report: Report) -> list[Entry]:
    """Every measure of an annual edition, or KPI and activity of a quarterly one, in its order."""
    if isinstance(report, Section):
        return [_measure(report, view) for view in report.views()]
    return [
        _kpi(report, view, d.name)
        for d in report.quarterly.directorates
        for view in (*report.kpis(d.name), *report.activities(d.name))
    ]


def _measure(section: Section, view: MeasureView) -> Entry:
    measure, catalogue = view.measure, section.catalogue
    found = catalogue.supporting_outcomes[measure.supporting_outcome]
    over = catalogue.strategic_outcomes[found.outcome]
    last = None if view.held.empty else view.held.iloc[-1]
    return Entry(
        code=measure.measure,
        identifier=anchor(measure.measure),
        page=measures_page(section.edition, found.outcome),
        kind="measure",
        title=measure.title,
        short_title=measure.short_title or measure.title,
        group=f"{found.supporting_outcome} {found.title}",
        over=f"Outcome {over.outcome}: {over.title}",
        statuses=tuple(Status(v.heading, v.label) for v in view.verdicts),
        value=NO_FIGURE if last is None else format_value(measure, float(last["value"])),
        period="" if last is None else format_period(str(last["period"])),
        source=measure.source_body,
    )


def _kpi(quarter: Quarter, view: KpiView, directorate: str) -> Entry:
    measure = view.measure
    rated = (
        (Status("Expected range", str(view.expectation or "N/A")),)
        if view.activity
        else (Status("RAG status", str(view.rag)), Status("Direction", str(view.direction)))
    )
    held = view.latest is not None
    return Entry(
        code=measure.measure,
        identifier=kpi_anchor(view),
        page=quarter.page_of(directorate),
        kind="activity indicator" if view.activity else "KPI",
        title=measure.title,
        short_title=measure.short_title or measure.title,
        group=directorate,
        over=directorate,
        statuses=rated,
        value=latest_words(view) if held or view.listed.rag else NO_FIGURE,
        period=format_period(str(view.latest["period"])) if view.latest is not None else "",
        source=measure.source_body,
    )

"""An invented quarterly edition, every figure of it flagged synthetic."""

from datetime import date

import numpy as np
import pandas as pd

from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.outlook import look_ahead
from kcc_lib.judgement.reconcile import reconcile
from kcc_lib.judgement.series import arrange
from kcc_lib.measures import Catalogue, Measure
from kcc_lib.periods import parse_period
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.quarterly import Directorate, ListedKpi, Quarterly
from kcc_lib.records.editions import Edition, PageRecipe
from kcc_lib.vocabulary import Frequency, Kind, PeriodType, Polarity, Rag

QUARTERS = ["2023-24 Q2", "2023-24 Q3", "2023-24 Q4", "2024-25 Q1", "2024-25 Q2", "2024-25 Q3"]
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"
RISING = [90.0, 91.1, 91.9, 93.2, 93.9, 95.1]


def kpi(code, **told):
    """A quarterly percentage of which higher is better, unless told otherwise."""
    usual = {
        "title": f"Title of {code}", "kind": Kind.KPI, "polarity": Polarity.HIGHER, "unit": "%",
        "decimals": 0, "period_type": PeriodType.FINANCIAL_QUARTER,
        "frequency": Frequency.QUARTERLY, "directorate": "North",
    }  # fmt: skip
    return Measure(measure=code, **(usual | told))


def rows(code, values, *, flags="s"):
    """Tidy observations of one KPI, the latest in the quarter reported."""
    labels = QUARTERS[len(QUARTERS) - len(values) :]
    spans = [parse_period(label) for label in labels]
    return pd.DataFrame(
        {
            "measure": code, "area": "k", "period": labels, "value": np.array(values, float),
            "numerator": np.nan, "denominator": np.nan, "lower_ci": np.nan, "upper_ci": np.nan,
            "sample_size": np.nan, "source": "invented",
            "flags": [f"{flags} x" if np.isnan(v) else flags for v in values],
            "period_type": "financial quarter",
            "period_start": pd.to_datetime([s.start for s in spans]),
            "period_end": pd.to_datetime([s.end for s in spans]),
            "time": [s.middle for s in spans],
        }
    )  # fmt: skip


def quarter(series, *, aims=(), listed=None, method="regression-2020", flags="s", **told):
    """A quarter of invented KPIs: (measure, values) each, under the directorates North and South.

    `aims` has rows (measure, target, floor, lower threshold, upper threshold).
    """
    measures = {m.measure: m for m, _ in series}
    names = ["measure", "target", "floor", "lower_threshold", "upper_threshold"]
    targets = pd.DataFrame(aims, columns=names).astype(dict.fromkeys(names[1:], float))
    empty = rows("none", [1.0]).iloc[:0]
    frame = pd.concat([empty, *(rows(m.measure, v, flags=flags) for m, v in series if len(v))])
    frame = frame.reset_index(drop=True)
    if listed is None:
        listed = [
            ListedKpi(m.measure, m.directorate) for m, _ in series if m.kind is Kind.KPI
        ]  # fmt: skip
    directorates = told.pop("directorates", (Directorate("North", ("A B",), "Director", "C D"),
                                             Directorate("South")))  # fmt: skip
    report = Quarterly("2024-25 Q3", "2024-25", directorates, tuple(listed), **told)
    known = {k.measure: measures[k.measure] for k in listed}
    judged = assess(frame, known, method=method, areas=["k"], targets=targets)
    ahead = look_ahead(
        arrange(frame, known, areas=["k"], targets=targets), known, date(2025, 3, 31), shown=6
    )
    findings = reconcile(report.tables, report.printed_counts, report.kpis, report.claims)
    edition = Edition(
        "qpr-test", "quarterly", "Quarterly report", "Quarter 3", date(2024, 12, 31), method,
        "default", "k", (), {}, (PageRecipe("north", "directorate.ipynb", "North",
                                            {"directorate": "North"}),),
        (), (), (), tuple(known), quarterly=report,
    )  # fmt: skip
    catalogue = Catalogue(measures, areas={"k": "Kent"})
    return Quarter(
        edition, report, catalogue, frame, judged, targets, ahead, tuple(findings), "k"
    )  # fmt: skip


def usual():
    """Six KPIs and an activity: every rating, every direction, a missing value, no value at all."""
    nan = np.nan
    return quarter(
        [
            (kpi("green"), RISING),
            (kpi("amber"), [92.0, 90.0, 93.0, 89.0, 92.0, 90.0]),
            (kpi("red"), RISING[::-1]),
            (kpi("missing"), [90.0, 91.0, 90.0, 92.0, 91.0, nan]),
            (kpi("stated", directorate="South"), []),
            (kpi("rolling", rolling=True, directorate="South"), RISING),
            (kpi("calls", kind=Kind.ACTIVITY, unit="count", polarity=Polarity.NONE), [5, 6, 5, 9]),
        ],
        aims=[
            ("green", 93, 90, nan, nan), ("amber", 93, 85, nan, nan), ("red", 97, 95, nan, nan),
            ("missing", 93, 85, nan, nan), ("rolling", 93, 90, nan, nan),
            ("calls", nan, nan, 4, 8),
        ],
        listed=[
            *(ListedKpi(c, "North") for c in ("green", "amber", "red", "missing")),
            ListedKpi("stated", "South", Rag.AMBER, "stated", None, "", "", "print"),
            ListedKpi("rolling", "South"),
        ],
    )  # fmt: skip

"""Workbooks to plant faults in: a small one of good data, and a copy of the shipped one."""

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kcc_lib.cli.commands import kcc

SHIPPED = Path(__file__).parents[2]
SERIES = "observations/series.csv"

STRATEGIC = """\
outcome,title,short_title,source,locator
1,Children get the best start,Children,annual report,page 4
"""
SUPPORTING = """\
supporting_outcome,outcome,title,source,locator
1.1,1,Communities are resilient,annual report,page 5
1.2,1,Families are kept out of crisis,annual report,page 6
"""
AREAS = """\
area,name,source
E10000016,Kent,ONS
E92000001,England,ONS
"""
MEASURES = """\
measure,supporting_outcome,title,short_title,kind,statistic,polarity,unit,decimals,period_type,source_body,comparators,breaks
1.11,1.1,Infant deaths,Deaths,outcome,rate,lower,"rate per 1,000",1,pooled years,PHOF,E92000001,
1.12,1.1,Children hurt on roads,Hurt,outcome,count,lower,,0,calendar year,DfT,,2016:hard:new classes
1.21,1.2,Attainment gap,Gap,outcome,gap,lower,percentage points,1,academic year,DfE,,
1.22,1.2,Re-referrals,Re-referrals,outcome,proportion,lower,%,1,financial year,DfE,E92000001,
1.23,1.2,Readiness for school,Readiness,outcome,proportion,higher,%,1,snapshot,DfE,,
1.24,1.2,Qualified at 19,Qualified,outcome,proportion,higher,%,1,rolling year,DfE,,
1.25,1.2,Sales expected,Sales,outcome,net_balance,higher,%,0,financial quarter,Chamber,,
"""
DOCUMENTS = """\
source,title,known,basis
annual report,The annual report,2019-10-31,as printed
"""
FIGURES = """\
figure,title,area,period_label,value,unit,source,locator
1.22,Re-referrals,Kent,2018,24.1,percentage,annual report,page 9
"""
OBSERVATIONS = """\
measure,area,period,value,numerator,denominator,lower_ci,upper_ci,sample_size,flags,source,published,note
1.11,E10000016,2015 to 2017,3.2,,,2.9,3.6,,,PHOF,,
1.12,E10000016,2017,41,,,,,,,DfT,,
1.21,E10000016,2017-18,-4.5,,,,,,,DfE,,
1.22,E10000016,2016-17,25.0,250,1000,,,,,DfE,,
1.22,E10000016,2017-18,24.1,241,1000,21.6,26.8,1000,p i,DfE,2018-11-01,"first, not final"
1.22,E92000001,2017-18,,,,,,,x,DfE,,
1.23,E10000016,Jun 2018,74.1,,,,,,,DfE,,
1.24,E10000016,12 months to Jun 2018,57.0,,,,,,,DfE,,
1.25,E10000016,2018-19 Q1,-12,,,,,,,Chamber,,
"""
GOOD_ROW = {"measure": "1.22", "area": "E10000016", "period": "2018-19", "value": "24.7"}


def row_text(cells: dict[str, str]) -> str:
    """One observation as a line of CSV, good but for the cells given."""
    columns = OBSERVATIONS.splitlines()[0].split(",")
    out = io.StringIO()
    row = GOOD_ROW | cells
    csv.DictWriter(out, columns, restval="", lineterminator="\n").writerow(row)
    return out.getvalue()


@dataclass(frozen=True)
class Book:
    """A workbook that tests may spoil; `kcc` runs in it."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of `data/raw`."""
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def mine(self, text: str | bytes, name: str = "mine.csv") -> Path:
        """Write a file of one's own, beside the data."""
        path = self.root / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def swap(self, name: str, old: str, new: str) -> None:
        """Change one passage of a file of `data/raw`."""
        text = (self.raw / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def plant(self, *rows: dict[str, str], name: str = SERIES) -> None:
        """Add observations, good but for the cells given; the first lands on line 11."""
        path = self.raw / name
        text = path.read_text("utf-8") if path.exists() else OBSERVATIONS.splitlines()[0] + "\n"
        self.write(name, text + "".join(row_text(row) for row in rows))

    def kcc(self, *words: str | Path) -> Result:
        """Run one command of the command line."""
        return CliRunner().invoke(kcc, [str(word) for word in words])

    def files(self) -> dict[str, bytes]:
        """Everything in the workbook, to see that nothing was written."""
        paths = sorted(self.root.rglob("*"))
        return {str(p.relative_to(self.root)): p.read_bytes() for p in paths if p.is_file()}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A small workbook of good data: 6 files, 9 observations on lines 2 to 10 of one of them."""
    made = Book(tmp_path / "book")
    (made.root / "notebooks").mkdir(parents=True)
    made.write("strategic_outcomes.csv", STRATEGIC)
    made.write("supporting_outcomes.csv", SUPPORTING)
    made.write("areas.csv", AREAS)
    made.write("measures.csv", MEASURES)
    made.write("documents.csv", DOCUMENTS)
    made.write("document_figures.csv", FIGURES)
    made.write(SERIES, OBSERVATIONS)
    monkeypatch.setenv("KCC_WORKBOOK", str(made.root))
    return made


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A copy of the workbook's own data, without narrative and notebooks."""
    copied = Book(tmp_path / "shipped")
    without = shutil.ignore_patterns("narrative")
    shutil.copytree(SHIPPED / "data" / "raw", copied.raw, ignore=without)
    (copied.root / "notebooks").mkdir()
    monkeypatch.setenv("KCC_WORKBOOK", str(copied.root))
    return copied


@pytest.fixture
def whole(shipped: Book) -> Book:
    """A copy of the workbook's own data with its narrative."""
    shutil.copytree(SHIPPED / "data/raw/narrative", shipped.raw / "narrative")
    return shipped

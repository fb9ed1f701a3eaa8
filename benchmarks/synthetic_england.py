"""A workbook of an invented England: seeded series of invented councils, every one flagged `s`.

`python -m benchmarks.synthetic_england FOLDER [COUNCILS]` makes one to try an edition by area
on. It lies in a folder of its own, beside nothing real: its measures, councils and figures are
all made up, and every page drawn from them says so. The same seed makes the same bytes.
"""

import argparse
import csv
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
EDITION = "england"
WHOLE, PUBLISHER = "E92000001", "E10000016"
YEARS = ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")
#: What is the same in every workbook; none of it is a figure.
_KEPT = ("accessibility.toml", "council.toml", "directorates.csv", "documents.csv")
#: Tables of what was published; an invented England published nothing.
_EMPTY = ("audit_notes.csv", "published_judgements.csv", "document_figures.csv")
_NOTEBOOKS = ("areas", "outcome_1", "outcome_2", "outcome_3")
_FILE = """\
# Invented: see benchmarks/synthetic_england.py
kind = "annual"
title = "An invented England"
subtitle = "Outcomes of every council"
as_of = 2019-10-31
method = "significance-2019"
preset = "default"
area = "{publisher}"
areas = [
{areas}
]
comparators = ["{whole}"]
base_end = 2014-12-31

[horizons]
"1-year" = "1 year"
"long-term" = "4 years"

[[sections]]
name = "index"
notebook = "areas.ipynb"
title = "All areas"
"""
_SECTION = """
[[sections]]
name = "outcome-{number}"
notebook = "outcome_{number}.ipynb"
title = "Outcome {number}"
each_area = true
"""


def make(folder: Path, *, councils: int = 150, measures: int = 74, seed: int = 2019) -> Path:
    """Write the workbook into a folder.

    Parameters
    ----------
    councils
        How many; 150 is what England has.
    measures
        How many measures, spread evenly over the 20 supporting outcomes; each needs one, and 74
        is what the 2019 report has.
    seed
        Of the figures.

    Returns
    -------
    Path
        The folder: what KCC_WORKBOOK is to name.
    """
    raw = folder / "data" / "raw"
    (raw / "observations").mkdir(parents=True)
    (raw / "editions").mkdir()
    (folder / "notebooks").mkdir()
    for name in _KEPT:
        shutil.copy(ROOT / "data" / "raw" / name, raw / name)
    for name in ("strategic_outcomes.csv", "supporting_outcomes.csv"):
        _write(raw / name, map(_outcome, _rows(name)))
    for name in _EMPTY:
        _write(raw / name, [], _columns(name))
    terms = [t for t in _rows("glossary.csv") if t["method"] in {"", "significance-2019"}]
    _write(raw / "glossary.csv", terms)
    for name in _NOTEBOOKS:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", folder / "notebooks")
    areas = {f"E109{n:05d}": f"Invented council {n:03d}" for n in range(1, councils + 1)}
    named = {**areas, WHOLE: "England", PUBLISHER: "Kent"}
    rows = ({"area": a, "name": n, "source": "invented"} for a, n in named.items())
    _write(raw / "areas.csv", rows)
    codes = _codes(measures)
    _write(raw / "measures.csv", (_measure(code, at) for at, code in enumerate(codes)))
    _write(raw / "windows.csv", map(_window, codes))
    _write(raw / "observations" / "england.csv", _series(codes, list(areas), seed))
    listed = "\n".join(f'  "{code}",' for code in areas)
    told = _FILE.format(publisher=PUBLISHER, areas=listed, whole=WHOLE)
    told += "".join(_SECTION.format(number=n) for n in (1, 2, 3))
    (raw / "editions" / f"{EDITION}.toml").write_text(told, "utf-8")
    return folder


def _codes(count: int) -> list[str]:
    """Codes of measures under the supporting outcomes that the reports have, in turns."""
    under = [row["supporting_outcome"] for row in _rows("supporting_outcomes.csv")]
    under.sort(key=lambda code: (code.partition(".")[2], code))
    return sorted(f"{under[n % len(under)]}{n // len(under) + 1}" for n in range(count))


def _outcome(row: dict[str, str]) -> dict[str, str]:
    kind = "supporting" if "supporting_outcome" in row else "strategic"
    code = row.get("supporting_outcome", row["outcome"])
    return {**row, "title": f"Invented {kind} outcome {code}"}


def _measure(code: str, at: int) -> dict[str, str]:
    return dict.fromkeys(_columns("measures.csv"), "") | {
        "measure": code, "supporting_outcome": code[:3], "title": f"Invented measure {code}",
        "short_title": f"Invented measure {code}", "kind": "outcome", "statistic": "proportion",
        "polarity": "higher" if at % 2 else "lower", "unit": "%", "decimals": "1",
        "multiplier": "100", "period_type": "financial year", "frequency": "yearly",
        "survey": "no", "source_body": "invented", "comparators": WHOLE,
        "source": "annual-report-2019",
    }  # fmt: skip


def _window(code: str) -> dict[str, str]:
    return {
        "edition": EDITION, "measure": code, "one_year_from": YEARS[-2], "one_year_to": YEARS[-1],
        "long_term_from": YEARS[0], "long_term_to": YEARS[-1], "basis": "invented",
        "source": "invented",
    }  # fmt: skip


def _series(codes: list[str], areas: list[str], seed: int) -> Iterable[dict[str, object]]:
    """A share of some hundreds of people in each council and year, and of all of them together."""
    rng = np.random.default_rng(seed)
    people = rng.integers(300, 3000, (len(codes), len(areas), 1))
    start = rng.uniform(0.2, 0.8, (len(codes), len(areas), 1))
    drift = rng.normal(0.0, 0.012, (len(codes), len(areas), 1)) * np.arange(len(YEARS))
    share = np.clip(start + drift + rng.normal(0, 0.01, drift.shape), 0.02, 0.98)
    counted = rng.binomial(people, share)
    held = np.concatenate([counted, counted.sum(axis=1, keepdims=True)], axis=1)
    asked = np.concatenate([people, people.sum(axis=1, keepdims=True)], axis=1)
    for m, code in enumerate(codes):
        for a, area in enumerate([*areas, WHOLE]):
            for y, period in enumerate(YEARS):
                count, base = int(held[m, a, y]), int(asked[m, a, 0])
                yield {
                    "measure": code, "area": area, "period": period,
                    "value": round(100 * count / base, 4), "numerator": count,
                    "denominator": base, "flags": "s", "source": "invented",
                }  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "raw" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _columns(name: str) -> list[str]:
    return list(_rows(name)[0])


def _write(path: Path, rows: Iterable[Mapping[str, object]], columns: Sequence[str] = ()) -> None:
    listed = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns or list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a workbook of an invented England.")
    parser.add_argument("folder", type=Path, help="where it is made")
    parser.add_argument("councils", type=int, nargs="?", default=150, help="how many; 150")
    given = parser.parse_args()
    sys.stdout.write(f"{make(given.folder, councils=given.councils)}\n")

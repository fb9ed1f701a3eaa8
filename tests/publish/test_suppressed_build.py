"""A build of a workbook with secret small numbers: nothing that leaves it holds one.

The thresholds are large, so that the secrets are numbers that stand nowhere else.
"""

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EDITIONS = ("annual-2019", "qpr-2017-18-q1")
RULES = """\
of,name,threshold,counts,only,zeros,reason,source
measure,2.33,7520,numerator,E10000016,,new firms stand for people here,this test
measure,kpi-2017-20,5000,value,,,first-time entrants are children,this test
table,children-in-care-age,190,value,,,children in care,this test
"""
SUMS = """\
of,total,parts,source
"""
#: What is planted: two workbooks that differ in nothing but the secrets.
SECRETS = {
    "one": {"numerator": "7510", "value": "82.1670", "kpi": "3137", "cell": "163.4187"},
    "two": {"numerator": "7503", "value": "82.0904", "kpi": "3259", "cell": "171.2953"},
}
#: The secrets of the first as anybody might print or round them.
SPELLINGS = re.compile(
    r"(?<![\d.])(?:7510(?:\.0+)?|7,510|82\.167\d*|82\.17|913992|913,992|3137(?:\.0+)?|3,137"
    r"|163\.4187|163\.419|163\.42)(?![\d])|SECRETWORDS"
)
#: Its digits are anybody's: one hash in some thousands has any number of four among its letters.
HASH = re.compile(r"\b[0-9a-f]{64}\b")


def plant(book, secrets):
    """A copy of the shipped workbook with rules, and with numbers that they hold back."""
    book.mkdir()
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, book / folder)
    shutil.copy(ROOT / "uv.lock", book)
    raw = book / "data" / "raw"
    (raw / "suppression.csv").write_text(RULES)
    (raw / "known_sums.csv").write_text(SUMS)
    words = {"note": "SECRETWORDS", "source": "ONS; SECRETWORDS in the details"}
    number = {"value": secrets["value"], "numerator": secrets["numerator"], **words}
    change(raw / "observations" / "outcome_2.csv",
           {"measure": "2.33", "area": "E10000016", "period": "2017"}, number)  # fmt: skip
    kpi = {"measure": "kpi-2017-20", "period": "2017-18 Q1"}
    change(raw / "observations" / "quarterly.csv", kpi, {"value": secrets["kpi"], **words})
    change(raw / "printed_tables.csv",
           {"table": "children-in-care-age", "row": "0 to 4", "column": "Jun 17"},
           {"value": secrets["cell"], "note": "SECRETWORDS"})  # fmt: skip
    return book


def change(path, key, cells):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [r for r in rows if all(r[k] == v for k, v in key.items())]
    row |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def built(tmp_path_factory, kcc):
    """What was said, the outputs and the processed data of each of the two workbooks."""
    found = {}
    for name, secrets in SECRETS.items():
        folder = tmp_path_factory.mktemp(name)
        book = plant(folder / "book", secrets)
        done = kcc("report", *EDITIONS, "--output", folder / "out", KCC_WORKBOOK=str(book))
        assert done.returncode == 0, done.stderr
        checked = kcc("check", KCC_WORKBOOK=str(book))
        assert checked.returncode == 0, checked.stdout
        told = [done.stdout.replace(str(folder), ""), done.stderr, checked.stdout, checked.stderr]
        for words in (
            ("explain", "2.33"), ("explain", "kpi-2017-20", "--edition", "qpr-2017-18-q1"),
            ("assess", "--edition", "annual-2019", "--format", "csv"),
            ("assess", "--edition", "qpr-2017-18-q1", "--format", "json"),
            ("preview", "2.3"),
        ):  # fmt: skip
            said = kcc(*words, KCC_WORKBOOK=str(book))
            assert said.returncode == 0, said.stderr
            told += [said.stdout, said.stderr]
        found[name] = told, folder / "out", book / "data" / "processed"
    return found


def texts(folder):
    """Every file of a folder as text, those inside zipped ones too."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for part in packed.namelist():
                    yield f"{name}/{part}", packed.read(part).decode("utf-8", "replace")
        elif path.suffix not in {".png"}:
            yield name, path.read_bytes().decode("utf-8", "replace")


def test_no_output_holds_a_suppressed_number_in_any_spelling(built):
    told, out, processed = built["one"]
    everything = [*texts(out), *texts(processed), *((f"said {n}", t) for n, t in enumerate(told))]

    found = {name: SPELLINGS.findall(HASH.sub("", text)) for name, text in everything}

    assert len(everything) > 40
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_the_search_finds_the_numbers_in_the_raw_files(built):
    raw = built["one"][2].parent / "raw"

    found = {hit for _, text in texts(raw) for hit in SPELLINGS.findall(text)}

    assert {"7510", "82.1670", "3137", "163.4187", "SECRETWORDS"} <= found


def test_two_workbooks_that_differ_in_what_is_suppressed_alone_give_the_same_bytes(built):
    one, two = (dict(texts(built[name][1])) for name in ("one", "two"))

    # how long each page took is the one thing that two builds of the same may differ in
    seconds = re.compile(r'"seconds": [\d.]+')
    one, two = ({n: seconds.sub("", t) for n, t in book.items()} for book in (one, two))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert built["one"][0] == [seconds.sub("", t) for t in built["two"][0]] or same_words(built)


def same_words(built):
    """What the commands said, but for how long they took."""
    plain = [
        [re.sub(r"\[\d+/\d+\].*\n", "", text) for text in built[name][0]] for name in ("one", "two")
    ]
    return plain[0] == plain[1]


def test_the_processed_observations_are_the_same_too(built):
    one, two = ((built[name][2] / "observations.csv").read_bytes() for name in ("one", "two"))

    assert one == two


def test_the_record_of_a_build_has_no_hash_of_a_file_that_holds_a_secret(built):
    records = [
        json.loads((built[name][1] / "annual-2019" / "run.json").read_text())["inputs"]
        for name in ("one", "two")
    ]

    assert records[0] == records[1]
    assert "data/raw/observations/outcome_2.csv" in records[0]


def test_the_pages_say_that_a_figure_is_suppressed(built):
    out = built["one"][1]
    # a term may be a link to its meaning
    annual, tables = (
        re.sub(r"<[^>]+>", "", (out / name).read_text())
        for name in ("annual-2019/outcome-2.html", "qpr-2017-18-q1/tables.html")
    )
    shown = (out / "annual-2019" / "data" / "observations.csv").read_text()

    assert "All figures of Kent that could be shown are suppressed to protect people" in annual
    assert "[c]" in annual
    assert "[c]: suppressed to protect people" in tables
    rows = {(r["measure"], r["area"], r["period"]): r for r in csv.DictReader(shown.splitlines())}
    row = rows["2.33", "E10000016", "2017"]
    assert row["value"] == ""
    assert "c" in row["flags"].split()


def test_the_check_counts_what_each_rule_holds_back(built):
    said = "".join(built["one"][0])

    assert "suppressed: 3 rows of measure 2.33" in said
    assert "suppressed: 1 row of measure kpi-2017-20" in said
    assert re.search(r"suppressed: \d rows of table children-in-care-age", said)

"""A real change of the workbook: built, compared with the build before it, and told why."""

import json
import shutil

import pytest

pytestmark = pytest.mark.slow
REVISED = "3.71,E10000016,2017-18,"
BEFORE_NEW = "3.61,E10000016,2016-17,"
NEW = "3.61,E10000016,2017-18,64,,,,,700,s,made up for a test,,"


@pytest.fixture
def changed(workbook):
    """The workbook with one figure revised and one period more."""
    path = workbook / "data" / "raw" / "observations" / "outcome_3.csv"
    lines = []
    for line in path.read_text().splitlines():
        lines.append(line.replace(",79.6,", ",83.9,", 1) if line.startswith(REVISED) else line)
        if line.startswith(BEFORE_NEW):
            lines.append(NEW)
    path.write_text("\n".join(lines) + "\n")
    return workbook


def test_a_revision_and_a_new_period_are_told_with_what_they_changed(build, changed, tmp_path, kcc):
    output, summary = tmp_path / "out", tmp_path / "summary.md"
    shutil.copytree(build[1], output / "annual-2019")

    built = kcc("report", "--output", output, "--only", "outcome-3", "--summary", summary,
                KCC_WORKBOOK=str(changed))  # fmt: skip
    done = kcc("diff", build[1], output / "annual-2019", "--format", "json")

    assert built.returncode == 0, built.stderr
    assert built.stdout.endswith("index.html\n")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [
        (f["measure"], f["period"], f["then"], f["now"], f["why"]) for f in told["figures"]
    ] == [
        ("3.61", "2017-18", None, 64.0, "new periods"),
        ("3.71", "2017-18", 79.6, 83.9, "revised figures"),
    ]
    assert [
        (w["measure"], w["horizon"], w["worked_out_then"], w["worked_out_now"], w["why"])
        for w in told["judgements"]
    ] == [("3.61", "1-year", "Not judged", "Maintaining", ["new periods"])]
    assert {m["measure"] for m in told["other_evidence"]} == {"3.61", "3.71"}
    captions = {s["place"]: s for s in told["sentences"] if s["part"] != "evidence"}
    assert "83.9%" in captions["m-3-71"]["now"]
    assert captions["m-3-71"]["why"] == ["revised figures"]
    assert told["pages"] == {"added": [], "removed": [], "same_sentences": []}

    text = summary.read_text()
    assert "**3.61 Service users satisfied with their care**, 1 year" in text
    assert "3.71 Control over daily life" in text
    for hidden in ("83.9", "79.6", str(tmp_path), "outcome_3.csv"):
        assert hidden not in text


def test_an_unchanged_edition_is_summed_up_as_such_and_alone_on_stdout(build, kcc):
    done = kcc("report", "--output", build[1].parent, "--summary", "-")

    assert done.returncode == 0
    assert done.stdout.startswith("## Annual report 2019: ")
    assert "Nothing changed since the build before." in done.stdout
    assert done.stderr.endswith("index.html\n")

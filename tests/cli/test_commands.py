"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from tests.cli.waiting import SERIES


@pytest.fixture
def run(tmp_path):
    def go(*words, files=None):
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text)
        named = [str(tmp_path / w) if w.endswith(".csv") else w for w in words]
        return CliRunner().invoke(kcc, named)

    return go


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_one_spreadsheet_is_enough_for_a_long_term_judgement(run):
    done = run("assess", "a.csv", "--format", "csv", files={"a.csv": SERIES})

    assert done.exit_code == 0
    long_term = next(r for r in rows(done.stdout) if r["horizon"] == "long-term")
    assert (long_term["label"], long_term["rag"]) == ("Improving", "")


def test_target_and_floor_add_a_rag_rating(run):
    head, *lines = SERIES.splitlines()
    told = "\n".join([f"{head},target,floor", *(f"{line},12,14" for line in lines)]) + "\n"

    done = run("assess", "a.csv", "--format", "csv", files={"a.csv": told})

    assert {r["rag"] for r in rows(done.stdout)} == {"Green"}


def test_a_floor_beyond_its_target_is_refused(run):
    head, *lines = SERIES.splitlines()
    told = "\n".join([f"{head},target,floor", *(f"{line},12,10" for line in lines)]) + "\n"

    done = run("assess", "a.csv", files={"a.csv": told})

    assert done.exit_code == 2
    assert "asks more of waiting than its target" in done.stderr


def test_without_polarity_the_result_is_movement_only(run):
    told = SERIES.replace("measure,polarity", "measure,title").replace(",lower,", ",Waiting,")

    done = run("assess", "a.csv", "--format", "csv", files={"a.csv": told})

    assert {r["label"] for r in rows(done.stdout)} == {"Not judged", "Decreasing"}


def test_json_has_null_and_never_nan(run):
    done = run("assess", "a.csv", "--format", "json", files={"a.csv": SERIES})

    told = json.loads(done.stdout)
    assert told[0]["p_value"] is None
    assert "NaN" not in done.stdout


def test_the_table_is_for_reading_and_counts_what_was_judged(run):
    done = run("assess", "a.csv", files={"a.csv": SERIES})

    assert "Improving" in done.stdout
    assert done.stdout.endswith("1 of 2 judged\n")


def test_values_are_printed_with_the_decimals_of_the_data_and_a_slope_with_one_more(run):
    done = run("assess", "a.csv", files={"a.csv": SERIES})

    assert "12.4 (2017/18)  11.0 (2018/19)  −1.4 " in done.stdout
    assert "15.9 (2014/15)  11.0 (2018/19)  −1.16 a year" in done.stdout


def test_values_are_printed_with_the_decimals_that_the_file_tells(run):
    head, *lines = SERIES.splitlines()
    told = "\n".join([f"{head},decimals", *(f"{line},2" for line in lines)]) + "\n"

    done = run("assess", "a.csv", files={"a.csv": told})

    assert "12.40 (2017/18)  11.00 (2018/19)  −1.40 " in done.stdout
    assert "−1.160 a year" in done.stdout


def test_a_change_too_small_for_the_decimals_is_not_printed_as_nought(run):
    told = SERIES.replace("12.4", "11.04") + "other,higher,2017-18,1\nother,higher,2018-19,1\n"
    head, *lines = told.splitlines()
    told = "\n".join([f"{head},decimals", *(f"{line},1" for line in lines)]) + "\n"

    done = run("assess", "a.csv", "--method", "variance-2017", files={"a.csv": told})

    assert "11.0 (2017/18)  11.0 (2018/19)  −0.04" in done.stdout
    assert "1.0 (2017/18)   1.0 (2018/19)   0.0" in done.stdout


def test_a_value_that_there_is_not_is_left_out_of_the_table(run):
    done = run("assess", "a.csv", "--method", "xmr", files={"a.csv": SERIES})

    assert "2014/15  11.0 (2018/19)" in done.stdout
    assert "N/A" not in done.stdout


def test_csv_and_json_keep_the_numbers_as_worked_out(run):
    for style in ("csv", "json"):
        done = run("assess", "a.csv", "--format", style, files={"a.csv": SERIES})

        assert "-3.57401965436" in done.stdout


def test_output_goes_to_the_file_and_the_message_to_stderr(run, tmp_path):
    done = run("assess", "a.csv", "--format", "csv", "--output", "out.csv", files={"a.csv": SERIES})

    assert done.stdout == ""
    assert "judgements written to" in done.stderr
    assert len(rows((tmp_path / "out.csv").read_text())) == 2


def test_faulty_input_is_refused_and_nothing_is_written(run, tmp_path):
    done = run(
        "assess", "a.csv", "--output", "out.csv", files={"a.csv": SERIES.replace("13.1", "n/a")}
    )

    assert done.exit_code == 2
    assert "line 4, value: 'n/a' is not a number" in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["assess", "a.csv", "--method", "variance"], "no method 'variance'"),
        (["assess", "a.csv", "--preset", "kcc2018"], "did you mean 'kcc2019'?"),
        (["assess", "none.csv"], "cannot be opened"),
        (["assess"], "Missing argument"),
        (["assess", "a.csv", "--format", "xml"], "Invalid value"),
        (["explain", "9.99"], "no measure '9.99'"),
        (["explain", "3.71", "--edition", "annual-2031"], "no edition 'annual-2031'"),
        (["reprot"], "No such command"),
    ],
)
def test_what_is_unknown_is_refused_with_exit_code_2(run, words, said):
    done = run(*words, files={"a.csv": SERIES})

    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_explain_says_test_numbers_and_caveats(run):
    done = run("explain", "3.71")

    assert done.exit_code == 0
    assert "1 year: Maintaining" in done.stdout
    assert "z = 2.46, p = 0.014" in done.stdout
    assert "A two-sample test alone would call it" in done.stdout


def test_a_catalogue_can_stand_beside_the_series(run):
    series = "measure,area,period,value\n" + "".join(
        f"1.19,E10000016,{y}-{y % 100 + 1},{v}\n"
        for y, v in zip(range(2014, 2019), (5, 4, 3.1, 2, 1), strict=True)
    )
    catalogue = (
        "measure,supporting_outcome,title,short_title,kind,statistic,polarity,unit,decimals,"
        "period_type,source_body\n"
        "1.19,1.1,A measure,Measure,outcome,rate,lower,per head,1,financial year,Us\n"
    )

    done = run("assess", "s.csv", "--measures", "m.csv", "--format", "csv",
               files={"s.csv": series, "m.csv": catalogue})  # fmt: skip

    assert done.exit_code == 0
    assert rows(done.stdout)[1]["label"] == "Improving"


def test_the_version_is_printed(run):
    assert run("--version").stdout.startswith("kcc, version ")


def test_counts_without_a_statistic_are_said_to_lack_one(run):
    head, *lines = SERIES.splitlines()
    told = "\n".join([f"{head},numerator,denominator", *(f"{line},159,1000" for line in lines)])

    done = run("assess", "a.csv", files={"a.csv": told + "\n"})

    assert "counts are held, but no statistic says what they count" in done.stdout


def test_the_area_may_be_left_out(run):
    told = "measure,period,value\nm,2017,1\nm,2018,2\n"

    assert run("assess", "a.csv", files={"a.csv": told}).exit_code == 0


def test_an_input_is_never_overwritten(run, tmp_path):
    done = run("assess", "a.csv", "--output", "a.csv", files={"a.csv": SERIES})

    assert done.exit_code == 2
    assert (tmp_path / "a.csv").read_text() == SERIES


def test_a_header_with_no_rows_is_a_fault_and_no_crash(run):
    done = run("check", "a.csv", files={"a.csv": "measure,area,period,value,flags\n"})

    assert done.exit_code == 2
    assert "has a header but no rows" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("path", ["data/raw/narrative", "data/raw/narrative/annual-2019/1.2.md"])
def test_narrative_named_outright_is_read(workbook, path):
    (workbook / "data/raw/narrative/annual-2019/1.2.md").write_text("There were 12 things.\n")

    done = CliRunner().invoke(kcc, ["check", str(workbook / path)])

    assert done.exit_code == 2
    assert "1.2.md, line 1, column 12: '12' is a figure that is not bound to data" in done.stdout


def test_a_preview_is_narrative_filled_in(run, section):
    done = run("preview", "1.1")

    assert done.exit_code == 0
    assert done.stdout == section.prose("1.1") + "\n"
    assert done.stderr == "No faults\n"


def test_a_preview_of_faulty_narrative_marks_the_faults_and_tells_them_on_stderr(run, tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text(
        'It {{ measure("3.31").direction }}.\nIt fell by {{ measure("9.99").value }}.\n'
    )

    done = CliRunner().invoke(kcc, ["preview", str(draft)])

    assert done.exit_code == 2
    assert done.stdout == 'It rose.\nIt ⟦fell⟧ by ⟦measure("9.99").value⟧.\n'
    said = done.stderr.splitlines()
    assert said[0].startswith(f"{draft}, line 2, column 4: 'fell' says which way")
    assert said[1].startswith(f"{draft}, line 2, column 12: ")
    assert said[2] == "2 faults: each is marked ⟦so⟧ in the text"


def test_a_preview_without_a_name_is_of_all_narrative_of_an_edition(run, section):
    done = run("preview", "--edition", "annual-2019")

    assert done.exit_code == 0
    assert section.prose("1.1") in done.stdout
    assert section.prose("method") in done.stdout


def test_a_preview_of_a_file_takes_the_edition_of_its_folder(workbook):
    folder = workbook / "data/raw/narrative/qpr-2024-25-q3"
    folder.mkdir(exist_ok=True)
    (folder / "cs-calls-answered.md").write_text('{{ measure("cs-calls-answered").period }}\n')

    done = CliRunner().invoke(kcc, ["preview", str(folder / "cs-calls-answered.md")])

    assert done.stdout == "in 2024/25 Q3\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["preview", "introductoin"], "no narrative 'introductoin'; did you mean 'introduction'?"),
        (["preview", "nowhere.md"], "nowhere.md: cannot be opened"),
        (["preview", "1.1", "--edition", "annual-2031"], "no edition 'annual-2031'"),
    ],
)
def test_a_preview_of_nothing_is_refused(run, words, said):
    done = run(*words)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("measure", ["1.21", "1.41", "2.34", "3.71"])
def test_explain_says_what_the_page_says_word_for_word(run, measure, section):
    page = section.measure(measure).blocks[0]["evidence"]

    said = [line.strip() for line in run("explain", measure).stdout.splitlines()]

    assert all(sentence in said for part in page for sentence in part["said"])
    assert len(said) > len([s for part in page for s in part["said"]])


def test_a_measure_can_be_explained_by_another_method(run):
    done = run("explain", "3.71", "--method", "variance-2017")

    assert "Judged by variance-2017" in done.stdout
    assert "The change is 6.3% of the earlier value." in done.stdout


def test_an_edition_is_judged_again_by_another_method(run):
    done = run("assess", "--edition", "annual-2019", "--method", "variance-2017",
               "--format", "csv")  # fmt: skip

    judged = rows(done.stdout)
    assert {r["method"] for r in judged} == {"variance-2017"}
    control = next(r for r in judged if r["measure"] == "3.71" and r["horizon"] == "1-year")
    assert (control["label"], control["published_label"]) == ("Improving", "Maintaining")


def test_measures_are_combined_to_outcomes_with_their_counts(run):
    done = run("assess", "--edition", "annual-2019", "--method", "variance-2017", "--roll-up",
               "--format", "csv")  # fmt: skip

    found = {(r["outcome"], r["horizon"]): r for r in rows(done.stdout)}
    assert len(found) == 40
    assert found[("1.2", "1-year")]["label"] == "Mixed"
    assert (found[("1.2", "1-year")]["improving"], found[("1.2", "1-year")]["judged"]) == ("1", "2")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["assess", "a.csv", "--set", "alpha"], "write OPTION=VALUE"),
        (["assess", "a.csv", "--set", "alpha=lots"], "alpha is 'lots'"),
        (["assess", "a.csv", "--set", "alpha=2"], "it must be between 0 and 0.5"),
        (["assess", "a.csv", "--set", "alpha=.1", "--set", "alpha=.2"], "stands twice"),
        (["assess", "a.csv", "--set", "fallback=xrm"], "did you mean 'xmr'?"),
        (["assess", "a.csv", "--set", "inclusive=maybe"], "write yes or no"),
        (["assess", "a.csv", "--set", "minpoints=3"], "did you mean 'min_points'?"),
        (["assess", "a.csv", "--method", "recent-trend", "--set", "alpha=.1"], "does not heed"),
        (["assess", "a.csv", "--method", "variance-2017", "--preset", "kcc2019"], "no preset"),
        (["assess", "a.csv", "--roll-up"], "names its supporting outcome"),
        (["assess", "a.csv", "--edition", "annual-2019"], "one of the two"),
        (["assess", "--edition", "annual-2018"], "no edition 'annual-2018'"),
        (["explain", "3.71", "--method", "variance"], "no method 'variance'"),
    ],
)
def test_a_way_of_judging_that_cannot_be_is_refused(run, words, said):
    done = run(*words, files={"a.csv": SERIES})

    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_a_kpi_is_explained_in_the_words_of_its_report(run):
    done = run("explain", "cs-calls-answered", "--edition", "qpr-2024-25-q3")

    assert done.exit_code == 0
    assert "Direction of travel: stable" in done.stdout
    assert "RAG status: Green" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--log", ""],
        ["report", "--summary", " "],
        ["assess", "a.csv", "--output", ""],
        ["assess", ""],
        ["check", ""],
        ["schedule", "cron", "--output", ""],
    ],
    ids=" ".join,
)
def test_a_name_that_a_script_left_empty_is_refused(run, words):
    done = run(*words, files={"a.csv": SERIES})

    assert done.exit_code == 2
    assert re.search(r"it names no (file|folder|path); name one", done.stderr), done.stderr

"""`kcc diff`: what differs between two builds is told with its reason, and nothing else is."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from kcc_lib.errors import DataError
from kcc_lib.presentation.entries import NO_FIGURE
from kcc_lib.presentation.word_changes import Step
from kcc_lib.publish.difference import summary
from kcc_lib.publish.difference.causes import Why
from kcc_lib.publish.difference.compare import compare
from kcc_lib.publish.difference.listing import as_json
from kcc_lib.publish.difference.spoken import NOT_REPEATED
from kcc_lib.publish.difference.summary import as_markdown
from kcc_lib.publish.difference.telling import as_text

from .difference_builders import annual, measure

REVISED = {"2016-17": "10.5", "2017-18": "14.5"}
NEWER = {"2016-17": "10.5", "2017-18": "11.5", "2018-19": "12.5"}
RAW = "data/raw/"


@pytest.fixture
def old(tmp_path):
    return annual(tmp_path / "old")


@pytest.fixture
def compared(old, tmp_path):
    """Compare the usual build with one that is made otherwise."""

    def go(*measures, **otherwise):
        held = [*measures, measure("1.12")] if measures else None
        return compare(old, annual(tmp_path / "new", held, **otherwise))

    return go


def turned(**otherwise):
    return measure("1.11", standing="Improving", ours="Improving", published="", **otherwise)


def was(**otherwise):
    return measure("1.11", published="", **otherwise)


def test_a_build_does_not_differ_from_itself(old):
    found = compare(old, old)

    assert not found.differs
    assert not found.for_readers
    assert as_text(found) == "annual-2019: the two builds are the same\n"
    assert "Nothing changed" in as_markdown(found)
    told = json.loads(as_json(found))
    assert not told["differs"]
    assert not any(told[key] for key in ("why", "judgements", "figures", "sentences", "inputs"))


def test_how_long_a_build_took_is_no_difference(compared):
    slow = [{"section": "index", "page": "index.html", "failure": "", "seconds": 99.0,
             "parameters": {"edition": "annual-2019", "area": "E10000016"}}]  # fmt: skip

    assert not compared(record={"sections": slow}).differs


def test_a_revised_figure_that_turns_a_judgement_is_its_reason(tmp_path):
    then = annual(tmp_path / "old", [was()])
    now = annual(tmp_path / "new", [turned(values=REVISED)])

    found = compare(then, now)

    assert [(w.then, w.now, w.why) for w in found.words] == [
        ("Maintaining", "Improving", (Why.REVISION,))
    ]
    assert [(f.period, f.told_then, f.told_now, f.why) for f in found.figures] == [
        ("2017-18", "11.5%", "14.5%", Why.REVISION)
    ]


def test_a_new_period_that_turns_a_judgement_is_its_reason(tmp_path):
    found = compare(
        annual(tmp_path / "old", [was()]), annual(tmp_path / "new", [turned(values=NEWER)])
    )

    assert found.words[0].why == (Why.PERIODS,)
    assert [(f.period, f.told_then, f.told_now) for f in found.figures] == [
        ("2018-19", "none", "12.5%")
    ]


def test_another_method_is_the_reason_and_the_setting_is_named(tmp_path):
    found = compare(
        annual(tmp_path / "old", [was()]),
        annual(tmp_path / "new", [turned()], record={"method": "variance-2017"}),
    )

    assert found.words[0].why == (Why.METHOD,)
    assert found.settings == ("method: significance-2019 → variance-2017",)


def test_another_parameter_of_a_notebook_counts_as_the_method(compared):
    sections = [{"section": "index", "parameters": {"edition": "annual-2019", "area": "E1"}}]

    assert compared(record={"sections": sections}).settings == ("area: E10000016 → E1",)


def test_other_periods_compared_are_the_reason_where_the_figures_are_the_same(tmp_path):
    found = compare(
        annual(tmp_path / "old", [was()], parts={"windows.csv: 1.11": "1"}),
        annual(tmp_path / "new", [turned()], parts={"windows.csv: 1.11": "2"}),
    )

    assert found.words[0].why == (Why.WINDOW,)


def test_another_published_judgement_is_the_reason_where_ours_is_the_same(compared):
    found = compared(measure("1.11", standing="Improving", ours="Maintaining"))

    assert [(w.then, w.now, w.why) for w in found.words] == [
        ("Maintaining", "Improving", (Why.PUBLISHED,))
    ]


def test_a_revision_is_no_reason_of_another_print_where_ours_is_the_same(compared):
    found = compared(measure("1.11", standing="Improving", ours="Maintaining", values=REVISED))

    assert found.words[0].why == (Why.PUBLISHED,)


def test_ours_may_turn_while_the_published_word_stands(compared):
    found = compared(measure("1.11", ours="Improving", values=REVISED))

    word = found.words[0]
    assert word.stands
    assert (word.ours_then, word.ours_now, word.why) == (
        "Maintaining", "Improving", (Why.REVISION,)
    )  # fmt: skip
    assert "Maintaining → Improving, published Maintaining" in as_text(found)
    assert "No published judgement changed." in as_markdown(found)


def test_code_is_the_reason_of_a_word_only_where_nothing_nearer_differs(tmp_path):
    then = annual(tmp_path / "old", [was()], inputs={"kcc_lib/a.py": "1"})
    only = annual(tmp_path / "only", [turned()], inputs={"kcc_lib/a.py": "2"})
    both = annual(tmp_path / "both", [turned(values=REVISED)], inputs={"kcc_lib/a.py": "2"})

    assert compare(then, only).words[0].why == (Why.CODE,)
    assert compare(then, both).words[0].why == (Why.REVISION,)


def test_a_word_that_nothing_explains_says_that_its_reason_is_not_known(tmp_path):
    found = compare(annual(tmp_path / "old", [was()]), annual(tmp_path / "new", [turned()]))

    assert found.words[0].why == (Why.UNKNOWN,)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("kcc_lib/judgement/assess.py", Why.CODE),
        ("notebooks/overview.ipynb", Why.NOTEBOOK),
        ("uv.lock", Why.ENVIRONMENT),
        (f"{RAW}narrative/annual-2019/1.1.md", Why.NARRATIVE),
        (f"{RAW}corrections.csv", Why.CORRECTION),
        (f"{RAW}sign_off.csv", Why.SIGN_OFF),
        (f"{RAW}sign_off/annual-2019.csv", Why.SIGN_OFF),
        (f"{RAW}editions/annual-2019.toml", Why.EDITION),
        (f"{RAW}observations/outcome_1.csv", Why.DATA),
    ],
)
def test_an_input_that_changes_nothing_is_told_and_readers_meet_the_same(name, why, old, compared):
    found = compared(inputs={name: "2"})

    assert found.differs
    assert not found.for_readers
    assert found.inputs == {why: [name]}
    assert "readers meet the same" in as_text(found)
    assert "Pages and data are the same" in as_markdown(found)


@pytest.mark.parametrize("name", ["narrative/annual-2017/1.1.md", "editions/annual-2017.toml"])
def test_the_words_of_another_edition_are_no_difference(name, compared):
    assert not compared(inputs={f"{RAW}{name}": "2"}).differs


def test_another_version_of_a_tool_is_the_environment(compared):
    told = {"environment": {"python": "3.12.0", "packages": {"numpy": "2.4.6"}}}

    assert compared(record=told).inputs == {
        Why.ENVIRONMENT: ["Python 3.11.7 → 3.12.0", "numpy 2.4.5 → 2.4.6"]
    }


def test_other_packages_installed_are_the_environment(old, tmp_path):
    told = [{"environment": {"python": "3.11.7", "packages": {"numpy": "2.4.5"}, "installed": n}}
            for n in "12"]  # fmt: skip
    one, other = (annual(tmp_path / n, record=told[int(n)]) for n in "01")

    assert compare(one, other).inputs == {Why.ENVIRONMENT: ["packages installed"]}
    assert not compare(old, one).differs


def test_the_notebook_of_another_page_is_no_reason(old, tmp_path):
    sections = [{"section": "index", "page": "index.html", "notebook": "overview.ipynb",
                 "parameters": {"edition": "annual-2019", "area": "E10000016"}}]  # fmt: skip

    def why(notebook):
        inputs = {"kcc_lib/a.py": "2", f"notebooks/{notebook}": "2"}
        now = annual(tmp_path / notebook, opening="It began.", inputs=inputs,
                     record={"sections": sections})  # fmt: skip
        return compare(old, now).sentences[0].why

    assert why("overview.ipynb") == (Why.NOTEBOOK, Why.CODE)
    assert why("audit.ipynb") == (Why.CODE,)


def test_narrative_is_the_reason_of_its_own_words(compared):
    inputs = {f"{RAW}narrative/annual-2019/1.1.md": "2"}

    found = compared(narrative="We worked well.", inputs=inputs)

    assert [(s.place, s.was, s.now, s.why) for s in found.sentences] == [
        ("so-1-1", "We worked.", "We worked well.", (Why.NARRATIVE,))
    ]


def test_a_sentence_under_a_measure_has_the_measures_own_reason(compared):
    found = compared(
        measure("1.11", values=REVISED), measure("1.13"), opening="It began.",
        inputs={"kcc_lib/a.py": "2"},
    )  # fmt: skip

    by_place = {s.place: s for s in found.sentences}
    assert by_place["m-1-11"].why == (Why.REVISION,)
    assert (by_place["m-1-11"].was, by_place["m-1-11"].now) == (
        "Kent was 11.5%.",
        "Kent was 14.5%.",
    )
    assert Why.MEASURES in by_place["top"].why
    assert Why.REVISION in by_place["top"].why


def test_a_page_in_which_only_markup_differs_has_no_sentence_that_does(old, tmp_path):
    now = annual(tmp_path / "new")
    page = now / "index.html"
    page.write_text(page.read_text().replace("<figure>", "<figure class=wide>"))

    found = compare(old, now)

    assert not found.sentences
    assert found.look_only == ("index.html",)


def test_judgements_tables_and_pictures_are_no_sentences(compared):
    found = compared(measure("1.11", standing="Improving", ours="Maintaining"))

    assert not found.sentences


def test_how_a_word_was_judged_is_counted_and_not_printed(compared):
    found = compared(measure("1.11", ours="Improving", values=REVISED))

    text = as_text(found)
    assert "how it was judged, 1 more" in text
    assert "Worked out here" not in text
    assert any(s["part"] == "evidence" for s in json.loads(as_json(found))["sentences"])


def test_a_measure_added_and_one_removed_are_named(tmp_path):
    then = annual(tmp_path / "old", [measure("1.11"), measure("1.12")])
    now = annual(tmp_path / "new", [measure("1.11"), measure("1.13")])

    found = compare(then, now)

    assert [s.code for s in found.added] == ["1.13"]
    assert [s.code for s in found.removed] == ["1.12"]
    assert Why.MEASURES in found.why
    assert "1.13 Measure 1.13" in as_markdown(found)


def test_another_target_another_title_and_a_withdrawn_figure_are_told(compared):
    found = compared(
        measure("1.11", title="Smokers", target="12", values={"2016-17": "10.5", "2017-18": ""},
                flags={"2017-18": "x"})
    )  # fmt: skip

    assert [(t.what, t.then, t.now) for t in found.targets] == [("target", "none", "12")]
    assert ("short title", "Measure 1.11", "Smokers") in [
        (e.what, e.then, e.now) for e in found.entries
    ]
    assert [(f.told_now, f.why) for f in found.figures] == [("none", Why.WITHDRAWN)]


def test_a_revision_smaller_than_print_is_shown_unrounded(compared):
    found = compared(measure("1.11", values={"2016-17": "10.5", "2017-18": "11.5004"}))

    assert (found.figures[0].told_then, found.figures[0].told_now) == ("11.5", "11.5004")


def test_a_figure_that_its_source_marks_as_revised_says_so(compared):
    found = compared(measure("1.11", values=REVISED, flags={"2017-18": "r"}))

    assert "marked revised by its source" in as_text(found)


def test_another_flag_or_source_is_no_revision_and_turns_no_judgement(tmp_path):
    found = compare(
        annual(tmp_path / "old", [was()]),
        annual(tmp_path / "new", [turned(flags={"2017-18": "p"})]),
    )

    assert [f.why for f in found.figures] == [Why.REMARKS]
    assert found.words[0].why == (Why.UNKNOWN,)


def test_a_figure_beside_the_area_does_not_turn_its_judgement(tmp_path):
    found = compare(
        annual(tmp_path / "old", [was(england="5")]),
        annual(tmp_path / "new", [turned(england="6")]),
    )

    assert [f.area for f in found.figures] == ["E92000001"]
    assert found.words[0].why == (Why.UNKNOWN,)


def test_what_is_suppressed_now_is_told_nowhere(compared):
    found = compared(
        measure("1.11", values={"2016-17": "10.5", "2017-18": ""}, flags={"2017-18": "c"})
    )

    for told in (as_text(found), as_json(found), as_markdown(found)):
        assert "11.5" not in told
    assert {s.was for s in found.sentences} == {NOT_REPEATED}
    assert "suppressed" in as_text(found)


def test_the_same_word_on_other_evidence_is_named(compared):
    found = compared(measure("1.11", evidence="0.04"))

    assert [s.code for s in found.evidence] == ["1.11"]


def test_counts_are_told_with_their_change(compared):
    found = compared(measure("1.11", standing="Improving", ours="Improving"))

    assert "1 year: Improving 0 → 1, Maintaining 2 → 1" in as_text(found)
    assert "- **1 year**: Improving 1 (+1), Maintaining 1 (−1)" in as_markdown(found)


def test_another_state_of_sign_off_is_a_difference(old, tmp_path):
    now = annual(tmp_path / "new", record={"state": "checked"})

    found = compare(old, now)

    assert found.differs
    assert found.why == (Why.SIGN_OFF,)
    assert "Checked, not signed off." in as_markdown(found)


CHANGES = {
    "revision": [measure("1.11", values=REVISED), measure("1.12")],
    "period": [measure("1.11", values=NEWER), measure("1.12")],
    "word": [turned(values=REVISED), measure("1.12")],
    "added": [measure("1.11"), measure("1.12"), measure("1.13")],
    "target": [measure("1.11", target="5"), measure("1.12")],
    "title": [measure("1.11", title="Smokers"), measure("1.12")],
    "evidence": [measure("1.11", evidence="0.2"), measure("1.12")],
}


def names(found):
    told = json.loads(as_json(found))
    told |= told["measures"]
    kinds = ("judgements", "other_evidence", "figures", "targets", "catalogue", "added", "removed")
    return {entry["measure"] for kind in kinds for entry in told[kind]}


@pytest.mark.parametrize("change", CHANGES)
def test_read_backwards_the_same_measures_are_named(change, old, tmp_path):
    now = annual(tmp_path / "new", CHANGES[change])

    forth, back = compare(old, now), compare(now, old)

    assert names(forth) == names(back) != set()
    assert [(s.was, s.now) for s in forth.sentences] == [(s.now, s.was) for s in back.sentences]
    assert [(c.then, c.now) for c in forth.counts] == [(c.now, c.then) for c in back.counts]


def test_the_same_builds_give_the_same_bytes_in_any_process(old, tmp_path):
    now = annual(tmp_path / "new", CHANGES["word"], inputs={f"{n}.py": "1" for n in "abc"})
    command = [sys.executable, "-m", "kcc_lib", "diff", str(old), str(now), "--format"]

    for style in ("text", "json", "markdown"):
        told = {
            subprocess.run([*command, style], capture_output=True, check=False,
                           env={**os.environ, "PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(told) == 1


def test_exit_codes_are_those_of_diff(old, tmp_path):
    now = annual(tmp_path / "new", CHANGES["word"])

    ran = [CliRunner().invoke(kcc, ["diff", str(old), str(f)]).exit_code
           for f in (old, now, tmp_path / "none")]  # fmt: skip

    assert ran == [0, 1, 2]


def test_folders_that_are_no_build_are_refused_with_every_fault(tmp_path):
    (tmp_path / "empty").mkdir()
    broken = annual(tmp_path / "broken")
    (broken / "run.json").write_text("{")
    (broken / "data" / "judgements.csv").write_text("measure,area\n")
    text = (broken / "data" / "observations.csv").read_text()
    (broken / "data" / "observations.csv").write_text(text.replace("10.5", "ten"))

    done = CliRunner().invoke(kcc, ["diff", str(tmp_path / "empty"), str(broken)])

    assert done.exit_code == 2
    for name in ("empty/run.json", "empty/data/contents.json", "broken/run.json: cannot be read",
                 "lacks horizon, label", "line 2, value: 'ten' is no number"):  # fmt: skip
        assert name in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("key", ["pages", "measures", "kind"])
@pytest.mark.parametrize("found", [None, 3, "text", [3], [{}]])
def test_contents_of_another_making_are_refused(key, found, old):
    path = old / "data" / "contents.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: found}))

    with pytest.raises(DataError):
        compare(old, old)


def test_builds_of_different_kinds_are_refused(old, tmp_path):
    with pytest.raises(DataError, match=r"is quarterly, and .* is annual"):
        compare(old, annual(tmp_path / "new", kind="quarterly"))


def test_two_editions_of_one_kind_are_compared(old, tmp_path):
    found = compare(old, annual(tmp_path / "new", edition="annual-2020"))

    assert "annual-2019" in as_text(found)
    assert "annual-2020" in as_text(found)


def test_the_summary_names_no_figure_path_or_person(compared):
    found = compared(
        turned(values=REVISED), record={"sign_off": "Checked by A Green, on 1 May 2020."},
        inputs={"kcc_lib/a.py": "2"},
    )  # fmt: skip

    told = as_markdown(found)
    for hidden in ("11.5", "14.5", "A Green", "kcc_lib", "data/", str(found.new.folder)):
        assert hidden not in told


def test_text_of_the_data_is_no_markdown_and_no_command_of_a_terminal(compared):
    found = compared(turned(title="<b>[x](http://e)*\x1b[31m"))

    assert "\x1b" not in as_markdown(found) + as_text(found)
    assert r"\<b\>\[x\](http://e)\*" in as_markdown(found)


def test_an_address_makes_the_link_and_a_bad_one_is_refused(old):
    run = CliRunner().invoke
    told = run(
        kcc, ["diff", str(old), str(old), "--format", "markdown", "--address", "https://a.b/c/"]
    )

    assert "<https://a.b/c/annual-2019/index.html>" in told.output
    for bad in ("ftp://a.b", "a.b", "https://user:word@a.b", "https://a.b/<x>"):
        assert run(kcc, ["diff", str(old), str(old), "--address", bad]).exit_code == 2


def test_reasons_have_the_words_of_the_page_of_changes():
    assert (str(Why.METHOD), str(Why.PERIODS)) == (str(Step.METHOD), str(Step.PERIODS))
    assert summary.NO_FIGURE == NO_FIGURE


def test_nothing_heavy_is_loaded_to_compare_what_is_the_same(old):
    look = (
        "import sys; from pathlib import Path; from kcc_lib.cli.diffing import tell_difference; "
        f"tell_difference(Path({str(old)!r}), Path({str(old)!r}), style='text', address=''); "
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert not {"pandas", "numpy", "lxml", "altair", "nbconvert"} & set(done.stdout.split())


def test_files_that_differ_in_nothing_else_are_still_told(old, tmp_path):
    now = annual(tmp_path / "new")
    (now / "data" / "charts").mkdir()
    (now / "data" / "charts" / "1-11.svg").write_text("<svg/>")

    found = compare(old, now)

    assert found.differs
    assert "Files beside the pages that differ: data/charts/1-11.svg" in as_text(found)
    assert "Only how pages and files are laid out differs." in as_markdown(found)

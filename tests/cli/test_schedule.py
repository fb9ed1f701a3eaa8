"""`kcc schedule`: each file says what it means to the program that reads it, whatever the paths."""

import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from lxml import etree

from kcc_lib.cli.commands import kcc
from kcc_lib.publish.schedule.plan import Plan
from kcc_lib.publish.schedule.windows import windows_files

CODE = Path(__file__).parents[2]
GUIDE = CODE / "docs" / "scheduled-run.md"

SCHEMA = Path(__file__).parent / "cases" / "task.xsd"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
#: What breaks quoting: spaces, quotes of both kinds, what cron, systemd and shells expand.
ODD = """Kent's "own" 100%h & ${HOME} $HOME; é~`!#*"""
OPTION = """it's "50%" & $5"""
SYSTEMD = Path("/lib/systemd/systemd")
#: How the crontab that is installed is asked to test a file: Debian's, or cronie's; "" if not.
DRY = next(iter(re.findall(r"^\s*(-n|-T)\b.*(?:syntax|test)", subprocess.run(
    ["sh", "-c", "crontab -h 2>&1 || true"], capture_output=True, text=True, check=False,
).stdout, re.M)), "")  # fmt: skip
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def schedule(*words):
    return CliRunner().invoke(kcc, ["schedule", *map(str, words)])


@pytest.fixture
def odd(tmp_path):
    """A workbook of an odd name, and a Python in it that tells where and how it was called."""
    book = tmp_path / ODD
    book.mkdir()
    python = book / "python"
    python.write_text('#!/bin/sh\npwd > "$0.told"\nprintf "%s\\n" "$@" >> "$0.told"\n')
    python.chmod(0o755)
    return book


def told(book):
    """Where the odd Python was called, and with what."""
    where, *words = (book / "python.told").read_text().splitlines()
    return where, words


def written(system, book, *more):
    done = schedule(
        system, "--workbook", book, "--python", book / "python", *more, "--", "--log", OPTION
    )
    assert done.exit_code == 0, done.output
    return done.stdout


WANTED = ["-m", "kcc_lib", "report", "--quarter", "latest", "--log", OPTION]


def cron_command(line):
    """The command of a line of crontab, as Vixie's cron takes it: a bare % would end it."""
    command, escaped = "", False
    for letter in line.split(maxsplit=5)[5]:
        if escaped:
            command = command[:-1] + letter if letter in "%\\" else command + letter
            escaped = False
            continue
        assert letter != "%", "a bare % ends the command"
        escaped = letter == "\\"
        command += letter
    return command


def cron_line(text):
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_cron_runs_the_report_in_the_workbook_whatever_its_name(odd):
    (line,) = cron_line(written("cron", odd))

    subprocess.run(["/bin/sh", "-c", cron_command(line)], env={}, check=True)

    assert told(odd) == (str(odd), WANTED)


def test_a_line_of_cron_has_five_fields_that_crontab_takes(odd):
    (line,) = cron_line(written("cron", odd, "--day", "3", "--month", "12", "--at", "23:05"))

    assert re.match(r"5 23 3 12 \* cd ", line)
    assert re.fullmatch(r"[0-5]?\d ([01]?\d|2[0-3]) (\d+,?)+ (\d+,?)+ \* \S.*", line)


@pytest.mark.skipif(not DRY, reason="no crontab that can test a file")
def test_crontab_itself_takes_the_line(odd, tmp_path):
    written("cron", odd, "--output", tmp_path)

    subprocess.run(["crontab", DRY, tmp_path / "kcc-report.cron"], check=True)


def test_what_a_crontab_cannot_say_is_refused():
    back = schedule("cron", "--workbook", "/a\\b", "--python", "/p")
    line = schedule("cron", "--workbook", "/a\nb", "--python", "/p")
    long = schedule("cron", "--workbook", f"/{'a' * 1000}", "--python", "/p")

    assert [r.exit_code for r in (back, line, long)] == [2, 2, 2]
    assert "backslash" in back.stderr
    assert "control character" in line.stderr
    assert "998 bytes" in long.stderr


def units(text):
    """The units printed, by name."""
    names = re.findall(r"^# (kcc-report\.\w+)$", text, re.M)
    return dict(zip(names, re.split(r"^# kcc-report\.\w+\n", text, flags=re.M)[1:], strict=True))


def expanded(word):
    """A word as systemd hands it over: $$ is a dollar, a variable is its value, here none."""
    return re.sub(r"\$(\$|\{\w*\})", lambda m: "$" if m[1] == "$" else "", word)


def of(unit, key):
    return re.search(rf"^{key}=(.*)$", unit, re.M)[1]


def test_systemd_runs_the_report_in_the_workbook_whatever_its_name(odd):
    service = units(written("systemd", odd))["kcc-report.service"]

    # systemd takes words in double quotes, and then expands what begins with % or $
    words = [expanded(w.replace("%%", "%")) for w in shlex.split(of(service, "ExecStart"))]
    subprocess.run(words, check=True)

    assert told(odd) == (str(odd), WANTED)


@needs_systemd
def test_systemd_finds_no_fault_in_the_units(odd, tmp_path):
    folder = tmp_path / "units"
    folder.mkdir()
    written("systemd", odd, "--output", folder)

    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, folder.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not SYSTEMD.exists(), reason="systemd is not installed")
@pytest.mark.skipif(os.name == "nt" or not shutil.which("setpriv"), reason="no setpriv")
def test_systemd_itself_reads_the_words_as_they_were_meant(odd):
    service = units(written("systemd", odd))["kcc-report.service"]
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # it refuses to be asked as root
        (Path(folder) / "kcc-report.service").write_text(service)
        env = {"HOME": folder, "XDG_RUNTIME_DIR": folder, "SYSTEMD_UNIT_PATH": f"{folder}:"}
        done = subprocess.run(
            [*(nobody if os.geteuid() == 0 else []), SYSTEMD, "--user", "--test",
             "--unit=kcc-report.service"],
            env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    dumped = re.findall(r"Command Line: (/bin/sh -c .*kcc_lib.*)", done.stdout)
    assert dumped, done.stderr
    words = [w.replace("\\$", "$").replace("\\`", "`") for w in shlex.split(dumped[0])]
    assert [expanded(w) for w in words[3:]] == [str(odd), f"{odd}/python", *WANTED]


@needs_systemd
def test_the_timer_elapses_on_each_day_of_each_month_in_its_time_zone(odd):
    timer = units(written("systemd", odd))["kcc-report.timer"]

    done = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=9", "--base-time=2025-01-01 UTC",
         of(timer, "OnCalendar")],
        env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    days = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d):00 UTC", done.stdout)
    assert days == [
        "2025-02-20 06:17", "2025-02-27 06:17", "2025-05-20 05:17", "2025-05-27 05:17",
        "2025-08-20 05:17", "2025-08-27 05:17", "2025-11-20 06:17", "2025-11-27 06:17",
        "2026-02-20 06:17",
    ]  # fmt: skip


def test_a_run_that_was_missed_is_caught_up(odd):
    assert of(units(written("systemd", odd))["kcc-report.timer"], "Persistent") == "true"
    assert task(windows()).findtext(f".//{TASK}StartWhenAvailable") == "true"


def test_two_runs_do_not_meet():
    assert task(windows()).findtext(f".//{TASK}MultipleInstancesPolicy") == "IgnoreNew"
    assert workflow()["concurrency"]["cancel-in-progress"] is False


def windows(*more, workbook="C:\\Kent & 50% «é»", python="C:\\Kent & 50% «é»\\python.exe"):
    done = schedule(
        "windows", "--workbook", workbook, "--python", python, *more, "--", "--log", OPTION_W
    )
    assert done.exit_code == 0, done.output
    return done.stdout


OPTION_W = "it's 50% & «é»\\"


def task(text):
    return etree.fromstring(text.encode())


def windows_words(line):
    """The words of a command line, by the rules of CommandLineToArgvW."""
    words, at = [], 0
    while at < len(line):
        word, quoted = "", False
        while at < len(line) and (quoted or line[at] not in " \t"):
            slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
            at += slashes
            if at < len(line) and line[at] == '"':
                word += "\\" * (slashes // 2)
                if slashes % 2:
                    word += '"'
                else:
                    quoted = not quoted
                at += 1
            else:
                word += "\\" * slashes
                if not slashes:
                    word += line[at]
                    at += 1
        words.append(word)
        at += 1
    return words


def test_the_task_is_what_the_schema_of_windows_allows():
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    schema.assertValid(task(windows()).getroottree())


def test_the_schema_of_windows_would_refuse_elements_out_of_order():
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    tree = task(windows())
    trigger = tree.find(f".//{TASK}CalendarTrigger")
    trigger.insert(0, trigger.find(f"{TASK}ScheduleByMonth"))

    assert not schema.validate(tree)


def test_windows_runs_the_report_in_the_workbook_whatever_its_name():
    found = task(windows()).find(f".//{TASK}Exec")

    assert found.findtext(f"{TASK}Command") == "C:\\Kent & 50% «é»\\python.exe"
    assert found.findtext(f"{TASK}WorkingDirectory") == "C:\\Kent & 50% «é»"
    words = windows_words(found.findtext(f"{TASK}Arguments"))
    assert words == [*WANTED[:-1], OPTION_W]


@pytest.mark.parametrize("word", ["""a "b c\\" d\\\\""", "", 'a"b', "C:\\a b\\", '"', "\\\\"])
def test_windows_hands_every_word_over_as_it_is(word):
    plan = Plan("C:\\Kent", "C:\\p.exe", ("--x", word), (2,), (20,), 6, 17, "UTC")
    (text,) = windows_files(plan).values()

    words = windows_words(task(text).findtext(f".//{TASK}Arguments"))
    assert words[-1] == word


@pytest.mark.parametrize("mark", list('"<>|?*'))
def test_what_no_file_of_windows_is_called_is_refused_wherever_it_stands(mark):
    path = f"C:\\Ke{mark}nt"
    book = schedule("windows", "--workbook", path, "--python", "C:\\p.exe")
    python = schedule("windows", "--workbook", "C:\\Kent", "--python", f"{path}\\p.exe")
    log = schedule("windows", "--workbook", "C:\\K", "--python", "C:\\p.exe", "--", "--log", path)

    assert [(r.exit_code, r.stdout) for r in (book, python, log)] == [(2, "")] * 3
    assert all("no file of Windows has" in r.stderr for r in (book, python, log))


def test_windows_is_given_its_file_in_utf_16_with_the_mark_of_it(tmp_path):
    windows("--output", tmp_path)

    kept = (tmp_path / "kcc-report.xml").read_bytes()
    assert kept[:2] in {b"\xff\xfe", b"\xfe\xff"}
    assert etree.fromstring(kept).tag == f"{TASK}Task"


def test_what_windows_would_take_for_a_variable_is_refused():
    done = schedule("windows", "--workbook", "C:\\%TEMP%", "--python", "C:\\p.exe")

    assert done.exit_code == 2
    assert "two %" in done.stderr


def test_a_path_that_is_not_whole_there_is_refused_with_what_to_do():
    done = schedule("windows", "--workbook", "/srv/kent", "--python", "python.exe")
    other = schedule("systemd", "--workbook", "C:\\Kent", "--python", "/p")

    assert (done.exit_code, other.exit_code) == (2, 2)
    assert "--workbook '/srv/kent'" in done.stderr
    assert "--python 'python.exe'" in done.stderr


def workflow(*more, option="a b"):
    done = schedule("github", *more, "--", "--log", option)
    assert done.exit_code == 0, done.output
    # YAML 1.1 reads the key `on` as a truth
    return {("on" if k is True else k): v for k, v in yaml.safe_load(done.stdout).items()}


#: The keys that GitHub's workflow syntax knows, of what is used.
KEYS = {
    "": {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"},
    "schedule": {"cron", "timezone"},
    "inputs": {"description", "required", "default", "type", "options", "deprecationMessage"},
    "concurrency": {"group", "cancel-in-progress"},
    "job": {"name", "needs", "permissions", "runs-on", "concurrency", "env", "if", "steps",
            "timeout-minutes", "strategy", "services", "outputs"},
    "step": {"id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env",
             "continue-on-error", "timeout-minutes"},
}  # fmt: skip


def test_the_workflow_has_only_keys_that_github_knows():
    told = workflow()
    (job,) = told["jobs"].values()

    assert told.keys() <= KEYS[""]
    assert told["on"].keys() == {"schedule", "workflow_dispatch"}
    assert all(s.keys() <= KEYS["schedule"] for s in told["on"]["schedule"])
    assert all(
        i.keys() <= KEYS["inputs"] for i in told["on"]["workflow_dispatch"]["inputs"].values()
    )
    assert told["concurrency"].keys() <= KEYS["concurrency"]
    assert job.keys() <= KEYS["job"]
    assert all(s.keys() <= KEYS["step"] and ("uses" in s) != ("run" in s) for s in job["steps"])
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", s["uses"]) for s in job["steps"] if "uses" in s)
    assert told["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("day", ["", "2025-03-04; echo x"])
def test_github_runs_the_report_with_the_day_asked_for_and_no_other_word(tmp_path, day):
    python = tmp_path / ".venv" / "bin" / "kcc"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    (job,) = workflow(option=OPTION)["jobs"].values()
    run = next(s["run"] for s in job["steps"] if "AS_OF" in s.get("env", {}))

    done = subprocess.run(
        ["bash", "-e", "-c", run], env={"AS_OF": day}, cwd=tmp_path, capture_output=True,
        text=True, check=True,
    )  # fmt: skip

    asked = ["--as-of", day] if day else []
    assert done.stdout.splitlines() == [*WANTED[2:], *asked]


def test_an_expression_of_github_is_refused():
    done = schedule("github", "--", "--log", "${{ secrets.X }}")

    assert done.exit_code == 2


@pytest.mark.parametrize("system", ["systemd", "github"])
def test_the_time_zone_is_said(odd, system):
    assert "Europe/London" in written(system, odd)
    assert "Asia/Tokyo" in written(system, odd, "--timezone", "Asia/Tokyo")


@pytest.mark.parametrize("system", ["cron", "windows"])
def test_a_time_zone_is_refused_where_the_machines_clock_counts(system):
    assert "clock" in schedule("cron", "--workbook", "/a", "--python", "/p").stdout
    done = schedule(system, "--timezone", "UTC", "--workbook", "/a", "--python", "/p")

    assert done.exit_code == 2
    assert "its machine's clock" in done.stderr


def test_a_time_zone_that_does_not_exist_is_refused():
    assert schedule("github", "--timezone", "Europe/Maidstone").exit_code == 2


def test_nothing_is_written_over_without_being_told(tmp_path):
    kept = tmp_path / "kcc-report.timer"
    kept.write_text("mine")
    words = ("systemd", "--workbook", "/a", "--python", "/p", "--output", tmp_path)

    refused = schedule(*words)
    before = sorted(p.name for p in tmp_path.iterdir())
    done = schedule(*words, "--replace")

    assert refused.exit_code == 2
    assert "kcc-report.timer is there already" in refused.stderr
    assert before == ["kcc-report.timer"]
    assert done.exit_code == 0
    assert kept.read_text().startswith("# Kent outcomes workbook")


def test_an_option_that_the_report_does_not_know_is_refused_now_and_not_at_night():
    unknown = schedule("github", "--", "--pdff")
    named = schedule("github", "--", "annual-2019")
    dated = schedule("github", "--", "--as-of", "2025-03-04")

    assert [r.exit_code for r in (unknown, named, dated)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("output", "said"),
    [("s3://", "names no place"), ("memory://x", "would be gone"), ("", "names no folder")],
)
def test_an_output_that_every_run_would_refuse_is_refused_now(output, said, tmp_path):
    done = schedule("cron", "--output", tmp_path, "--", "--output", output)

    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert said in done.stderr


def test_all_that_the_run_would_refuse_is_refused_at_once_and_nothing_is_written(tmp_path):
    done = schedule(
        "cron", "--output", tmp_path, "--", "--notify", "junk", "--notify", "mailto:team",
        "--address", "http://[", "--scheduler", "tcp://h:1", "--jobs", "2", "--only", "nosuch",
        "--only", "index", "--area", "E10000016", "--log", "outputs/x", "--summary", "outputs/y",
    )  # fmt: skip

    told = done.stderr.splitlines()
    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    said = ["--jobs is for this machine", "--address 'http://[' is no", "--notify takes https://",
            "'team' is no address", "--area is for", "--only: no section 'nosuch'",
            "--log outputs/x would stand among", "--summary outputs/y would stand among",
    ]  # fmt: skip
    assert len(told) == len(said)
    assert all(words in line for words, line in zip(said, told, strict=True)), told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--timeout nan", "is no number of seconds"), ("--timeout inf", "is no number of seconds"),
        ("--scheduler h:1", "it begins with none of"), ("--scheduler tcp://", "it has no host"),
        ("--scheduler tcp://h:0", "it has a port that is no number"),
        ("--notify http://[", "--notify takes https://"),
        ("--address http://localhost:abc/", "it has a port that is no number"),
        ("--log a/../outputs/x", "would stand among the pages"),
        ("--output there --log there/x", "would stand among the pages"),
        ("--output s3://b/c --only index", "is a store, into which an edition is published whole"),
        ("--output data/raw/x", "lies in data, on which builds rest"),
        ("--output file:///srv/kent/data/x", "lies in data, on which builds rest"),
        ("--output file:///srv/out --log /srv/out/a.jsonl", "would stand among the pages"),
        ("--output a/../notebooks", "lies in notebooks, on which builds rest"),
    ],
)  # fmt: skip
def test_each_of_these_is_refused_when_it_is_scheduled(options, said):
    words = ("--workbook", "/srv/kent", "--python", "/p", "--", *options.split())

    done = schedule("cron", *words)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_log_among_the_pages_of_another_machine_is_refused_too():
    log = "C:\\Kent\\OUTPUTS\\x"
    words = ("--workbook", "C:\\Kent", "--python", "C:\\p.exe", "--", "--log")

    assert schedule("windows", *words, log).exit_code == 2
    assert schedule("windows", *words, "C:\\logs\\x").exit_code == 0


NAMES = ["KCC_SMTP_HOST", "KCC_SMTP_FROM", "KCC_SMTP_PORT", "KCC_SMTP_SECURITY", "KCC_SMTP_USER",
         "KCC_SMTP_PASSWORD"]  # fmt: skip
MAIL = ("--", "--log", "runs.jsonl", "--notify", "mailto:team@example.org")
PATHS = {"windows": ("--workbook", "C:\\Kent", "--python", "C:\\p.exe")}


@pytest.mark.parametrize("system", ["cron", "systemd", "windows", "github"])
def test_what_a_mail_needs_is_named_in_the_file_and_told_and_never_its_value(system, monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, "s3cr3t")
    done = schedule(system, *PATHS.get(system, ()), *MAIL)
    without = schedule(system, *PATHS.get(system, ()))

    assert done.exit_code == 0, done.output
    assert [name for name in NAMES if name not in done.stdout] == []
    assert "KCC_SMTP_HOST and KCC_SMTP_FROM; and as" in done.stderr
    assert "s3cr3t" not in done.output
    assert "KCC_SMTP" not in without.output


def test_the_settings_of_a_crontab_are_remarks_until_they_are_filled_in():
    text = schedule("cron", *MAIL).stdout
    filled = [line[2:] for line in text.splitlines() if re.match(r"# KCC_SMTP_\w+=$", line)]

    assert len(cron_line(text)) == 1
    assert filled == [f"{name}=" for name in NAMES]


@needs_systemd
def test_systemd_finds_no_fault_in_a_unit_that_sends_mail_and_reads_its_settings(tmp_path):
    done = schedule("systemd", "--output", tmp_path, *MAIL)
    verified = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    assert (verified.returncode, verified.stderr) == (0, "")
    unit = (tmp_path / "kcc-report.service").read_text()
    # without the file the run itself says what is missing, in its log too
    assert of(unit, "EnvironmentFile") == "-%h/.config/kcc-report.env"


def test_the_task_that_sends_mail_is_what_the_schema_of_windows_allows():
    text = schedule("windows", *PATHS["windows"], *MAIL).stdout

    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(task(text).getroottree())


def test_github_takes_the_settings_of_the_mail_from_its_secrets():
    (job,) = yaml.safe_load(schedule("github", *MAIL).stdout)["jobs"].values()
    env = next(s["env"] for s in job["steps"] if "env" in s)

    assert env == {
        "AS_OF": "${{ inputs.as_of }}", **{n: f"${{{{ secrets.{n} }}}}" for n in NAMES}
    }  # fmt: skip


def test_the_address_of_a_webhook_is_said_to_stand_in_the_file():
    assert "who reads it can post there" in schedule("cron", "--", "--notify", "https://h/").stderr


@pytest.mark.slow
def test_the_line_of_the_documents_run_as_cron_runs_it_leaves_its_refusal_in_the_log(workbook):
    (shown,) = re.findall(r"`kcc (schedule cron -- .*?)`", GUIDE.read_text())
    text = CliRunner().invoke(kcc, shlex.split(shown)).stdout
    (line,) = cron_line(text)

    done = subprocess.run(
        ["/bin/sh", "-c", cron_command(line)], env={"PYTHONPATH": str(CODE)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    told = [json.loads(t) for t in (workbook / "runs.jsonl").read_text().splitlines()]
    assert done.returncode == 2
    assert "needs KCC_SMTP_HOST and KCC_SMTP_FROM in the environment" in done.stderr
    assert [(t["event"], t.get("exit_code")) for t in told] == [
        ("run-started", None), ("run-ended", 2)
    ]  # fmt: skip
    assert not (workbook / "outputs").exists()


def test_bytes_that_are_no_text_are_refused():
    done = schedule("cron", "--workbook", "/srv/k\udce9nt", "--python", "/p")

    assert (done.exit_code, done.stdout) == (2, "")


def test_the_same_plan_is_the_same_file(odd):
    assert written("cron", odd) == written("cron", odd)
    assert windows() == windows()

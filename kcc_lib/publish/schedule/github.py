"""A workflow for GitHub Actions."""

import shlex

from kcc_lib.errors import KccError
from kcc_lib.publish.schedule.plan import NAME, SET, TITLE, Files, Plan, refuse_unwritable

_WORKFLOW = """\
# {title},
# {told}, {timezone} time.
# Put it in .github/workflows of the default branch. GitHub may start a run late when it is busy,
# does not catch up on one that it dropped, and stops the schedule of a public repository after 60
# days without activity; "Run workflow" starts one by hand, for today or a day of your own.
name: Quarterly report

on:
  schedule:
    - cron: "{cron}"
      timezone: "{timezone}"
  workflow_dispatch:
    inputs:
      as_of:
        description: The day the latest quarter is chosen for, as 2025-03-04; blank for today
        required: false
        type: string

permissions:
  contents: read

# two runs never meet: the later one waits
concurrency:
  group: {name}
  cancel-in-progress: false

jobs:
  report:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - name: Install the locked environment
        run: make setup
      - name: Build the report of the latest quarter, or say what is missing
        env:
          AS_OF: ${{{{ inputs.as_of }}}}{secrets}
        run: |
          .venv/bin/kcc {words} ${{AS_OF:+--as-of "$AS_OF"}}
      - uses: actions/upload-artifact@v4
        with:
          name: {name}
          path: outputs
          if-no-files-found: error
"""


def github_files(plan: Plan) -> Files:
    """The workflow; it checks the workbook out, so that no path of a machine is in it.

    Raises
    ------
    KccError
        If an option cannot be written in a workflow, or would build where it does not look.
    """
    why = "GitHub takes ${{ for an expression of its own"
    refuse_unwritable(plan.words, r"\$\{\{", why)
    if any(word == "--output" or word.startswith("--output=") for word in plan.options):
        raise KccError("--output: the workflow keeps the folder outputs; leave the option out")
    text = _WORKFLOW.format(
        title=TITLE, told=plan.told, timezone=plan.timezone, cron=plan.cron_fields, name=NAME,
        words=shlex.join(plan.words), secrets=_secrets(plan),
    )  # fmt: skip
    return {f"{NAME}.yml": text}


def _secrets(plan: Plan) -> str:
    """The settings of the mail, from the secrets of the repository; one not there is blank."""
    if not plan.variables:
        return ""
    head = ["", f"# {SET},", "# under Settings, Secrets and variables, Actions"]
    lines = [*head, *(f"{name}: ${{{{ secrets.{name} }}}}" for name in plan.variables)]
    return "\n          ".join(lines)

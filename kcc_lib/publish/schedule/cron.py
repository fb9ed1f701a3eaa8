"""A line for crontab(5)."""

import shlex
from pathlib import PurePosixPath

from kcc_lib.errors import KccError
from kcc_lib.publish.schedule.plan import (
    NAME,
    SET,
    TITLE,
    Files,
    Plan,
    check_paths,
    refuse_unwritable,
)

#: Longer commands are cut off by the usual cron.
_LONGEST = 998


def cron_files(plan: Plan) -> Files:
    """One line, and what to know of it.

    Raises
    ------
    KccError
        If a path is not whole, or cannot be written in a crontab.
    """
    check_paths(plan, PurePosixPath, "a system with cron")
    # of two backslashes one cron keeps both and another takes one away
    why = "crons do not agree on what a backslash means; use a path without one"
    refuse_unwritable([plan.workbook, *plan.command], r"\\", why)
    command = f"cd {shlex.quote(plan.workbook)} && {shlex.join(plan.command)}"
    # a bare % ends the command and begins its input, within quotes too
    escaped = command.replace("%", r"\%")
    if len(escaped.encode()) > _LONGEST:
        raise KccError(f"the command is longer than the {_LONGEST} bytes that cron takes")
    lines = [
        f"# {TITLE},",
        f"# {plan.told}, by this machine's clock.",
        "# cron does not catch up on a day when the machine was off: each later day is another",
        "# chance, and a report that is up to date is left alone. Two runs never meet: the second",
        "# is told that another run is building, and ends. What a run says is mailed to the owner.",
        f"# Install: (crontab -l; cat {NAME}.cron) | crontab -",
        *_settings(plan),
        f"{plan.cron_fields} {escaped}",
    ]
    return {f"{NAME}.cron": "\n".join(lines) + "\n"}


def _settings(plan: Plan) -> list[str]:
    """What a crontab sets for its commands: left as remarks, for whoever fills them in."""
    if not plan.variables:
        return []
    blank = [f"# {name}=" for name in plan.variables]
    return [
        f"# {SET},",
        "# and take the # before them away; only you and root read a crontab:",
        *blank,
    ]

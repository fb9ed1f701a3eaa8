"""A service of systemd, and the timer that starts it."""

from pathlib import PurePosixPath

from kcc_lib.publish.schedule.plan import (
    NAME,
    SET,
    TITLE,
    Files,
    Plan,
    check_paths,
    refuse_unwritable,
)


def systemd_files(plan: Plan) -> Files:
    """The two units.

    Raises
    ------
    KccError
        If a path is not whole, or cannot be written in a unit.
    """
    check_paths(plan, PurePosixPath, "a system with systemd")
    refuse_unwritable([plan.workbook, *plan.command], "", "")
    # systemd itself starts no program that has quotes in its path; a shell does
    words = " ".join(map(_quoted, (plan.workbook, *plan.command)))
    days, months = (",".join(f"{n:02d}" for n in some) for some in (plan.days, plan.months))
    service = [
        f"# {TITLE}. What it says is in: journalctl --user -u {NAME}",
        "# Two runs never meet: systemd starts no second one, and the builder itself refuses to.",
        "[Unit]",
        f"Description={TITLE}",
        "",
        "[Service]",
        "Type=oneshot",
        *_settings(plan),
        'ExecStart=/bin/sh -c "cd \\"$$0\\" && exec \\"$$@\\"" ' + words,
    ]
    timer = [
        f"# {TITLE},",
        f"# {plan.told}, {plan.timezone} time.",
        "# Install: put both files in ~/.config/systemd/user, then",
        f"# systemctl --user enable --now {NAME}.timer",
        "# and, so that it runs while nobody is logged in, loginctl enable-linger",
        "[Unit]",
        f"Description={TITLE}, each quarter",
        "",
        "[Timer]",
        f"OnCalendar=*-{months}-{days} {plan.clock}:00 {plan.timezone}",
        "# a run that was missed because the machine was off is made up when it is on again",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return {
        f"{NAME}.service": "\n".join(service) + "\n",
        f"{NAME}.timer": "\n".join(timer) + "\n",
    }


def _settings(plan: Plan) -> list[str]:
    """A file of its own, since anybody may ask systemd what a unit says."""
    if not plan.variables:
        return []
    blank = [f"# {name}=" for name in plan.variables]
    where = f".config/{NAME}.env"
    head = [f"# {SET},", f"# in ~/{where} without the # (chmod 600, there is a password in it):"]
    return [*head, *blank, f"EnvironmentFile=-%h/{where}"]


def _quoted(word: str) -> str:
    """One word of a command line, which stands for itself."""
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(plain, written)
    return f'"{word}"'

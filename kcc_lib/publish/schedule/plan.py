"""What is to be started, and when: the same for every scheduler, checked before any is written."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kcc_lib.errors import together
from kcc_lib.publish.mail import FURTHER, NEEDED

#: One or several files, by name.
Files = dict[str, str]
TITLE = "Kent outcomes workbook: the quarterly report"
#: Every file's name but for its ending.
NAME = "kcc-report"
#: Nor what is no text: halves of characters, which undecodable bytes become, and no characters.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: What every scheduler's file says of the variables.
SET = "Fill these in for the notice by mail, those below the second as the server asks for them"


@dataclass(frozen=True, slots=True)
class Plan:
    """A run of `kcc report --quarter latest` on some days of some months.

    `workbook` and `python` are paths on the machine that is to run it, which need not be
    this one; `options` are further ones of `kcc report`. `timezone` is for the schedulers
    that can be told one, the others go by their machine's clock. `by_mail`: a notice is sent
    by mail, for which the run's environment must name a server.
    """

    workbook: str
    python: str
    options: tuple[str, ...]
    months: tuple[int, ...]
    days: tuple[int, ...]
    hour: int
    minute: int
    timezone: str
    by_mail: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What the program is given: the report of the latest quarter, and the options."""
        return ("report", "--quarter", "latest", *self.options)

    @property
    def command(self) -> tuple[str, ...]:
        """The whole command, its program first."""
        return (self.python, "-m", "kcc_lib", *self.words)

    @property
    def variables(self) -> tuple[str, ...]:
        """What is to be set where the run starts: names only, since a password is among them."""
        return (*NEEDED, *FURTHER) if self.by_mail else ()

    @property
    def clock(self) -> str:
        """The time of day, as 06:17."""
        return f"{self.hour:02d}:{self.minute:02d}"

    @property
    def told(self) -> str:
        """When it runs, in words."""
        days = _listed([str(d) for d in self.days])
        months = _listed([calendar.month_name[m] for m in self.months])
        return f"at {self.clock} on day{'s' * (len(self.days) > 1)} {days} of {months}"

    @property
    def cron_fields(self) -> str:
        """When it runs, in the five fields of a crontab."""
        days, months = (",".join(map(str, n)) for n in (self.days, self.months))
        return f"{self.minute} {self.hour} {days} {months} *"


def check_paths(plan: Plan, flavour: Callable[[str], PurePath], system: str) -> None:
    """Refuse paths that are not whole on the system that is to run it.

    Raises
    ------
    KccError
        With each path that is not, and what to do.
    """
    wrong = [
        f"{option} {path!r} is no whole path of {system}; name it with {option}"
        for option, path in (("--workbook", plan.workbook), ("--python", plan.python))
        if not flavour(path).is_absolute()
    ]
    if wrong:
        raise together(wrong)


def refuse_unwritable(texts: Sequence[str], pattern: str, why: str) -> None:
    """Refuse what a scheduler's file cannot say.

    Raises
    ------
    KccError
        If a text holds what the pattern finds, or a line's end or another control character.
    """
    found = [(t, why) for t in texts if pattern and re.search(pattern, t)]
    found += [
        (t, "holds a control character, or bytes that are no text")
        for t in texts
        if _CONTROL.search(t)
    ]
    if found:
        raise together(f"{text!r} cannot be scheduled: {said}" for text, said in found)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

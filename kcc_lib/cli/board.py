"""The board of a run: a few lines of a terminal that are drawn again in place.

What a plain terminal is told stands above them, line for line, and stays. Drawn with two
control sequences that every terminal knows; a library for it would be another dependency.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from shutil import get_terminal_size

import click

from kcc_lib.cli.progress import Progress
from kcc_lib.publish.events import (
    EditionFailed,
    EditionStarted,
    EditionSwapped,
    EditionUnchanged,
    Event,
    RunStarted,
    line_of,
)

_UP, _CLEAR = "\x1b[{}A", "\r\x1b[J"
_BOLD, _RED, _PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[0m"


def can_draw() -> bool:
    """Whether progress goes to a terminal that can move its cursor."""
    named = os.environ.get("TERM", "" if os.name == "posix" else "windows")
    return sys.stderr.isatty() and named not in {"", "dumb"}


def _write(text: str) -> None:
    click.echo(text, nl=False, err=True)


@dataclass(slots=True)
class Board:
    """Draws itself again at every event; it remembers how many lines it stands on.

    Parameters
    ----------
    progress
        What it shows.
    colour
        Whether letters may be bold or red; words say the same without.
    write, size, clock
        Where it is drawn, how many columns and lines there are, and what time it is.
    """

    progress: Progress
    colour: bool = field(default_factory=lambda: not os.environ.get("NO_COLOR"))
    write: Callable[[str], None] = _write
    size: Callable[[], tuple[int, int]] = get_terminal_size
    clock: Callable[[], float] = time.perf_counter
    resting: bool = False
    lines: int = 0

    def __call__(self, happened: Event | str) -> None:
        """Print what stays, and draw the rest again below it."""
        now = self.clock()
        self.progress.hear(happened, now)
        match happened:
            case RunStarted() | EditionStarted():
                self.resting = False
            case EditionSwapped() | EditionFailed() | EditionUnchanged():
                self.resting = True  # what is printed next is the edition's address
        said = line_of(happened)
        if self.colour:
            said = said.replace("FAILED", f"{_RED}FAILED{_PLAIN}")
        drawn = [] if self.resting else self._draw(now)
        self._replace((f"{said}\n" if said else "") + "".join(f"{line}\n" for line in drawn))
        self.lines = len(drawn)

    def close(self) -> None:
        """Take the board off the terminal; what was printed above it stays."""
        self._replace("")
        self.lines, self.resting = 0, True

    def _replace(self, text: str) -> None:
        """Write in the board's place, at once, so that nobody sees it half drawn."""
        up = _UP.format(self.lines) if self.lines else ""
        taken_off = f"{up}{_CLEAR}" if self.lines else ""
        if taken_off or text:
            self.write(taken_off + text)

    def _draw(self, now: float) -> list[str]:
        columns, rows = self.size()
        # a line that wraps, or scrolls the first one out of reach, could not be drawn over
        drawn = [line[: columns - 1] for line in board_lines(self.progress, now, rows - 2)]
        if self.colour and drawn:
            drawn[-2] = f"{_BOLD}{drawn[-2]}{_PLAIN}"
        return drawn


def board_lines(progress: Progress, now: float, most: int) -> list[str]:
    """What stands on the board: each running section, then the counts, then the times.

    Parameters
    ----------
    most
        How many lines it may have.
    """
    shown = list(progress.running.items())
    room = max(most - 2, 0)
    if len(shown) > room:
        shown = shown[: max(room - 1, 0)]
    lines = [
        f"  {name:<24} {running.where:<10} {_clock(now - running.since):>6}"
        for name, running in shown
    ]
    hidden = len(progress.running) - len(shown)
    if hidden and room:
        lines.append(f"  and {hidden} more")
    return [*lines, _counts(progress), _times(progress, now)]


def _counts(progress: Progress) -> str:
    names = progress.editions
    which = progress.edition or ", ".join(names)
    if len(names) > 1 and progress.edition:
        which += f" ({progress.begun} of {len(names)})"
    if not progress.total:
        return f"{which}: {'being looked at' if progress.edition else 'being opened'}"
    if progress.done == progress.total:
        told = f"all {progress.total} sections run; data and links are being finished"
        return f"{which}: {told}, {progress.failed} failed"
    return (
        f"{which}: {progress.done} of {progress.total} done, {progress.failed} failed, "
        f"{len(progress.running)} running, {len(progress.waiting)} waiting"
    )


def _times(progress: Progress, now: float) -> str:
    gone = f"{_clock(now - progress.started)} gone"
    if progress.total and not progress.running and not progress.waiting:
        return gone
    left = progress.left(now)
    if left is None:
        return f"{gone}; no estimate: the last build has no times of these"
    seconds, unknown = left
    if unknown:
        return f"{gone}; at least {_clock(seconds)} left: the last build has not all of these"
    if seconds < 1:
        return f"{gone}; longer than the last build took"
    return f"{gone}; about {_clock(seconds)} left, if it goes like the last build"


def _clock(seconds: float) -> str:
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"

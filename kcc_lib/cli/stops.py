"""Being told to stop: by Ctrl-C, by a scheduler, by a lost terminal.

`__main__` heeds it before anything is loaded; from where a command begins, it is an interrupt
that everything cleans up after.
"""

import os
import signal
import threading
from contextlib import suppress

from kcc_lib.errors import exit_code

#: Set once we are told to stop: a library that was at work may swallow the interrupt.
_stopping = threading.Event()
#: The process that was told; one that was forked from it leaves the answer to it.
_heeding = 0


def heed_stops() -> None:
    """Clean up after a scheduler's stop, or a lost terminal's, like after an analyst's."""
    global _heeding  # noqa: PLW0603 - a signal is heard by the process as a whole
    if threading.current_thread() is not threading.main_thread():
        return  # Python lets no other thread heed a signal
    _heeding = os.getpid()
    _stopping.clear()
    for stop in stops():
        signal.signal(stop, _interrupt)


def stops() -> list[signal.Signals]:
    """The signals that stop a run: none that its caller ignores.

    `nohup` ignores a lost terminal, and a script the Ctrl-C of what it starts with `&`.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    known = [stop for name in names if (stop := getattr(signal, name, None))]
    return [stop for stop in known if signal.getsignal(stop) is not signal.SIG_IGN]


def is_stopping() -> bool:
    """Whether we were told to stop."""
    return _stopping.is_set()


def _interrupt(number: int, _: object) -> None:
    if os.getpid() != _heeding:
        return
    again = _stopping.is_set()
    _stopping.set()
    # a lost terminal tells twice, and so may a scheduler: cleaning up is not interrupted by that,
    # but it is by an analyst who asks again
    if not again or number == signal.SIGINT:
        raise KeyboardInterrupt


def leave_at_stops() -> None:
    """Until a command begins there is nothing to clean up after: say that it stopped, and end."""
    for stop in stops():
        signal.signal(stop, _leave)


def _leave(*_: object) -> None:
    with suppress(OSError):
        os.write(2, b"kcc: stopped; nothing was changed\n")
    os._exit(exit_code(KeyboardInterrupt()))

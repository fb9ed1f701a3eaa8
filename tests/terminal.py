"""Commands that tests start hear what stops them, whatever these tests were started by."""

import signal


def as_in_a_terminal():
    """`nohup` ignores a lost terminal, and a script Ctrl-C: a command would ignore them too."""
    for name in ("SIGINT", "SIGHUP"):  # Windows has no SIGHUP
        if stop := getattr(signal, name, None):
            usual = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
            signal.signal(stop, usual)

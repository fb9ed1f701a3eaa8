"""`python -m kcc_lib`, the same as `kcc`."""

import gc
import sys

from kcc_lib.cli.stops import leave_at_stops
from kcc_lib.cli.streams import leave_stdout, ready_streams
from kcc_lib.errors import exit_code, storage_words

#: How many new objects call for a search for what can be thrown away; Python's own choice of 700
#: is a fifth of a build's processor time, and a command ends before it has much to throw away.
_OBJECTS = 50_000


def main() -> None:
    """Run the command line."""
    leave_at_stops()  # before anything else is loaded, which takes a moment
    ready_streams()
    gc.set_threshold(_OBJECTS)
    from kcc_lib.cli.commands import kcc

    try:
        kcc(prog_name="kcc")
    except OSError as error:  # a command tells its own: help could not be printed
        leave_stdout()
        sys.stderr.write(f"kcc: stdout cannot be written ({storage_words(error)})\n")
        sys.exit(exit_code(error))


if __name__ == "__main__":
    main()

"""`python -m kcc_lib`, the same as `kcc`."""

import gc

from kcc_lib.cli.commands import kcc

#: How many new objects call for a search for what can be thrown away; Python's own choice of 700
#: is a fifth of a build's processor time, and a command ends before it has much to throw away.
_OBJECTS = 50_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS)
    kcc(prog_name="kcc")


if __name__ == "__main__":
    main()

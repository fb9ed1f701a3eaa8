"""`python -m kcc_lib`, the same as `kcc`."""

from kcc_lib.cli.commands import kcc


def main() -> None:
    """Run the command line."""
    kcc(prog_name="kcc")


if __name__ == "__main__":
    main()

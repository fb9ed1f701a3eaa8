"""What lies in a folder of inputs, without what editors and offices lay there while at work."""

from pathlib import Path


def is_input(name: str) -> bool:
    """Whether a file or folder of this name is anybody's input, and no editor's lock or copy.

    LibreOffice locks with `.~lock.x.csv#`, Office with `~$x.csv`, Emacs with `.#x.toml` (a link
    that leads nowhere); Emacs saves what is typed as `#x.toml#`, and it, vim and gedit keep what
    was there as `x.toml~`. An editor may also write a new file whole as `x.toml.tmp` first.
    """
    beside = name.startswith((".", "~$")) or name.endswith(("~", ".swp", ".tmp"))
    return not beside and not (name.startswith("#") and name.endswith("#"))


def listed(folder: Path, pattern: str) -> list[Path]:
    """The inputs in a folder that a pattern fits, in order of name."""
    return sorted(path for path in folder.glob(pattern) if is_input(path.name))


def files_under(folder: Path) -> list[Path]:
    """Every file that is an input in a folder and all folders in it, in order of name."""
    return sorted(
        path
        for path in folder.rglob("*")
        if all(map(is_input, path.relative_to(folder).parts)) and path.is_file()
    )


def edition_names(raw: Path) -> list[str]:
    """The editions there are, in order of name."""
    return [path.stem for path in listed(raw / "editions", "*.toml")]

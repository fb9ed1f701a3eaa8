"""Publishing into a store that is no folder of this machine: s3://, memory:// and the like.

An edition is built here, and goes there only when it is whole. A store of objects has no
exchange of folders, so it goes file by file: pages after what they lead to, `run.json` last,
and only then what the last build had and this one has not. Whatever interrupts it, the next
run finds that `run.json` does not fit and publishes again. fsspec, which comes with Dask,
knows the stores; nothing else loads it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kcc_lib.errors import KccError, PublishError
from kcc_lib.publish.served import make_open, open_to_readers
from kcc_lib.publish.up_to_date import is_of, record_in
from kcc_lib.publish.web_address import unsigned

_INSTALL = "install it with: uv sync --extra dask, or pip install 'kcc-outcomes-workbook[dask]'"
_ANOTHER = "name a folder, or a store that fsspec knows and you may write to"
#: How addresses of folders of this machine begin.
OF_THIS_MACHINE = ("file", "local")
#: Packages of stores by the module that fsspec misses; a guess might install anybody's.
_PACKAGES = {
    "s3fs": "s3fs", "gcsfs": "gcsfs", "adlfs": "adlfs", "paramiko": "paramiko",
    "smbclient": "smbprotocol",
}  # fmt: skip
#: What the shelf knows of an edition by its name only.
_NAMED = (".pdf", ".ods", ".xlsx", "judgements.csv", "observations.csv")


def is_elsewhere(output: str) -> bool:
    """Whether an output is an address and no plain path."""
    return "://" in output


def folder_at(address: str) -> Path | None:
    """The folder of this machine that an address such as file:///srv names; None of a store."""
    scheme, _, where = address.partition("://")
    return Path(where).expanduser() if scheme in OF_THIS_MACHINE else None


@dataclass(frozen=True, slots=True)
class Place:
    """A store and the folder in it."""

    address: str
    store: Any
    root: str

    @property
    def told(self) -> str:
        """The address as it may be quoted."""
        return unsigned(self.address)

    def stands(self, edition: str, rests_on: Mapping[str, str]) -> bool:
        """Whether what is there was built of these inputs, and every file of it is there."""
        told = self._record(edition)
        there = set(self._files(edition))
        return is_of(told, rests_on) and set(told.get("outputs", {})) <= there

    def fetch_shelf(self, folder: Path) -> None:
        """What the shelf is made of, of every edition there: contents, and names of files."""
        found = [PurePosixPath(p).relative_to(self.root) for p in self._found("")]
        held = {p.parts[0] for p in found if p.parts[1:] == ("data", "contents.json")}
        for path in found:
            if path.parts[0] in held and str(path).endswith(("contents.json", *_NAMED)):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                wanted = path.name == "contents.json"
                (folder / path).write_bytes(
                    self.store.cat_file(f"{self.root}/{path}") if wanted else b""
                )

    def holds(self, edition: str) -> bool:
        """Whether a finished build of an edition is there, of whatever inputs."""
        return bool(self._record(edition))

    def fetch(self, edition: str, folder: Path) -> None:
        """Copy the build of an edition that is there, if one is, into a folder.

        Raises
        ------
        KccError
            If the store does not give it.
        """
        try:
            for name in self._files(edition):
                path = folder / edition / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.store.cat_file(f"{self.root}/{edition}/{name}"))
        except Exception as error:  # every store has errors of its own
            raise KccError(
                f"{self.told}/{edition} cannot be read ({type(error).__name__}: {error}), and "
                "a summary compares with it; run again, or leave --summary out"
            ) from error

    def publish(self, folder: Path) -> None:
        """Put a finished edition there, and take away what the last build had beside it.

        Raises
        ------
        PublishError
            If the store refuses; what stands there is told.
        """
        files = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
        files.sort(key=lambda name: (name == "run.json", name.endswith(".html"), name))
        before = self._files(folder.name)
        try:
            for name in files:
                self._put(folder / name, f"{folder.name}/{name}")
            for name in sorted(set(before) - set(files)):
                self.store.rm_file(f"{self.root}/{folder.name}/{name}")
        except KeyboardInterrupt as stop:
            stop.args = (f"{self.told}/{folder.name} was not published whole; run again",)
            raise
        except Exception as error:  # the edge of another machine, whose errors are its own
            raise PublishError(
                f"{self.told}/{folder.name} was not published whole "
                f"({type(error).__name__}: {error}); run again"
            ) from error

    def publish_shelf(self, output: Path) -> None:
        """Put the pages that stand beside the editions there."""
        for page in sorted(output.glob("*.html")):
            self._put(page, page.name)

    def _put(self, path: Path, name: str) -> None:
        whole = f"{self.root}/{name}"
        if folder_at(self.address):
            make_open(Path(whole).parent)
        self.store.makedirs(str(PurePosixPath(whole).parent), exist_ok=True)
        # by its path, from whose end a store such as S3 tells what it serves: given bytes alone,
        # it would have browsers save each page and not show it
        self.store.put_file(str(path), whole)
        if folder_at(self.address):  # everybody may read it, as in any other folder
            with suppress(PermissionError):  # of somebody else, who says who may
                open_to_readers(Path(whole))

    def _record(self, edition: str) -> dict[str, Any]:
        try:
            return record_in(self.store.cat_file(f"{self.root}/{edition}/run.json"))
        except OSError:
            return {}

    def _files(self, edition: str) -> Sequence[str]:
        inside = f"{self.root}/{edition}"
        return [PurePosixPath(p).relative_to(inside).as_posix() for p in self._found(edition)]

    def _found(self, edition: str) -> list[str]:
        found: list[str] = self.store.find(f"{self.root}/{edition}".rstrip("/"))
        return found


def open_place(address: str) -> Place:
    """The store of an address, looked at.

    Raises
    ------
    KccError
        If fsspec is not installed, knows no such store, or cannot reach it.
    """
    try:
        import fsspec
    except ImportError:
        missing = f"--output {unsigned(address)} needs fsspec, which is not installed; {_INSTALL}"
        raise KccError(missing) from None
    try:
        store, root = fsspec.core.url_to_fs(address.rstrip("/"))
        if folder_at(address):
            make_open(Path(root))
        store.makedirs(root, exist_ok=True)
        store.find(root)
    except Exception as error:  # every store has errors of its own
        raise KccError(
            f"--output {unsigned(address)} cannot be used ({type(error).__name__}: {error}); "
            f"{_remedy(error)}"
        ) from None
    return Place(address.rstrip("/"), store, root.rstrip("/"))


def _remedy(error: Exception) -> str:
    """What to do where a store cannot be used: of some, the package that is missing is known."""
    missing = error.__cause__ if isinstance(error, ImportError) else None
    package = _PACKAGES.get(getattr(missing, "name", None) or "")
    if not package:
        return _ANOTHER
    install = f".venv/bin/python -m pip install {package}"
    return f"install {package} into the workbook's environment ({install}), or name a folder"

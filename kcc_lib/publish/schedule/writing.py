"""The files of a schedule: which scheduler's, and where they are put."""

from collections.abc import Callable
from pathlib import Path

from kcc_lib.errors import KccError
from kcc_lib.publish.schedule.cron import cron_files
from kcc_lib.publish.schedule.github import github_files
from kcc_lib.publish.schedule.plan import Files, Plan
from kcc_lib.publish.schedule.systemd import systemd_files
from kcc_lib.publish.schedule.windows import windows_files
from kcc_lib.records.processed import write_whole

_WRITERS: dict[str, Callable[[Plan], Files]] = {
    "cron": cron_files, "systemd": systemd_files, "windows": windows_files, "github": github_files,
}  # fmt: skip
#: What Windows writes itself; by the mark it begins with every reader knows it.
_ENCODINGS = {".xml": "utf-16"}


def written_for(system: str, plan: Plan) -> Files:
    """The files of one scheduler, by name.

    Raises
    ------
    KccError
        If the plan cannot be written for it.
    """
    return _WRITERS[system](plan)


def write_files(files: Files, output: Path, *, replace: bool) -> list[Path]:
    """Write them into a folder, or one of them as a file.

    Raises
    ------
    KccError
        Before anything is written, if something stands there that was not to be replaced, or
        there is no such folder.
    """
    if output.is_dir():
        paths = {output / name: name for name in files}
    elif len(files) > 1:
        raise KccError(
            f"--output: {len(files)} files are written, and {output} is no folder; make it"
        )
    elif not output.parent.is_dir():
        raise KccError(f"--output: there is no folder {output.parent}")
    else:
        paths = dict.fromkeys([output], *files)
    standing = [str(p) for p in paths if p.exists()]
    if standing and not replace:
        raise KccError(f"{', '.join(standing)} is there already; --replace writes over it")
    for path, name in paths.items():
        write_whole(path, files[name], encoding=_ENCODINGS.get(Path(name).suffix, "utf-8"))
    return list(paths)

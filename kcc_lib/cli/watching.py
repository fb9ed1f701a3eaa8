"""Who listens to a run: the terminal, the log, the notice; and how it ends for all of them."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcc_lib.cli.board import Board, can_draw
from kcc_lib.cli.progress import Progress, last_times
from kcc_lib.cli.stops import is_stopping
from kcc_lib.errors import KccError, exit_code, refusal_words, storage_words, together
from kcc_lib.publish.events import EditionSwapped, Event, RunEnded, RunStarted, Tell, line_of
from kcc_lib.publish.run_log import RunLog
from kcc_lib.publish.up_to_date import last_record
from kcc_lib.records.places import Workbook, real_path

if TYPE_CHECKING:
    from kcc_lib.publish.notice import Send, Summary


@dataclass(slots=True)
class Watch:
    """A run that is watched: where it tells what happens, and whether all went well."""

    tell: Tell
    whole: bool = False


@contextmanager
def watching(
    names: Sequence[str],
    output: Path,
    workbook: Workbook,
    *,
    only: Sequence[str] = (),
    log: Path | None = None,
    notify: Sequence[str] = (),
    refusal: KccError | None = None,
) -> Iterator[Watch]:
    """Watch a run from its beginning to its end, however it ends.

    A log that cannot be written is said at once and again last; the build goes on, and a run
    in which all went well otherwise has not.

    Parameters
    ----------
    names
        The editions wanted.
    output
        The folder that they are published in; no log may stand there.
    only
        The sections wanted, where not all are.
    log
        The file that the log is added to.
    notify
        Where a notice is sent at the end.
    refusal
        Why there is nothing that could be built, where that is known.

    Raises
    ------
    KccError
        Before anything is built, if the log would be published; and, once the log has the
        beginning of the run, if a notice cannot be sent to such an address, or `refusal`.
    """
    if log:
        _refuse_among_pages(log, output)
    terminal = _terminal(names, output, only)
    kept = RunLog(log, workbook.root, terminal) if log else None
    summary, senders, faults = _notices(notify)
    listeners: list[Tell] = [terminal, *(one for one in (kept, summary) if one)]
    replaced: list[str] = []
    watch = Watch(_to_all([*listeners, _noting(replaced)]))
    code, why, said = 1, "", ""
    try:
        watch.tell(RunStarted(tuple(names)))
        _refuse(refusal, faults)
        yield watch
        code = 0 if watch.whole else 1
    except BaseException as error:
        code, why = exit_code(error), type(error).__name__
        _say_what_stands(error, replaced)
        said = _words_of(error)
        raise
    finally:
        if isinstance(terminal, Board):
            terminal.close()
        watch.tell(RunEnded(code, why, said))
        lost = kept.lost if kept else ""
        if lost:
            watch.whole = False
            _print(f"kcc: the run log is not whole ({lost}); what was built stands")
        if summary:
            summary.code = code or int(bool(lost))
            _send(summary, senders)


def _say_what_stands(error: BaseException, replaced: Sequence[str]) -> None:
    """Of a run that was stopped, which editions it had replaced by then, and where it stopped."""
    if isinstance(error, KeyboardInterrupt) and replaced:
        error.args = ("; ".join([f"{', '.join(replaced)} had been built by then", *error.args]),)


def _words_of(error: BaseException) -> str:
    if isinstance(error, OSError):
        return storage_words(error)
    if isinstance(error, KccError):
        return refusal_words(error)
    return str(error) if isinstance(error, KeyboardInterrupt) else ""


def _noting(replaced: list[str]) -> Tell:
    def tell(happened: Event | str) -> None:
        if isinstance(happened, EditionSwapped):
            replaced.append(happened.edition)

    return tell


def _to_all(listeners: Sequence[Tell]) -> Tell:
    def tell(happened: Event | str) -> None:
        for listen in listeners:
            listen(happened)
        if is_stopping() and not isinstance(happened, RunEnded):
            raise KeyboardInterrupt

    return tell


def _refuse_among_pages(log: Path, output: Path) -> None:
    """Refuse a log that would be published with the pages."""
    if real_path(log).is_relative_to(real_path(output)):
        raise KccError(
            f"--log {log} would stand among the pages, and it has times that they must not have; "
            "name a file outside the output folder"
        )


def _send(summary: "Summary", senders: "Sequence[Send]") -> None:
    """Send the notices one after the other; what goes wrong is told in a line."""
    from kcc_lib.publish.notice import send_notice

    for send in senders:
        if why := send_notice(send, summary):
            _print(f"kcc: the notice could not be sent: {why}")


def _terminal(names: Sequence[str], output: Path, only: Sequence[str]) -> Tell:
    """The board where it can be drawn, else lines."""
    if not can_draw():
        return _print
    last = {name: last_times(last_record(output / name), only) for name in names}
    return Board(Progress(time.perf_counter(), last))


def _print(happened: Event | str) -> None:
    if line := line_of(happened):
        click.echo(line, err=True)


def _notices(notify: Sequence[str]) -> "tuple[Summary | None, list[Send], list[str]]":
    """What counts for the notices, what sends them, and what keeps others from being sent.

    Nothing is loaded where none is wanted.
    """
    if not notify:
        return None, [], []
    from kcc_lib.publish.notice import Summary, notice_faults, sender

    faults, senders = [], []
    for where in notify:
        if found := notice_faults(where):
            faults += found
        else:  # told of the refusal of another too
            senders.append(sender(where))
    return Summary(), senders, faults


def _refuse(refusal: KccError | None, faults: Sequence[str]) -> None:
    """Refuse to build, for every reason at once."""
    if faults:
        raise together([*faults, *([str(refusal)] if refusal else [])])
    if refusal:
        raise refusal

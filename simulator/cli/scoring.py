"""Judge from the command line: many drafts as JSON lines, and the list of rules that judge them."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from os.path import samestat
from pathlib import Path
from stat import S_ISREG
from typing import IO, Any

import click
from flask import Flask
from flask.cli import AppGroup

from simulator.cli.evaluation import bench, evaluate_judge
from simulator.content import ContentError, load_playbooks, names_of
from simulator.core.refusal import Refusal
from simulator.scoring import RulesetError, load_ruleset, post_by_post
from simulator.services.assess_request import UnreadableError, read_assess, read_json, to_json
from simulator.services.desk import Desk

PLAYBOOKS = Path(__file__).resolve().parents[2] / "playbooks"
LINE_LIMIT = 4_000_000
"""Most bytes of one line; the longest request that is fit to keep stays far below."""
BATCH = 256
"""So many lines of a file are answered together, post by post; a pipe is answered line by line, for its writer may wait."""
BATCH_BYTES = LINE_LIMIT
"""A batch ends where it has more than this, so that long lines don't pile up."""
AHEAD = 3
"""Batches that wait for each worker: enough to keep it busy, few enough to stay small in memory."""
STEP = 200

_POST = re.compile(rb'"text"\s*:\s*"(?:[^"\\]|\\.)*"')
"""The words of a post as a line has them, near enough."""

NumberedLine = tuple[int, bytes | None]
Answered = tuple[str, bool]

_desk: Desk | None = None


def register_scoring(app: Flask) -> None:
    """Put `flask score` and `flask scoring …` on the app's command line."""
    app.cli.add_command(score_lines)
    app.cli.add_command(scoring)


scoring = AppGroup("scoring", help="Look into the judge.")
scoring.add_command(evaluate_judge)
scoring.add_command(bench)


@scoring.command("rules", with_appcontext=False)
def list_rules() -> None:
    """List every rule: id, dimension, code, points and source, one a line, tab-separated."""
    ruleset = load_ruleset()
    for rule in ruleset.book.rules:
        click.echo("\t".join((rule.id, rule.dimension.value, rule.code, f"{rule.points:+g}", rule.source)))
    for cue in ruleset.triage.cues:
        click.echo("\t".join((cue.id, "triage", cue.code, "", cue.source)))


@click.command("score")
@click.option("--jsonl", is_flag=True, required=True, help="Read and write one JSON object a line.")
@click.option("--input", "source", type=click.File("rb"), default="-", help="File to read; standard input where left out.")
@click.option(
    "--output",
    "target",
    type=click.Path(dir_okay=False, allow_dash=True),
    default="-",
    help="File to write; standard output where left out.",
)
@click.option(
    "--playbooks",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="PLAYBOOKS_DIR",
    default=PLAYBOOKS,
    show_default="playbooks/ beside the program",
    help="Folder of the playbooks.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to work with; the order stays.")
def score_lines(jsonl: bool, source: IO[bytes], target: str, playbooks: Path, workers: int) -> None:
    """Judge drafts, one JSON object a line, in order.

    Reads {"id", "post": {"text", "author", "followers", "thread"}, "channel", "facts", "draft", "action", "elapsed_minutes", "playbook"};
    only post.text is needed. A line that can't be judged gives {"line", "id", "error": {"code", "message"}}, and the exit code is then 1.
    """
    lines = numbered_lines(source)
    answers = _in_one(lines, playbooks, BATCH if _is_file(source) else 1) if workers == 1 else _in_many(lines, playbooks, workers)
    if _is_read(source, target):
        raise click.BadParameter("this is the file that is read; its lines would be lost", param_hint="'--output'")
    try:
        with click.open_file(target, "wb") as answered:
            failed = _write_all(answers, answered)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read has had enough; click ends quietly
            raise
        raise click.ClickException(f"the answers can't be written to {target}: {error.strerror}") from error
    if failed:
        raise click.exceptions.Exit(1)


def _is_file(source: IO[bytes]) -> bool:
    """Tell whether `source` is a file, of which as much as one likes can be read ahead."""
    with suppress(OSError):  # it has no number where a test or another program made it up
        return S_ISREG(os.fstat(source.fileno()).st_mode)
    return False


def _is_read(source: IO[bytes], target: str) -> bool:
    """Tell whether `target` is the very file that `source` reads: opening it for writing would empty it."""
    with suppress(OSError):  # there is no such file yet, or what is read is no file
        there = Path(target).stat()
        return S_ISREG(there.st_mode) and samestat(there, os.fstat(source.fileno()))
    return False


def _write_all(answers: Iterable[Answered], target: IO[bytes]) -> int:
    """Write every answer on a line of its own and return how many lines could not be judged."""
    progress = _progress if sys.stderr.isatty() else _no_progress
    done = failed = 0
    for text, right in answers:
        # Half a surrogate pair, which JSON can escape and UTF-8 can't hold, stays the escape that it was.
        target.write(text.encode("utf-8", "backslashreplace") + b"\n")
        done += 1
        failed += not right
        progress(done, failed, end=False)
    target.flush()
    progress(done, failed, end=True)
    return failed


def numbered_lines(source: IO[bytes]) -> Iterator[NumberedLine]:
    """Yield the lines that say something with their numbers from 1; None stands for a line that is too long to take in."""
    number = 0
    while line := source.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            while (rest := source.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _in_one(lines: Iterable[NumberedLine], playbooks: Path, together: int) -> Iterator[Answered]:
    desk = _make_desk(playbooks)
    for batch in _batches(lines, together):
        yield from answer_lines(desk, batch)


def _in_many(lines: Iterator[NumberedLine], playbooks: Path, workers: int) -> Iterator[Answered]:
    """Spread batches over processes with a short window, so that order stays and no file is ever held whole.

    Whatever ends this early (Ctrl+C, a closed pipe, a full disk) drops what still waits.
    """
    _make_desk(playbooks)  # fails here, with a message, rather than in a worker
    waiting: deque[Future[list[Answered]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(playbooks,)) as pool:
        try:
            for batch in _batches(lines, BATCH):
                waiting.append(pool.submit(_answer_batch, batch))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _batches(lines: Iterable[NumberedLine], size: int) -> Iterator[list[NumberedLine]]:
    batch: list[NumberedLine] = []
    held = 0
    for number, line in lines:
        batch.append((number, line))
        held += len(line or b"")
        if len(batch) == size or held > BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _start_worker(playbooks: Path) -> None:
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; the first one ends the others in order
    _desk = _make_desk(playbooks)


def _answer_batch(batch: list[NumberedLine]) -> list[Answered]:
    if _desk is None:
        raise RuntimeError("a worker got work before it had a desk")
    return answer_lines(_desk, batch)


def _make_desk(playbooks: Path) -> Desk:
    try:
        ruleset = load_ruleset()
        return Desk(ruleset=ruleset, playbooks=load_playbooks(playbooks, names_of(ruleset)))
    except (RulesetError, ContentError) as error:
        raise click.ClickException(str(error)) from error


def answer_lines(desk: Desk, batch: Sequence[NumberedLine]) -> list[Answered]:
    """Return the answers to some lines, in order; those about one post are judged one after the other, while it is fresh in mind."""
    answers = {at: answer_line(desk, *batch[at]) for at in post_by_post([_post_of(line) for _, line in batch])}
    return [answers[at] for at in range(len(batch))]


def _post_of(line: bytes | None) -> bytes:
    """Return the bytes of a line in which its post stands, or another part of it: they only decide what is judged side by side."""
    post = _POST.search(line) if line else None
    return post.group() if post else b""


def answer_line(desk: Desk, number: int, line: bytes | None) -> Answered:
    """Return one line's answer as JSON, and whether it could be judged."""
    if line is None:
        return _failed(number, None, "too_long", f"The line has more than {LINE_LIMIT:,} bytes."), False
    try:
        raw = read_json(line)
    except UnreadableError as error:
        return _failed(number, None, error.code, str(error)), False
    request = read_assess(raw)
    try:
        answer = request if isinstance(request, Refusal) else desk.answer_assess(request)
    except Exception as error:  # noqa: BLE001 - whatever one line sets off, the others must still be judged
        return _failed(number, _id_of(raw), "server_error", f"The judge stumbled over this line: {error.__class__.__name__}"), False
    if isinstance(answer, Refusal):
        return _failed(number, _id_of(raw), answer.code.value, answer.message), False
    return json.dumps(to_json(answer), ensure_ascii=False), True


def _id_of(raw: object) -> str | int | None:
    given = raw.get("id") if isinstance(raw, dict) else None
    number = isinstance(given, int) and not isinstance(given, bool)
    return given if number or (isinstance(given, str) and len(given) <= 200) else None


def _failed(number: int, given_id: str | int | None, code: str, message: str) -> str:
    told: dict[str, Any] = {"line": number}
    if given_id is not None:
        told["id"] = given_id
    told["error"] = {"code": code, "message": message}
    return json.dumps(told, ensure_ascii=False)


Progress = Callable[..., None]


def _progress(done: int, failed: int, *, end: bool) -> None:
    if end or done % STEP == 0:
        bad = f", {failed} failed" if failed else ""
        click.echo(f"\r{done:,} judged{bad}", err=True, nl=end)


def _no_progress(done: int, failed: int, *, end: bool) -> None:
    return None

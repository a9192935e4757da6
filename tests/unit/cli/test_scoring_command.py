"""The batch interface: one answer a line, in order, and a bad line never stops the others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from simulator.cli.scoring import PLAYBOOKS, score_lines, scoring

PROJECT = PLAYBOOKS.parent

GOOD = {
    "id": "a",
    "post": {
        "text": "Day 3 without my suitcase 😂 and the wedding is THURSDAY",
        "author": "@ro",
        "followers": 9,
        "thread": ["@ro: hello?"],
    },
    "channel": "microblog",
    "facts": ["Bag scanned in Cork"],
    "draft": "Three days is too long, and I'm sorry. I'll write by 18:00. – Aoife",
    "action": "acknowledge_then_private",
    "elapsed_minutes": 12,
    "playbook": "default",
}


def run(tmp_path: Path, *lines: object, workers: int = 1) -> tuple[int, list[dict[str, Any]]]:
    """Judge `lines` (bytes stay as they are) from file to file; returns the exit code and the answers."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n")
    arguments = ["--jsonl", "--input", str(source), "--output", str(target), "--workers", str(workers)]
    result = CliRunner().invoke(score_lines, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_line_comes_back_judged_in_the_promised_shape(tmp_path: Path) -> None:
    code, [answer] = run(tmp_path, GOOD)
    assert code == 0
    assert answer["id"] == "a"
    assert set(answer) >= {"id", "total", "dimensions", "blockers", "findings", "triage", "fingerprint"}
    assert set(answer["dimensions"]["listen"]) == {"score", "applicable"}
    assert set(answer["findings"][0]) == {"code", "dimension", "points", "blocker", "span", "quote", "why", "fix"}
    assert set(answer["triage"]) >= {"kind", "urgency", "action", "contact", "confidence", "cues"}
    assert sum(finding["points"] for finding in answer["findings"]) == pytest.approx(answer["total"], abs=0.06)
    quoted = [finding for finding in answer["findings"] if finding["span"]]
    assert all(str(GOOD["draft"])[slice(*finding["span"])] == finding["quote"] for finding in quoted)
    assert answer["dimensions"]["judgement"]["applicable"]
    assert answer["dimensions"]["speed"]["score"] == 100


def test_spans_count_in_the_texts_as_they_were_sent(tmp_path: Path) -> None:
    line = {
        "id": 1,
        "post": {"text": "Hi.\r\n\r\nWhere is my bag?"},
        "draft": "Sorry.\r\nWe'll write by 18:00.\r\n\r\nToday is no good.\r\n",
    }
    _, [answer] = run(tmp_path, line)
    quoted = [finding for finding in answer["findings"] if finding["span"]]
    assert len(quoted) > 2
    assert all(line["draft"][slice(*finding["span"])] == finding["quote"] for finding in quoted)
    assert any(finding["quote"].startswith("We'll write") for finding in quoted)
    assert answer["triage"]["cues"]
    assert all(line["post"]["text"][slice(*cue["span"])] == cue["quote"] for cue in answer["triage"]["cues"])


def test_null_stands_for_left_out(tmp_path: Path) -> None:
    post = {"text": "Where is my bag?", "author": None, "followers": None, "thread": None}
    left_out = {"channel": None, "facts": None, "action": None, "elapsed_minutes": None, "playbook": None, "id": None}
    code, [nulls, plain] = run(tmp_path, {"post": post, "draft": "Sorry.", **left_out}, {"post": {"text": post["text"]}, "draft": "Sorry."})
    assert code == 0
    assert nulls == plain


def test_without_a_draft_the_post_is_only_sorted(tmp_path: Path) -> None:
    code, [answer] = run(tmp_path, {"id": 7, "post": {"text": "Is the jelly halal?"}, "draft": None})
    assert code == 0
    assert (answer["id"], answer["total"], answer["dimensions"], answer["findings"]) == (7, None, {}, [])
    assert answer["triage"]["kind"] == "question"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{not json", "bad_json"),
        (b'{"post": {"text": "x"}, "elapsed_minutes": NaN}', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"id": 1, "post": {"text": "\xff"}}', "bad_encoding"),
        (b"[]", "bad_value"),
        ({"id": 1, "draft": "x"}, "bad_value"),
        ({"id": 1, "post": {"text": 3}}, "bad_value"),
        ({"id": 1, "post": {"text": "x"}, "channel": "fax"}, "bad_value"),
        ({"id": 1, "post": {"text": "x"}, "action": "dance"}, "bad_value"),
        ({"id": 1, "post": {"text": "x", "followers": "many"}}, "bad_value"),
        ({"id": 1, "post": {"text": "x"}, "elapsed_minutes": -1}, "bad_value"),
        ({"id": 1, "post": {"text": "x"}, "playbook": "none-such"}, "bad_value"),
        ({"id": 1, "post": {"text": "x"}, "draft": "y" * 5_001}, "too_long"),
        ({"id": 1, "post": {"text": "x" * 10_001}}, "too_long"),
        ({"id": 1, "post": {"text": "   "}}, "empty"),
        ({"id": 1, "post": {"text": "x"}, "draft": "a\u0000b"}, "bad_text"),
        (b'{"id": 1, "post": {"text": "\\ud800"}}', "bad_text"),
    ],
)
def test_a_bad_line_gives_its_number_and_the_rest_goes_on(tmp_path: Path, line: object, code: str) -> None:
    exit_code, answers = run(tmp_path, GOOD, line, GOOD)
    assert exit_code == 1
    assert [answer.get("line") for answer in answers] == [None, 2, None]
    assert answers[1]["error"]["code"] == code
    assert answers[1]["error"]["message"]
    if isinstance(line, dict):
        assert answers[1]["id"] == 1


def test_unknown_words_are_answered_with_the_known_ones(tmp_path: Path) -> None:
    _, [answer] = run(tmp_path, {"post": {"text": "x"}, "channel": "fax"})
    assert "microblog" in answer["error"]["message"]


def test_a_line_without_end_is_refused_and_not_held(tmp_path: Path) -> None:
    code, answers = run(tmp_path, b'{"post": {"text": "' + b"x" * 4_100_000 + b'"}}', GOOD)
    assert code == 1
    assert answers[0]["error"]["code"] == "too_long"
    assert answers[1]["id"] == "a"


def test_workers_keep_the_order_and_the_answers(tmp_path: Path) -> None:
    lines: list[object] = [{**GOOD, "id": number} for number in range(70)]
    lines[40] = b"{bad"
    code, answers = run(tmp_path, *lines, workers=2)
    alone_code, alone = run(tmp_path, *lines)
    assert code == alone_code == 1
    assert answers == alone
    assert [answer.get("id") for answer in answers][:40] == list(range(40))
    assert answers[40]["line"] == 41


def test_blank_lines_are_let_by_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    code, answers = run(tmp_path, b"", GOOD, b"  ", b"{")
    assert code == 1
    assert [answer.get("line") for answer in answers] == [None, 4]


def test_the_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(GOOD))
    (tmp_path / "link.jsonl").symlink_to(source)
    done = CliRunner().invoke(score_lines, ["--jsonl", "--input", str(source), "--output", str(tmp_path / "link.jsonl")])
    assert (done.exit_code, "its lines would be lost" in done.output) == (2, True)
    assert json.loads(source.read_text()) == GOOD


@pytest.mark.parametrize(
    ("target", "reason"), [("nowhere/out.jsonl", "No such file or directory"), ("/dev/full", "No space left on device")]
)
def test_answers_that_can_not_be_written_are_one_plain_line(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(GOOD))
    done = CliRunner().invoke(score_lines, ["--jsonl", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / target)])
    assert done.exit_code == 1
    assert done.output == f"Error: the answers can't be written to {tmp_path / target}: {reason}\n"


def test_an_id_with_half_a_character_comes_back_as_it_was(tmp_path: Path) -> None:
    code, [answer] = run(tmp_path, b'{"id": "a\\ud83d", "draft": "x"}')
    assert (code, answer["id"]) == (1, "a\ud83d")


def test_a_line_is_judged_in_the_style_of_the_playbook_it_names(tmp_path: Path) -> None:
    draft = "I'm sorry. Please contact our support team at @ExampleHelp: they have your order open. I've passed them your post."
    _, (plain, styled) = run(tmp_path, {**GOOD, "draft": draft}, {**GOOD, "draft": draft, "playbook": "support-account"})
    codes = [[finding["code"] for finding in answer["findings"]] for answer in (plain, styled)]
    assert ["passes_the_buck" in found for found in codes] == [True, False]
    assert plain["fingerprint"] != styled["fingerprint"]
    assert plain["total"] < styled["total"]


def test_playbooks_may_lie_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "ours.yaml").write_text((PLAYBOOKS / "default.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    line = json.dumps({**GOOD, "playbook": "ours"})
    done = CliRunner().invoke(score_lines, ["--jsonl"], input=line, env={"PLAYBOOKS_DIR": str(tmp_path / "playbooks")})
    assert (done.exit_code, json.loads(done.stdout)["id"]) == (0, "a")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_it_soon_with_what_is_done_so_far(tmp_path: Path, workers: str) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text((json.dumps(GOOD) + "\n") * 100_000)
    command = [sys.executable, "-m", "flask", "--app", "simulator", "score", "--jsonl", "--workers", workers]
    files = ["--input", str(source), "--output", str(target)]
    environment = {**os.environ, "INSTANCE_DIR": str(tmp_path)}
    with subprocess.Popen([*command, *files], cwd=PROJECT, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            _wait_until(lambda: target.exists() and target.stat().st_size > 0)
            os.killpg(process.pid, signal.SIGINT)
            told = process.communicate(timeout=30)[1]
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 1
    assert told.strip() == b"Aborted!"


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_every_rule_is_listed_with_its_source() -> None:
    result = CliRunner().invoke(scoring, ["rules"])
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.output.splitlines()]
    assert len(rows) > 150
    assert all(len(row) == 5 and row[0] and row[4] for row in rows)

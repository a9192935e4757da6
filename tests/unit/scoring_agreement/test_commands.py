"""Reading a corpus and the two commands: what is wrong is named with its place, what is right is written down."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulator.cli.scoring import scoring
from simulator.scoring.agreement.corpus import CorpusError, Tier
from simulator.scoring.agreement.study import Setting
from simulator.services.evaluation import DEVELOPED_ON, read_corpus, trained_anew

SHIPPED = Path(__file__).parents[3] / "corpus"


def line(name: str = "x-1", **changes: Any) -> dict[str, Any]:
    """Make one line of a corpus file."""
    said = {"text": "Where is my parcel? It was due on Monday and nobody answers the phone.", "author": "@ro", "followers": 3, "thread": []}
    replies = [
        {"text": "It's in Leeds, I'm sorry. I'll write by 6 tonight with a new day. – Jo", "tier": "exemplary", "flaws": [], "note": ""},
        {"text": "We apologise for any inconvenience.", "tier": "bad", "flaws": ["generic_template"], "note": "", "edit_of": 0},
    ]
    whole = {"id": name, "kind": "complaint", "channel": "page", "post": said, "urgency": "normal", "actions": ["reply_public"]}
    return whole | {"department": "none", "facts": ["In Leeds"], "replies": replies} | changes


def write(folder: Path, *lines: dict[str, Any] | str, ratings: str = "") -> Path:
    """Write a corpus folder."""
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    (folder / "mine.jsonl").write_text(text + "\n", encoding="utf-8")
    if ratings:
        head = "post_id,reply_index,rater,listen,acknowledge,resolve,nurture,tone,clarity,overall\n"
        (folder / "ratings_mine.csv").write_text(head + ratings, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    """Run `flask scoring …`."""
    return CliRunner().invoke(scoring, [str(argument) for argument in arguments])


def test_the_shipped_corpus_reads_whole() -> None:
    shipped = read_corpus(SHIPPED)
    assert len(shipped.posts) == 660
    assert sum(len(post.replies) for post in shipped.posts) == 1500
    assert len(shipped.ratings) == 600
    assert set(shipped.files) > DEVELOPED_ON


def test_a_line_becomes_a_post_with_its_replies(tmp_path: Path) -> None:
    rows = "x-1,1,r1,0,1,x,1,2,4,0.5\n"
    mine = read_corpus(write(tmp_path, line(also=["question"]), "", ratings=rows))
    [post] = mine.posts
    assert [(reply.tier, reply.edit_of, reply.flaws) for reply in post.replies] == [
        (Tier.EXEMPLARY, None, ()),
        (Tier.BAD, 0, ("generic_template",)),
    ]
    assert (post.file, post.facts, post.also) == ("mine.jsonl", ("In Leeds",), ("question",))
    assert mine.ratings[0].ratings["resolve"] is None
    assert mine.ratings[0].ratings["overall"] == 0.5


@pytest.mark.parametrize(
    ("lines", "ratings", "says"),
    [
        pytest.param([line(kind="moan")], "", "mine.jsonl: x-1: ValueError: 'moan'", id="unknown kind"),
        pytest.param(
            [line(replies=[{"text": "", "tier": "bad", "flaws": ["rude"]}])], "", "unknown flaw codes ['rude']", id="unknown flaw"
        ),
        pytest.param([line(replies=[{"text": "", "tier": "bad", "flaws": [], "edit_of": 3}])], "", "edit_of 3", id="edit of no reply"),
        pytest.param([{"id": "x-9"}], "", "x-9: KeyError: 'post'", id="missing field"),
        pytest.param([line(), line()], "", "x-1: this id stands twice", id="id twice"),
        pytest.param([line(), "{nope"], "", "mine.jsonl:2: not JSON", id="broken line"),
        pytest.param(["[]"], "", "mine.jsonl:1: not an object", id="a list"),
        pytest.param([""], "", "there is no corpus here", id="nothing"),
        pytest.param([line()], "x-7,0,r1,1,1,1,1,1,1,1\n", "ratings of replies that are not in the corpus", id="rating of nothing"),
        pytest.param([line()], "x-1,0,r1,1,1,much,1,1,1,1\n", "ratings_mine.csv: ValueError", id="rating in words"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(lines: list[Any], ratings: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as raised:
        read_corpus(write(tmp_path, *lines, ratings=ratings))
    assert says in str(raised.value)


def test_evaluate_prints_the_levels_and_writes_the_page(tmp_path: Path) -> None:
    corpus = write(tmp_path, *(line(f"x-{number}") for number in range(4)), ratings="x-1,0,r1,4,4,4,4,4,4,4\nx-1,1,r1,0,1,0,1,2,4,0\n")
    page = tmp_path / "page.md"
    result = run("evaluate", "--corpus", corpus, "--output", page, "--folds", "2", "--seed", "7")
    assert result.exit_code == 0, result.output
    assert "pairs, all" in result.output
    assert f"Written: {page}" in result.output
    text = page.read_text(encoding="utf-8")
    assert "(seed 7, 2 folds)" in text
    assert "| mine.jsonl | held out | 4 | 4 | 0 | 0 | 4 | 4 |" in text
    assert "none of these posts is in the corpus that they were trained on" in text


def shipped_part(folder: Path) -> Path:
    """Copy three posts of the shipped corpus."""
    lines = (SHIPPED / "train_g.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    (folder / "train_g.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_shipped_heads_on_what_they_were_trained_on_are_marked(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    result = run("evaluate", "--corpus", shipped_part(tmp_path), "--output", page, "--folds", "2", "--as-shipped")
    assert result.exit_code == 0, result.output
    assert "**As shipped, not cross-validated:" in page.read_text(encoding="utf-8")
    assert "--folds 2 --as-shipped`" in page.read_text(encoding="utf-8")


def test_leaving_files_out_needs_two_of_them(tmp_path: Path) -> None:
    result = run("evaluate", "--corpus", shipped_part(tmp_path), "--output", tmp_path / "page.md", "--by", "file")
    assert result.exit_code == 1
    assert "--by file needs at least two files" in result.output


def test_cross_validation_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    result = run("evaluate", "--corpus", shipped_part(tmp_path), "--output", tmp_path / "page.md")
    assert result.exit_code == 1
    assert "pip install -r requirements-train.txt" in result.output
    assert "--as-shipped" in result.output


@pytest.mark.parametrize(
    ("by_file", "texts", "says"),
    [
        pytest.param(False, 0, ("dealt into 5 folds", "left out, since no folder of plain texts was given"), id="by post, no texts"),
        pytest.param(True, 64_927, ("whole files are held back", "from 64,927 texts without labels"), id="by file, with texts"),
    ],
)
def test_the_page_says_what_heads_were_trained_on(by_file: bool, texts: int, says: tuple[str, ...]) -> None:
    text = trained_anew(Setting(1, 5, by_file=by_file), extra=3, replies_only=1, texts=texts)
    assert [part for part in says if part not in text] == []


def test_evaluate_says_what_is_wrong_with_a_corpus(tmp_path: Path) -> None:
    result = run("evaluate", "--corpus", write(tmp_path, "{nope"), "--output", tmp_path / "page.md")
    assert result.exit_code == 1
    assert "mine.jsonl:1: not JSON" in result.output
    assert not (tmp_path / "page.md").exists()


def test_bench_prints_paces_and_what_a_fresh_process_needs(tmp_path: Path) -> None:
    result = run("bench", "--seconds", "0.05", "--corpus", write(tmp_path, line()))
    assert result.exit_code == 0, result.output
    assert "one reply of any length, a new post each" in result.output
    assert "many replies at once, post by post" in result.output
    assert "textstat" in result.output
    assert "peak memory after 2 reports" in result.output

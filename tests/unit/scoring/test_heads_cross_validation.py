"""Heads of a fold know nothing of its posts, and one command trains both heads the same way every time."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli.training import train
from simulator.scoring import Context, Draft, Post, load_ruleset
from simulator.scoring.agreement.corpus import RATED, Corpus, LabelledPost, LabelledReply, Tier
from simulator.scoring.agreement.judging import Fold
from simulator.scoring.heads import LinearHead, head_from_json
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from simulator.services.training.workshop import Material, heads_judge_for_fold, train_heads

RULES = load_ruleset(heads={})
TAUGHT = (
    (Kind.PRAISE, Urgency.LOW, Contact.NONE),
    (Kind.QUESTION, Urgency.NORMAL, Contact.CARE),
    (Kind.COMPLAINT, Urgency.HIGH, Contact.BILLING),
)
HIGH, LOW = dict.fromkeys(RATED, 4.0), dict.fromkeys(RATED, 0.0)
SAID = {Kind.PRAISE: "what a wonderful zorble", Kind.QUESTION: "where does the zorble open", Kind.COMPLAINT: "the zorble came broken"}
WORDS = ("today", "in the rain", "at night", "twice", "for my aunt", "on Monday")
HELD_BACK = Fold(0, frozenset({"praise-0", "question-0", "complaint-0"}))


def corpus() -> Corpus:
    """Make eighteen posts of three kinds, each with a warm reply that is rated high and a cold one that is rated low."""
    replies = (
        LabelledReply("Thank you: your zorble leaves on the van at four, and I look in here tonight. Ro", Tier.GOOD, author_ratings=HIGH),
        LabelledReply("That is your own problem. Read the zorble manual.", Tier.BAD, ("dismissive",), author_ratings=LOW),
    )
    return Corpus(
        tuple(
            LabelledPost(
                f"{kind}-{at}", "tiny.jsonl", Post(f"{SAID[kind]} {words}"), kind, urgency, (Action.REPLY_PUBLIC,), contact, replies=replies
            )
            for kind, urgency, contact in TAUGHT
            for at, words in enumerate(WORDS)
        )
    )


def mislabelled(post: LabelledPost) -> LabelledPost:
    """Say the opposite of what is true of a post and of the replies to it."""
    wrong = tuple(replace(reply, author_ratings=dict.fromkeys(RATED, 4.0 * (reply.tier is Tier.BAD))) for reply in post.replies)
    return replace(post, kind=Kind.SPAM, urgency=Urgency.CRITICAL, department=Contact.LEGAL, replies=wrong)


def judged(posts: Corpus) -> list[tuple[Kind, float, float]]:
    """Return what the judge of the held-back fold says of its posts and of two replies to each."""
    judge = heads_judge_for_fold(Material(posts, (), None, 0), RULES, 3)(HELD_BACK)
    said = []
    for post in corpus().posts:
        if post.id in HELD_BACK.posts:
            totals = [judge.score(post.post, Draft(reply.text), Context()).total for reply in post.replies]
            said.append((judge.sort(post.post, Context()).kind, totals[0], totals[1]))
    return said


def test_labels_of_held_back_posts_change_nothing_about_how_they_are_judged() -> None:
    honest = corpus()
    wrong = replace(honest, posts=tuple(mislabelled(post) if post.id in HELD_BACK.posts else post for post in honest.posts))
    praise = [post.id for post in honest.posts if post.kind is Kind.PRAISE and post.id not in HELD_BACK.posts]
    seen = replace(honest, posts=tuple(mislabelled(post) if post.id in praise else post for post in honest.posts))
    assert judged(wrong) == judged(honest)
    assert judged(seen) != judged(honest)


def test_heads_of_a_fold_know_what_the_other_posts_taught() -> None:
    assert [kind for kind, _, _ in judged(corpus())] == [Kind.PRAISE, Kind.QUESTION, Kind.COMPLAINT]
    assert all(warm > cold for _, warm, cold in judged(corpus()))


def written(folder: Path) -> Path:
    """Write the posts as a corpus folder."""
    lines = [
        {
            "id": post.id,
            "kind": post.kind,
            "channel": "page",
            "post": {"text": post.post.text, "author": "@ro", "followers": 3, "thread": []},
            "urgency": post.urgency,
            "actions": list(post.actions),
            "department": post.department,
            "facts": [],
            "replies": [
                {
                    "text": reply.text,
                    "tier": reply.tier.name.lower(),
                    "flaws": list(reply.flaws),
                    "note": "",
                    "ratings": reply.author_ratings,
                }
                for reply in post.replies
            ],
        }
        for post in corpus().posts
    ]
    folder.mkdir()
    (folder / "tiny.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def test_both_heads_are_trained_sorting_first_and_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    folder = written(tmp_path / "corpus")
    files = train_heads(folder, None, tmp_path / "one", RULES, 3)
    assert [path.stem for path in files] == ["triage_kind", "triage_urgency", "triage_contact", "triage_usual", "replies_sentences"]
    train_heads(folder, None, tmp_path / "two", RULES, 3)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_the_reply_head_has_its_own_sheet(tmp_path: Path) -> None:
    arguments = ["--corpus", str(written(tmp_path / "corpus")), "--output", str(tmp_path / "heads")]
    result = CliRunner().invoke(train, arguments)
    assert result.exit_code == 0, result.output
    head: LinearHead = head_from_json((tmp_path / "heads" / "replies_sentences.json").read_text(encoding="utf-8"))
    sheet = (tmp_path / "heads" / "replies_sentences.md").read_text(encoding="utf-8")
    assert f"{len(head.words):,} word 1–2-grams" in sheet
    assert "36 replies under 18 posts of the corpus (tiny.jsonl 36) and 0 under extra posts" in sheet


def test_without_scikit_learn_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    arguments = ["--corpus", str(written(tmp_path / "corpus")), "--output", str(tmp_path)]
    result = CliRunner().invoke(train, arguments)
    assert result.exit_code == 1
    assert "pip install -r requirements-train.txt" in result.output

"""Training gives the same heads for the same posts and seed, and heads sort what they were taught."""

from __future__ import annotations

from simulator.scoring import Context, Post, load_ruleset
from simulator.scoring.agreement.corpus import LabelledPost
from simulator.scoring.heads import head_to_json
from simulator.scoring.triage import sort_post
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from simulator.services.training.triage import TriageTrainer
from simulator.services.training.vectors import learn_vectors
from simulator.services.training.workshop import with_heads

RULES = load_ruleset(heads={})
TAUGHT = {
    Kind.PRAISE: ("the zorble was wonderful", "what a wonderful zorble", "wonderful day, wonderful people"),
    Kind.QUESTION: ("where is the zorble kept", "when does the zorble open", "where and when please"),
    Kind.COMPLAINT: ("the zorble came broken", "broken again, the zorble", "it is broken and late"),
}
POSTS = tuple(
    LabelledPost(f"{kind}-{at}", "tiny.jsonl", Post(text), kind, Urgency.LOW, (Action.REPLY_PUBLIC,), Contact.NONE)
    for kind, texts in TAUGHT.items()
    for at, text in enumerate(texts * 3)
)


def trained(seed: int = 3) -> dict[str, str]:
    """Train on the tiny set and return what would be stored."""
    vectors = learn_vectors([post.post.text for post in POSTS], seed)
    heads = TriageTrainer(_varied(), RULES.triage, vectors, seed).train([post.id for post in _varied()])[0]
    return {name: head_to_json(head) for name, head in heads.items()}


def _varied() -> tuple[LabelledPost, ...]:
    """Spread the posts over three urgencies and departments, so that there is something to tell apart."""
    said = ((Urgency.LOW, Contact.NONE), (Urgency.NORMAL, Contact.CARE), (Urgency.HIGH, Contact.BILLING))
    return tuple(LabelledPost(p.id, p.file, p.post, p.kind, said[at % 3][0], p.actions, said[at % 3][1]) for at, p in enumerate(POSTS))


def test_same_posts_and_seed_give_the_same_weights() -> None:
    assert trained() == trained()


def test_heads_sort_what_they_were_taught() -> None:
    vectors = learn_vectors([post.post.text for post in POSTS], 3)
    heads = TriageTrainer(_varied(), RULES.triage, vectors, 3).train([post.id for post in _varied()])[0]
    ruleset = with_heads(RULES, heads)
    assert sort_post(Post("a wonderful zorble"), Context(), ruleset.triage).kind is Kind.PRAISE
    assert sort_post(Post("where does it open and when"), Context(), ruleset.triage).kind is Kind.QUESTION

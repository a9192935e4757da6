"""Write what a head was made of, what it weighs most, and what it is not good for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulator.scoring.agreement.corpus import Corpus
from simulator.scoring.heads import LinearHead
from simulator.scoring.moves.heads import FLAW, LEVEL

SHOWN = 12
_REPLY_HEAD = """\
# Head `{name}`

A linear model on a reply: {words:,} word 1–2-grams and {features} features (ties to post and facts, who speaks, length, what the
rules found; see `moves/sentence_features.py` and `moves/reply_features.py`); {labels} labels: {levels} `level:` (steps from the
middle of the rubric's 0–4), {flaws} `flaw:` (likeness, 0–1) and `grave` (likeness to replies of the lowest tier). Ridge in closed
form, penalty {ridge:g}; no chance, so no seed. Made by `flask --app simulator scoring train`.

- **Labelled rows**: {replies:,} replies under {posts} posts of the corpus ({sizes}) and {extra:,} under extra posts
  (`corpus/extra`); all CC0, written and rated by language models with the rubric, not by customers or care leads. The authors'
  ratings where they gave some, else the mean of the blind raters. N-grams stand in replies to at least four posts; common given
  names are left out.
- **Figures on posts that it never saw**: `docs/agreement.md`; what was tried: `docs/judge-log.md`, section What the rules tell the head.
- **How it is used**: `packs/heads.yaml`. A level has no constant: no words, no points. Each finding shows the sentence that weighed
  most, or names what is missing.
- **Not good for**: languages other than English; telling whether a fact is true; deciding alone. It hears wording, not truth: facts
  and dangers are the rules' part.
- **Known weakness**: it has heard invented British and Irish brands and a few authors' habits (semicolons, “i”, facts from the
  file); most of what it knows of replies under 20 words comes from six of them.

## What weighs most
"""


def data_sheet(head: LinearHead, corpus: Corpus, extra: int, texts: int, seed: int) -> str:
    """Return the data sheet of one head as Markdown."""
    sizes = ", ".join(f"{name} {sum(post.file == name for post in corpus.posts)}" for name in corpus.files)
    lines = [
        f"# Head `{head.name}`",
        "",
        f"A linear model: {len(head.words):,} word 1–2-grams, {len(head.chars):,} character n-grams "
        f"and {len(head.features)} features of cues and shape; "
        f"{len(head.labels)} labels; seed {seed}. Made by `flask --app simulator scoring train`.",
        "",
        f"- **Labelled rows**: {len(corpus.posts)} posts of the corpus ({sizes}) and {extra} extra posts (`corpus/extra`); all CC0, "
        "written and labelled by language models with the rubric, not by customers or care leads.",
        f"- **Unlabelled texts** for vectors of words (which words stand in like company): {texts:,}, "
        "from GoEmotions (Apache-2.0), Stanford Politeness (CC BY 4.0), "
        "Parakweet e-mail intent (Apache-2.0), Davidson et al. 2017 (MIT), VADER tweets (MIT), "
        "IBM customer care (Apache-2.0). Their rows are not in the project.",
        "- **Held-out figures**: `docs/judge-log.md`, section Triage heads.",
        f"- **Calibration**: margins × {float(head.slopes[0]):.2f}, fitted on out-of-fold predictions.",
        "- **Not good for**: languages other than English; kinds of trouble that the posts don't tell of; deciding alone about danger. "
        "Cues in `packs/triage.yaml` stand beside it, and a person reads the post.",
        "",
        "## What weighs most",
        "",
    ]
    return "\n".join([*lines, *_heaviest(head)]) + "\n"


def reply_sheet(head: LinearHead, corpus: Corpus, extra: int) -> str:
    """Return the data sheet of the head on replies as Markdown; `extra` replies are not of the corpus."""
    sizes = {name: sum(len(post.replies) for post in corpus.replied if post.file == name) for name in corpus.files}
    levels = sum(label.startswith(LEVEL) for label in head.labels)
    text = _REPLY_HEAD.format(
        name=head.name,
        words=len(head.words),
        features=len(head.features),
        labels=len(head.labels),
        levels=levels,
        flaws=sum(label.startswith(FLAW) for label in head.labels),
        extra=extra,
        ridge=head.notes["ridge"],
        replies=sum(sizes.values()),
        posts=len(corpus.replied),
        sizes=", ".join(f"{name} {size}" for name, size in sizes.items() if size),
    )
    return "\n".join([text, *_heaviest(head)]) + "\n"


def _heaviest(head: LinearHead) -> Iterator[str]:
    grams = {row: gram for rows in (head.words, head.features) for gram, row in rows.items()}
    for column, label in enumerate(head.labels):
        order = [int(row) for row in np.argsort(-head.weights[:, column], kind="stable") if int(row) in grams][:SHOWN]
        yield f"- **{label}**: " + ", ".join(f"`{grams[row]}`" for row in order)

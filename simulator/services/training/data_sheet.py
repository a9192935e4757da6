"""Write what a head was made of, what it weighs most, and what it is not good for."""

from __future__ import annotations

import numpy as np

from simulator.scoring.agreement.corpus import Corpus
from simulator.scoring.heads import LinearHead

SHOWN = 12


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
    grams = {row: gram for rows in (head.words, head.features) for gram, row in rows.items()}
    for column, label in enumerate(head.labels):
        order = [int(row) for row in np.argsort(-head.weights[:, column], kind="stable") if int(row) in grams][:SHOWN]
        lines.append(f"- **{label}**: " + ", ".join(f"`{grams[row]}`" for row in order))
    return "\n".join(lines) + "\n"

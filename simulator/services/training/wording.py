"""Learn from real replies and plain texts which words there are and which stand side by side; counting only, so no seed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from simulator.scoring.language import OTHERS
from simulator.scoring.text import Text, read_text
from simulator.scoring.wording import PLACE, Bits, Wording, shapes_of, wording_to_text

COMMON = 2_000
REPLY_WEIGHT = 5
"""A reply counts as this many other texts: they are few, and they are what is judged."""
LEAST_SEEN = 2
LIKELY = 0.2
"""A pair is known where it stands at least this often for each time that chance would have put it there."""
WORD_SEEN = 3
WORD_POWER, PAIR_POWER = 17, 19
LONGEST = 1_500
NOT_SENTENCES = frozenset({"keyword_stuffing", "gibberish", "prompt_injection"})
RUDE = "offensive"
"""Tables whose names start so are left out: full of slurs, which should stand in no list of common words."""

_SHEET = """\
# Words and pairs: `word_pairs.txt`

Which words English has and which stand side by side, for `simulator/scoring/wording.py`: {common:,} common words, {words:,} words and
{pairs:,} pairs as tables of bits (two bits an entry, so about one unknown in sixteen seems known). No weights, no labels, no
chance. Made by `flask --app simulator scoring train-wording`.

- **Counted in**: {replies:,} replies of every tier and known facts ({files}; CC0, written by language models; replies whose author
  names keyword_stuffing, gibberish or prompt_injection are left out), each {weight} times, and {texts:,} plain texts from GoEmotions
  (Apache-2.0), Stanford Politeness (CC BY 4.0), Parakweet e-mail intent (Apache-2.0), VADER tweets (MIT), IBM
  customer care (Apache-2.0). Their rows are not in the project.
- **What is kept**: a word seen {seen} times; a pair seen {least} times and at least {likely:g} times as often as chance would have it.
  Rare words count in pairs by their ending, by a capital, or as a figure. Everyday words of other languages are left out.
- **How it is used**: `packs/emptiness.yaml`: too few known pairs are no sentences, too few known words are no English.
- **Not good for**: telling good English from bad. It hears heaps of words; slips, dialect and short forms pass on purpose.
- **Known weakness**: a heap with a comma or stop after every word has known pairs (the rules on comfort words hear it).
"""


def write_wording(replies: Sequence[Path], plain: Sequence[str], output: Path = PLACE) -> Path:
    """Count the replies in these files and the plain texts, and write what is known with its data sheet."""
    ours = [read_text(text) for path in replies for text in _said(path)]
    wording, words, pairs = learn_wording(ours, [read_text(text[:LONGEST]) for text in plain])
    output.write_text(wording_to_text(wording), encoding="utf-8")
    sheet = _SHEET.format(
        common=len(wording.common),
        words=words,
        pairs=pairs,
        replies=len(ours),
        files=", ".join(path.name for path in replies),
        weight=REPLY_WEIGHT,
        texts=len(plain),
        seen=WORD_SEEN,
        least=LEAST_SEEN,
        likely=LIKELY,
    )
    output.with_suffix(".md").write_text(sheet, encoding="utf-8")
    return output


def learn_wording(replies: Sequence[Text], plain: Sequence[Text]) -> tuple[Wording, int, int]:
    """Return what is known from these texts, and how many words and pairs that is."""
    weighted = ((replies, REPLY_WEIGHT), (plain, 1))
    seen: Counter[str] = Counter()
    for texts, weight in weighted:
        for text in texts:
            for word in text.words:
                seen[word.folded] += weight
    spelt = [word for word in seen if word.replace("'", "").isalpha() and word not in OTHERS]
    common = frozenset(sorted(spelt, key=lambda word: (-seen[word], word))[:COMMON])
    words = {word for word in spelt if seen[word] >= WORD_SEEN}
    pairs = set(_likely_pairs(weighted, common))
    return Wording(common, Bits.of(words, WORD_POWER), Bits.of(pairs, PAIR_POWER)), len(words), len(pairs)


def _likely_pairs(weighted: Iterable[tuple[Sequence[Text], int]], common: frozenset[str]) -> Iterator[str]:
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for texts, weight in weighted:
        for text in texts:
            shapes = list(shapes_of(text, common))
            for shape in shapes:
                alone[shape] += weight
            for pair in pairwise(shapes):
                together[pair] += weight
    whole = alone.total()
    for (one, other), times in together.items():
        if times >= LEAST_SEEN and times >= LIKELY * alone[one] * alone[other] / whole:
            yield f"{one} {other}"


def _said(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        yield from (reply["text"] for reply in post.get("replies", ()) if NOT_SENTENCES.isdisjoint(reply.get("flaws", ())))
        yield from post.get("facts", ())

"""Hold the sentences of the document that do not depend on figures."""

from __future__ import annotations

ABOUT_PARTS = (
    "*Developed on* are the files that whoever wrote the rules read and tuned on; *held out* are the files that no rule was written from."
    " The held-out figures are the ones to believe, and even they flatter a little: how much the heads weigh, how points add up, and from"
    " where on a risk counts as one were chosen by looking at figures of the held-out files, what cues sorted wrongly in them was read"
    " once before extra posts were written, and which rules capped good replies in them was looked up by the rules' names. Expect a little"
    " less on new text. Whoever reads the cases below and then changes a rule should"
    " say so in `judge-log.md`."
)

ABOUT_LEVELS = (
    "The verdict is given on the held-out posts where a figure can be measured on them, else on all posts (gaming attempts are spread over"
    " all files; blind raters rated one file, a held-out one). Where there is a column *held out, file left out*, it decides: see below."
    " Behind each figure stands its 95 % interval. Nothing is rounded up."
)

ABOUT_CORPUS = """\
**Who the authors and raters are.** Every post and reply of the corpus was written, and every rating given, by language models that were
instructed with the project's rubric; authors and raters worked apart, and raters saw neither tiers nor flaw codes nor notes. No customer
and no care lead has rated anything here. Two such raters agree with each other far more than people would (see *rater and rater* below);
that shows that the rubric can be applied evenly, not that it is right. Agreement with this corpus is agreement with one *kind* of judge
that read the same rubric as the rules' authors. Ratings by people should join it as teams use the product.

**How it was made.** An author wrote a post, what is known about it, and four or five replies from bad to exemplary. The replies are made
so that counting keywords fails: poor ones are full of polite phrases, exemplary ones often have none. A *minimal edit* is a copy of a
better reply with one flaw put in or one virtue taken out. `train_g` holds the rare and dangerous kinds, `train_h` subtle complaints, two
problems in one post and sarcasm, so both are harder than an ordinary day.

**Known weaknesses.** In dev_c good replies tend to be longer; in the other files length tells nearly nothing by design, and very long
replies lean bad. A wrong name is coded `false_fact` in dev_c, so naming it `wrong_name` counts as a miss there. There is no code for a
missing human hand-off under danger; `unsafe_advice` stands for it. Good replies to trolls, ragers, spam and threats are lines to
onlookers, where silence is as right. All posts are invented, nearly all in English, and cleaner than real ones. Tiers within a post come
from the one author who wrote the replies. Several replies of one post share sentences, so they are not independent; that is why whole
posts are drawn for the intervals."""

ABOUT_FIGURES = """\
**How figures are made.** A pair is two replies to the same post in different tiers; it is right when the better reply has the higher
total, and a tie counts half. The judge sees the post, its thread, channel and the facts the agent can see, never the kind, the tier or the
author's notes; the second row of the pair tables is told the kind of post, as in a drill. Baselines: *length* prefers more characters;
*word overlap* prefers more different words of the post; *n-grams only* is a ridge regression from hashed words and word pairs to the
tier, always trained on the other folds, so unlike the rules it has learnt from this very corpus; *VADER sentiment* prefers the more
positive reply. Intervals are percentile bootstraps over whole posts; where every
case of a small set was right, such an interval is a single point though one cannot be that sure (with n cases, the true share may be as
low as about 1 − 3/n)."""

ABOUT_GAMING = (
    "Replies that try to win points without helping, eight variants of each recipe, each for a post that the seed picks"
    " (`simulator/scoring/agreement/gaming.py` has all words). They were written without looking at the judge's phrases."
    " Each must stay under 30 points."
)

ABOUT_STRICT = (
    "Each file has its own author. Heads that judge a post by cross-validation have seen other posts by the same author, with the same"
    " habits and invented names; here they have seen nothing from the whole file. That is the more honest figure, and the verdicts above"
    " go by it."
    " Gaming attempts are here made for posts of these files alone. Every other table of this page is from the cross-validation by post."
)

AGAIN = """\
`.venv/bin/flask --app simulator scoring evaluate --corpus corpus --output docs/agreement.md --seed {seed}
--folds {folds}{options}` writes this page. It holds no dates and no durations: the same rules, corpus and seed give the same page ({times}
bootstrap draws from SHAKE-256 of the seed). A corpus of your own in the same format is judged with `--corpus`, by the shipped heads where
they were trained on none of its posts; `corpus/README.md` explains every field. Training heads for folds needs
`pip install -r requirements-train.txt`; `--as-shipped` does without, and says so on the page."""
